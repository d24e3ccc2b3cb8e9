"""What was read of each document and what was not, in place of its number of recognised pages."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("documents", sa.Column("reading", sa.Text, nullable=False, server_default=""))
    op.execute(
        "UPDATE documents SET reading = json_object('recognised_pages', recognised) "
        "WHERE recognised > 0"
    )
    op.drop_column("documents", "recognised")
