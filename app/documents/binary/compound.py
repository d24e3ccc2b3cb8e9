"""Compound files, which hold the streams of old Office documents, by olefile ([MS-CFB])."""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from app.documents.characters import title_or_empty
from app.domain.errors import DamagedFile

#: Places in the header: how far a sector shifts, and how many hold the table of all chains (2.2).
_SHIFT_AT, _TABLE_SECTORS_AT, _HEADER = 30, 44, 512
_UTF8, _UTF8_SIGNED = 65001, -535
#: What parsers of bytes raise where these lie.
BROKEN = (
    struct.error, OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError,
    RecursionError,
)  # fmt: skip


@contextmanager
def opened(data: bytes, name: str) -> Iterator["CompoundFile"]:
    """The streams of a compound file. Raises DamagedFile, for what goes wrong while it is open
    as well."""
    import olefile

    try:
        _check_table(data)
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            yield CompoundFile(file)
    except BROKEN as error:
        raise DamagedFile(name=name) from error


def _check_table(data: bytes) -> None:
    """olefile would build a table as long as the header says. `ValueError`."""
    (shift,) = struct.unpack_from("<H", data, _SHIFT_AT)
    (sectors,) = struct.unpack_from("<I", data, _TABLE_SECTORS_AT)
    if shift not in (9, 12) or sectors << shift > len(data):
        raise ValueError(sectors)


class CompoundFile:
    """An open compound file."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def has(self, path: str) -> bool:
        """Whether there is a stream of that name."""
        return bool(self._file.exists(path))

    def stream(self, path: str) -> bytes:
        """A stream's bytes, never more than the file has. Raises one of BROKEN."""
        content: bytes = self._file.openstream(path).read()
        return content

    def title(self) -> str:
        """The title among its properties ([MS-OLEPS]), "" where none looks like one."""
        with suppress(*BROKEN, EOFError):
            facts = self._file.get_metadata()
            raw, page = facts.title or b"", facts.codepage or 0
            if isinstance(raw, bytes):
                code = "utf-8" if page in (_UTF8, _UTF8_SIGNED) else f"cp{page}"
                raw = raw.decode(code, "replace")
            return title_or_empty(raw.replace("\0", ""))
        return ""
