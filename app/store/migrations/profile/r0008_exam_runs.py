"""Runs over the test questions of assistants: their answers may quote what others may not read."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "exam_runs",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("assistant", sa.String, nullable=False),
        sa.Column("moment", sa.Float, nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    op.create_index("exam_runs_of", "exam_runs", ["assistant", "moment"])
