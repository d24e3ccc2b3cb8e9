"""The printed form around and in place of a table: rows of labels and values, and which columns of
a form hold something.

A form leaves columns blank or merges them for its looks; what a row says stays together here.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from app.documents.tables.cell_values import CellValue, is_total, is_value
from app.documents.tables.grid import Grid
from app.domain.library.cells import Cells

#: A cell and its place in the sheet's row, from 0.
Placed = tuple[int, CellValue]

#: Rows that tell how many cells a row of the table has.
_SAMPLE = 60
#: From so many cells on a row of two is none of the table's.
_WIDE = 4
#: Share of a column's rows up to which it holds no more than what a total adds.
_RARE = 0.2


def own_cells(grid: Grid, number: int, region: Cells) -> list[Placed]:
    """The filled cells of a row, each merged one once."""
    covered = grid.covered.get(number, 0)
    row = grid.rows[number - 1]
    return [
        (place, cell)
        for place in range(region.left - 1, min(region.right, len(row)))
        if (cell := row[place]) is not None and not covered >> place & 1
    ]


def form_line(cells: Sequence[Placed]) -> str:
    """ "Адрес: Липецк | Этажей: 4"; a label without a colon is parted from its value by a bar."""
    parts: list[str] = []
    for _, cell in cells:
        if parts and parts[-1].endswith(":") and not cell.text.endswith(":"):
            parts[-1] += f" {cell.text}"
        else:
            parts.append(cell.text)
    return " | ".join(parts)


def is_pair(cells: Sequence[Placed]) -> bool:
    """Whether a row has a label with a colon and the value after it; that of a total is the
    table's."""
    return any(
        _is_label(first.text) and not second.text.endswith(":")
        for (_, first), (_, second) in pairwise(cells)
    )


def _is_label(text: str) -> bool:
    return text.endswith(":") and not is_total(text)


def is_spaced(grid: Grid, region: Cells) -> bool:
    """Whether columns are blank, or are filled by merged cells alone, for the looks."""
    numbers = range(region.top, region.bottom + 1)
    if grid.covered and any(grid.covered.get(number) for number in numbers):
        return True
    wanted = set(range(region.left - 1, region.right))
    for number in numbers:
        row = grid.rows[number - 1]
        wanted = {place for place in wanted if place >= len(row) or row[place] is None}
        if not wanted:
            return False
    return True


def form_rows(grid: Grid, region: Cells, *, spaced: bool) -> tuple[int, int]:
    """How many rows above and below a table are none of it but pairs of labels and values.

    All rows stand above when there is no table.
    """
    rows = _Rows(grid, region)
    is_form = _loosely(rows) if spaced else lambda place: is_pair(rows[place])
    above = rows.leading(is_form)
    if len(rows) - above < 2:
        return len(rows), 0
    return above, rows.trailing(is_form, above)


def _loosely(rows: "_Rows") -> Callable[[int], bool]:
    """Two cells alone are a pair as well where the table has more."""
    most = max(len(rows[place]) for place in range(min(len(rows), _SAMPLE)))

    def is_form(place: int) -> bool:
        cells = rows[place]
        if is_pair(cells) or most < _WIDE or len(cells) != 2:
            return is_pair(cells)
        (left, label), (right, _) = cells
        if is_total(label.text):
            return label.text.endswith(":")
        return right > left + 1 and not is_value(label) and not rows.is_group(place)

    return is_form


class _Rows:
    """The rows of a region by their places from its top, read when they are asked for."""

    def __init__(self, grid: Grid, region: Cells) -> None:
        self._grid, self._region = grid, region

    def __len__(self) -> int:
        return self._region.height

    def __getitem__(self, place: int) -> list[Placed]:
        return own_cells(self._grid, self._region.top + place, self._region)

    def leading(self, is_form: Callable[[int], bool]) -> int:
        """Rows up to the last pair above the first row that is neither a pair nor alone."""
        found = 0
        for place in range(len(self)):
            if is_form(place):
                found = place + 1
            elif len(self[place]) > 1:
                break
        return found

    def trailing(self, is_form: Callable[[int], bool], above: int) -> int:
        """Rows from the first pair on below the last row that is neither a pair nor alone."""
        found = 0
        for count in range(1, len(self) - above - 1):
            if is_form(len(self) - count) and not self._has_sum(len(self) - count):
                found = count
            elif len(self[len(self) - count]) > 1:
                break
        return found

    def _has_sum(self, place: int) -> bool:
        """A figure below the rows of a table belongs to it, whatever it is called."""
        label, value = self[place][0][1].text, self[place][-1][1]
        return is_value(value) and not label.endswith(":")

    def is_group(self, place: int) -> bool:
        """Names over several columns that have names of their own below them: "План", "Факт"."""
        if place + 1 >= len(self):
            return False
        cells, below = self[place], self[place + 1]
        again = {(at, cell.text) for at, cell in below}
        if any((at, cell.text) in again for at, cell in cells):
            return True
        starts = [at for at, _ in cells[1:]]
        words = all(not is_value(cell) for _, cell in below)
        parted = all(sum(at >= start for at, _ in below) > 1 for start in starts)
        return place == 0 and words and parted and len(below) >= _WIDE


def kept_columns(grid: Grid, region: Cells) -> tuple[int, ...]:
    """Columns of a spaced table that hold something of their own: numbers in the sheet."""
    rows = []
    for number in range(region.top, region.bottom + 1):
        rows.append(own_cells(grid, number, region))
        if len(rows[-1]) == region.width:
            return tuple(range(region.left, region.right + 1))
    wide = [cells for cells in rows if len(cells) > 1] or rows
    filled: dict[int, set[int]] = {}
    for number, cells in enumerate(wide):
        for place, _ in cells:
            filled.setdefault(place + 1, set()).add(number)
    kept: list[int] = []
    for column in sorted(filled):
        if kept and _adds_nothing(filled[kept[-1]], filled[column], len(wide)):
            filled[kept[-1]] |= filled[column]
        else:
            kept.append(column)
    return tuple(kept)


def _adds_nothing(left: set[int], column: set[int], rows: int) -> bool:
    """A column without a name, filled only where the one before it is not: values that stand beside
    their header, or the label of a total."""
    if 0 in column or left & column:
        return False
    return left == {0} or len(column) <= max(_RARE * rows, 1)
