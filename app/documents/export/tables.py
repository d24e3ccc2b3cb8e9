"""Tables on their way out, as a workbook or as CSV: no text in them is taken for a formula."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Cell = str | int | float
#: Such a first character makes a formula of a text in CSV (owasp.org, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
#: Characters that the name of a sheet must not hold, and how long it may be.
_NO_NAME, _LONGEST = str.maketrans(dict.fromkeys("[]:*?/\\", " ")), 31
#: Characters that a cell holds, by Excel's own limits.
_MOST = 32_767
_WIDE = 48


@dataclass(frozen=True, slots=True)
class OutTable:
    """`head` names the columns of `rows`; a text is text, whatever it begins with."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def as_csv(rows: Sequence[Sequence[Cell]]) -> str:
    """A text that would be a formula stands behind an apostrophe, as spreadsheets type it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def one_below_the_other(tables: Sequence[OutTable]) -> list[tuple[Cell, ...]]:
    """The rows of all, each table under its name, an empty line between two."""
    rows = list[tuple[Cell, ...]]()
    for table in tables:
        rows += [(), (table.name,)] if rows else [(table.name,)]
        rows += [table.head, *table.rows]
    return rows


def as_xlsx(tables: Sequence[OutTable]) -> bytes:
    """A sheet a table."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for table in tables:
        _write(book.create_sheet(table.name.translate(_NO_NAME)[:_LONGEST]), table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Any, table: OutTable) -> None:
    from openpyxl.utils import get_column_letter

    for place, name in enumerate(table.head, 1):
        longest = max((len(str(row[place - 1])) for row in table.rows), default=0)
        width = min(max(longest, len(name)) + 2, _WIDE)
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    for row in (table.head, *table.rows):
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Any, value: Cell) -> Any:
    """Of the type that it has: a workbook takes "=1" for a formula otherwise."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(" ", value)[:_MOST])
    made.data_type = "s"
    return made


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
