"""What was computed from a table for an answer, as JSON."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    column = sa.Column("computed", sa.Text, nullable=False, server_default="null")
    op.add_column("messages", column)
