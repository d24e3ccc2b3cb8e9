"""The files of a ZIP archive."""

import io
import struct
import zipfile
from collections.abc import Iterator

from app.documents.archives.member import CHUNK, Member
from app.documents.archives.member_names import decoded
from app.domain.errors import PasswordNeeded

_ENCRYPTED, _UTF8 = 0x1, 0x800
#: Extra field with the name in UTF-8, by Info-ZIP and WinRAR (APPNOTE 4.6.9).
_UNICODE_PATH = 0x7075
#: In the high half of the external attributes where a Unix program packed: a symbolic link.
_LINK, _KIND = 0o120000, 0o170000
_UNIX = 3


def members(data: bytes, name: str) -> Iterator[Member]:
    """All but folders and links. Raises one of BROKEN."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for entry in package.infolist():
            if not entry.is_dir() and not _is_link(entry):
                yield _member(package, entry, name)


def _member(package: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Member:
    def content() -> Iterator[bytes]:
        if entry.flag_bits & _ENCRYPTED:
            raise PasswordNeeded(name=name)
        with package.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    return Member(_name(entry), content, entry.compress_size)


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return entry.create_system == _UNIX and (entry.external_attr >> 16) & _KIND == _LINK


def _name(entry: zipfile.ZipInfo) -> str:
    """UTF-8 where the entry says so, else as the packer's system writes names."""
    raw = entry.orig_filename
    if entry.flag_bits & _UTF8:
        return raw
    if name := _unicode_path(entry.extra):
        return name
    return raw if raw.isascii() else decoded(raw.encode("cp437", "replace"))


def _unicode_path(extra: bytes) -> str:
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == _UNICODE_PATH and size > 5:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return ""
