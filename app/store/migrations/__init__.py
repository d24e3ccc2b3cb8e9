"""Alembic revisions, one folder a kind of database; append-only."""
