"""The rows of a sheet's table in the columns that it keeps: for a look at its header, to be shown,
to be computed with."""

from collections.abc import Iterator, Sequence

from app.documents.tables.cell_values import CellValue, is_value
from app.documents.tables.grid import Grid
from app.documents.tables.sheet_forms import Placed, own_cells
from app.domain.library.cells import Cells

Columns = Sequence[int]


def filled_row(grid: Grid, number: int, columns: Columns, region: Cells) -> list[CellValue | None]:
    """All that a row says, what merged cells say in each column that they cover."""
    if columns == range(region.left, region.right + 1):
        return grid.row(number, region.left, region.right)
    row = _folded(own_cells(grid, number, region), columns)
    for place, column in enumerate(columns):
        if row[place] is None and grid.is_covered(number, column):
            row[place] = grid.rows[number - 1][column - 1]
    return row


def body_row(grid: Grid, number: int, columns: Columns, region: Cells) -> list[CellValue | None]:
    """A row below the header: a merged cell says again only what holds for each of its columns,
    which is neither a figure nor the label at the row's beginning."""
    row = filled_row(grid, number, columns, region)
    if not grid.covered.get(number):
        return row
    first = next((place for place, cell in enumerate(row) if cell), 0)
    label = row[first]
    for place, column in enumerate(columns):
        cell = row[place]
        if cell and (cell is label or is_value(cell)) and _again(grid, number, cell, column):
            row[place] = None
    return row


def header_lines(
    grid: Grid, numbers: range, columns: Columns, region: Cells
) -> list[list[CellValue | None]]:
    """The rows of a header: a merged name stands again only above names that tell its columns
    apart."""
    rows = [filled_row(grid, number, columns, region) for number in numbers]
    for place, column in enumerate(columns):
        cells = [row[place] for row in rows]
        again = [_again(grid, *each, column) for each in zip(numbers, cells, strict=True)]
        if any(cell and not said for cell, said in zip(cells, again, strict=True)):
            continue
        for row in rows:
            row[place] = None
    return rows


def _again(grid: Grid, number: int, cell: CellValue | None, column: int) -> bool:
    """Whether a cell is what a merged one says for a column that it covers."""
    return grid.is_covered(number, column) and cell is grid.rows[number - 1][column - 1]


def _folded(cells: Sequence[Placed], columns: Columns) -> list[CellValue | None]:
    """A row in the columns that are kept; what stands in another goes to the nearest free one on
    its left, or on its right, or is said with what stands there."""
    row: list[CellValue | None] = [None] * len(columns)
    places = {column - 1: place for place, column in enumerate(columns)}
    for at, cell in cells:
        if at in places:
            row[places[at]] = cell
    for at, cell in cells:
        if at not in places:
            _take_in(row, cell, sum(column <= at for column in columns))
    return row


def _take_in(row: list[CellValue | None], cell: CellValue, before: int) -> None:
    free = next(_free_beside(row, before), None)
    if free is not None:
        row[free] = cell
        return
    at = max(before - 1, 0)
    there = row[at]
    row[at] = CellValue(f"{there.text} {cell.text}") if there else cell


def _free_beside(row: Sequence[CellValue | None], before: int) -> Iterator[int]:
    """The free place on the left, then that on the right."""
    for at in (before - 1, before):
        if 0 <= at < len(row) and row[at] is None:
            yield at
