"""A file's bytes → blocks: chooses the format. It runs in the child process of sandbox.py."""

from collections.abc import Callable

from app.documents.source import Source
from app.domain.errors import DamagedFile, PasswordNeeded, UnknownFormat
from app.domain.library import ReadDocument
from app.domain.tables import Table

__all__ = ["Source", "known_suffixes", "read", "tables"]

_PDF_MARK = b"%PDF-"
#: Readers accept a PDF whose mark stands anywhere in the first kilobyte (ISO 32000, annex H).
_PDF_MARK_WITHIN = 1024
_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_MARK = b"PK\x03\x04"
_SEPARATED = (".csv", ".tsv", ".tab")
_WORKBOOKS = (".xlsx", ".xlsm")
_IMAGES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif")


def known_suffixes() -> frozenset[str]:
    """The suffixes with a reader of their own, lower-case with the dot."""
    return frozenset(_READERS)


def read(source: Source) -> ReadDocument:
    """The document's blocks. Raises a DocumentError with the fact `name`.

    The suffix names the format and the content has to agree. A file with an unknown suffix is read
    as plain text when it decodes as text, otherwise it is an UnknownFormat.
    """
    data = source.load()
    reader = _READERS.get(source.suffix, _unknown)
    return reader(data, source.name)


def tables(source: Source) -> tuple[Table, ...]:
    """The typed tables of a spreadsheet; none of any other format. Errors as `read`."""
    data = source.load()
    if source.suffix in _SEPARATED:
        from app.documents import csv_file

        return csv_file.tables(data, source.name)
    if source.suffix in _WORKBOOKS:
        from app.documents import xlsx

        return xlsx.tables(_package(data, source.name), source.name)
    return ()


def _package(data: bytes, name: str) -> bytes:
    """Office files are zips; one with a password is wrapped in an OLE file."""
    if data.startswith(_OLE_MARK):
        raise PasswordNeeded(name=name)
    if not data.startswith(_ZIP_MARK):
        raise DamagedFile(name=name)
    return data


def _pdf(data: bytes, name: str) -> ReadDocument:
    from app.documents import pdf

    if _PDF_MARK not in data[:_PDF_MARK_WITHIN]:
        raise DamagedFile(name=name)
    return pdf.read(data, name)


def _image(data: bytes, name: str) -> ReadDocument:
    from app.documents import image

    return image.read(data, name)


def _docx(data: bytes, name: str) -> ReadDocument:
    from app.documents import docx

    return docx.read(_package(data, name), name)


def _xlsx(data: bytes, name: str) -> ReadDocument:
    from app.documents import xlsx

    return xlsx.read(_package(data, name), name)


def _csv(data: bytes, name: str) -> ReadDocument:
    from app.documents import csv_file

    return csv_file.read(data, name)


def _text(data: bytes, name: str) -> ReadDocument:
    from app.documents import plain

    return plain.read(data, name)


def _markdown(data: bytes, name: str) -> ReadDocument:
    from app.documents import markdown

    return markdown.read(data, name)


def _unknown(data: bytes, name: str) -> ReadDocument:
    from app.documents import plain

    if data.startswith((_PDF_MARK, _OLE_MARK, _ZIP_MARK)) or not plain.is_text(data):
        raise UnknownFormat(name=name)
    return plain.read(data, name)


_READERS: dict[str, Callable[[bytes, str], ReadDocument]] = {
    ".pdf": _pdf,
    ".docx": _docx,
    ".txt": _text,
    ".text": _text,
    ".md": _markdown,
    ".markdown": _markdown,
    **dict.fromkeys(_SEPARATED, _csv),
    **dict.fromkeys(_WORKBOOKS, _xlsx),
    **dict.fromkeys(_IMAGES, _image),
}
