"""Summaries of conversations, notes, and the vectors by which both are recalled. What was said
before counts as summarised: nobody waits for thousands of conversations."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column(
        "conversations", sa.Column("covered", sa.Integer, nullable=False, server_default="0")
    )
    op.execute("UPDATE conversations SET covered = coalesce(leaf, 0)")
    op.create_table(
        "summaries",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("conversation", sa.String, nullable=False),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("removed", sa.Float),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_index("summaries_of_conversation", "summaries", ["conversation"])
    op.create_table(
        "notes",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("removed", sa.Float),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "memory_vectors",
        sa.Column("owner", sa.String, primary_key=True),
        sa.Column("embedding_model", sa.String, primary_key=True),
        sa.Column("texts", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
