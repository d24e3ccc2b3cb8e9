"""Blocks and passages → pieces small enough to be written a slice at a time. Knows no Qt."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.library.documents import BLOCK_BREAK, Block, BlockKind, Passage

#: Characters of a piece of text, and rows of a piece of a table.
_LENGTH = 2000
_ROWS = 25
#: Characters that cost as much as another paragraph.
_WEIGHTY = 300
#: Between the cells of a table's row, see Block.
_BAR = " | "
#: Rows that a table's widths are taken from; the least and most characters of a column.
_WIDTH_ROWS = 400
_WIDTHS = (4, 34)
_LAST_BREAK = re.compile(r".*(?:\n|\s)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A block or a part of a long one. `start` is its first character's canonical offset.

    `widths` of a table's columns are in characters, `words` those of the longest word in each,
    `headers` its rows at the top that name them.
    `slide` is the number of the slide that begins with it. `ends`: nothing of the block follows.
    """

    kind: BlockKind
    text: str
    start: int
    level: int = 0
    headers: int = 0
    widths: tuple[int, ...] = ()
    words: tuple[int, ...] = ()
    slide: int | None = None
    ends: bool = True

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def weight(self) -> int:
        """What it costs to write: a short paragraph is 1, and so is a cell."""
        if self.kind is BlockKind.TABLE:
            return len(self.widths) * (self.text.count("\n") + 1)
        return 1 + len(self.text) // _WEIGHTY


def pieces(blocks: Iterable[Block], *, slides: bool = False) -> Iterator[TextPiece]:
    """In order; with `slides` the first of each page says so."""
    offset, page = 0, None
    for block in blocks:
        new = slides and block.page != page
        page = block.page
        cut = _table if block.kind is BlockKind.TABLE else _running
        yield from cut(block, offset, page if new else None)
        offset += len(block.text) + len(BLOCK_BREAK)


def pieces_of(passages: Sequence[Passage]) -> Iterator[TextPiece]:
    """The same of passages, whose blocks are no longer known."""
    heading = ""
    for passage in passages:
        place = passage.locator
        if (
            place.heading
            and place.heading != heading
            and not passage.text.startswith(place.heading.rpartition(" › ")[2])
        ):
            text = place.heading
            yield TextPiece(BlockKind.HEADING, text, place.start - len(text), level=4)
        heading = place.heading
        yield from _running(Block(BlockKind.PARAGRAPH, passage.text), place.start, None)


def _running(block: Block, offset: int, slide: int | None) -> Iterator[TextPiece]:
    at, text = 0, block.text
    while True:
        end = _cut(text, at)
        yield TextPiece(
            block.kind, text[at:end], offset + at, block.level, slide=slide, ends=end == len(text)
        )
        if end == len(text):
            return
        at, slide = end, None


def _cut(text: str, at: int) -> int:
    """Where a piece that begins at `at` ends: after a line, or a word."""
    if len(text) - at <= _LENGTH:
        return len(text)
    part = text[at : at + _LENGTH]
    line = part.rfind("\n")
    if line > _LENGTH // 2:
        return at + line + 1
    match = _LAST_BREAK.match(part)
    return at + (match.end() if match else _LENGTH)


def _table(block: Block, offset: int, slide: int | None) -> Iterator[TextPiece]:
    rows = block.text.split("\n")
    widths, words = _widths(rows, _whole), _widths(rows, str.split)
    for first in range(0, len(rows), _ROWS):
        part = rows[first : first + _ROWS]
        text = "\n".join(part)
        headers = min(max(block.headers - first, 0), len(part))
        ends = first + _ROWS >= len(rows)
        yield TextPiece(BlockKind.TABLE, text, offset, 0, headers, widths, words, slide, ends)
        offset += len(text) + 1
        slide = None


def _widths(rows: Sequence[str], parts: Callable[[str], Sequence[str]]) -> tuple[int, ...]:
    """Characters of each column's longest part, within limits."""
    widths: list[int] = []
    for row in rows[:_WIDTH_ROWS]:
        cells = row.split(_BAR)
        widths += [_WIDTHS[0]] * (len(cells) - len(widths))
        for place, cell in enumerate(cells):
            longest = max(map(len, parts(cell)), default=0)
            widths[place] = min(max(widths[place], longest), _WIDTHS[1])
    return tuple(widths)


def _whole(cell: str) -> Sequence[str]:
    return (cell,)


def cells_of(text: str) -> Iterator[tuple[int, int, int, str]]:
    """The cells of a table's text: row, column, offset of the first character, text."""
    at = 0
    for row, line in enumerate(text.split("\n")):
        for column, cell in enumerate(line.split(_BAR)):
            yield row, column, at, cell
            at += len(cell) + len(_BAR)
        at += 1 - len(_BAR)
