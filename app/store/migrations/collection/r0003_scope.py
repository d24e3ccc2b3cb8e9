"""What a search can be narrowed to: tags of documents, and when their files were last changed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("documents", sa.Column("modified", sa.Float))
    op.create_table(
        "tags",
        sa.Column("document", sa.String, sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("tag", sa.String, primary_key=True),
    )
