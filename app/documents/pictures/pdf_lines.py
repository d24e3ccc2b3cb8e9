"""Pieces of print on a page → columns → rows of cells, in reading order. Geometry only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from statistics import median

from app.documents.characters import clean_line
from app.documents.pictures.scripts import is_above, is_below, is_mark, lowered, raised
from app.documents.pictures.short_columns import INDENT, short_gutters

#: A gap of this many ems parts two cells; between two numbers a smaller one does.
CELL_GAP = 1.5
NUMBER_GAP = 0.8
#: Baselines that differ by less than this many ems are one row: superscripts, misaligned cells.
ROW_DRIFT = 0.5
#: A word space is a fifth to a third of an em; kerning stays below this.
WORD_GAP = 0.15
#: Print that begins so far before the end of other print is no part of its last word: lines that
#: were set over each other.
OVERLAP = 1.0
#: Fewer rows than this with text on both sides of a gutter are no columns.
COLUMN_ROWS = 6
#: A gutter is narrow against the lines to its left, by the median of its rows.
COLUMN_GAP = 0.35
#: Lines of a column are longer than this, by the median; cells of a table of words are not.
COLUMN_LENGTH = 28
_GUTTER_DRIFT = 4.0

SOFT_HYPHEN = "\u00ad"
_NUMBER_SIGNS = frozenset("0123456789.,()$€£¥₽%-–—−+/*xX: \u2009⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_SIGNS = frozenset("$€£¥")
_CURRENCY = _SIGNS | frozenset("₽(")
_CLOSING = frozenset((")", "%", ")%", "%)"))


@dataclass(slots=True)
class PrintedText:
    """A stretch of print in one style: points, y downward; `size` is the em."""

    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    size: float
    bold: bool
    text: str


@dataclass(slots=True)
class PrintedCell:
    x0: float
    x1: float
    text: str


@dataclass(slots=True)
class PrintedLine:
    """One printed line of a column. `size` is that of most of its characters."""

    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    size: float
    bold: bool
    cells: list[PrintedCell]

    @property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells)


@dataclass(slots=True)
class _Start:
    """Where text begins right of other text, in which row: the gap against the width of that, and
    the shorter of the two lengths in characters."""

    x: float
    row: int
    gap: float
    length: int

    @classmethod
    def of(cls, row: int, left: PrintedCell, right: PrintedCell) -> "_Start":
        gap = (right.x0 - left.x1) / max(left.x1 - left.x0, 1.0)
        return cls(right.x0, row, gap, min(len(left.text), len(right.text)))


def is_number(text: str) -> bool:
    """Whether `text` could stand in a column of numbers, dashes for nothing included."""
    return _NUMBER_SIGNS.issuperset(text) and not text.isspace()


def flows(pieces: list[PrintedText]) -> list[list[PrintedLine]]:
    """The rows of each column or full-width band, in reading order."""
    rows = _rows(pieces)
    gutters = _gutters([_cells(row) for row in rows], rows)
    if not gutters:
        return [[_row(row) for row in rows]]
    found: list[list[PrintedLine]] = []
    for band in _bands(rows, gutters):
        found.extend([_row(row) for row in _rows(column)] for column in band)
    return found


def _rows(pieces: Iterable[PrintedText]) -> list[list[PrintedText]]:
    rows: list[list[PrintedText]] = []
    top = 0.0
    for piece in sorted(pieces, key=attrgetter("baseline", "x0")):
        if rows and piece.baseline - top <= ROW_DRIFT * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
            # The line's own print says where it is, not a superscript that stands above it.
            top = piece.baseline if is_mark(rows[-1][0], piece) else top
        else:
            rows.append([piece])
            top = piece.baseline
    for row in rows:
        row.sort(key=attrgetter("x0"))
    return rows


def _row(pieces: list[PrintedText]) -> PrintedLine:
    largest = max(pieces, key=lambda piece: len(piece.text))
    return PrintedLine(
        x0=pieces[0].x0,
        y0=min(piece.y0 for piece in pieces),
        x1=max(piece.x1 for piece in pieces),
        y1=max(piece.y1 for piece in pieces),
        baseline=largest.baseline,
        size=largest.size,
        bold=all(piece.bold for piece in pieces if not is_number(piece.text.strip())),
        cells=_joined(_cells(pieces)),
    )


def _cells(pieces: list[PrintedText], least: float = CELL_GAP) -> list[PrintedCell]:
    """What stands together; gaps of at least so many ems part it."""
    cells: list[PrintedCell] = []
    em = max(piece.size for piece in pieces)
    before: PrintedText | None = None
    base = pieces[0]
    for piece in pieces:
        if before is not None and _printed_twice(before, piece):
            continue
        gap = piece.x0 - cells[-1].x1 if cells else 0.0
        if not cells or _parts(cells[-1].text, piece.text, gap / em, least):
            cells.append(PrintedCell(piece.x0, piece.x1, piece.text))
            base = piece
        else:
            if gap > WORD_GAP * em or gap < -OVERLAP * em:
                cells[-1].text += " "
            cells[-1].text += _written(cells[-1].text, piece, base)
            cells[-1].x1 = max(cells[-1].x1, piece.x1)
            base = base if _is_script(piece, base) else piece
        before = piece
    for cell in cells:
        cell.text = _cell_text(cell.text)
    return [cell for cell in cells if cell.text]


def _written(before: str, piece: PrintedText, base: PrintedText) -> str:
    """The piece's text where it follows `before` in a cell, whose last plain print is `base`."""
    if base.baseline == piece.baseline:
        return piece.text
    if is_above(piece, base):
        return raised(piece.text, before)
    if is_below(piece, base):
        return lowered(piece.text, before)
    # A line that begins with the mark of a footnote.
    mark = before.isdigit() and is_above(base, piece) and piece.text[:1].isalpha()
    return " " + piece.text if mark else piece.text


