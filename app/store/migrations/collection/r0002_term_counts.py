"""How many passages have each word: fts5vocab over the words that are there already."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("CREATE VIRTUAL TABLE passage_terms USING fts5vocab(passage_words, col)")
