"""Revisions of a collection's database."""
