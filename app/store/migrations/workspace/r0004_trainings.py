"""Trainings with their rows; an adapter knows which it came of and which version it is."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "trainings",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "training_rows",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("training", sa.String, sa.ForeignKey("trainings.id"), nullable=False),
        sa.Column("used", sa.Integer, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_index("training_rows_of", "training_rows", ["training"])
    op.add_column("adapters", sa.Column("lineage", sa.String, nullable=False, server_default=""))
    op.add_column("adapters", sa.Column("version", sa.Integer, nullable=False, server_default="1"))
