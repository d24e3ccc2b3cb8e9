"""The look into a zip's directory before any parser inflates it."""

import io
import re
import zipfile
from typing import Any

from app.documents.limits import MB, ZIP_ENTRIES, ZIP_RATIO, ZIP_RATIO_FROM, ZIP_TOTAL
from app.domain.errors import DamagedFile, FileTooLarge, PasswordNeeded

#: How every package begins.
ZIP_MARK = b"PK\x03\x04"
_ENCRYPTED = 0x1
_MARKUP_SUFFIXES = (".xml", ".rels", ".vml", ".xhtml", ".html", ".htm", ".opf", ".ncx")
#: A package's relation to its title, author and the like (ECMA-376, part 2, 11.1).
_PROPERTIES = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
)


def check_package(data: bytes, name: str, needed: str) -> None:
    """Refuses what is no zip, lacks the part `needed`, is encrypted, or inflates beyond reason.

    Raises DamagedFile, PasswordNeeded or FileTooLarge. Python's zipfile stops inflating an entry
    at the size that the directory declares, so a directory that lies cannot inflate further.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise DamagedFile(name=name) from error
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise PasswordNeeded(name=name)
    if len(entries) > ZIP_ENTRIES:
        raise FileTooLarge(name=name, limit=f"{ZIP_ENTRIES} parts")
    if sum(entry.file_size for entry in entries) > ZIP_TOTAL or any(map(_is_bomb, entries)):
        raise FileTooLarge(name=name, limit=f"{ZIP_TOTAL // MB} MB")
    names = [entry.filename for entry in entries]
    if needed not in names or len(set(names)) != len(names):
        raise DamagedFile(name=name)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    """Whether markup is packed more tightly than any that a program writes: its tree takes many
    times its size. A picture is bytes and may be blank, as is the preview of an embedded sheet."""
    if not entry.filename.lower().endswith(_MARKUP_SUFFIXES):
        return False
    large = entry.file_size > ZIP_RATIO_FROM
    return large and entry.file_size > ZIP_RATIO * max(entry.compress_size, 1)


def stated_title(package: Any) -> str:
    """The title among a package's properties; "" where it has none. python-docx and python-pptx
    would put in properties of their own, "Word Document" and "PowerPoint Presentation"."""
    try:
        package.part_related_by(_PROPERTIES)
    except KeyError:
        return ""
    return str(package.core_properties.title)


#: Namespaces and relationships of ISO/IEC 29500 Strict, and what they are called in Transitional,
#: which the libraries know (ISO/IEC 29500-1, annex A, against 29500-4).
_STRICT = b"http://purl.oclc.org/ooxml/"
_FAMILY = re.compile(
    rb"http://purl\.oclc\.org/ooxml/"
    rb"(officeDocument|wordprocessingml|spreadsheetml|presentationml|drawingml)/"
)
_RENAMED = (
    (b"/2006/relationships/extendedProperties", b"/2006/relationships/extended-properties"),
    (b"/2006/relationships/customProperties", b"/2006/relationships/custom-properties"),
    (b"/2006/extendedProperties", b"/2006/extended-properties"),
    (b"/2006/customProperties", b"/2006/custom-properties"),
)
_MARKUP = (".xml", ".rels")
#: Bytes of a part in which its root element has named its namespaces.
_HEAD = 4096


def transitional(data: bytes, main_part: str) -> bytes:
    """A package in the words of the transitional standard: itself, or, where it keeps to the strict
    one, a copy with its names replaced. `check_package` has looked at it. Raises as zipfile."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        with package.open(main_part) as part:
            if _STRICT not in part.read(_HEAD):
                return data
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as renamed:
            for entry in package.infolist():
                content = package.read(entry)
                if entry.filename.endswith(_MARKUP):
                    content = _renamed(content)
                renamed.writestr(entry.filename, content)
    return copy.getvalue()


def with_part(data: bytes, path: str, content: bytes) -> bytes:
    """A copy of a package with the bytes of one part replaced. `check_package` has looked at it.
    Raises as zipfile."""
    copy = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as package,
        zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as replaced,
    ):
        for entry in package.infolist():
            own = entry.filename == path
            replaced.writestr(entry.filename, content if own else package.read(entry))
    return copy.getvalue()


def _renamed(content: bytes) -> bytes:
    content = _FAMILY.sub(rb"http://schemas.openxmlformats.org/\1/2006/", content)
    for strict, known in _RENAMED:
        content = content.replace(strict, known)
    return content
