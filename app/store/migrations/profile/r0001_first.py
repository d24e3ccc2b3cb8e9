"""Conversations, messages, settings of one profile."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("changed", sa.Float, nullable=False),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.String, sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("parent", sa.Integer, sa.ForeignKey("messages.id")),
        sa.Column("speaker", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("sources", sa.LargeBinary, nullable=False),
        sa.Column("citations", sa.LargeBinary, nullable=False),
        sa.Column("timings", sa.LargeBinary, nullable=False),
    )
    op.create_index("messages_of_conversation", "messages", ["conversation", "id"])
    op.create_table(
        "settings",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
