"""Sheets → blocks: a heading a sheet, a summary a table, its rows. What every format shares."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from app.documents.sheets import sheet_words
from app.documents.tables.grid import Grid, texts
from app.documents.tables.sheet_summary import summary
from app.documents.tables.sheet_tables import (
    Part,
    SheetRemark,
    SheetTable,
    column_names,
    columns_of,
    tables_of,
    typed_tables,
)
from app.documents.tables.table_rows import body_row, header_lines
from app.documents.tables.table_text import row_line
from app.documents.tally import Tally
from app.domain.errors import EmptyDocument
from app.domain.library.documents import Block, BlockKind, ReadDocument
from app.domain.library.reading import UnreadReason
from app.domain.library.tables import Table
from app.domain.text import language

#: Cells that tell the language of a sheet.
_SAMPLE_ROWS = 200
#: The name that a program gives a sheet by itself says nothing.
UNNAMED = re.compile(r"(sheet|лист|table|таблица|worksheet|tabelle|feuil)\s*\d*", re.IGNORECASE)


def blocks(grids: Sequence[Grid], *, by_columns: bool = True) -> Iterator[Block]:
    """The blocks of all sheets, empty ones left out."""
    filled = [grid for grid in grids if grid.asides or any(any(texts(row)) for row in grid.rows)]
    for grid in filled:
        parts = tables_of(grid, by_columns=by_columns)
        spoken = spoken_in(grid)
        if grid.sheet and (grid.titled or len(filled) > 1 or grid.hidden.sheet):
            heading = sheet_words.sheet(grid, spoken)
            yield Block(BlockKind.HEADING, heading, level=1, sheet=grid.sheet)
        yield from _sheet(grid, parts, spoken)
        for aside in grid.asides:
            yield Block(BlockKind.PARAGRAPH, aside.text, sheet=grid.sheet, cells=aside.cells)


def document(grids: Sequence[Grid], name: str, title: str = "") -> ReadDocument:
    """A workbook's blocks, and what of it is hidden or not calculated. `EmptyDocument`."""
    found = tuple(blocks(grids))
    if not found:
        raise EmptyDocument(name=name)
    tally = Tally()
    for grid in grids:
        _note(grid, tally)
    return ReadDocument(found, title, reading=tally.report())


def _note(grid: Grid, tally: Tally) -> None:
    tally.count("hidden", sheet_words.count(grid))
    if grid.missing:
        tally.count("uncalculated", grid.missing)
        tally.unread(UnreadReason.NOT_CALCULATED, grid.sheet, count=grid.missing)
    for part in grid.unread:
        tally.unread(UnreadReason.PART_DAMAGED, part)


def tables(grids: Iterable[Grid]) -> tuple[Table, ...]:
    """The typed tables of all sheets."""
    return tuple(table for grid in grids for table in typed_tables(grid))


def _sheet(grid: Grid, parts: Sequence[Part], spoken: str) -> Iterator[Block]:
    for part in parts:
        if isinstance(part, SheetRemark):
            lines = sheet_words.lines(grid, part, spoken)
            told = sheet_words.calculated(grid, part.cells, spoken)
            text = "\n".join([*lines, told] if told else lines)
            yield Block(BlockKind.PARAGRAPH, text, sheet=grid.sheet, cells=part.cells)
            continue
        if part.title:
            title = sheet_words.row(grid, " ".join(part.title), part.cells.top - 1, spoken)
            yield Block(BlockKind.HEADING, title, level=2, sheet=grid.sheet)
        names = sheet_words.names(grid, part, column_names(part), spoken)
        yield _summary(grid, part, names, spoken)
        rows = list(_lines(grid, part, spoken))
        header = _header(part, names, rows)
        lines = rows if part.headers else header + rows
        yield Block(
            BlockKind.TABLE, "\n".join(lines), sheet=grid.sheet, cells=part.cells,
            headers=part.headers or len(header),
        )  # fmt: skip
        if told := sheet_words.calculated(grid, part.cells, spoken):
            yield Block(BlockKind.PARAGRAPH, told, sheet=grid.sheet, cells=part.cells)
        for number, remark in enumerate(part.remarks, part.cells.bottom + 1):
            text = sheet_words.row(grid, remark, number, spoken)
            yield Block(BlockKind.PARAGRAPH, text, sheet=grid.sheet)


def _header(part: SheetTable, names: Sequence[str], rows: Sequence[str]) -> list[str]:
    """The lines that name the columns: its own, those of the table that it continues, letters."""
    return list(rows[: part.headers]) or [row_line(names)]


def _lines(grid: Grid, part: SheetTable, spoken: str) -> Iterator[str]:
    top = range(part.cells.top, part.cells.top + part.headers)
    heads = header_lines(grid, top, part.columns, part.cells)
    for number, row in zip(top, heads, strict=True):
        shown = texts(row)
        if number == top[0]:
            shown = sheet_words.names(grid, part, shown, spoken)
        yield sheet_words.row(grid, row_line(shown), number, spoken)
    for number in part.body:
        line = row_line(texts(body_row(grid, number, part.columns, part.cells)))
        yield sheet_words.row(grid, line, number, spoken)


def _summary(grid: Grid, part: SheetTable, names: Sequence[str], spoken: str) -> Block:
    columns = list(zip(names, columns_of(grid, part), strict=True))
    name = " ".join(part.title) or (grid.sheet if grid.titled else "")
    hidden = sum(number in grid.hidden.rows for number in part.body) if grid.hidden.rows else 0
    text = summary(name, part.cells, len(part.body), columns, spoken, hidden)
    return Block(BlockKind.PARAGRAPH, text, sheet=grid.sheet, cells=part.cells)


def spoken_in(grid: Grid) -> str:
    """ "ru" or "en": the language of a sheet's first rows and of its name."""
    rows = islice(grid.rows, _SAMPLE_ROWS)
    said = [text for row in rows for text in texts(row)]
    return language.of(" ".join([grid.sheet, *said, *(aside.text for aside in grid.asides)]))
