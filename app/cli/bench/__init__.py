"""Measures through the same services that the window uses."""
