"""What waits to be read and how far it is, where files were found, and watched folders."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    for column in (
        sa.Column("content", sa.String, nullable=False, server_default=""),
        sa.Column("pending", sa.Float),
        sa.Column("language", sa.String, nullable=False, server_default=""),
        sa.Column("recognised", sa.Integer, nullable=False, server_default="0"),
        sa.Column("container", sa.String, nullable=False, server_default=""),
        sa.Column("inside", sa.Integer, nullable=False, server_default="0"),
    ):
        op.add_column("documents", column)
    op.execute("UPDATE documents SET content = id WHERE sha256 != ''")
    op.execute("UPDATE documents SET pending = added WHERE state NOT IN ('indexed', 'failed')")
    op.create_index("documents_pending", "documents", ["pending"])
    op.create_table(
        "staged",
        sa.Column("document", sa.String, sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
    )
    op.create_index("staged_by_content", "staged", ["sha256"])
    op.create_table(
        "staged_passages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.String, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("header", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("locator", sa.LargeBinary, nullable=False),
        sa.Column("boxes", sa.LargeBinary, nullable=False),
        sa.Column("exact", sa.Text, nullable=False),
        sa.Column("stems", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary),
    )
    op.create_index("staged_of_document", "staged_passages", ["document", "ordinal"], unique=True)
    op.execute("CREATE INDEX staged_wanting ON staged_passages (document) WHERE data IS NULL")
    op.create_table(
        "places",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("document", sa.String, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("modified", sa.Float),
        sa.Column("device", sa.String, nullable=False, server_default=""),
        sa.Column("missing", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_index("places_of_document", "places", ["document"])
    op.execute(
        "INSERT OR IGNORE INTO places (path, document, size, modified) "
        "SELECT path, id, size, modified FROM documents"
    )
    op.create_table(
        "watched",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("include", sa.Text, nullable=False),
        sa.Column("exclude", sa.Text, nullable=False),
        sa.Column("removal", sa.String, nullable=False),
        sa.Column("scanned", sa.Float),
        sa.Column("problem", sa.String, nullable=False, server_default=""),
    )
