"""What a model needs of a machine, what was measured there, and adapters."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # Models are registered anew at the next start: nothing of them is the user's own work.
    op.drop_table("models")
    op.create_table(
        "models",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("architecture", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("stamp", sa.String, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("layers", sa.Integer, nullable=False),
        sa.Column("kv_bytes", sa.Integer, nullable=False),
        sa.Column("embedding", sa.Integer, nullable=False),
        sa.Column("vocabulary", sa.Integer, nullable=False),
        sa.Column("context_length", sa.Integer, nullable=False),
        sa.Column("quantisation", sa.String, nullable=False),
        sa.Column("licence", sa.String, nullable=False),
        sa.Column("chat_format", sa.Text, nullable=False),
        sa.Column("in_use", sa.Integer, nullable=False),
    )
    op.create_table(
        "speeds",
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("machine", sa.String, primary_key=True),
        sa.Column("prompt", sa.Float, nullable=False),
        sa.Column("answer", sa.Float, nullable=False),
    )
    op.create_table(
        "adapters",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False, unique=True),
        sa.Column("base", sa.String, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("scale", sa.Float, nullable=False),
    )
