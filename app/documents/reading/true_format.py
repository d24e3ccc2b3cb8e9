"""What a file is by its bytes, whatever it is called: programs export pages and texts as ".xls", a
browser saves a page with its pictures as ".html", people rename."""

import io
import re
import zipfile
from contextlib import suppress

from app.documents.archives import archive
from app.documents.ooxml import ZIP_MARK
from app.documents.reading.database import SQLITE_MARK
from app.documents.reading.formats import (
    BIFF_MARKS,
    FORMATS,
    IMAGES,
    OLE_MARK,
    PAGES,
    PDF_MARK,
)
from app.documents.text import rtf
from app.documents.web import mailbox

_SAMPLE = 4096
_PAGE = re.compile(rb"<(?:!doctype html|html|table|head|body|div|meta)\b", re.I)
#: A file of an unknown suffix may be a program that writes pages: a page itself begins as one.
_PAGE_BEGINS = re.compile(rb"(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype html|html|head)\b", re.I)
_FIELD = re.compile(rb"[A-Za-z][\w-]*:|[ \t]")
_MAIL_FIELD = re.compile(rb"^mime-version:", re.I | re.M)
_SAVED_PAGE = re.compile(rb"multipart/related|text/html|<saved by", re.I)
#: Roots of XML documents that are read as more than their markup, and what such a document is.
_ROOTS = (
    (
        re.compile(rb"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<FictionBook\b", re.S),
        ".fb2",
    ),
)
#: Main parts of packages, and what a package with such a part is.
_MAIN_PARTS = {
    "word/document.xml": ".docx",
    "xl/workbook.xml": ".xlsx",
    "xl/workbook.bin": ".xlsb",
    "ppt/presentation.xml": ".pptx",
    "META-INF/container.xml": ".epub",
}
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_OPEN_DOCUMENTS = {b"text": ".odt", b"spreadsheet": ".ods", b"presentation": ".odp"}
#: Streams of compound files ([MS-CFB]), and what a file with such a stream is.
_STREAMS = {
    "WordDocument": ".doc",
    "PowerPoint Document": ".ppt",
    "Workbook": ".xls",
    "Book": ".xls",
    "__properties_version1.0": ".msg",
    "EncryptedPackage": ".docx",  # whatever it is, it needs a password
}
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
#: Formats that no text is in.
_BINARY = frozenset({*IMAGES, ".rtf", ".msg"}) | {
    suffix for suffix, form in FORMATS.items() if form.is_marked
}
#: Suffixes under which programs save plain text, and what that is then. Under another name a text
#: is what a download has left of a document, and its user had better know.
_TEXTS = {".xls": ".tsv", ".doc": ".txt"}


#: Archives and databases: nothing but what is inside them.
ARCHIVES = (*archive.SUFFIXES, ".mbox", ".sqlite", ".sqlite3", ".db", ".db3")


def true_suffix(data: bytes, suffix: str) -> str:
    """The suffix of the format that the bytes have: `suffix` itself (lower-case with the dot) where
    they agree with it or tell nothing."""
    if data.startswith(ZIP_MARK):
        return _agreed(_of_package(data), suffix)
    if data.startswith(OLE_MARK):
        return _agreed(_of_compound_file(data), suffix)
    if data.lstrip().startswith(PDF_MARK):
        return ".pdf"
    if data.startswith(_PICTURES):
        return suffix if suffix in IMAGES else ".png"  # their reader looks which picture it is
    return _of_text(data, suffix)


def archive_suffix(data: bytes, suffix: str) -> str:
    """The suffix of the archive that the bytes are, "" where they are a document. It is told by
    marks alone: nothing is taken apart to know it."""
    if data.startswith(SQLITE_MARK):
        return ".db"
    if packed := archive.kind_of(data):
        return packed if packed != ".zip" or suffix in ARCHIVES else ""
    if mailbox.is_mailbox(data):
        return ".mbox" if suffix != ".eml" or mailbox.holds_several(data) else ""
    return suffix if suffix in ARCHIVES else ""


def _agreed(found: str, suffix: str) -> str:
    """What was found, unless the name says the same with another suffix of the format."""
    return suffix if not found or FORMATS.get(suffix) == FORMATS[found] else found


def _of_package(data: bytes) -> str:
    with suppress(zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            kind = _open_document(package) if "mimetype" in names[:1] else ""
        return kind or next((_MAIN_PARTS[name] for name in names if name in _MAIN_PARTS), "")
    return ""


def _open_document(package: zipfile.ZipFile) -> str:
    with package.open("mimetype") as part:
        kind = part.read(100).removeprefix(_OPEN_DOCUMENT)
    return _OPEN_DOCUMENTS.get(kind.removesuffix(b"-template").strip(), "")


def _of_compound_file(data: bytes) -> str:
    import olefile

    with suppress(OSError, ValueError, IndexError, TypeError, AttributeError):
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            streams = {path[0] for path in file.listdir()}
        return next((_STREAMS[name] for name in _STREAMS if name in streams), "")
    return ""


def _of_text(data: bytes, suffix: str) -> str:
    start = data[:_SAMPLE].lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix in PAGES:
        return ".mht" if _is_mail(start) and _SAVED_PAGE.search(start) else suffix
    known = suffix in FORMATS
    for root, found in _ROOTS:
        if root.match(start):
            return found
    if known and suffix not in _BINARY:
        return suffix
    if start.startswith(rtf.MARK):
        return ".rtf"
    if _is_mail(start):
        return ".mht" if _SAVED_PAGE.search(start) else ".eml"
    page = _PAGE.search(data[:_SAMPLE].replace(b"\0", b"")) if known else _PAGE_BEGINS.match(start)
    if page:
        return ".html"
    return _TEXTS[suffix] if suffix in _TEXTS and _is_text(data) else suffix


def _is_mail(start: bytes) -> bool:
    """Whether it begins with the header of a mail, as a saved page does too."""
    header = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    lines = header.splitlines()
    return bool(_MAIL_FIELD.search(header)) and all(map(_FIELD.match, lines))


def _is_text(data: bytes) -> bool:
    from app.documents.text import plain

    return bool(data.strip()) and not data.startswith(BIFF_MARKS) and plain.is_text(data)
