"""Sheets → blocks: a heading a sheet, a summary a table, its rows. What every format shares."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from app.documents.tables.grid import Grid, texts
from app.documents.tables.sheet_summary import summary
from app.documents.tables.sheet_tables import (
    SheetRemark,
    SheetTable,
    column_names,
    columns_of,
    tables_of,
    typed_tables,
)
from app.documents.tables.table_rows import body_row, header_lines
from app.documents.tables.table_text import row_line
from app.domain.errors import EmptyDocument
from app.domain.library.documents import Block, BlockKind, ReadDocument
from app.domain.library.tables import Table
from app.domain.text import language

#: Cells that tell the language of a sheet.
_SAMPLE_ROWS = 200
#: The name that a program gives a sheet by itself says nothing.
UNNAMED = re.compile(r"(sheet|лист|table|таблица|worksheet|tabelle|feuil)\s*\d*", re.IGNORECASE)


def blocks(grids: Sequence[Grid], *, by_columns: bool = True) -> Iterator[Block]:
    """The blocks of all sheets, empty ones left out."""
    filled = [grid for grid in grids if any(any(texts(row)) for row in grid.rows)]
    for grid in filled:
        parts = tables_of(grid, by_columns=by_columns)
        if grid.sheet and (grid.titled or len(filled) > 1):
            yield Block(BlockKind.HEADING, grid.sheet, level=1, sheet=grid.sheet)
        yield from _sheet(grid, parts)


def document(grids: Sequence[Grid], name: str, title: str = "") -> ReadDocument:
    """A workbook's blocks. `EmptyDocument`."""
    found = tuple(blocks(grids))
    if not found:
        raise EmptyDocument(name=name)
    return ReadDocument(found, title)


def tables(grids: Iterable[Grid]) -> tuple[Table, ...]:
    """The typed tables of all sheets."""
    return tuple(table for grid in grids for table in typed_tables(grid))


def _sheet(grid: Grid, parts: Sequence[SheetTable | SheetRemark]) -> Iterator[Block]:
    spoken = spoken_in(grid)
    for part in parts:
        if isinstance(part, SheetRemark):
            text = "\n".join(part.lines)
            yield Block(BlockKind.PARAGRAPH, text, sheet=grid.sheet, cells=part.cells)
            continue
        if part.title:
            title = " ".join(part.title)
            yield Block(BlockKind.HEADING, title, level=2, sheet=grid.sheet)
        yield _summary(grid, part, spoken)
        rows = list(_lines(grid, part))
        header = _header(part, rows)
        lines = rows if part.headers else header + rows
        yield Block(
            BlockKind.TABLE, "\n".join(lines), sheet=grid.sheet, cells=part.cells,
            headers=part.headers or len(header),
        )  # fmt: skip
        for remark in part.remarks:
            yield Block(BlockKind.PARAGRAPH, remark, sheet=grid.sheet)


def _header(part: SheetTable, rows: Sequence[str]) -> list[str]:
    """The lines that name the columns: its own, those of the table that it continues, letters."""
    return list(rows[: part.headers]) or [row_line(column_names(part))]


def _lines(grid: Grid, part: SheetTable) -> Iterator[str]:
    top = range(part.cells.top, part.cells.top + part.headers)
    for row in header_lines(grid, top, part.columns, part.cells):
        yield row_line(texts(row))
    for number in part.body:
        yield row_line(texts(body_row(grid, number, part.columns, part.cells)))


def _summary(grid: Grid, part: SheetTable, spoken: str) -> Block:
    columns = list(zip(column_names(part), columns_of(grid, part), strict=True))
    name = " ".join(part.title) or (grid.sheet if grid.titled else "")
    text = summary(name, part.cells, len(part.body), columns, spoken)
    return Block(BlockKind.PARAGRAPH, text, sheet=grid.sheet, cells=part.cells)


def spoken_in(grid: Grid) -> str:
    """ "ru" or "en": the language of a sheet's first rows and of its name."""
    rows = islice(grid.rows, _SAMPLE_ROWS)
    return language.of(" ".join([grid.sheet, *(text for row in rows for text in texts(row))]))
