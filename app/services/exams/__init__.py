"""Test questions of assistants: `service.ExamService` keeps them and has them answered; `files`
reads them from one. `blind.BlindComparisons` has two answer without their names.
"""
