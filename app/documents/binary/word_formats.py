"""What a Word document says of its characters and paragraphs: deleted, hidden, heading, cell."""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.documents.binary.word_file import Ranges, WordFile

#: Pairs of the header: styles, and the indices of character and paragraph properties (2.5.6).
_STYLES, _CHARACTERS, _PARAGRAPHS = 1, 12, 13
#: A page of properties (2.9.33, 2.9.174), and the bits of its number in an index (2.9.205).
_PAGE, _NUMBER = 512, 0x3FFFFF
#: Property modifiers (2.6.1, 2.6.2): deleted, hidden, a sign out of a font.
_DELETED, _HIDDEN, _SYMBOL = 0x0800, 0x083C, 0x6A09
_IN_TABLE, _ROW_END, _DEPTH = 0x2416, 0x2417, 0x6649
_OUTLINE, _LIST_LEVEL, _LIST = 0x2640, 0x260A, 0x460B
#: They lie in another stream where they are many.
_ELSEWHERE = (0x6645, 0x6646)
#: Bytes of a modifier's value, by its highest three bits (2.2.5.1); 6: the value says it.
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_VARIABLE = 6
#: Modifiers with a length of their own kind (2.9.327, 2.9.181).
_TABLE_SHAPE, _TABS, _TABS_LONG = 0xD608, 0xC615, 255
#: Places in a header's style: 1 to 9 are its headings; what a title is in any file (2.9.260).
_HEADINGS, _TITLE_KIND, _NO_STYLE = range(1, 10), 62, 0xFFF
_STYLE_CHAIN = 11
_BODY_OUTLINE = 9
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """`heading` is a level, `depth` that of a list item, 0 for none; `row_end`: its mark ends a row
    of a table, None where that is not known."""

    heading: int = 0
    depth: int = 0
    in_table: bool = False
    row_end: bool | None = False


#: Of a paragraph that nothing is said about.
UNKNOWN = ParagraphFormat(row_end=None)


def unread(file: WordFile) -> Ranges:
    """The bytes of characters that are deleted or hidden, or stand for a sign of another font."""
    found: list[tuple[int, int]] = []
    for begin, end, page, at in _runs(file, _CHARACTERS, 1):
        offset = 2 * page[at]
        if offset and _is_unread(page[offset + 1 : offset + 1 + page[offset]]):
            found.append((begin, end))
    return Ranges(found)


@lru_cache(maxsize=1024)
def _is_unread(modifiers: bytes) -> bool:
    values = dict(_modifiers(modifiers))
    off = values.get(_DELETED, 0) == 1 or values.get(_HIDDEN, 0) in (1, 0x81)
    return off or _SYMBOL in values


class ParagraphFormats:
    """The formats of a document's paragraphs, by where their marks stand."""

    def __init__(self, file: WordFile) -> None:
        self._pieces = file.pieces
        self._firsts = [piece.first for piece in file.pieces]
        self._levels = _heading_levels(file.pair(_STYLES))
        self._begins: list[int] = []
        self._ends: list[int] = []
        self._raw: list[bytes] = []
        for begin, end, page, at in sorted(_runs(file, _PARAGRAPHS, 13), key=_begin):
            self._begins.append(begin)
            self._ends.append(end)
            self._raw.append(_paragraph(page, 2 * page[at]))
        self._known: dict[bytes, ParagraphFormat] = {}

    def at(self, place: int) -> ParagraphFormat:
        """The format of the paragraph whose mark is the character at `place`."""
        number = bisect_right(self._firsts, place) - 1
        if number < 0 or not self._begins:
            return UNKNOWN
        piece = self._pieces[number]
        byte = piece.at + (place - piece.first) * piece.width
        run = bisect_right(self._begins, byte) - 1
        if run < 0 or byte >= self._ends[run]:
            return UNKNOWN
        raw = self._raw[run]
        if raw not in self._known:
            self._known[raw] = self._format(raw)
        return self._known[raw]

    def _format(self, raw: bytes) -> ParagraphFormat:
        """From a style's number and modifiers (2.9.77)."""
        style = int.from_bytes(raw[:2], "little")
        values = dict(_modifiers(raw[2:]))
        heading = self._levels.get(style, 0)
        if _OUTLINE in values:
            level = values[_OUTLINE]
            heading = min(level + 1, _DEEPEST) if level < _BODY_OUTLINE else 0
        depth = min(values.get(_LIST_LEVEL, 0) + 1, _DEEPEST) if values.get(_LIST) else 0
        row_end = None if any(kind in values for kind in _ELSEWHERE) else bool(values.get(_ROW_END))
        in_table = bool(values.get(_IN_TABLE) or values.get(_DEPTH))
        return ParagraphFormat(heading, depth, in_table, row_end)


