"""A damaged database, read around the pages that fail their authentication.

SQLCipher refuses a connection for good once a page has failed, and SQLite a file that is shorter
than its header says. So a copy is read, with the check of the length off (`writable_schema`, as in
SQLite's own recovery), and after each failure by a new connection that goes on behind the damage.
"""

import itertools
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Table

from app.store.database import keyed, log_of

Row = Mapping[Any, Any]
#: Behind a damaged page one row after the other is tried for so long, then steps double.
_SINGLE_STEPS, _LARGEST_STEP = 64, 2**40
_LAST = 2**62


@dataclass(frozen=True)
class TableRows:
    """The rows that could be read, by their numbers in the file; whether that was all of them."""

    rows: Mapping[int, Row]
    whole: bool

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows.values())


class DamagedDatabase:
    """A copy in the folder `scratch` of the database `path`, as encrypted as that is."""

    def __init__(self, path: Path, key: bytes, scratch: Path) -> None:
        """`OSError` where it cannot be copied."""
        self._path, self._key = scratch / uuid.uuid4().hex, key
        shutil.copyfile(path, self._path)
        with suppress(FileNotFoundError):
            shutil.copyfile(log_of(path), log_of(self._path))

    @property
    def opens(self) -> bool:
        """Whether the list of its tables can be read, on the first page and a few others: without
        it SQLite reads none of them."""
        try:
            (tables,) = next(self._each("SELECT count(*) FROM sqlite_master"))
            return int(tables) > 0
        except sqlcipher.DatabaseError:
            return False

    def rows(self, table: Table, *columns: str) -> TableRows:
        """Every row of a table that stands on a readable page; with these columns, or all."""
        read = partial(self._some, table, columns or tuple(each.name for each in table.columns))
        found: dict[int, Row] = {}
        begin: int | None = 1
        whole = True
        while begin is not None:
            rows, ended = read(begin, _LAST)
            found |= rows
            if ended:
                break
            whole = False
            begin = _beyond(read, max(rows, default=begin - 1) + 1, found)
        return TableRows(dict(sorted(found.items())), whole)

    def indexed(self, table: Table, index: str, *columns: str) -> set[tuple[Any, ...]]:
        """What an index still tells of rows, read from both of its ends."""
        names = ", ".join(f'"{each}"' for each in columns)
        found: set[tuple[Any, ...]] = set()
        for direction in ("ASC", "DESC"):
            query = (
                f'SELECT {names} FROM "{table.name}" INDEXED BY "{index}" '
                f'ORDER BY "{columns[0]}" {direction}'
            )
            with suppress(sqlcipher.DatabaseError):
                for row in self._each(query):
                    found.add(tuple(row))
        return found

    def _some(
        self,
        table: Table,
        names: Sequence[str],
        first: int,
        last: int,
        *,
        backwards: bool = False,
        limit: int = -1,
    ) -> tuple[dict[int, Row], bool]:
        """Rows by number until a page fails, and whether none did."""
        columns = ", ".join(f'"{each}"' for each in names)
        query = (
            f'SELECT rowid, {columns} FROM "{table.name}" WHERE rowid BETWEEN ? AND ? '
            f"ORDER BY rowid {'DESC' if backwards else 'ASC'} LIMIT ?"
        )
        rows: dict[int, Row] = {}
        try:
            for number, *values in self._each(query, first, last, limit):
                rows[number] = dict(zip(names, values, strict=True))
        except sqlcipher.DatabaseError:
            return rows, False
        return rows, True

    def _each(self, query: str, *values: object) -> Iterator[Any]:
        connection = keyed(self._path, self._key)
        try:
            for pragma in ("writable_schema=ON", "trusted_schema=OFF", "cell_size_check=ON"):
                connection.execute(f"PRAGMA {pragma}")
            yield from connection.execute(query, values)
        finally:
            connection.close()


def _beyond(
    read: Callable[..., tuple[dict[int, Row], bool]], bad: int, found: dict[int, Row]
) -> int | None:
    """Where reading goes on after the row `bad`; rows on the way there, read from behind, are put
    into `found`. None where nothing follows."""
    for step in _steps():
        low = bad + step
        rows, ended = read(low, _LAST, limit=1)
        if rows or ended:
            found |= read(bad + 1, low - 1, backwards=True)[0]
            return low
    return None


def _steps() -> Iterator[int]:
    yield from range(1, _SINGLE_STEPS + 1)
    doubled = itertools.accumulate(itertools.repeat(2), int.__mul__, initial=_SINGLE_STEPS * 2)
    yield from itertools.takewhile(lambda step: step <= _LARGEST_STEP, doubled)
