"""A sheet as rows of cells; where on it the tables stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.documents.limits import MERGED_CELLS, SHEET_REGIONS
from app.documents.tables import side_by_side
from app.documents.tables.cell_values import CellValue, is_nothing
from app.domain.library.cells import Cells

Row = Sequence[CellValue | None]


class Aside(NamedTuple):
    """Words of a sheet that stand in no cell, with what they are; `cells` that they belong to."""

    text: str
    cells: Cells | None = None


@dataclass(frozen=True)
class Hidden:
    """What a sheet does not show: itself, rows and columns by their numbers."""

    sheet: bool = False
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Grid:
    """`rows` from the sheet's first, each as long as it is filled; None for an empty cell.

    `sheet` is "" in formats without sheets, `titled` says whether its name means something.
    `covered` has one bit a column, by the number of the row, for cells that show what a merged cell
    to their left does. `asides` stand beside the cells; `missing` formulas have no value, `unread`
    names parts that are damaged.
    """

    sheet: str
    rows: Sequence[Row]
    titled: bool = False
    covered: Mapping[int, int] = field(default_factory=dict)
    hidden: Hidden = Hidden()
    asides: tuple[Aside, ...] = ()
    missing: int = 0
    unread: tuple[str, ...] = ()

    def row(self, number: int, left: int, right: int) -> list[CellValue | None]:
        """The cells of row `number` (from 1) between two columns, always as many."""
        found = list(self.rows[number - 1][left - 1 : right])
        return found + [None] * (right - left + 1 - len(found))

    def is_covered(self, number: int, column: int) -> bool:
        """Whether a cell only says again what stands to its left."""
        return bool(self.covered.get(number, 0) >> (column - 1) & 1)


def fill_merged(rows: list[list[CellValue | None]], areas: Iterable[Cells]) -> dict[int, int]:
    """The empty cells of a merged area show what its first one does; those right of its first
    column as `Grid.covered`."""
    covered: dict[int, int] = {}
    left = MERGED_CELLS
    width = max(map(len, rows), default=0)
    for cells in areas:
        bottom, right = min(cells.bottom, len(rows)), min(cells.right, width)
        first = _at(rows, cells.top, cells.left)
        left -= max(bottom - cells.top + 1, 0) * max(right - cells.left + 1, 0)
        if first is None or left < 0:
            continue
        for number in range(cells.top, bottom + 1):
            row = rows[number - 1]
            row.extend([None] * (right - len(row)))
            for place in range(cells.left - 1, right):
                if row[place] is None:
                    row[place] = first
                    if place >= cells.left:
                        covered[number] = covered.get(number, 0) | 1 << place
    return covered


def _at(rows: list[list[CellValue | None]], row: int, column: int) -> CellValue | None:
    inside = row <= len(rows) and column <= len(rows[row - 1])
    return rows[row - 1][column - 1] if inside else None


def regions(grid: Grid, *, by_columns: bool = True) -> list[Cells]:
    """Rectangles that blank rows and blank columns part, in reading order; what stands side by side
    and belongs together (`side_by_side`) is one.

    A sheet that falls into more than SHEET_REGIONS is one rectangle: it is a drawing, or hostile.
    """
    masks = [_mask(row) for row in grid.rows]
    whole = _union(masks)
    if not whole:
        return []
    found: list[Cells] = []
    waiting = [(0, len(masks), whole)]
    while waiting:
        top, bottom, columns = waiting.pop()
        parts = list(_parts(grid, masks, (top, bottom, columns), by_columns=by_columns))
        if len(parts) == 1:
            first, last, mask = parts[0]
            found.append(Cells(first + 1, _lowest(mask), last, mask.bit_length()))
        else:
            waiting += parts
        if len(found) + len(waiting) > SHEET_REGIONS:
            return [_used(masks, whole)]
    return sorted(found, key=lambda cells: (cells.top, cells.left))


def _parts(
    grid: Grid, masks: list[int], area: tuple[int, int, int], *, by_columns: bool
) -> Iterator[tuple[int, int, int]]:
    """Bands between blank rows, each cut between its tables: (top, bottom, columns)."""
    top, bottom, columns = area
    for first, last in _bands(masks, top, bottom, columns):
        filled = _union(masks[first:last]) & columns
        if not by_columns:
            yield first, last, filled
            continue
        runs = list(_runs(filled))
        if len(runs) > 1:
            own = [masks[place] & ~grid.covered.get(place + 1, 0) for place in range(first, last)]
            runs = side_by_side.joined(runs, own, grid.rows[first:last])
        for mask in runs:
            yield first, last, mask


def _bands(masks: list[int], top: int, bottom: int, columns: int) -> Iterator[tuple[int, int]]:
    first: int | None = None
    for place in range(top, bottom):
        if masks[place] & columns:
            first = place if first is None else first
        elif first is not None:
            yield first, place
            first = None
    if first is not None:
        yield first, bottom


def _runs(mask: int) -> Iterator[int]:
    """The groups of neighbouring bits, lowest first."""
    while mask:
        low = mask & -mask
        run = mask & ~(mask + low)
        yield run
        mask ^= run


def _mask(row: Row) -> int:
    """One bit a filled column."""
    mask = 0
    for place, cell in enumerate(row):
        if cell is not None and cell.text:
            mask |= 1 << place
    return mask


def _union(masks: Sequence[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union


def _lowest(mask: int) -> int:
    return (mask & -mask).bit_length()


def _used(masks: list[int], whole: int) -> Cells:
    filled = [place for place, mask in enumerate(masks, 1) if mask]
    return Cells(filled[0], _lowest(whole), filled[-1], whole.bit_length())


def texts(row: Row) -> list[str]:
    """What the cells show; "" for empty ones."""
    return [cell.text if cell else "" for cell in row]


def alone(row: Row) -> str:
    """The one text that a row says, in as many cells as it likes; "" when it says more, or only
    that there is nothing."""
    different = {text for text in texts(row) if text}
    text = different.pop() if len(different) == 1 else ""
    return "" if is_nothing(text) else text