def _is_script(piece: PrintedText, base: PrintedText) -> bool:
    return base.baseline != piece.baseline and (is_above(piece, base) or is_below(piece, base))


def _printed_twice(one: PrintedText, other: PrintedText) -> bool:
    """Poor man's bold: the same text again, a hair to the side."""
    return one.text == other.text and abs(one.x0 - other.x0) < 0.2 * one.size


def _parts(left: str, right: str, ems: float, least: float) -> bool:
    if ems >= least or (right.strip() in _SIGNS and not left.rstrip().endswith("(")):
        return True
    return ems >= NUMBER_GAP and is_number(left.strip()) and is_number(right.strip())


def _cell_text(text: str) -> str:
    """Cleaned; a soft hyphen at the end is kept, as the paragraph is to be joined there."""
    hyphen = SOFT_HYPHEN if text.rstrip().endswith(SOFT_HYPHEN) else ""
    return clean_line(text) + hyphen


def _joined(cells: list[PrintedCell]) -> list[PrintedCell]:
    """A currency sign belongs to the number after it, a closing bracket to the one before."""
    joined: list[PrintedCell] = []
    for cell in _without_trailing_signs(cells):
        before = joined[-1] if joined else None
        if before and cell.text in _CLOSING and is_number(before.text):
            joined[-1] = PrintedCell(before.x0, cell.x1, before.text + cell.text)
        elif before and _CURRENCY.issuperset(before.text.replace(" ", "")):
            space = "" if before.text.endswith("(") else " "
            joined[-1] = PrintedCell(before.x0, cell.x1, before.text + space + cell.text)
        else:
            joined.append(cell)
    return joined


def _without_trailing_signs(cells: list[PrintedCell]) -> Iterator[PrintedCell]:
    """ "7,990 $" is a number and the sign of the next one, when one follows."""
    for at, cell in enumerate(cells, 1):
        number, sign = cell.text[:-1].rstrip(), cell.text[-1:]
        if at < len(cells) and sign in _SIGNS and number:
            yield PrintedCell(cell.x0, cell.x1, number)
            yield PrintedCell(cell.x1, cell.x1, sign)
        else:
            yield cell


def _gutters(rows: list[list[PrintedCell]], printed: list[list[PrintedText]]) -> list[float]:
    """Where the columns after the first begin; empty when the page has one column. `printed` is
    what the rows' cells were made of.
    """
    gutters = _long_gutters(rows, printed)
    if not gutters and sum(map(_has_narrow_gap, printed)) >= COLUMN_ROWS:
        gutters = _long_gutters([_cells(row, NUMBER_GAP) for row in printed], printed)
    return gutters or short_gutters(rows)


def _has_narrow_gap(pieces: list[PrintedText]) -> bool:
    """Whether there is a gap wider than a space that parts no cells."""
    return len(pieces) > 1 and any(
        NUMBER_GAP * right.size <= right.x0 - left.x1 < CELL_GAP * right.size
        for left, right in pairwise(pieces)
    )


def _long_gutters(rows: list[list[PrintedCell]], printed: list[list[PrintedText]]) -> list[float]:
    """A column begins where many rows of prose begin, with prose to the left that reaches up to
    it."""
    many = ((row, cells) for row, cells in enumerate(rows) if len(cells) > 1)
    pairs = [(row, pair) for row, cells in many for pair in pairwise(cells)]
    pairs += _staggered(rows, printed)
    starts = [_Start.of(row, a, b) for row, (a, b) in pairs if _prose(a) and _prose(b)]
    starts.sort(key=attrgetter("x"))
    groups = _near(starts)
    gutters: list[float] = []
    for group in filter(_could_be_gutter, groups):
        if gutters and group[0].x - gutters[-1] <= INDENT:
            continue  # first lines of paragraphs, or items of a list, of the same column
        for found in (_widened(group, groups), group):
            if _uncrossed(rows, printed, found):
                gutters.append(found[0].x)
                break
    return gutters


