"""Revisions of a profile's database."""
