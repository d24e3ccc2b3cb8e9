"""A file of rows as records: JSON Lines, JSON, CSV, TSV, or a workbook. What they mean is decided
elsewhere."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from app.documents.reading.reader import DocumentSource
from app.documents.reading.sandbox import Sandbox
from app.documents.sheets import csv_file
from app.documents.text import plain
from app.domain.errors import DamagedFile, FileDenied, FileMissing, FileTooLarge, UnknownFormat
from app.domain.library.tables import Table, Value
from app.domain.progress import Control
from app.domain.training import row_formats

#: Bytes of a file and rows that are read: a hundred times what a person looks over.
MOST_BYTES, MOST_ROWS = 64 * 1024 * 1024, 100_000
_LINES, _JSON = (".jsonl", ".ndjson"), (".json",)
_TABLES, _BOOKS = (".csv", ".tsv", ".tab"), (".xlsx", ".xlsm", ".ods", ".xls")

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Records:
    """`found` in order, None for one that cannot be read; `columns` of a table, () of JSON."""

    columns: tuple[str, ...]
    found: tuple[Record | None, ...]


def read(path: Path, sandbox: Sandbox, control: Control) -> Records:
    """`FileMissing`, `FileDenied`, `UnknownFormat`, `DamagedFile`, `FileTooLarge`, and those of
    Sandbox.tables for a workbook."""
    data, suffix = _bytes(path), path.suffix.lower()
    if suffix in _BOOKS:
        return _of_tables(sandbox.tables(DocumentSource(path.name, None, data), control), path.name)
    if suffix in _TABLES:
        return _of_separated(data, path.name)
    if suffix not in (*_LINES, *_JSON):
        raise UnknownFormat(name=path.name)
    text = plain.decode(data, path.name)
    found = _of_json(text) if suffix in _JSON else None
    return Records((), tuple(_of_lines(text, path.name) if found is None else found))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except PermissionError as error:
        raise FileDenied(name=path.name) from error
    except OSError as error:
        raise FileMissing(name=path.name) from error
    if len(data) > MOST_BYTES:
        raise FileTooLarge(name=path.name, limit=f"{MOST_BYTES // 1024**2} MB")
    return data


# -- JSON -----------------------------------------------------------------------------------------


def _of_lines(text: str, name: str) -> Iterator[Record | None]:
    for number, line in enumerate(filter(str.strip, text.split("\n")), start=1):
        _check(number, name)
        yield _record(_decoded(line))


def _of_json(text: str) -> list[Record | None] | None:
    """The records of a list, or of the first list in an object ("data", "rows" …); None where there
    is no such list, as in JSON Lines under another name."""
    value = _decoded(text)
    if isinstance(value, dict):
        value = next((unknown for unknown in value.values() if isinstance(unknown, list)), None)
    return [_record(unknown) for unknown in value[:MOST_ROWS]] if isinstance(value, list) else None


def _decoded(text: str) -> Any:
    """None of what is no JSON, or nested deeper than any row is."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return None


def _record(value: Any) -> Record | None:
    return value if isinstance(value, dict) else None


# -- tables ---------------------------------------------------------------------------------------


def _of_separated(data: bytes, name: str) -> Records:
    columns: tuple[str, ...] = ()
    found: list[Record | None] = []
    try:
        for number, record in enumerate(csv_file.records(data, name)):
            _check(number, name)
            if not any(each.strip() for each in record):
                continue
            if columns:
                found.append(_named(columns, record))
            else:
                columns = _unlike(record)
    except csv.Error as error:
        raise DamagedFile(name=name) from error
    return Records(columns, tuple(found))


def _of_tables(tables: Sequence[Table], name: str) -> Records:
    """The first table with columns for questions and answers, else the longest."""
    if not tables:
        raise UnknownFormat(name=name)
    headed = [_headed(table) for table in tables]
    chosen = next((each for each in headed if row_formats.proposed(each[0])), None)
    columns, rows = chosen or max(headed, key=lambda each: len(each[1]))
    _check(len(rows), name)
    return Records(columns, tuple(_named(columns, row) for row in rows))


def _headed(table: Table) -> tuple[tuple[str, ...], list[list[str]]]:
    """Names and rows; the first row has the names where it was not recognised as a header."""
    units = [column.unit for column in table.columns]
    rows = [[_shown(*each) for each in zip(row, units, strict=True)] for row in table.rows]
    if rows and row_formats.proposed(first := _unlike(rows[0])):
        return first, rows[1:]
    return tuple(column.name for column in table.columns), rows


def _shown(value: Value, unit: str) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    number = f"{value:.15g}"
    return f"{number} {unit}" if unit else number


def _unlike(names: Sequence[str]) -> tuple[str, ...]:
    """Names as columns; one that is empty or comes again by its number."""
    found: list[str] = []
    for number, name in enumerate(names, start=1):
        clean = name.strip()
        found.append(clean if clean and clean not in found else str(number))
    return tuple(found)


def _named(columns: Sequence[str], values: Sequence[str]) -> Record | None:
    """None of a record with more fields than there are columns: a separator stands unquoted."""
    if len(values) > len(columns) and any(values[len(columns) :]):
        return None
    return dict(zip(columns, values, strict=False))


def _check(number: int, name: str) -> None:
    if number > MOST_ROWS:
        raise FileTooLarge(name=name, limit=f"{MOST_ROWS} rows")
