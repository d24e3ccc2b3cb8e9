"""Where everything in a GGUF file lies, read from its header alone and without trust in it.

ggml's own parser refuses a file without saying why, and stops at the first tensor that lies beyond
the end. Texts of the vocabulary are stepped over: 150,000 tokens with their merges take 0.2 s,
whatever the weights weigh. Format: ggml/docs/gguf.md.
"""

import math
import os
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn

from app.domain.errors import (
    CutModel,
    DamagedModel,
    ModelError,
    OtherByteOrder,
    OtherGgufVersion,
    UnknownQuantisation,
)
from app.engines import native

MAGIC = b"GGUF"
#: What llama.cpp reads; the first version counted in 32 bits and is gone.
_VERSIONS = (2, 3)
#: No format has come so far: a number above it is damage.
_LAST_VERSION = 100
#: Of a value's type in the header, the format that reads it.
_SCALARS = {
    0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?",
    10: "<Q", 11: "<q", 12: "<d",
}  # fmt: skip
_TEXT, _LIST = 8, 9
#: Bytes of a text that are kept; no decision needs more.
_KEPT = 256
#: More than any header has: keys, elements of lists, tensors and bytes. Beyond them it is damage,
#: and going on would only take time.
_MOST_ITEMS, _LONGEST_HEADER = 1 << 24, 1 << 30
#: Bytes that a file of weights stays below.
_LONGEST = 1 << 44
_MOST_DIMENSIONS = 4
_ALIGNMENT = 32

Scalar = int | float | str | bool


@dataclass(frozen=True)
class GgufLayout:
    """`scalars` by their keys, texts cut at 256 bytes; `lists` by their keys with the number of
    elements; `tensors` by name; `size` of the file and `needed` up to the last weight, in bytes."""

    scalars: dict[str, Scalar]
    lists: dict[str, int]
    tensors: tuple[str, ...]
    size: int
    needed: int

    def text(self, key: str) -> str:
        """ "" where it is missing or no text."""
        value = self.scalars.get(key, "")
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> int | None:
        """None where it is missing or no whole number."""
        value = self.scalars.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    @property
    def architecture(self) -> str:
        return self.text("general.architecture")

    def own(self, key: str) -> int | None:
        """A number among the architecture's own keys."""
        return self.number(f"{self.architecture}.{key}")


def read(file: BinaryIO, name: str) -> GgufLayout:
    """From a file that begins with `MAGIC`. `CutModel` when the header breaks off, `DamagedModel`,
    `OtherByteOrder`, `OtherGgufVersion`, `UnknownQuantisation`; `OSError` from the disk."""
    return _Reader(file, name).layout()


class _Reader:
    """Steps through the header; `_at` is where the file stands."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name
        self._size = os.fstat(file.fileno()).st_size
        self._at = self._items = 0
        file.seek(0)

    def layout(self) -> GgufLayout:
        self._take(len(MAGIC))
        self._require_version()
        tensors, keys = self._number("<Q"), self._number("<Q")
        scalars: dict[str, Scalar] = {}
        lists: dict[str, int] = {}
        for _ in range(self._counted(keys)):
            key, kind = self._text(), self._number("<I")
            if kind == _LIST:
                lists[key] = self._list()
            else:
                scalars[key] = self._scalar(kind)
        alignment = scalars.get("general.alignment", _ALIGNMENT)
        if not isinstance(alignment, int) or alignment <= 0 or alignment & (alignment - 1):
            self._refuse(DamagedModel(name=self._name))
        names, length = self._tensors(tensors, alignment)
        begin = _aligned(self._at, alignment)
        needed = begin + length if names else self._at
        if needed > _LONGEST:
            self._refuse(DamagedModel(name=self._name))
        return GgufLayout(scalars, lists, names, self._size, needed)

    def _require_version(self) -> None:
        version = int(self._number("<I"))
        if version in _VERSIONS:
            return
        if version and not version & 0xFFFF:  # as llama.cpp tells a file of the other byte order
            self._refuse(OtherByteOrder(name=self._name))
        if not 0 < version <= _LAST_VERSION:
            self._refuse(DamagedModel(name=self._name))
        self._refuse(OtherGgufVersion(name=self._name, version=version))

    def _tensors(self, count: int, alignment: int) -> tuple[tuple[str, ...], int]:
        """Their names, and the bytes of all up to the last weight."""
        names, begin, end = [], 0, 0
        for _ in range(self._counted(count)):
            names.append(self._text())
            dimensions = self._number("<I")
            if dimensions > _MOST_DIMENSIONS:
                self._refuse(DamagedModel(name=self._name))
            shape = [self._number("<Q") for _ in range(dimensions)]
            kind, offset = self._number("<I"), self._number("<Q")
            if offset != begin:  # they lie one after the other, as ggml demands
                self._refuse(DamagedModel(name=self._name))
            end = begin + self._tensor_bytes(kind, shape)
            begin = _aligned(end, alignment)
        return tuple(names), end

    def _tensor_bytes(self, kind: int, shape: list[int]) -> int:
        block, size = native.block_of(kind)
        if not block:
            self._refuse(UnknownQuantisation(name=self._name, type=kind))
        if shape and shape[0] % block:
            self._refuse(DamagedModel(name=self._name))
        return math.prod(shape) // block * size

    def _scalar(self, kind: int) -> Scalar:
        if kind == _TEXT:
            return self._text()
        if kind not in _SCALARS:
            self._refuse(DamagedModel(name=self._name))
        value: Scalar = self._number(_SCALARS[kind])
        return value

    def _list(self) -> int:
        """How many elements a list has, which is stepped over."""
        kind, count = self._number("<I"), self._number("<Q")
        if kind == _TEXT:
            self._skip_texts(self._counted(count))
        elif kind in _SCALARS:
            self._skip(count * struct.calcsize(_SCALARS[kind]))
        else:
            self._refuse(DamagedModel(name=self._name))
        return int(count)

    def _skip_texts(self, count: int) -> None:
        read, seek, at, size = self._file.read, self._file.seek, self._at, self._size
        for _ in range(count):
            length = int.from_bytes(read(8), "little")
            at += 8 + length
            if at > size:
                self._break_off(at)
            seek(length, os.SEEK_CUR)
        self._at = at

    def _skip(self, count: int) -> None:
        self._reach(count)
        self._file.seek(count, os.SEEK_CUR)

    def _text(self) -> str:
        length = self._number("<Q")
        kept = self._take(min(length, _KEPT))
        self._skip(length - len(kept))
        return kept.decode("utf-8", "replace")

    def _number(self, form: str) -> Any:
        return struct.unpack(form, self._take(struct.calcsize(form)))[0]

    def _take(self, count: int) -> bytes:
        self._reach(count)
        return self._file.read(count)

    def _reach(self, count: int) -> None:
        self._at += count
        if self._at > self._size:
            self._break_off(self._at)

    def _counted(self, count: int) -> int:
        self._items += count
        if self._items > _MOST_ITEMS:
            self._refuse(DamagedModel(name=self._name))
        return count

    def _break_off(self, needed: int) -> NoReturn:
        """A length that no header has is damage; else the file ends too early."""
        if needed > _LONGEST_HEADER:
            self._refuse(DamagedModel(name=self._name))
        self._refuse(CutModel(name=self._name, present=self._size, needed=needed))

    def _refuse(self, error: ModelError) -> NoReturn:
        raise error


def _aligned(place: int, alignment: int) -> int:
    return -(-place // alignment) * alignment
