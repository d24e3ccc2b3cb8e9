"""ZIP → the documents in it, one level of further archives included; nothing touches the disk."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from app.documents.limits import (
    FILE_BYTES,
    MB,
    ZIP_ENTRIES,
    ZIP_RATIO,
    ZIP_RATIO_FROM,
    ZIP_TOTAL,
)
from app.documents.source import Part
from app.domain.errors import DamagedFile, FileTooLarge, PasswordNeeded
from app.domain.library.reading import UnreadReason

_ENCRYPTED, _UTF8 = 0x1, 0x800
_SUFFIX = ".zip"
_CHUNK = 64 * 1024
#: Extra field with the name in UTF-8, by Info-ZIP and WinRAR (APPNOTE 4.6.9).
_UNICODE_PATH = 0x7075
#: In the high half of the external attributes where a Unix program packed: a symbolic link.
_LINK, _KIND = 0o120000, 0o170000
_UNIX = 3
_BESIDE = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError,
    RuntimeError, struct.error, IndexError, OverflowError,
)  # fmt: skip


def parts(data: bytes, name: str, known: Callable[[str], bool]) -> Iterator[Part]:
    """The files whose suffixes are `known`; others, those under a password and damaged ones come
    refused. Folders, links, unsafe names and what systems put beside files are left out.

    Raises DamagedFile or PasswordNeeded where nothing comes out, or FileTooLarge as soon as more
    has been inflated than the limits allow, whatever the directory claims; parts before that have
    been yielded.
    """
    reasons: set[UnreadReason | None] = set()
    for part in _Archive(name, known).parts(data, "", depth=0):
        reasons.add(part.refused)
        yield part
    if None not in reasons and UnreadReason.PART_LOCKED in reasons:
        raise PasswordNeeded(name=name)
    if None not in reasons and UnreadReason.PART_DAMAGED in reasons:
        raise DamagedFile(name=name)


class _Archive:
    """One archive with those in it; counts entries and bytes together."""

    def __init__(self, name: str, known: Callable[[str], bool]) -> None:
        self._name = name
        self._known = known
        self._entries = 0
        self._bytes = 0

    def parts(self, data: bytes, folder: str, depth: int) -> Iterator[Part]:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                yield from self._members(package, folder, depth)
        except _BROKEN as error:
            raise DamagedFile(name=self._name) from error

    def _members(self, package: zipfile.ZipFile, folder: str, depth: int) -> Iterator[Part]:
        entries = package.infolist()
        self._entries += len(entries)
        if self._entries > ZIP_ENTRIES:
            raise FileTooLarge(name=self._name, limit=f"{ZIP_ENTRIES} parts")
        taken: set[str] = set()
        for entry in entries:
            path = safe_path(_decoded(entry))
            if not path or entry.is_dir() or _is_link(entry) or path.casefold() in taken:
                continue
            taken.add(path.casefold())
            if not is_beside(path):
                yield from self._member(package, entry, path, folder, depth)

    def _member(
        self, package: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, folder: str, depth: int
    ) -> Iterator[Part]:
        """One bad member costs that member."""
        suffix = PurePosixPath(path).suffix.lower()
        inner = suffix == _SUFFIX and depth == 0
        if not inner and (suffix == _SUFFIX or not self._known(suffix)):
            yield Part(folder + path, b"", UnreadReason.PART_FORMAT)
            return
        try:
            content = self._inflated(package, entry)
            found = self.parts(content, f"{path}/", depth + 1) if inner else iter(())
            yield from found if inner else (Part(folder + path, content),)
        except PasswordNeeded:
            yield Part(folder + path, b"", UnreadReason.PART_LOCKED)
        except (DamagedFile, *_BROKEN):
            yield Part(folder + path, b"", UnreadReason.PART_DAMAGED)

    def _inflated(self, package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
        if entry.flag_bits & _ENCRYPTED:
            raise PasswordNeeded(name=self._name)
        most = max(ZIP_RATIO * entry.compress_size, ZIP_RATIO_FROM)
        content = bytearray()
        with package.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                content += chunk
                self._bytes += len(chunk)
                if self._bytes > ZIP_TOTAL or len(content) > min(most, FILE_BYTES):
                    raise FileTooLarge(name=self._name, limit=f"{ZIP_TOTAL // MB} MB")
        return bytes(content)


def is_beside(path: str) -> bool:
    """Whether it is what a system puts beside files: nobody wrote it and nobody misses it."""
    names = PurePosixPath(path).parts
    return names[-1].lower() in _BESIDE or names[-1].startswith("._") or "__MACOSX" in names


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return entry.create_system == _UNIX and (entry.external_attr >> 16) & _KIND == _LINK


def _decoded(entry: zipfile.ZipInfo) -> str:
    """The name: UTF-8 where the entry says so, else as Russian Windows and DOS write names."""
    raw = entry.orig_filename
    if entry.flag_bits & _UTF8:
        return raw
    if name := _unicode_path(entry.extra):
        return name
    if raw.isascii():
        return raw
    octets = raw.encode("cp437", "replace")
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return max(
            (octets.decode(encoding, "replace") for encoding in ("cp866", "cp1251")), key=_russian
        )


def _unicode_path(extra: bytes) -> str:
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == _UNICODE_PATH and size > 5:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return ""


def _russian(name: str) -> float:
    """How much of a name is Russian letters; frequent ones, mostly small, count most."""
    beyond = [sign for sign in name if not sign.isascii()]
    frequent = sum(sign in "оеаинтсрвлкмдпуяыьгзбОЕАИНТСРВЛКМДПУ№" for sign in beyond)
    letters = sum("а" <= sign.lower() <= "я" or sign in "ёЁ№" for sign in beyond)
    return (2 * frequent + letters) / max(len(beyond), 1)


def safe_path(name: str) -> str:
    """The path inside the archive with "/" between folders; "" when it leads out of it."""
    path = name.replace("\\", "/")
    names = path.split("/")
    if path.startswith("/") or ".." in names or any(sign < " " for sign in path) or ":" in path:
        return ""
    return "/".join(each for each in names if each not in ("", "."))
