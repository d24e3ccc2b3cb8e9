"""A file's bytes → blocks: chooses the format. It runs in the child process of sandbox.py."""

import re
from collections.abc import Callable, Iterator

from app.documents.limits import LONG_TABLE_BYTES, SECTION_BLOCKS
from app.documents.reading.database import SQLITE_MARK
from app.documents.source import DocumentSource, Part
from app.documents.steps import Step, nothing
from app.domain.errors import DamagedFile, OldWordFormat, PasswordNeeded, UnknownFormat
from app.domain.library.documents import ReadDocument
from app.domain.library.tables import Table

__all__ = [
    "DocumentSource",
    "Part",
    "is_archive",
    "is_container",
    "is_long_table",
    "is_page",
    "known_suffixes",
    "links",
    "parts",
    "read",
    "sections",
    "tables",
]

_PDF_MARK = b"%PDF-"
#: Readers accept a PDF whose mark stands anywhere in the first kilobyte (ISO 32000, annex H).
_PDF_MARK_WITHIN = 1024
_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_MARK = b"PK\x03\x04"
_SEPARATED = (".csv", ".tsv", ".tab")
_ARCHIVES = (".zip",)
_DATABASES = (".sqlite", ".sqlite3", ".db", ".db3")
_MAILS = (".eml", ".msg")
_PAGES = (".html", ".htm", ".xhtml")
_IMAGES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif")
_RTF_MARK = b"{\\rtf"
#: Workbooks of Excel 2 to 4, which are no OLE files.
_BIFF_MARKS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
#: Suffixes under which programs save something else, and what that is then.
_DISGUISES = (".xls", ".doc")
_OF_PACKAGES = {".xls": ".xlsx", ".doc": ".docx"}
_OF_TEXTS = {".xls": ".tsv", ".doc": ".txt"}
_PAGE = re.compile(rb"<(?:!doctype html|html|table|head|body|div|meta)\b", re.IGNORECASE)
_SAMPLE = 4096


def is_archive(name: str, start: bytes = b"") -> bool:
    """Whether it is nothing but what is inside it, by its name, or as a database by its start."""
    return name.lower().endswith(_ARCHIVES + _DATABASES) or start.startswith(SQLITE_MARK)


def is_container(name: str, start: bytes = b"") -> bool:
    """Whether there may be documents inside it, by its name, or as a database by its start."""
    return name.lower().endswith(_MAILS) or is_archive(name, start)


def is_page(name: str) -> bool:
    """Whether it may link to other files, by its name."""
    return name.lower().endswith(_PAGES)


def is_long_table(name: str, size: int) -> bool:
    """Whether it comes in sections, by its name and bytes."""
    return name.lower().endswith(_SEPARATED) and size > LONG_TABLE_BYTES


def known_suffixes() -> frozenset[str]:
    """The suffixes of what is read or taken apart, lower-case with the dot."""
    return frozenset(_READERS) | frozenset(_PAGED) | frozenset(_ARCHIVES + _DATABASES)


def read(source: DocumentSource, step: Step = nothing) -> ReadDocument:
    """The document's blocks. Raises a DocumentError with the fact `name`; `step` hears of pages.

    The suffix names the format and the content has to agree. A file with an unknown suffix is read
    as plain text when it decodes as text, otherwise it is an UnknownFormat.
    """
    data = source.load()
    suffix = _suffix(data, source.suffix)
    if paged := _PAGED.get(suffix):
        return paged(data, source.name, step)
    return _READERS.get(suffix, _unknown)(data, source.name)


def sections(source: DocumentSource, step: Step = nothing) -> Iterator[ReadDocument]:
    """The document as `read` returns it, in several pieces when it is very long."""
    if is_long_table(source.name, source.size()):
        from app.documents.sheets import csv_long

        yield from csv_long.sections(source)
        return
    yield from _cut(read(source, step))


