"""What statistics count, beside each answer: its outcome, day, times, tokens, and the documents
that it cites. Which assistant gave an older one was not stored: it is that of the conversation."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_INDEX = (
    "day", "assistant", "outcome", "feedback", "first_ms", "total_ms", "read_tokens",
    "written_tokens", "conversation", "cited",
)  # fmt: skip
_SUPPORTED = (
    "EXISTS (SELECT 1 FROM json_each(CAST(citations AS TEXT)) "
    "WHERE json_extract(value, '$.supported'))"
)
_OUTCOME = f"""
CASE state
    WHEN 'writing' THEN 'stopped' WHEN 'stopped' THEN 'stopped' WHEN 'failed' THEN 'failed'
    WHEN 'abstained' THEN 'abstained' WHEN 'quoted' THEN 'quoted'
    ELSE CASE WHEN {_SUPPORTED} THEN 'answered' ELSE 'unsupported' END
END"""
_CITED = """
coalesce((
    SELECT group_concat(document, ' ') FROM (
        SELECT DISTINCT json_extract(s.value, '$.segment.document') AS document
        FROM json_each(CAST(sources AS TEXT)) AS s
        WHERE coalesce(json_extract(s.value, '$.segment.memory'), '') = ''
        AND json_extract(s.value, '$.number') IN (
            SELECT json_extract(c.value, '$.number') FROM json_each(CAST(citations AS TEXT)) AS c
            WHERE json_extract(c.value, '$.supported')
        )
    )
), '')"""


def upgrade() -> None:
    for column in (
        sa.Column("outcome", sa.String, nullable=False, server_default=""),
        sa.Column("day", sa.Integer, nullable=False, server_default="0"),
        sa.Column("assistant", sa.String, nullable=False, server_default=""),
        sa.Column("first_ms", sa.Integer),
        sa.Column("total_ms", sa.Integer),
        sa.Column("read_tokens", sa.Integer, nullable=False, server_default="0"),
        sa.Column("written_tokens", sa.Integer, nullable=False, server_default="0"),
        sa.Column("cited", sa.Text, nullable=False, server_default=""),
    ):
        op.add_column("messages", column)
    op.execute(
        f"UPDATE messages SET outcome = {_OUTCOME}, cited = {_CITED}, "
        "day = unixepoch(date(created, 'unixepoch', 'localtime')) / 86400, "
        "assistant = (SELECT assistant FROM conversations AS c WHERE c.id = conversation), "
        f"first_ms = {_time('first_useful_ms')}, total_ms = {_time('total_ms')}, "
        f"read_tokens = {_tokens('prompt_tokens')}, "
        f"written_tokens = {_tokens('generated_tokens')} WHERE speaker = 'assistant'"
    )
    served = sa.text("outcome <> ''")
    op.create_index("messages_served", "messages", list(_INDEX), sqlite_where=served)


def _time(name: str) -> str:
    """NULL of an answer that is older than the measurement, which stored 0."""
    return f"nullif(CAST(round(json_extract(CAST(timings AS TEXT), '$.{name}')) AS INTEGER), 0)"


def _tokens(name: str) -> str:
    return f"coalesce(json_extract(CAST(timings AS TEXT), '$.{name}'), 0)"
