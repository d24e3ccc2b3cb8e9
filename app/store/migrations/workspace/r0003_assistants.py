"""Assistants, shared templates, and collections that belong to one conversation."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    conversation = sa.Column("conversation", sa.String, nullable=False, server_default="")
    op.add_column("collections", conversation)
    op.create_table(
        "assistants",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("removed", sa.Float),
    )
    op.create_table(
        "shared_templates",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
