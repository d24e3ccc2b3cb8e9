"""Test questions and former values of assistants, and those that are put away."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("assistants", sa.Column("archived", sa.Float))
    op.create_table(
        "exam_questions",
        sa.Column("id", sa.String, primary_key=True),
        _owner("assistant"),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("removed", sa.Float),
    )
    op.create_index("exam_questions_of", "exam_questions", ["assistant", "position"])
    op.create_table(
        "assistant_versions",
        _owner("assistant", primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.execute(
        "INSERT INTO assistant_versions (assistant, version, created, by, value) "
        "SELECT id, 1, CAST(strftime('%s', 'now') AS REAL), '', value FROM assistants"
    )


def _owner(name: str, *, primary_key: bool = False) -> sa.Column[str]:
    """What belongs to an assistant goes with it."""
    whose = sa.ForeignKey("assistants.id", ondelete="CASCADE")
    return sa.Column(name, sa.String, whose, primary_key=primary_key, nullable=False)
