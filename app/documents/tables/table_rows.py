"""The rows of a sheet's table in the columns that it keeps: for a look at its header, to be shown,
to be computed with."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.documents.tables.cell_values import CellValue, is_value
from app.documents.tables.grid import Grid
from app.documents.tables.sheet_forms import Placed, own_cells
from app.domain.library.cells import Cells

Columns = Sequence[int]


class _Told(NamedTuple):
    """A row in the columns that are kept, and the places where a merged cell only says `again` what
    stands to its left."""

    row: list[CellValue | None]
    again: frozenset[int]


def filled_row(grid: Grid, number: int, columns: Columns, region: Cells) -> list[CellValue | None]:
    """All that a row says, what merged cells say in each column that they cover."""
    if columns == range(region.left, region.right + 1):
        return grid.row(number, region.left, region.right)
    return _told(grid, number, columns, region).row


def _told(grid: Grid, number: int, columns: Columns, region: Cells) -> _Told:
    covered = frozenset(
        place for place, column in enumerate(columns) if grid.is_covered(number, column)
    )
    if columns == range(region.left, region.right + 1):
        return _Told(grid.row(number, region.left, region.right), covered)
    row = _folded(own_cells(grid, number, region), columns)
    again = frozenset(place for place in covered if row[place] is None)
    for place in again:
        row[place] = grid.rows[number - 1][columns[place] - 1]
    return _Told(row, again)


def body_row(grid: Grid, number: int, columns: Columns, region: Cells) -> list[CellValue | None]:
    """A row below the header: a merged cell says again what holds for each of its columns, which
    the words at the row's beginning do not."""
    if not grid.covered.get(number):
        return filled_row(grid, number, columns, region)
    row, again = _told(grid, number, columns, region)
    label = next((cell for cell in row if cell), None)
    if is_value(label):
        return row
    return [None if place in again and cell is label else cell for place, cell in enumerate(row)]


def header_lines(
    grid: Grid, numbers: range, columns: Columns, region: Cells
) -> list[list[CellValue | None]]:
    """The rows of a header: a merged name stands again only above names that tell its columns
    apart."""
    told = [_told(grid, number, columns, region) for number in numbers]
    for place in range(len(columns)):
        if not any(row[place] and place not in again for row, again in told):
            for row, _ in told:
                row[place] = None
    return [row for row, _ in told]


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
