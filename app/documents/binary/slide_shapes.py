"""Shapes on a slide of PowerPoint 97 to 2003 with their texts ([MS-PPT], [MS-ODRAW])."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.documents.binary.slide_records import Record, Records

#: Kinds of texts ([MS-PPT] 2.13.33).
TITLES, BODIES, NOTES = frozenset({0, 6}), frozenset({1, 7, 8}), 2
#: Texts: their kind, two encodings, one that stands in the list of slides (2.9.76).
_TEXT_KIND, _CHARACTERS, _BYTES, _ELSEWHERE = 0x0F9F, 0x0FA0, 0x0FA8, 0x0F9E
#: A slide's drawing, groups of shapes, shapes and what belongs to them ([MS-ODRAW] 2.2.13).
_DRAWING, _PAGE, _GROUP, _SHAPE = 0x040C, 0xF002, 0xF003, 0xF004
_TEXT_BOX, _ANCHOR, _INNER_ANCHOR, _DATA = 0xF00D, 0xF010, 0xF00F, 0xF011
_MORE_PROPERTIES, _IS_TABLE = 0xF122, 0x039F
_PLACEHOLDER = 0x0BC3
#: What kind of shape one is, and a picture's ([MS-ODRAW] 2.2.40, 2.4.24).
_SHAPE_KIND, _PICTURE = 0xF00A, 75
#: Placeholders of date, number, foot and head ([MS-PPT] 2.13.21): the same on every slide.
_RUNNING = range(7, 11)
#: Shapes whose tops differ by less, in 576ths of an inch, stand beside each other.
_SAME_LINE = 144
#: Property identifiers and their values ([MS-ODRAW] 2.2.7).
_PROPERTY = 6
_DEPTH = 16


@dataclass(frozen=True, slots=True)
class Shape:
    """A text of a `kind`, and its shape's top left corner in its group."""

    kind: int
    text: str
    top: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class ShapePicture:
    """A picture, which is not read, and its top left corner."""

    top: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class ShapeTable:
    """A group of shapes that is a table, and its top left corner."""

    rows: tuple[tuple[str, ...], ...]
    top: int = 0
    left: int = 0


AnyShape = Shape | ShapeTable | ShapePicture


def shapes(records: Records, slide: Record, texts: Sequence[Record]) -> list[AnyShape]:
    """What a slide says from top to bottom, beside each other from left to right. `texts` stand
    in the list of slides, in the order in which shapes name them."""
    page = records.first(slide, _DRAWING, _PAGE)
    if page is None:
        return []
    told = [(kind, text) for kind, text in _texts(records, texts)]
    return _ordered(list(_Drawing(records, told).below(page)))


def _texts(records: Records, found: Sequence[Record]) -> list[tuple[int, str]]:
    """Kinds and texts; a kind without a text has an empty one, so that places stay."""
    told: list[tuple[int, str]] = []
    for record in found:
        if record.kind == _TEXT_KIND:
            told.append((records.numbers(record, "<I")[0], ""))
        elif record.kind in (_CHARACTERS, _BYTES) and told:
            encoding = "utf-16-le" if record.kind == _CHARACTERS else "latin-1"
            text = records.content(record).decode(encoding, "replace")
            told[-1] = told[-1][0], told[-1][1] + text
    return told


def _ordered(found: list[AnyShape]) -> list[AnyShape]:
    lines: list[list[AnyShape]] = []
    for shape in sorted(found, key=lambda each: each.top):
        if lines and shape.top - lines[-1][0].top < _SAME_LINE:
            lines[-1].append(shape)
        else:
            lines.append([shape])
    return [each for line in lines for each in sorted(line, key=lambda shape: shape.left)]


class _Drawing:
    """Goes down the groups of one drawing."""

    def __init__(self, records: Records, told: list[tuple[int, str]]) -> None:
        self._records = records
        self._told = told

    def below(self, parent: Record, depth: int = _DEPTH) -> Iterator[AnyShape]:
        """The shapes with texts in a group, and in those within it."""
        for record in self._records.inside(parent):
            if record.kind == _GROUP and depth:
                yield from self._group(record, depth)
            elif record.kind == _SHAPE:
                yield from self._shape(record)

    def _group(self, group: Record, depth: int) -> Iterator[AnyShape]:
        """A table, or its shapes, which stand where the group does: its first shape says what it
        is."""
        found = list(self.below(group, depth - 1))
        head = next((each for each in self._records.inside(group) if each.kind == _SHAPE), None)
        top, left = self._corner(head) if head else (0, 0)
        if head and self._is_table(head):
            yield ShapeTable(_rows(found), top, left)
        elif depth == _DEPTH:
            yield from found
        else:
            yield from (replace(shape, top=top, left=left) for shape in _ordered(found))

    def _shape(self, shape: Record) -> Iterator[Shape | ShapePicture]:
        if self._is_running(shape):
            return
        top, left = self._corner(shape)
        kind = self._records.first(shape, _SHAPE_KIND)
        if kind is not None and kind.instance == _PICTURE:
            yield ShapePicture(top, left)
        box = self._records.first(shape, _TEXT_BOX)
        if box is None:
            return
        inner = list(self._records.inside(box))
        told = _texts(self._records, inner)
        for record in inner:
            if record.kind == _ELSEWHERE:
                number = self._records.numbers(record, "<I")[0]
                told += self._told[number : number + 1]
        for form, text in told:
            yield Shape(form, text, top, left)

    def _is_running(self, shape: Record) -> bool:
        placeholder = self._records.first(shape, _DATA, _PLACEHOLDER)
        return placeholder is not None and self._records.content(placeholder)[4:5] in {
            bytes([number]) for number in _RUNNING
        }

    def _is_table(self, shape: Record) -> bool:
        """Whether its properties say so ([MS-ODRAW] 2.3.4.37)."""
        more = self._records.first(shape, _MORE_PROPERTIES)
        raw = self._records.content(more) if more else b""
        for at in range(0, min(len(raw), _PROPERTY * more.instance if more else 0), _PROPERTY):
            if int.from_bytes(raw[at : at + 2], "little") & 0x3FFF == _IS_TABLE:
                return bool(raw[at + 2] & 1)
        return False

    def _corner(self, shape: Record) -> tuple[int, int]:
        """Top and left ([MS-PPT] 2.7.1, [MS-ODRAW] 2.2.39)."""
        if inner := self._records.first(shape, _INNER_ANCHOR):
            left, top = struct.unpack_from("<ii", self._records.content(inner))
            return top, left
        if anchor := self._records.first(shape, _ANCHOR):
            raw = self._records.content(anchor)
            top, left = struct.unpack_from("<ii" if len(raw) >= 16 else "<hh", raw)
            return top, left
        return 0, 0


def _rows(cells: list[AnyShape]) -> tuple[tuple[str, ...], ...]:
    """Cells that begin at the same height are a row; what begins at the same side a column."""
    tops = sorted({cell.top for cell in cells})
    lefts = {left: number for number, left in enumerate(sorted({cell.left for cell in cells}))}
    rows: dict[int, list[str]] = {top: [""] * len(lefts) for top in tops}
    for cell in cells:
        if isinstance(cell, Shape):
            rows[cell.top][lefts[cell.left]] = cell.text
    return tuple(tuple(row) for row in rows.values())
