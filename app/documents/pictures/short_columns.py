"""Columns of short lines, as newspapers have, told from the columns of a table by their text: it
runs from line to line, and a line is full when the next begins."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Protocol

#: Lines of a column whose text can be judged, and columns of them that a page must have.
COLUMN_LINES, COLUMNS = 4, 2
#: Lines begin within this many points of their column's edge, first lines of paragraphs included.
INDENT = 20.0
#: Shares of the lines that go on in lower case, and that had no room for the next word.
CONTINUED, FULL = 0.5, 0.75
#: Cells of a table begin anew together: so often, as a share of its rows, columns do not.
TOGETHER = 0.25
#: The share of the lines that end left of what counts as the column's edge.
EDGE = 0.8

_HYPHENS = ("-", "‐", "\u00ad")
_SENTENCE_END = (".", "!", "?", ":", ";", "…")
_SENTENCE = re.compile(r"[^\W\d_]{2}[.!?…][»”\")]?(?:\s|$)")
#: The room a line has is judged by the width of its own signs, less this for their differences.
_TOLERANCE = 0.96


class Cell(Protocol):
    """Print with its edges in points."""

    x0: float
    x1: float
    text: str


#: The lines of a column by the number of their row.
Column = dict[int, Cell]


def short_gutters(rows: Sequence[Sequence[Cell]]) -> list[float]:
    """Where columns of running text begin after the first, in points; none where there are cells
    of a table, or one column only."""
    if sum(len(row) > 1 for row in rows) < COLUMN_LINES:
        return []
    columns = _columns(rows)
    running = [_is_running(list(column.values())) for column in columns]
    others = [column for column, runs in zip(columns, running, strict=True) if not runs]
    if sum(running) < COLUMNS or any(len(column) >= COLUMN_LINES for column in others):
        return []
    if _begin_together(columns):
        return []
    return [min(cell.x0 for cell in column.values()) for column in columns[1:]]


def _columns(rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """Cells that begin at the same edge, from left to right, without those that reach over the
    next edge."""
    edges = _edges(cell.x0 for row in rows if len(row) > 1 for cell in row)
    columns: list[Column] = [{} for _ in edges]
    for number, row in enumerate(rows):
        for cell in row:
            at = sum(cell.x0 >= edge for edge in edges) - 1
            inside = at + 1 == len(edges) or cell.x1 < edges[at + 1]
            if at >= 0 and inside and cell.x0 - edges[at] <= INDENT:
                columns[at].setdefault(number, cell)
    return [column for column in columns if column]


def _edges(starts: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for start in sorted(starts):
        if not edges or start - edges[-1] > INDENT:
            edges.append(start)
    return edges


def _is_running(lines: list[Cell]) -> bool:
    """Whether sentences run from line to line, and each line is full when the next begins."""
    if len(lines) < COLUMN_LINES or not any(_SENTENCE.search(line.text) for line in lines):
        return False
    pairs = list(pairwise(lines))
    within = [(one, after) for one, after in pairs if not one.text.endswith(_SENTENCE_END)]
    continued = sum(_goes_on(one, after) for one, after in pairs)
    # An indented first line may reach further than the others.
    edge = sorted(line.x1 for line in lines)[int(EDGE * (len(lines) - 1))]
    full = sum(_is_full(one, after, edge) for one, after in within)
    return continued >= CONTINUED * len(pairs) and full >= FULL * len(within) > 0


def _goes_on(one: Cell, after: Cell) -> bool:
    ended = one.text.endswith(_SENTENCE_END)
    return not ended and (after.text[:1].islower() or one.text.endswith(_HYPHENS))


def _is_full(one: Cell, after: Cell, edge: float) -> bool:
    """Whether the first word of the line after had no room left before the column's edge."""
    if one.text.endswith(_HYPHENS):
        return True
    sign = (after.x1 - after.x0) / max(len(after.text), 1)
    word = after.text.split(maxsplit=1)[0]
    return one.x1 + sign * (len(word) + 1) >= _TOLERANCE * edge + (1 - _TOLERANCE) * one.x0


def _begin_together(columns: list[Column]) -> bool:
    """Whether what stands side by side begins anew side by side, as cells that take more than one
    line do; the first row of columns may be their headlines."""
    common = [
        (one[row], other[row])
        for one, other in pairwise(columns)
        for row in sorted(one.keys() & other.keys())[1:]
    ]
    begins = sum(_begins(cell) and _begins(beside) for cell, beside in common)
    return begins > TOGETHER * len(common)


def _begins(cell: Cell) -> bool:
    return not cell.text[:1].islower()
