"""Whose signatures on adapters are known; what an adapter from elsewhere says of itself."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "signers",
        sa.Column("public", sa.String, primary_key=True),
        sa.Column("since", sa.Float, nullable=False),
        sa.Column("secret", sa.LargeBinary),
    )
    op.add_column("adapters", sa.Column("signer", sa.String, nullable=False, server_default=""))
    op.add_column("adapters", sa.Column("card", sa.Text, nullable=False, server_default=""))
