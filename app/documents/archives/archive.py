"""Archives → the documents in them, one level of further archives included."""

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from app.documents.archives import seven_zip, tar_members, zip_members
from app.documents.archives.member import BROKEN, Member
from app.documents.archives.member_names import is_beside, safe_path
from app.documents.limits import (
    FILE_BYTES,
    MB,
    ZIP_ENTRIES,
    ZIP_RATIO,
    ZIP_RATIO_FROM,
    ZIP_TOTAL,
)
from app.documents.source import Part
from app.domain.errors import DamagedFile, FileTooLarge, PasswordNeeded, UnreadArchive
from app.domain.library.reading import UnreadReason

#: Suffixes of what is taken apart here.
SUFFIXES = (".zip", ".7z", ".rar", ".tar", ".tgz", ".gz")
#: How they begin.
MARKS = {
    b"PK\x03\x04": ".zip",
    b"PK\x05\x06": ".zip",
    seven_zip.MARK: ".7z",
    b"Rar!\x1a\x07": ".rar",
    b"\x1f\x8b\x08": ".gz",
}


def kind_of(data: bytes) -> str:
    """The suffix of the archive that the bytes are, "" where their beginning does not tell."""
    found = next((suffix for mark, suffix in MARKS.items() if data.startswith(mark)), "")
    return found or (".tar" if tar_members.is_tar(data) else "")


def parts(data: bytes, name: str, known: Callable[[str], bool]) -> Iterator[Part]:
    """The files whose suffixes are `known`; others, those under a password and damaged ones come
    refused. Folders, links, unsafe names and what systems put beside files are left out.

    Raises DamagedFile, PasswordNeeded or UnreadArchive where nothing comes out, or FileTooLarge as
    soon as more has been inflated than the limits allow, whatever the directory claims; parts
    before that have been yielded.
    """
    reasons: set[UnreadReason | None] = set()
    archive = _Archive(name, known)
    for part in archive.parts(data, name, "", depth=0):
        reasons.add(part.refused)
        yield part
    if None not in reasons and archive.unread is not None:
        raise archive.unread
    if None not in reasons and UnreadReason.PART_LOCKED in reasons:
        raise PasswordNeeded(name=name)
    if None not in reasons and UnreadReason.PART_DAMAGED in reasons:
        raise DamagedFile(name=name)


class _Archive:
    """One archive with those in it; counts entries and bytes together. `unread` says what could not
    be unpacked."""

    def __init__(self, name: str, known: Callable[[str], bool]) -> None:
        self._name = name
        self._known = known
        self._entries = 0
        self._bytes = 0
        self.unread: UnreadArchive | None = None

    def parts(self, data: bytes, path: str, folder: str, depth: int) -> Iterator[Part]:
        """Of an archive at `path`, its files named below `folder`. What breaks after the first file
        is a damaged part."""
        taken: set[str] = set()
        try:
            for member in self._members(data, PurePosixPath(path).name):
                yield from self._taken(member, taken, folder, depth)
        except BROKEN as error:
            if not taken:
                raise DamagedFile(name=self._name) from error
            yield Part(folder.rstrip("/") or self._name, b"", UnreadReason.PART_DAMAGED)

    def _members(self, data: bytes, name: str) -> Iterator[Member]:
        match kind_of(data) or PurePosixPath(name).suffix.lower():
            case ".zip":
                yield from zip_members.members(data, self._name)
            case ".7z":
                yield from seven_zip.members(data, self._name)
            case ".tar":
                yield from tar_members.members(data, self._name)
            case ".gz" | ".tgz":
                yield from self._unzipped(data, name)
            case ".rar":
                raise UnreadArchive(name=self._name, kind="RAR")

    def _unzipped(self, data: bytes, name: str) -> Iterator[Member]:
        """The file in a GZIP file; the files of a TAR in one."""
        start = next(tar_members.inflated(data), b"")
        if tar_members.is_tar(start):
            before = self._bytes
            content = self._inflated(Member(name, lambda: tar_members.inflated(data), len(data)))
            self._bytes = before  # its files are counted as they come
            yield from tar_members.members(content, self._name)
        else:
            inner = name[:-3] if name.lower().endswith(".gz") else name
            yield Member(inner, lambda: tar_members.inflated(data), len(data))

    def _taken(self, member: Member, taken: set[str], folder: str, depth: int) -> Iterator[Part]:
        self._entries += 1
        if self._entries > ZIP_ENTRIES:
            raise FileTooLarge(name=self._name, limit=f"{ZIP_ENTRIES} parts")
        path = safe_path(member.path)
        if path and path.casefold() not in taken:
            taken.add(path.casefold())
            if not is_beside(path):
                yield from self._member(member, path, folder, depth)

    def _member(self, member: Member, path: str, folder: str, depth: int) -> Iterator[Part]:
        """One bad member costs that member."""
        suffix = PurePosixPath(path).suffix.lower()
        inner = suffix in SUFFIXES and depth == 0
        if not inner and (suffix in SUFFIXES or not self._known(suffix)):
            yield Part(folder + path, b"", UnreadReason.PART_FORMAT)
            return
        try:
            content = self._inflated(member)
            if inner:
                yield from self.parts(content, path, f"{path}/", depth + 1)
            else:
                yield Part(folder + path, content)
        except PasswordNeeded:
            yield Part(folder + path, b"", UnreadReason.PART_LOCKED)
        except UnreadArchive as error:
            self.unread = error
            yield Part(folder + path, b"", UnreadReason.PART_FORMAT)
        except (DamagedFile, *BROKEN):
            yield Part(folder + path, b"", UnreadReason.PART_DAMAGED)

    def _inflated(self, member: Member) -> bytes:
        most = min(max(ZIP_RATIO * member.packed, ZIP_RATIO_FROM), FILE_BYTES)
        content = bytearray()
        for chunk in member.content():
            content += chunk
            self._bytes += len(chunk)
            if self._bytes > ZIP_TOTAL or len(content) > most:
                raise FileTooLarge(name=self._name, limit=f"{ZIP_TOTAL // MB} MB")
        return bytes(content)
