"""The files of a TAR archive, and the one in a GZIP file."""

import gzip
import io
import tarfile
from collections.abc import Iterator
from typing import Any

from app.documents.archives.member import CHUNK, Member
from app.documents.archives.member_names import decoded
from app.documents.limits import ZIP_ENTRIES
from app.domain.errors import FileTooLarge

#: Where a TAR says what it is, and how (POSIX.1, pax: "ustar Interchange Format").
_MARK_AT, _MARK = 257, b"ustar"
_BLOCK = 512
#: Folders and links as well, of which more are passed over than files are taken.
_HEADERS = 10 * ZIP_ENTRIES


def is_tar(data: bytes) -> bool:
    """Whether its first header is marked."""
    return data[_MARK_AT : _MARK_AT + len(_MARK)] == _MARK


def members(data: bytes, name: str) -> Iterator[Member]:
    """Plain files alone: no folders, links, devices, and none with holes, which can claim any
    length. Raises one of BROKEN, FileTooLarge; ValueError where headers
    end before the data does."""
    package: Any
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:", encoding="utf-8") as package:
        for _ in range(_HEADERS):
            entry = package.next()
            if entry is None:
                break
            if entry.isreg() and not entry.issparse():
                yield _member(package, entry)
            package.members.clear()  # it would keep all of them
        else:
            raise FileTooLarge(name=name, limit=f"{_HEADERS} parts")
        if data[package.offset : package.offset + _BLOCK].strip(b"\0"):
            raise ValueError(package.offset)


def _member(package: tarfile.TarFile, entry: tarfile.TarInfo) -> Member:
    def content() -> Iterator[bytes]:
        stream = package.extractfile(entry)
        while stream and (chunk := stream.read(CHUNK)):
            yield chunk

    name = entry.name
    if any("\udc80" <= sign <= "\udcff" for sign in name):
        name = decoded(name.encode("utf-8", "surrogateescape"))
    return Member(name, content, entry.size)


def inflated(data: bytes) -> Iterator[bytes]:
    """What is in a GZIP file, a piece at a time. Raises one of BROKEN."""
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk
