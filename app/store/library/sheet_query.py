"""One table of a sheet in a private SQLite database, and one checked query over it.

The query comes from a model that has read documents, so it is taken for hostile: it may read this
table through a list of functions, for a limited time, into limited memory; everything else is
refused by SQLite itself (authorizer, limits), not by a look at its text.
"""

import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.library.cells import Cells
from app.domain.library.tables import Column, ColumnKind, Table, Value
from app.stems import normal
from app.store.library.select_parts import single_select

#: What the table is called in a query, and the column that numbers its rows as the sheet does.
TABLE, ROW = "sheet", "row"
#: Seconds; steps of SQLite's machine between two looks at the clock.
_SECONDS, _STEPS = 2.0, 2000
#: Rows of a result; characters of one of its values; bytes for a query's sorting and grouping.
_ROWS, _LENGTH, _MEMORY = 200, 100_000, 256 << 20
#: Rectangles of cells that are named one by one.
_AREAS = 24
_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, _LENGTH),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 4000),
    (sqlite3.SQLITE_LIMIT_COLUMN, 2000),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 100),
    (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 8),
    (sqlite3.SQLITE_LIMIT_VDBE_OP, 50_000),
    (sqlite3.SQLITE_LIMIT_FUNCTION_ARG, 16),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200),
    (sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 0),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 0),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
)
#: Functions that only look at their arguments and cost no more than these are long.
_FUNCTIONS = frozenset(
    "abs avg ceil ceiling coalesce count cume_dist date datetime dense_rank first_value floor "
    "group_concat ifnull iif instr julianday lag last_value lead length like lower ltrim max min "
    "mod nth_value ntile nullif number percent_rank rank replace round row_number rtrim sign "
    "strftime substr substring sum time total trim typeof unixepoch upper".split()
)
#: Words that would have to stand in quotes as names of columns; a model forgets to.
_RESERVED = frozenset(
    "add all alter and as asc between by case cast check collate column commit constraint create "
    "cross current_date current_time current_timestamp default delete desc distinct drop each else "
    "end escape except exists filter for foreign from full group having in index inner insert "
    "intersect into is isnull join left like limit match natural no not notnull null of offset on "
    "or order outer over partition plan primary range references release right row rows select set "
    "sheet table then to transaction trigger union unique update using values view when where "
    "with".split()
)
_LATIN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэьъ", (*"abvgdeziyklmnoprstufye", "", ""), strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
)
_SELECT = re.compile(r"\s*(?:select|with)\b", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


class QueryRefused(Exception):
    """Not run, or not to its end; the text says why, in words that a model can mend it by."""


@dataclass(frozen=True, slots=True)
class SheetQueryResult:
    """`columns` as the query names them. `cells` that were looked at, in letters: exact rows for a
    simple query, whole columns otherwise. `cut` when there were more rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    cells: tuple[str, ...]
    cut: bool = False


class SheetQuery:
    """A table loaded for queries; `names` are the columns' identifiers, in order."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.names = identifiers(table.columns)
        self._read: set[str] = set()
        # No statement cache: a query is authorised when it is prepared, each time anew.
        self._connection = sqlite3.connect(
            ":memory:", isolation_level=None, cached_statements=0, check_same_thread=False
        )
        self._define()
        self._fill()
        self._confine()

    def close(self) -> None:
        self._connection.close()

    def run(self, query: str, cancelled: Callable[[], bool] = lambda: False) -> SheetQueryResult:
        """Rows of one SELECT over the table. `QueryRefused`."""
        if not _SELECT.match(query):
            raise QueryRefused("not a SELECT")
        self._read.clear()
        columns, rows = self._rows(query, _ROWS + 1, cancelled)
        return SheetQueryResult(
            columns, tuple(rows[:_ROWS]), self._cells(query, cancelled), len(rows) > _ROWS
        )

    def different(self, place: int, limit: int) -> list[str] | None:
        """The values of a text column, the commonest first; None when there are more than that."""
        counts: dict[str, int] = {}
        for row in self.table.rows:
            if row[place] is not None:
                counts[str(row[place])] = counts.get(str(row[place]), 0) + 1
        return sorted(counts, key=lambda each: -counts[each]) if len(counts) <= limit else None

    # -- building ---------------------------------------------------------------------------------

    def _define(self) -> None:
        connection = self._connection
        connection.create_collation("anycase", _compared)
        connection.create_function("lower", 1, _lower, deterministic=True)
        connection.create_function("upper", 1, _upper, deterministic=True)
        connection.create_function("like", 2, _like, deterministic=True)
        connection.create_function("number", 1, _number, deterministic=True)
        connection.execute("PRAGMA temp_store=MEMORY")  # nothing of a document on the disk
        connection.execute(f"PRAGMA hard_heap_limit={_MEMORY}")

    def _fill(self) -> None:
        kinds = {
            ColumnKind.TEXT: "TEXT COLLATE anycase",
            ColumnKind.NUMBER: "NUMERIC",
            ColumnKind.DATE: "TEXT",
        }
        columns = [
            f'"{name}" {kinds[column.kind]}'
            for name, column in zip(self.names, self.table.columns, strict=True)
        ]
        created = f'CREATE TABLE {TABLE} ("{ROW}" INTEGER PRIMARY KEY, {", ".join(columns)})'
        places = ", ".join("?" * (len(columns) + 1))
        try:
            self._connection.execute(created)
            self._connection.executemany(
                f"INSERT INTO {TABLE} VALUES ({places})",
                ((n, *row) for n, row in zip(self.table.numbers, self.table.rows, strict=True)),
            )
        except (sqlite3.Error, MemoryError) as error:
            self.close()
            raise QueryRefused("the table is too large") from error

    def _confine(self) -> None:
        self._connection.execute("PRAGMA query_only=ON")
        for limit, value in _LIMITS:
            self._connection.setlimit(limit, value)
        self._connection.set_authorizer(self._allowed)

    def _allowed(self, act: int, one: str | None, two: str | None, *_: str | None) -> int:
        if act == sqlite3.SQLITE_SELECT:
            return sqlite3.SQLITE_OK
        if act == sqlite3.SQLITE_READ and one == TABLE:
            self._read.add(two or "")
            return sqlite3.SQLITE_OK
        if act == sqlite3.SQLITE_READ and two == "" and one and not _own(one):
            return sqlite3.SQLITE_OK  # a subquery's name: none of its columns is read by it
        if act == sqlite3.SQLITE_FUNCTION and (two or "").lower() in _FUNCTIONS:
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    # -- running ----------------------------------------------------------------------------------

    def _rows(
        self, query: str, most: int, cancelled: Callable[[], bool]
    ) -> tuple[tuple[str, ...], list[tuple[Value, ...]]]:
        """Names of the columns, and up to `most` rows. `QueryRefused`."""
        deadline = time.monotonic() + _SECONDS

        def over() -> bool:
            return time.monotonic() > deadline or cancelled()

        self._connection.set_progress_handler(over, _STEPS)
        try:
            cursor = self._connection.execute(query)
            names = tuple(str(each[0]) for each in cursor.description)
            rows = [tuple(map(_plain, row)) for row in cursor.fetchmany(most)]
            cursor.close()
        except (sqlite3.Error, sqlite3.Warning, MemoryError, ValueError, OverflowError) as error:
            raise QueryRefused(str(error) or "not enough memory") from error
        finally:
            self._connection.set_progress_handler(None, 0)
        return names, rows

    def _cells(self, query: str, cancelled: Callable[[], bool]) -> tuple[str, ...]:
        """The cells of the columns that were read, in the rows that the same conditions choose."""
        every = range(len(self.names))
        # count(*) alone reads no column, and looks at all of them.
        read = [place for place in every if self.names[place] in self._read] or every
        rows: Sequence[int] = self.table.numbers
        if companion := single_select(query, f'"{ROW}"'):
            try:
                _, found = self._rows(companion, len(rows), cancelled)
            except QueryRefused:
                pass  # its order speaks of the result's own columns: all rows, then
            else:
                rows = sorted(int(value) for (value,) in found if isinstance(value, float | int))
        return _areas([self.table.columns[place].position for place in read], rows)


def _own(name: str) -> bool:
    """SQLite's own tables."""
    return name.lower().startswith("sqlite_")


def identifiers(columns: Sequence[Column]) -> tuple[str, ...]:
    """A name without quotes for each column: "Height ft (m)" is height_ft_m, "Оклад, руб." is
    oklad_rub: small models write Cyrillic names with Latin letters among them."""
    names: list[str] = []
    for column in columns:
        latin = normal(column.name).translate(_LATIN)
        name = re.sub(r"\W+", "_", latin).strip("_")[:60] or "column"
        if name[0].isdigit():
            name = f"c_{name}"
        if name in _RESERVED:
            name += "_"
        unlike, number = name, 2
        while unlike in names:
            unlike, number = f"{name}_{number}", number + 1
        names.append(unlike)
    return tuple(names)


def _areas(columns: Sequence[int], rows: Sequence[int]) -> tuple[str, ...]:
    """Rectangles of neighbouring columns and rows; past _AREAS of them one a run of columns."""
    across, down = _runs(columns), _runs(rows)
    if len(across) * len(down) > _AREAS and rows:
        down = [(rows[0], rows[-1])]
    return tuple(
        str(Cells(top, left, bottom, right)) for left, right in across for top, bottom in down
    )


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs


def _plain(value: object) -> Value:
    """A whole number without a fraction stays one; bytes have no place in a table."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if value is None or isinstance(value, str | int | float):
        return value
    raise QueryRefused("a result of bytes")


# -- functions: SQLite's own know no letters but Latin ones ---------------------------------------


def _compared(one: str, other: str) -> int:
    left, right = normal(one), normal(other)
    return (left > right) - (left < right)


def _lower(value: Value) -> Value:
    return value.lower() if isinstance(value, str) else value


def _upper(value: Value) -> Value:
    return value.upper() if isinstance(value, str) else value


def _number(value: Value) -> Value:
    """The first number in a text: 157.0 of "157 (48)"."""
    match = _NUMBER.search(value) if isinstance(value, str) else None
    return float(match[0].replace(",", ".")) if match else None if isinstance(value, str) else value


def _like(pattern: object, value: object) -> bool | None:
    """LIKE without regard to case, in time that grows with the text alone."""
    if pattern is None or value is None:
        return None
    first, *others = normal(str(pattern)).split("%")
    text = normal(_shown(value))
    if not others:
        return _fits(first, text)
    if len(text) < len(first) + len(others[-1]) or not _fits(first, text[: len(first)]):
        return False
    last = others.pop()
    at, end = len(first), len(text) - len(last)
    for part in others:
        match = _pattern(part).search(text, at, end)
        if match is None:
            return False
        at = match.end()
    return _fits(last, text[end:])


def _shown(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _fits(pattern: str, text: str) -> bool:
    return _pattern(pattern).fullmatch(text) is not None


def _pattern(part: str) -> re.Pattern[str]:
    return re.compile("".join("." if sign == "_" else re.escape(sign) for sign in part), re.DOTALL)
