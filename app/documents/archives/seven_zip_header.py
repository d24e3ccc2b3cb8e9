"""The header of a 7z archive: which bytes make up which files (7zFormat.txt of the LZMA SDK).

What lies raises ValueError, IndexError or struct.error.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from app.documents.limits import ZIP_ENTRIES

#: Kinds of properties.
_END, _STREAMS, _FILES = 0x00, 0x04, 0x05
_PACKED, _UNPACKED, _PARTED = 0x06, 0x07, 0x08
_SIZES, _SUMS, _FOLDERS, _CODER_SIZES, _COUNTS = 0x09, 0x0A, 0x0B, 0x0C, 0x0D
_EMPTY, _NAMES = 0x0E, 0x11
#: Of a coder's first byte: the bytes of its method, whether it has many streams, and properties.
_METHOD, _MANY, _PROPERTIES = 0x0F, 0x10, 0x20
#: More coders a folder than any program writes; files and folders for each that may be taken out.
_CODERS, _EACH = 4, 10


@dataclass(frozen=True, slots=True)
class Coder:
    """A method with its properties."""

    method: bytes
    properties: bytes


@dataclass(slots=True)
class Folder:
    """Files that are packed together: its coders from the files to the packed bytes, none where
    they branch; `size` of all files, `files` with their sizes and checksums."""

    coders: list[Coder]
    sizes: list[int] = field(default_factory=list)
    main: int = 0
    packs: int = 1
    at: int = 0
    packed: int = 0
    files: list[tuple[int, int | None]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return self.sizes[self.main]


class HeaderReader:
    """Reads one property after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def header(self) -> tuple[list[Folder], list[str]]:
        """The folders, and the names of files that have bytes, in the order of these."""
        folders: list[Folder] = []
        names: list[str] = []
        while (kind := self._byte()) != _END:
            if kind == _STREAMS:
                folders = self.folders()
            elif kind == _FILES:
                names = list(self._names())
            else:
                raise ValueError(kind)
        return folders, names

    def folders(self) -> list[Folder]:
        """The folders, with places and files."""
        at = 0
        sizes: list[int] = []
        found: list[Folder] = []
        while (kind := self._byte()) != _END:
            if kind == _PACKED:
                at, sizes = self._packs()
            elif kind == _UNPACKED:
                found = self._unpacked()
            elif kind == _PARTED:
                self._parted(found)
            else:
                raise ValueError(kind)
        packs = iter(sizes)
        for folder in found:
            folder.at = at
            folder.packed = sum(islice(packs, folder.packs))
            at += folder.packed
        return found

    def _packs(self) -> tuple[int, list[int]]:
        at, count = self._number(), self._count()
        sizes: list[int] = []
        while (kind := self._byte()) != _END:
            if kind == _SIZES:
                sizes = [self._number() for _ in range(count)]
            elif kind == _SUMS:
                self._sums(count)
            else:
                raise ValueError(kind)
        return at, sizes

    def _unpacked(self) -> list[Folder]:
        self._expect(_FOLDERS)
        count = self._count()
        self._expect(0)  # not in another stream
        found = [self._folder() for _ in range(count)]
        self._expect(_CODER_SIZES)
        for folder in found:
            folder.sizes = [self._number() for _ in folder.sizes]
            folder.files = [(folder.size, None)]
        while (kind := self._byte()) != _END:
            if kind != _SUMS:
                raise ValueError(kind)
            for folder, checksum in zip(found, self._sums(count), strict=True):
                folder.files = [(folder.size, checksum)]
        return found

    def _folder(self) -> Folder:
        coders: list[Coder] = []
        ins = outs = 0
        for _ in range(self._few()):
            first = self._byte()
            method = self._bytes(first & _METHOD)
            many = (self._few(), self._few()) if first & _MANY else (1, 1)
            coders.append(
                Coder(method, self._bytes(self._number()) if first & _PROPERTIES else b"")
            )
            ins, outs = ins + many[0], outs + many[1]
        bound = {self._few(): self._few() for _ in range(outs - 1)}
        packs = ins - outs + 1
        if packs > 1:
            self._at += packs  # each is a number below 128
        main = next(out for out in range(outs) if out not in bound.values())
        chain = [main]
        while chain[-1] in bound and len(chain) < len(coders):
            chain.append(bound[chain[-1]])
        straight = ins == outs == len(coders) == len(chain)
        return Folder([coders[each] for each in chain] if straight else [], [0] * outs, main, packs)

    def _parted(self, found: list[Folder]) -> None:
        """Which files the folders have, and how long they are; the last one's length is what is
        left."""
        counts = [1] * len(found)
        kind = self._byte()
        if kind == _COUNTS:
            counts = [self._count() for _ in found]
            kind = self._byte()
        if sum(counts) > _EACH * ZIP_ENTRIES:
            raise ValueError(sum(counts))
        known = [folder.files[0][1] if count == 1 else None
                 for folder, count in zip(found, counts, strict=True)]  # fmt: skip
        for folder, count in zip(found, counts, strict=True):
            sizes = [self._number() for _ in range(count - 1)] if kind == _SIZES else []
            if len(sizes) < count - 1 or sum(sizes) > folder.size:
                raise ValueError(count)
            folder.files = [(size, None) for size in [*sizes, folder.size - sum(sizes)][:count]]
        kind = self._byte() if kind == _SIZES else kind
        wanted = [count for count, checksum in zip(counts, known, strict=True) if checksum is None]
        sums: Iterator[int | None] = iter(())
        while kind != _END:
            if kind != _SUMS:
                raise ValueError(kind)
            sums = iter(self._sums(sum(wanted)))
            kind = self._byte()
        for folder, checksum in zip(found, known, strict=True):
            folder.files = [
                (size, next(sums, None) if checksum is None else checksum)
                for size, _ in folder.files
            ]

    def _names(self) -> Iterator[str]:
        count = self._number()
        if count > _EACH * ZIP_ENTRIES:
            raise ValueError(count)
        names: list[str] = []
        empty = b""
        while (kind := self._number()) != _END:
            raw = self._bytes(self._number())
            if kind == _NAMES and raw[:1] == b"\0":
                names = raw[1:].decode("utf-16-le", "replace").split("\0")
            elif kind == _EMPTY:
                empty = raw
        for at in range(count):
            if not (empty and empty[at // 8] << at % 8 & 0x80):
                yield names[at]

    def _sums(self, count: int) -> list[int | None]:
        """Checksums, None where there is none."""
        if self._byte():
            there = [True] * count
        else:
            bits = self._bytes((count + 7) // 8)
            there = [bool(bits[at // 8] << at % 8 & 0x80) for at in range(count)]
        return [struct.unpack("<I", self._bytes(4))[0] if each else None for each in there]

    def _expect(self, kind: int) -> None:
        if self._byte() != kind:
            raise ValueError(kind)

    def _few(self) -> int:
        number = self._number()
        if number > _CODERS:
            raise ValueError(number)
        return number

    def _count(self) -> int:
        """A number of things, of which each takes a byte at least."""
        number = self._number()
        if number > min(_EACH * ZIP_ENTRIES, len(self._data)):
            raise ValueError(number)
        return number

    def _number(self) -> int:
        """One to nine bytes: the first says how many follow, and holds the highest bits."""
        first = self._byte()
        value, mask = 0, 0x80
        for place in range(8):
            if not first & mask:
                return value | (first & (mask - 1)) << 8 * place
            value |= self._byte() << 8 * place
            mask >>= 1
        return value

    def _byte(self) -> int:
        return self._bytes(1)[0]

    def _bytes(self, count: int) -> bytes:
        found = self._data[self._at : self._at + count]
        if len(found) < count:
            raise ValueError(count)
        self._at += count
        return found
