"""Documents, passages, vectors and words of one collection."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "facts",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("pages", sa.Integer),
        sa.Column("passages", sa.Integer, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("added", sa.Float, nullable=False),
        sa.Column("error", sa.String, nullable=False),
        sa.Column("error_facts", sa.LargeBinary, nullable=False),
    )
    op.create_index("documents_by_content", "documents", ["sha256"])
    op.create_index("documents_by_path", "documents", ["path"])
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.String, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("header", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("locator", sa.LargeBinary, nullable=False),
        sa.Column("boxes", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("passages_of_document", "passages", ["document", "ordinal"], unique=True)
    op.create_table(
        "vectors",
        sa.Column("passage", sa.Integer, sa.ForeignKey("passages.id"), primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    # Contentless: the words are kept once, in `passages`; contentless_delete lets rows go again.
    op.execute(
        "CREATE VIRTUAL TABLE passage_words USING fts5(exact, stems, content='', "
        "contentless_delete=1, tokenize='unicode61 remove_diacritics 2')"
    )
