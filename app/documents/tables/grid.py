"""A sheet as rows of cells, and what merged cells cover, what is hidden, what stands beside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.documents.limits import MERGED_CELLS
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
    names parts that are damaged. `calculated` are columns by row, from 1, of formulas whose value
    was computed while reading.
    """

    sheet: str
    rows: Sequence[Row]
    titled: bool = False
    covered: Mapping[int, int] = field(default_factory=dict)
    hidden: Hidden = Hidden()
    asides: tuple[Aside, ...] = ()
    missing: int = 0
    unread: tuple[str, ...] = ()
    calculated: Mapping[int, Sequence[int]] = field(default_factory=dict)

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


def texts(row: Row) -> list[str]:
    """What the cells show; "" for empty ones."""
    return [cell.text if cell else "" for cell in row]


def alone(row: Row) -> str:
    """The one text that a row says, in as many cells as it likes; "" when it says more, or only
    that there is nothing."""
    different = {text for text in texts(row) if text}
    text = different.pop() if len(different) == 1 else ""
    return "" if is_nothing(text) else text
