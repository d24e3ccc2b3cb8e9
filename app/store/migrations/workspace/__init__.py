"""Revisions of a workspace's database."""
