"""Branches, feedback, pinned and archived conversations, what was sent, search over messages, kept
passages, templates."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _conversations()
    _messages()
    op.create_table(
        "passage_sets",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("embedding_model", sa.String, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("message", sa.Integer),
        sa.Column("used", sa.Integer, nullable=False),
        sa.Column("last_used", sa.Float),
        sa.Column("passages", sa.Text, nullable=False),
    )
    op.create_table(
        "templates",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("used", sa.Integer, nullable=False, server_default="0"),
    )


def _conversations() -> None:
    for column in (
        sa.Column("named_by", sa.String, nullable=False, server_default="question"),
        sa.Column("pinned", sa.Integer, nullable=False, server_default="0"),
        sa.Column("archived", sa.Integer, nullable=False, server_default="0"),
        sa.Column("removed", sa.Float),
        sa.Column("assistant", sa.String, nullable=False, server_default=""),
        sa.Column("leaf", sa.Integer),
        sa.Column("numbers", sa.Integer, nullable=False, server_default="0"),
    ):
        op.add_column("conversations", column)
    op.execute(
        "UPDATE conversations SET leaf = (SELECT max(id) FROM messages "
        "WHERE messages.conversation = conversations.id)"
    )
    op.execute(
        "UPDATE conversations SET numbers = coalesce((SELECT max(json_extract(value, '$.number')) "
        "FROM messages, json_each(CAST(sources AS TEXT)) "
        "WHERE messages.conversation = conversations.id), 0)"
    )


def _messages() -> None:
    for column in (
        sa.Column("feedback", sa.String, nullable=False, server_default=""),
        sa.Column("correction", sa.Text, nullable=False, server_default=""),
        sa.Column("size", sa.Integer, nullable=False, server_default="0"),
    ):
        op.add_column("messages", column)
    op.execute("UPDATE messages SET size = length(text)")
    op.drop_index("messages_of_conversation")
    outline = ["conversation", "id", "parent", "speaker", "size"]
    op.create_index("messages_outline", "messages", outline)
    for table, *columns in (
        ("sent_prompts", sa.Column("data", sa.LargeBinary, nullable=False)),
        ("searchable_messages",),
    ):
        own = sa.Column("message", sa.Integer, sa.ForeignKey("messages.id"), primary_key=True)
        op.create_table(table, own, *columns)
    op.execute(
        "CREATE VIRTUAL TABLE message_words USING fts5(exact, stems, content='', "
        "contentless_delete=1, tokenize='unicode61 remove_diacritics 2')"
    )