def _staggered(
    rows: list[list[PrintedCell]], printed: list[list[PrintedText]]
) -> Iterator[tuple[int, tuple[PrintedCell, PrintedCell]]]:
    """Print beside other print that is set a little higher or lower: lines of two columns need not
    stand in a row."""
    for row, (upper, lower) in enumerate(pairwise(rows)):
        if not upper or not lower:
            continue
        if upper[-1].x1 < lower[0].x0:
            pair = (upper[-1], lower[0])
        elif lower[-1].x1 < upper[0].x0:
            pair = (lower[-1], upper[0])
        else:
            continue
        over, under = printed[row][0], printed[row + 1][0]
        if under.baseline - over.baseline < under.size:
            yield row, pair


def _widened(group: list[_Start], groups: list[list[_Start]]) -> list[_Start]:
    """With what begins a little to the left: the column's own edge where most lines are indented,
    as those of a list of references are."""
    edge = group[0].x
    return [start for each in groups for start in each if edge - INDENT <= each[0].x <= edge]


def _could_be_gutter(group: list[_Start]) -> bool:
    if len(group) < COLUMN_ROWS or median(start.gap for start in group) > COLUMN_GAP:
        return False
    return median(start.length for start in group) >= COLUMN_LENGTH


def _prose(cell: PrintedCell) -> bool:
    return len(cell.text) >= 15 and not is_number(cell.text)


def _near(starts: list[_Start]) -> list[list[_Start]]:
    groups: list[list[_Start]] = []
    for start in starts:
        if groups and start.x - groups[-1][0].x <= _GUTTER_DRIFT:
            groups[-1].append(start)
        else:
            groups.append([start])
    return groups


def _uncrossed(
    rows: list[list[PrintedCell]], printed: list[list[PrintedText]], group: list[_Start]
) -> bool:
    """Whether little runs over the edge of a column between its first row and its last. What
    stands above or below, a table over the whole page, is a band of its own."""
    x, supporting = group[0].x, len(group)
    first, last = min(start.row for start in group), max(start.row for start in group)
    beside = range(first, last + 1)
    crossing = sum(_crosses(rows[row], printed[row], x) for row in beside)
    numbers = sum(_numbers_right(rows[row], x) for row in beside)
    return supporting >= 0.5 * crossing and numbers <= 0.3 * supporting


def _crosses(cells: list[PrintedCell], pieces: list[PrintedText], x: float) -> bool:
    """Whether a cell lies over the edge. Two lines with a narrow gutter between them, which is
    wider than a space all the same, are taken for one cell and cross nothing."""
    if not any(cell.x0 < x - 6 and cell.x1 > x + 6 for cell in cells):
        return False
    return not any(
        -_GUTTER_DRIFT <= right.x0 - x <= INDENT and right.x0 - left.x1 >= NUMBER_GAP * right.size
        for left, right in pairwise(pieces)
    )


def _numbers_right(cells: list[PrintedCell], x: float) -> bool:
    """A label left of x and nothing but numbers right of it: the row of a full-width table."""
    right = [cell for cell in cells if cell.x0 >= x - _GUTTER_DRIFT]
    if not 0 < len(right) < len(cells) or not all(is_number(cell.text) for cell in right):
        return False
    return len(right) > 1 or not _last_line(cells[-2], right[0], x)


def _last_line(left: PrintedCell, right: PrintedCell, x: float) -> bool:
    """Whether a number is the last line of a paragraph: at the column's edge, beside a line of
    prose that reaches up to it."""
    full = right.x0 - left.x1 <= COLUMN_GAP * (left.x1 - left.x0)
    return right.x0 <= x + INDENT and full and len(left.text) >= COLUMN_LENGTH


def _bands(rows: list[list[PrintedText]], gutters: list[float]) -> list[list[list[PrintedText]]]:
    """Bands from top to bottom, each a list of columns; full-width rows are bands of one column."""
    bands: list[list[list[PrintedText]]] = []
    wide_before: bool | None = None
    for row in rows:
        wide = _is_wide(row, gutters)
        if wide != wide_before:
            bands.append([[] for _ in range(1 if wide else len(gutters) + 1)])
        for piece in row:
            column = 0 if wide else sum(piece.x0 >= x - _GUTTER_DRIFT for x in gutters)
            bands[-1][column].append(piece)
        wide_before = wide
    return [[column for column in band if column] for band in bands]


def _is_wide(row: list[PrintedText], gutters: list[float]) -> bool:
    if any(piece.x0 < x - 6 and piece.x1 > x + 6 for piece in row for x in gutters):
        return True
    cells = _cells(row)
    return any(_numbers_right(cells, x) for x in gutters)
