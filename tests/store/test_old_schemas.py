"""A database of every earlier revision, with rows in all its tables, is brought up and keeps
them."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, Table, insert, select, text

from app.store import migrations
from app.store.database import Database

KEY = b"k" * 32
ROWS = 3
#: What a revision lets go because it is registered anew: a kind, the revisions before it, a table.
LET_GO = {("workspace", 1, "models")}
EARLIER = [
    (kind, count)
    for kind, revisions in migrations.REVISIONS.items()
    for count in range(1, len(revisions))
]


def tables(connection: Connection) -> list[Table]:
    """What holds rows of its own, those that are referred to first; indexes of words follow from
    triggers and are looked at by searches."""
    virtual = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'"
    words = tuple(connection.execute(text(virtual)).scalars())
    found = MetaData()
    found.reflect(connection, only=lambda name, _: not name.startswith((*words, "alembic_")))
    return found.sorted_tables


def value(table: Table, column: Any, row: int) -> Any:
    """Something of the column's kind; what refers to a row refers to the one of the same number."""
    kind = column.type.python_type
    if kind is str:
        return "{}" if "json" in column.name else f"{column.name} {row}"
    return {int: row, float: row / 2, bytes: b"%d" % row, bool: row % 2 == 0}[kind]


def fill(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """What every table holds afterwards."""
    for table in tables(connection):
        rows = []
        for number in range(1, ROWS + 1):
            made = {each.name: value(table, each, number) for each in table.columns}
            for key in table.foreign_keys:
                made[key.parent.name] = value(key.column.table, key.column, number)
            rows.append(made)
        connection.execute(insert(table), rows)
    return {table.name: held(connection, table) for table in tables(connection)}


def held(connection: Connection, table: Table) -> list[dict[str, Any]]:
    return sorted((dict(row) for row in connection.execute(select(table)).mappings()), key=repr)


@pytest.mark.parametrize(("kind", "count"), EARLIER)
def test_rows_of_an_earlier_revision_are_kept(
    tmp_path: Path, kind: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"{kind}.db"
    with monkeypatch.context() as earlier:
        earlier.setitem(migrations.REVISIONS, kind, migrations.REVISIONS[kind][:count])
        old = Database(path, KEY, kind)
        with old.transaction() as connection:
            before = fill(connection)
        old.close()
    assert any(before.values())
    database = Database(path, KEY, kind)
    with database.transaction() as connection:
        after = {table.name: held(connection, table) for table in tables(connection)}
    database.verify()
    database.close()
    for name, rows in before.items():
        if (kind, count, name) in LET_GO:
            continue
        assert len(after[name]) == ROWS, name
        kept = [{key: row[key] for key in rows[0] if key in row} for row in after[name]]
        old_rows = [{key: row[key] for key in kept[0]} for row in rows]
        assert sorted(kept, key=repr) == sorted(old_rows, key=repr), name
