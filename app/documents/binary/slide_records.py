"""The records of a show in PowerPoint 97 to 2003, and where those in use stand ([MS-PPT])."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

#: Records that hold others carry this version (2.3.1).
_CONTAINER = 0xF
_HEADER = 8
#: Kinds: the last edit and its directory (2.3.3, 2.3.4), and the document.
_EDIT, _DIRECTORY, DOCUMENT = 0x0FF5, 0x1772, 0x03E8
#: Places in "Current User": the token of a show with a password, the last edit (2.3.2).
_TOKEN_AT, _EDIT_AT = 12, 16
_LOCKED = struct.pack("<I", 0xF3D1C4DF)
#: Groups of shapes within each other; PowerPoint's own limit is far below.
_DEPTH = 32
#: How often a file's bytes may be looked at in all: an object belongs to one slide.
_LOOKS = 3


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a kind, whose content lies from `begin` to before `end`."""

    kind: int
    instance: int
    begin: int
    end: int
    holds: bool = False


class Records:
    """The stream "PowerPoint Document" with the directory of what is in use. Raises ValueError or
    struct.error where it lies."""

    def __init__(self, stream: bytes, current: bytes) -> None:
        self._stream = stream
        self._looks = _LOOKS * len(stream)
        self._places: dict[int, int] = {}
        (at,) = struct.unpack_from("<I", current, _EDIT_AT)
        self.document = self._directory(at)

    @staticmethod
    def is_locked(current: bytes) -> bool:
        """Whether "Current User" says that a password is needed."""
        return current[_TOKEN_AT : _TOKEN_AT + 4] == _LOCKED

    def content(self, record: Record) -> bytes:
        """The bytes of a record."""
        return self._stream[record.begin : record.end]

    def numbers(self, record: Record, form: str) -> tuple[int, ...]:
        """Numbers at a record's beginning. `struct.error`, where it is shorter."""
        found: tuple[int, ...] = struct.unpack_from(form, self.content(record))
        return found

    def inside(self, record: Record) -> Iterator[Record]:
        """The records within one, in order."""
        at = record.begin
        while at + _HEADER <= record.end:
            found = self._at(at, record.end)
            yield found
            at = found.end

    def below(self, record: Record, depth: int = _DEPTH) -> Iterator[Record]:
        """The records within one and within those, in order."""
        for each in self.inside(record):
            yield each
            if each.holds and depth:
                yield from self.below(each, depth - 1)

    def first(self, record: Record, *path: int) -> Record | None:
        """The first record that a path of kinds leads to."""
        found: Record | None = record
        for kind in path:
            inner = self.inside(found) if found else iter(())
            found = next((each for each in inner if each.kind == kind), None)
        return found

    def object(self, number: int) -> Record | None:
        """What the directory has under a number (2.3.5). `ValueError`, where the directory names
        the same bytes again and again."""
        if number not in self._places:
            return None
        found = self._at(self._places[number], len(self._stream))
        self._looks -= found.end - found.begin + _HEADER
        if self._looks < 0:
            raise ValueError(number)
        return found

    def _at(self, at: int, end: int) -> Record:
        version, kind, length = struct.unpack_from("<HHI", self._stream, at)
        begin = at + _HEADER
        holds = version & 0xF == _CONTAINER
        return Record(kind, version >> 4, begin, min(begin + length, end), holds)

    def _directory(self, at: int) -> int:
        """The number of the document. Edits are followed from the last to the first, each before
        the one that led to it."""
        document = 0
        before = len(self._stream)
        while 0 < at < before:
            edit = self._at(at, len(self._stream))
            if edit.kind != _EDIT:
                raise ValueError(at)
            _, _, last, directory, number = self.numbers(edit, "<5I")
            document = document or number
            self._take(self._at(directory, len(self._stream)))
            before, at = at, last
        return document

    def _take(self, directory: Record) -> None:
        """Runs of places: the first number, how many there are, and they (2.3.4, 2.3.5)."""
        if directory.kind != _DIRECTORY:
            raise ValueError(directory.kind)
        raw = self.content(directory)
        words = struct.unpack_from(f"<{len(raw) // 4}I", raw)
        at = 0
        while at < len(words):
            first, count = words[at] & 0xFFFFF, words[at] >> 20
            for number, place in enumerate(words[at + 1 : at + 1 + count], first):
                self._places.setdefault(number, place)
            at += 1 + count