def _cut(document: ReadDocument) -> Iterator[ReadDocument]:
    """A long document in sections, between two pages where it has any: all of it with all its
    boxes would be some hundred megabytes on the other side."""
    blocks, begin = document.blocks, 0
    recognised = document.recognised
    while begin < len(blocks) or begin == 0:
        end = min(begin + SECTION_BLOCKS, len(blocks))
        while end < len(blocks) and blocks[end].page and blocks[end].page == blocks[end - 1].page:
            end += 1
        yield ReadDocument(blocks[begin:end], document.title, document.pages, recognised)
        begin, recognised = max(end, 1), 0


def tables(source: DocumentSource) -> tuple[Table, ...]:
    """The typed tables of a spreadsheet; none of any other format. Errors as `read`."""
    data = source.load()
    reader = _TABLES.get(_suffix(data, source.suffix))
    return reader(data, source.name) if reader else ()


def parts(source: DocumentSource) -> Iterator[Part]:
    """The files in an archive or attached to a mail that a reader knows; none in others.

    Errors as `read`; they may come after the first parts.
    """
    for part in _held(source):
        if DocumentSource(part.name).suffix in known_suffixes():
            yield part


def _held(source: DocumentSource) -> Iterator[Part]:
    from app.documents.reading import database
    from app.documents.web import archive, mail, outlook

    data = source.load()
    if data.startswith(SQLITE_MARK):
        return database.parts(data, source.name)
    if source.suffix in _DATABASES:
        raise DamagedFile(name=source.name)
    if source.suffix == ".zip":
        return archive.parts(data, source.name, known_suffixes().__contains__)
    if source.suffix == ".eml":
        return mail.parts(data, source.name)
    if source.suffix == ".msg":
        return outlook.parts(data, source.name)
    return iter(())


def links(source: DocumentSource) -> tuple[str, ...]:
    """The relative addresses of other files that a web page links to; none in others."""
    if source.suffix not in _PAGES:
        return ()
    from app.documents.web import html

    return html.links(source.load(), source.name)


def _suffix(data: bytes, suffix: str) -> str:
    """The suffix that a file should have: programs export pages and texts as ".xls", ".doc"."""
    if suffix not in _DISGUISES or data.startswith(_OLE_MARK):
        return suffix
    start = data[:_SAMPLE].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(_RTF_MARK):
        return ".rtf"
    if data.startswith(_ZIP_MARK):
        return _OF_PACKAGES[suffix]
    if start[:13].lower() == b"mime-version:":
        return ".mht"
    if _PAGE.search(data[:_SAMPLE].replace(b"\0", b"")):
        return ".html"
    return _OF_TEXTS[suffix] if not _is_binary(data) else suffix


def _is_binary(data: bytes) -> bool:
    from app.documents.text import plain

    return data.startswith(_BIFF_MARKS) or not plain.is_text(data)


def _package(data: bytes, name: str) -> bytes:
    """Office files are zips; one with a password is wrapped in an OLE file."""
    if data.startswith(_OLE_MARK):
        raise PasswordNeeded(name=name)
    if not data.startswith(_ZIP_MARK):
        raise DamagedFile(name=name)
    return data


def _pdf(data: bytes, name: str, step: Step) -> ReadDocument:
    from app.documents.pdf import pdf

    if _PDF_MARK not in data[:_PDF_MARK_WITHIN]:
        raise DamagedFile(name=name)
    return pdf.read(data, name, step)


def _html(data: bytes, name: str) -> ReadDocument:
    from app.documents.web import html

    return html.read(data, name)


def _slides(data: bytes, name: str) -> ReadDocument:
    from app.documents.office import slides

    return slides.read(_package(data, name), name)


def _odf(data: bytes, name: str) -> ReadDocument:
    from app.documents.office import odf

    return odf.read(_package(data, name), name)


def _ods(data: bytes, name: str) -> ReadDocument:
    from app.documents.sheets import ods

    return ods.read(_package(data, name), name)


def _image(data: bytes, name: str, step: Step) -> ReadDocument:
    from app.documents.pdf import image

    return image.read(data, name, step)


def _docx(data: bytes, name: str) -> ReadDocument:
    from app.documents.word import docx

    return docx.read(_package(data, name), name)


