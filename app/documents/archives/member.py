"""A file in an archive, before it is taken out."""

import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from lzma import LZMAError

#: Bytes that are taken out at a time.
CHUNK = 64 * 1024
#: What opening an archive or a file in it raises where the bytes lie.
BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, LZMAError, EOFError, ValueError, OSError,
    NotImplementedError, RuntimeError, struct.error, LookupError, OverflowError, MemoryError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """`path` as the archive has it; `content` gives its bytes a piece at a time, or raises one of
    BROKEN, PasswordNeeded or UnreadArchive; they may be of `packed` bytes in the archive."""

    path: str
    content: Callable[[], Iterator[bytes]]
    packed: int