def _begin(run: tuple[int, int, bytes, int]) -> int:
    return run[0]


def _runs(file: WordFile, pair: int, width: int) -> Iterator[tuple[int, int, bytes, int]]:
    """Begin and end of each run's bytes, its page of properties, and where the run's entry of
    `width` bytes stands there. Each page is looked at once, however often an index names it."""
    index = file.pair(pair)
    count = max(len(index) - 4, 0) // 8
    numbers = struct.unpack_from(f"<{count}I", index, 4 * (count + 1)) if count else ()
    for number in dict.fromkeys(number & _NUMBER for number in numbers):
        page = file.stream[number * _PAGE : (number + 1) * _PAGE]
        if len(page) < _PAGE:
            continue
        runs = page[-1]
        if 4 * (runs + 1) + width * runs >= _PAGE:
            continue
        bounds = struct.unpack_from(f"<{runs + 1}I", page)
        for run in range(runs):
            yield bounds[run], bounds[run + 1], page, 4 * (runs + 1) + width * run


def _paragraph(page: bytes, at: int) -> bytes:
    """The number of its style and its modifiers (2.9.175)."""
    if not at:
        return b"\0\0"
    length = 2 * page[at] - 1
    if length < 0 and at + 1 < len(page):
        at, length = at + 1, 2 * page[at + 1]
    return page[at + 1 : at + 1 + max(length, 2)]


def _modifiers(raw: bytes) -> Iterator[tuple[int, int]]:
    """Each with its value, 0 of those that are no number (2.2.5.1)."""
    at = 0
    while at + 2 < len(raw):
        kind = raw[at] | raw[at + 1] << 8
        size, skipped = _SIZES[kind >> 13], 2
        if kind >> 13 == _VARIABLE:
            if kind == _TABLE_SHAPE:
                size, skipped = int.from_bytes(raw[at + 2 : at + 4], "little") - 1, 4
            elif kind == _TABS and raw[at + 2] == _TABS_LONG:
                return
            else:
                size, skipped = raw[at + 2], 3
            yield kind, 0
        else:
            yield kind, int.from_bytes(raw[at + 2 : at + 2 + size], "little")
        at += skipped + max(size, 0)


def _heading_levels(sheet: bytes) -> dict[int, int]:
    """Levels of the styles that are headings or are based on one (2.9.271)."""
    bases: dict[int, tuple[int, int]] = {}
    at, number = 2 + int.from_bytes(sheet[:2], "little"), 0
    while at + 2 <= len(sheet) and number < _NO_STYLE:
        length = int.from_bytes(sheet[at : at + 2], "little")
        if length >= 4:
            kind, base = struct.unpack_from("<HH", sheet[at + 2 : at + 6].ljust(4, b"\0"))
            bases[number] = kind & 0xFFF, base >> 4
        at += 2 + length + length % 2
        number += 1
    return {number: level for number in bases if (level := _level(number, bases))}


def _level(number: int, bases: dict[int, tuple[int, int]]) -> int:
    for _ in range(_STYLE_CHAIN):
        if number in _HEADINGS:
            return min(number, _DEEPEST)
        kind, base = bases.get(number, (0, _NO_STYLE))
        if kind == _TITLE_KIND:
            return 1
        number = base
    return 0
