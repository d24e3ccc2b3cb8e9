"""Signed log rows, grants and policies; private collections; keys that outlive the workspace's."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column(
        "audit", sa.Column("signature", sa.LargeBinary, nullable=False, server_default="")
    )
    for name in ("by", "signature"):
        op.add_column("grants", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.add_column("grants", sa.Column("adds", sa.Integer, nullable=False, server_default="1"))
    op.add_column("collections", sa.Column("owner", sa.String, nullable=False, server_default=""))
    op.add_column(
        "collections", sa.Column("private", sa.Integer, nullable=False, server_default="0")
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "policies",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
    )
