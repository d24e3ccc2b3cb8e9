"""The two streams of a Word document: its header, and the text that lies there in pieces."""

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from app.documents.limits import MB, TEXT_BYTES
from app.domain.errors import DamagedFile, FileTooLarge, OldWordFormat, PasswordNeeded

#: How the header begins, and the first version that is laid out like this ([MS-DOC] 2.5.1).
_MARK, _WORD_97 = 0xA5EC, 0xC1
#: How that of Word 2, 6 and 95 begins.
_OLD_MARKS = (0xA5DB, 0xA5DC)
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
#: Places in the header: flags, lengths of the parts of the text, pairs of offset and length.
_FLAGS_AT, _LENGTHS_AT, _PAIRS_AT = 0x0A, 0x4C, 0x9A
_CLX = 33
#: Kinds of entries in the table of pieces (2.9.38).
_PROPERTIES, _PIECES = 1, 2
_COMPRESSED, _OFFSET = 0x40000000, 0x3FFFFFFF
#: In place of a character that is not read: places in the text keep their numbers.
FILLER = "\0"
_BEYOND = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `first` to before `end`, from byte `at` on, `width` bytes each."""

    first: int
    end: int
    at: int
    width: int


@dataclass(frozen=True, slots=True)
class Parts:
    """Where the parts of a document begin and end among its characters (2.3)."""

    main: range
    footnotes: range
    heads: range
    comments: range
    endnotes: range
    boxes: range


class WordFile:
    """A document of Word 97 to 2003."""

    def __init__(self, stream: bytes, tables: tuple[bytes, bytes], name: str) -> None:
        """`tables` are the streams 0Table and 1Table, empty where there is none. Raises
        OldWordFormat, PasswordNeeded, DamagedFile, FileTooLarge or what struct raises."""
        mark, version = struct.unpack_from("<HH", stream)
        (flags,) = struct.unpack_from("<H", stream, _FLAGS_AT)
        if mark in _OLD_MARKS or (mark == _MARK and version < _WORD_97):
            raise OldWordFormat(name=name)
        if mark != _MARK:
            raise DamagedFile(name=name)
        if flags & _ENCRYPTED:
            raise PasswordNeeded(name=name)
        self.stream = stream
        self.table = tables[bool(flags & _SECOND_TABLE)]
        self.pieces = tuple(self._pieces())
        self.length = self.pieces[-1].end if self.pieces else 0
        if self.length > TEXT_BYTES:
            raise FileTooLarge(name=name, limit=f"{TEXT_BYTES // MB} MB")
        if self.length > len(stream) or any(map(self._is_beyond, self.pieces)):
            raise DamagedFile(name=name)

    def pair(self, number: int) -> bytes:
        """What one of the header's pairs leads to in the table stream (2.5.6)."""
        at, length = struct.unpack_from("<II", self.stream, _PAIRS_AT + 8 * number)
        return self.table[at : at + length]

    def parts(self) -> Parts:
        """The parts of the text, which follow each other."""
        main, foot, heads, macros, comments, end, boxes, _ = struct.unpack_from(
            "<8I", self.stream, _LENGTHS_AT
        )
        found: list[range] = []
        begin = 0
        for length in (main, foot, heads, macros, comments, end, boxes):
            found.append(range(min(begin, self.length), min(begin + length, self.length)))
            begin += length
        return Parts(*found[:3], *found[4:])

    def text(self, unread: "Ranges") -> str:
        """All characters, one a place; FILLER where `unread` has their bytes."""
        return "".join(self._shown(piece, unread) for piece in self.pieces)

    def _shown(self, piece: Piece, unread: "Ranges") -> str:
        text = self._decoded(piece)
        shown: list[str] = []
        done = 0
        size = piece.width * len(text)
        for begin, end in unread.within(piece.at, piece.at + size):
            first, last = (begin - piece.at) // piece.width, -((piece.at - end) // piece.width)
            shown += (text[done:first], FILLER * (last - max(first, done)))
            done = max(done, last)
        return "".join((*shown, text[done:])) if shown else text

    def _decoded(self, piece: Piece) -> str:
        raw = self.stream[piece.at : piece.at + (piece.end - piece.first) * piece.width]
        if piece.width == 1:
            return raw.decode("cp1252", "replace")
        text = raw.decode("utf-16-le", "surrogatepass")
        return _BEYOND.sub(lambda match: match[0] + FILLER, text)

    def _is_beyond(self, piece: Piece) -> bool:
        size = (piece.end - piece.first) * piece.width
        return piece.end < piece.first or piece.at + size > len(self.stream)

    def _pieces(self) -> Iterator[Piece]:
        """From the table of pieces (2.8.35, 2.9.177)."""
        table = self._piece_table()
        count = max(len(table) - 4, 0) // 12
        places = struct.unpack_from(f"<{count + 1}I", table)
        for number in range(count):
            (raw,) = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * number + 2)
            offset, packed = raw & _OFFSET, bool(raw & _COMPRESSED)
            yield Piece(
                places[number], places[number + 1], offset // 2 if packed else offset,
                1 if packed else 2,
            )  # fmt: skip

    def _piece_table(self) -> bytes:
        """After the properties of pieces in the Clx (2.9.38)."""
        clx = self.pair(_CLX)
        at = 0
        while at < len(clx) and clx[at] == _PROPERTIES:
            at += 3 + int.from_bytes(clx[at + 1 : at + 3], "little")
        if at >= len(clx) or clx[at] != _PIECES:
            raise ValueError(at)
        length = int.from_bytes(clx[at + 1 : at + 5], "little")
        return clx[at + 5 : at + 5 + length]


class Ranges:
    """Ranges of bytes in order, none within another."""

    def __init__(self, ranges: list[tuple[int, int]]) -> None:
        self._ranges: list[tuple[int, int]] = []
        for begin, end in sorted(ranges):
            if self._ranges and begin <= self._ranges[-1][1]:
                begin, end = self._ranges[-1][0], max(end, self._ranges.pop()[1])
            self._ranges.append((begin, end))

    def within(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """What of them lies between two bytes."""
        at = max(bisect_right(self._ranges, (begin, begin)) - 1, 0)
        while at < len(self._ranges) and self._ranges[at][0] < end:
            first, last = max(self._ranges[at][0], begin), min(self._ranges[at][1], end)
            if first < last:
                yield first, last
            at += 1
