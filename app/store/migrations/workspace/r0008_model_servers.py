"""Models that lie on servers."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "model_servers",
        sa.Column(
            "name",
            sa.String,
            sa.ForeignKey("models.name", ondelete="CASCADE"),
            primary_key=True,
            nullable=False,
        ),
        sa.Column("urls", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("root", sa.Text, nullable=False),
    )
