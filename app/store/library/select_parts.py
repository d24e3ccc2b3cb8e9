"""The parts of a plain SELECT, by sqlglot's parser of SQLite: which rows it looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot.expressions import Select


def single_select(query: str, wanted: str) -> str | None:
    """A query for `wanted` of the rows that a plain SELECT over one table takes: the same
    conditions, and the same order and limit where each row of the result is a row of the table.
    None for anything but a plain SELECT."""
    import sqlglot  # a tenth of a second, for those who ask a table
    from sqlglot import exp

    try:
        parsed = sqlglot.parse_one(query, read="sqlite")
    except sqlglot.errors.SqlglotError:
        return None
    if not isinstance(parsed, exp.Select) or _has(parsed, "with_", "joins", "windows"):
        return None
    source = parsed.args.get("from_")
    if source is None or not isinstance(source.this, exp.Table):
        return None
    found = exp.select(wanted).from_(source.this)
    grouped = _has(parsed, "group") or any(e.find(exp.AggFunc) for e in parsed.expressions)
    for part in ("where",) if grouped else ("where", "order", "limit", "offset"):
        found.set(part, parsed.args.get(part))
    return found.sql(dialect="sqlite", comments=False)


def _has(parsed: Select, *parts: str) -> bool:
    return any(parsed.args.get(part) for part in parts)
