"""Words that say of a sheet's text what it is: hidden, a comment, a text box."""

from collections.abc import Iterator, Sequence

from app.documents.tables.grid import Aside, Grid
from app.documents.tables.sheet_forms import form_line, own_cells
from app.documents.tables.sheet_tables import SheetRemark, SheetTable
from app.documents.words import words
from app.domain.library.cells import Cells


def sheet(grid: Grid, spoken: str) -> str:
    """A sheet's name."""
    told_as = words(spoken).sheet
    return _marked(grid.sheet, told_as.hidden_sheet, spoken) if grid.hidden.sheet else grid.sheet


def row(grid: Grid, text: str, number: int, spoken: str) -> str:
    """What a row says, by its number."""
    if number not in grid.hidden.rows:
        return text
    return _marked(text, words(spoken).sheet.hidden_row, spoken)


def names(grid: Grid, part: SheetTable, texts: Sequence[str], spoken: str) -> list[str]:
    """The names of a table's columns."""
    return [
        _column(grid, text, column, spoken)
        for column, text in zip(part.columns, texts, strict=True)
    ]


def lines(grid: Grid, part: SheetRemark, spoken: str) -> list[str]:
    """The lines of what is no table."""
    if not grid.hidden.rows and not grid.hidden.columns:
        return list(part.lines)
    return [
        line
        for number in range(part.cells.top, part.cells.bottom + 1)
        if (line := _line(grid, part, number, spoken))
    ]


def _line(grid: Grid, part: SheetRemark, number: int, spoken: str) -> str:
    cells = [
        (place, cell._replace(text=_column(grid, cell.text, place + 1, spoken)))
        for place, cell in own_cells(grid, number, part.cells)
    ]
    line = form_line(cells)
    return row(grid, line, number, spoken) if line else ""


def count(grid: Grid) -> int:
    """How many hidden sheets, rows and columns hold something."""
    filled = [number for number, cells in enumerate(grid.rows, 1) if any(cells)]
    if not filled and not grid.asides:
        return 0
    rows = sum(number in grid.hidden.rows for number in filled)
    columns = sum(_is_filled(grid, column) for column in grid.hidden.columns)
    return int(grid.hidden.sheet) + rows + columns


def _is_filled(grid: Grid, column: int) -> bool:
    return any(len(cells) >= column and cells[column - 1] for cells in grid.rows)


def _column(grid: Grid, text: str, column: int, spoken: str) -> str:
    if column not in grid.hidden.columns:
        return text
    return _marked(text, words(spoken).sheet.hidden_column, spoken)


def _marked(text: str, what: str, spoken: str) -> str:
    return words(spoken).sheet.hidden.format(text=text, what=what).strip()


def comment(cell: Cells | None, author: str, text: str, spoken: str) -> Iterator[Aside]:
    """A comment on a cell, after the name of who wrote it; nothing where it says nothing."""
    what = words(spoken).sheet.comment.format(cell=cell or "").strip()
    who = f" ({author})" if author and not text.startswith(author) else ""
    yield from aside(what + who, text, cell)


def aside(what: str, text: str, cells: Cells | None = None) -> Iterator[Aside]:
    """Something with words; nothing where it has none."""
    if text:
        yield Aside(f"{what}: {text}", cells)