def _xlsx(data: bytes, name: str) -> ReadDocument:
    from app.documents.sheets import xlsx

    return xlsx.read(_package(data, name), name)


def _rtf(data: bytes, name: str) -> ReadDocument:
    from app.documents.word import rtf

    return rtf.read(data, name)


def _csv(data: bytes, name: str) -> ReadDocument:
    from app.documents.sheets import csv_file

    return csv_file.read(data, name)


def _text(data: bytes, name: str) -> ReadDocument:
    from app.documents.text import plain

    return plain.read(data, name)


def _markdown(data: bytes, name: str) -> ReadDocument:
    from app.documents.text import markdown

    return markdown.read(data, name)


def _mail(data: bytes, name: str) -> ReadDocument:
    from app.documents.web import mail

    return mail.read(data, name)


def _outlook(data: bytes, name: str) -> ReadDocument:
    from app.documents.web import outlook

    return outlook.read(data, name)


def _book(data: bytes, name: str) -> ReadDocument:
    from app.documents.web import book

    return book.read(_package(data, name), name)


def _json(data: bytes, name: str) -> ReadDocument:
    from app.documents.text import json_file

    return json_file.read(data, name)


def _csv_tables(data: bytes, name: str) -> tuple[Table, ...]:
    from app.documents.sheets import csv_file

    return csv_file.tables(data, name)


def _xlsx_tables(data: bytes, name: str) -> tuple[Table, ...]:
    from app.documents.sheets import xlsx

    return xlsx.tables(_package(data, name), name)


def _ods_tables(data: bytes, name: str) -> tuple[Table, ...]:
    from app.documents.sheets import ods

    return ods.tables(_package(data, name), name)


def _xls_tables(data: bytes, name: str) -> tuple[Table, ...]:
    from app.documents.sheets import xls

    return xls.tables(_old_office(data, name), name)


def _xls(data: bytes, name: str) -> ReadDocument:
    from app.documents.sheets import xls

    return xls.read(_old_office(data, name), name)


def _old_office(data: bytes, name: str) -> bytes:
    if not data.startswith((_OLE_MARK, *_BIFF_MARKS)):
        raise DamagedFile(name=name)
    return data


def _doc(data: bytes, name: str) -> ReadDocument:
    raise OldWordFormat(name=name)


def _web_archive(data: bytes, name: str) -> ReadDocument:
    from app.documents.web import mail

    return mail.page(data, name)


def _unknown(data: bytes, name: str) -> ReadDocument:
    from app.documents.text import plain

    if data.startswith((_PDF_MARK, _OLE_MARK, _ZIP_MARK)) or not plain.is_text(data):
        raise UnknownFormat(name=name)
    return plain.read(data, name)


_PAGED: dict[str, Callable[[bytes, str, Step], ReadDocument]] = {
    ".pdf": _pdf,
    **dict.fromkeys(_IMAGES, _image),
}
_READERS: dict[str, Callable[[bytes, str], ReadDocument]] = {
    ".docx": _docx,
    ".doc": _doc,
    ".rtf": _rtf,
    ".txt": _text,
    ".text": _text,
    ".md": _markdown,
    ".markdown": _markdown,
    **dict.fromkeys(_PAGES, _html),
    **dict.fromkeys((".mht", ".mhtml"), _web_archive),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx"), _slides),
    **dict.fromkeys((".odt", ".odp"), _odf),
    ".ods": _ods,
    ".xls": _xls,
    **dict.fromkeys(_SEPARATED, _csv),
    **dict.fromkeys((".xlsx", ".xlsm"), _xlsx),
    ".eml": _mail,
    ".msg": _outlook,
    ".epub": _book,
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), _json),
}
_TABLES: dict[str, Callable[[bytes, str], tuple[Table, ...]]] = {
    **dict.fromkeys(_SEPARATED, _csv_tables),
    **dict.fromkeys((".xlsx", ".xlsm"), _xlsx_tables),
    ".ods": _ods_tables,
    ".xls": _xls_tables,
}
