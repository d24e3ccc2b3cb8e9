"""What was searched for, where that is not the question as it was asked."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("messages", sa.Column("searched", sa.Text, nullable=False, server_default=""))
