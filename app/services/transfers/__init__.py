"""What travels between workspaces in a file of its own.

collections   a collection exported, looked at, and taken in
"""
