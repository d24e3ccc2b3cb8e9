"""Where on a sheet its tables and forms stand."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.documents.limits import SHEET_REGIONS
from app.documents.tables import side_by_side
from app.documents.tables.grid import Grid, Row
from app.documents.tables.sheet_forms import form_rows
from app.domain.library.cells import Cells


class Region(NamedTuple):
    """A rectangle with a table, or with the labels and values of a form."""

    cells: Cells
    form: bool = False


class _Part(NamedTuple):
    """Rows from `top` to before `bottom`, from 0, and the bits of filled columns."""

    top: int
    bottom: int
    columns: int
    form: bool = False


def regions(grid: Grid, *, by_columns: bool = True) -> list[Region]:
    """Rectangles that blank rows and blank columns part, in reading order; what stands side by side
    and belongs together (`side_by_side`) is one, and a form above or below a table is another.

    A sheet that falls into more than SHEET_REGIONS is one rectangle: it is a drawing, or hostile.
    """
    masks = [_mask(row) for row in grid.rows]
    whole = _union(masks)
    if not whole:
        return []
    found: list[Region] = []
    waiting = [_Part(0, len(masks), whole)]
    while waiting:
        part = waiting.pop()
        parts = list(_parts(grid, masks, part, by_columns=by_columns))
        if len(parts) == 1:
            found.append(_region(parts[0]))
        else:
            found += [_region(each) for each in parts if each.form]
            waiting += [each for each in parts if not each.form]
        if len(found) + len(waiting) > SHEET_REGIONS:
            return [Region(_used(masks, whole))]
    return sorted(found, key=lambda region: (region.cells.top, region.cells.left))


def _region(part: _Part) -> Region:
    left, right = _lowest(part.columns), part.columns.bit_length()
    return Region(Cells(part.top + 1, left, part.bottom, right), part.form)


def _parts(grid: Grid, masks: list[int], area: _Part, *, by_columns: bool) -> Iterator[_Part]:
    """Bands between blank rows, each cut between its tables."""
    for first, last in _bands(masks, area.top, area.bottom, area.columns):
        filled = _union(masks[first:last]) & area.columns
        runs = list(_runs(filled)) if by_columns else [filled]
        if len(runs) == 1:
            yield _Part(first, last, filled)
        else:
            yield from _spaced(grid, masks, _Part(first, last, filled), runs)


def _spaced(grid: Grid, masks: list[int], band: _Part, runs: list[int]) -> Iterator[_Part]:
    """A band with blank columns: the form above, its tables side by side, the form below."""
    first, last, columns, _ = band
    above, below = form_rows(grid, _region(band).cells, spaced=True)
    for top, bottom in ((first, first + above), (last - below, last)):
        if top < bottom:
            yield _Part(top, bottom, _union(masks[top:bottom]) & columns, form=True)
    if above or below:
        if first + above < last - below:
            yield _Part(first + above, last - below, columns)
        return
    own = [masks[place] & ~grid.covered.get(place + 1, 0) for place in range(first, last)]
    for mask in side_by_side.joined(runs, own, grid.rows[first:last]):
        yield _Part(first, last, mask)


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
