"""Logging in, and the first start."""
