"""Of an answer: the kind of its question, the quotation that was shown at once, what was read."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for name, type_, usual in (
        ("kind", sa.String, "lookup"),
        ("quotation", sa.Text, "null"),
        ("looked_at", sa.Text, "null"),
    ):
        op.add_column("messages", sa.Column(name, type_, nullable=False, server_default=usual))
