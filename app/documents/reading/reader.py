"""A file's bytes → blocks: chooses the format. It runs in the child process of sandbox.py."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from app.documents.archives.member_names import is_beside
from app.documents.limits import LONG_TABLE_BYTES, SECTION_BLOCKS
from app.documents.office import embedded_files
from app.documents.ooxml import ZIP_MARK
from app.documents.reading import default_password
from app.documents.reading.formats import (
    FORMATS,
    OLE_MARK,
    PACKAGES,
    PAGES,
    PDF_MARK,
    PLAIN,
    SEPARATED,
    may_hold_files,
)
from app.documents.reading.true_format import ARCHIVES, archive_suffix, true_suffix
from app.documents.source import DocumentSource, Part
from app.documents.steps import Step, nothing
from app.domain.errors import DamagedFile, UnknownFormat
from app.domain.library.documents import ReadDocument
from app.domain.library.reading import NOTHING_READ, UnreadReason
from app.domain.library.tables import Table

__all__ = [
    "DocumentSource",
    "Part",
    "is_archive",
    "is_beside",
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

#: Beside what they sign, and nothing to read.
_SIGNATURES = (".p7s", ".sig", ".asc")
_MAILS = (".eml", ".msg")


def is_archive(name: str, start: bytes = b"") -> bool:
    """Whether it is nothing but what is inside it, by its name or by how its bytes begin."""
    return bool(archive_suffix(start, DocumentSource(name).suffix))


def is_container(name: str, data: bytes = b"") -> bool:
    """Whether there may be documents inside it, by its name, or by its bytes: as an archive, as a
    PDF that has files attached, or as an Office file with objects in it."""
    if is_archive(name, data) or name.lower().endswith(_MAILS):
        return True
    if data.startswith(ZIP_MARK) and name.lower().endswith(PACKAGES):
        return embedded_files.MARK in data
    return name.lower().endswith(".pdf") and may_hold_files(data)


def is_page(name: str) -> bool:
    """Whether it may link to other files, by its name."""
    return name.lower().endswith(PAGES)


def is_long_table(name: str, size: int) -> bool:
    """Whether it comes in sections, by its name and bytes."""
    return name.lower().endswith(SEPARATED) and size > LONG_TABLE_BYTES


@cache
def known_suffixes() -> frozenset[str]:
    """The suffixes of what is read or taken apart, lower-case with the dot."""
    return frozenset(FORMATS) | frozenset(ARCHIVES)


def read(source: DocumentSource, step: Step = nothing) -> ReadDocument:
    """The document's blocks. Raises a DocumentError with the fact `name`; `step` hears of pages.

    What the bytes are decides; where they tell nothing the suffix does. A file with an unknown
    suffix is read as plain text when it decodes as text, otherwise it is an UnknownFormat.
    """
    data = default_password.opened(source.load())
    form = FORMATS.get(true_suffix(data, source.suffix))
    if form is None:
        _require_text(data, source.name)
        form = PLAIN
    return _summed(form.read(data, source.name, step))


def _summed(document: ReadDocument) -> ReadDocument:
    """With what can be counted of any document: its characters, and pages that are text."""
    reading = document.reading
    text_pages = reading.text_pages
    if document.pages and not (text_pages or reading.recognised_pages or reading.unreadable_pages):
        text_pages = document.pages
    characters = sum(len(block.text) for block in document.blocks)
    return replace(document, reading=replace(reading, text_pages=text_pages, characters=characters))


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
    reading = document.reading
    while begin < len(blocks) or begin == 0:
        end = min(begin + SECTION_BLOCKS, len(blocks))
        while end < len(blocks) and blocks[end].page and blocks[end].page == blocks[end - 1].page:
            end += 1
        yield replace(document, blocks=blocks[begin:end], reading=reading)
        begin, reading = max(end, 1), NOTHING_READ


def tables(source: DocumentSource) -> tuple[Table, ...]:
    """The typed tables of a spreadsheet; none of any other format. Errors as `read`."""
    data = default_password.opened(source.load())
    form = FORMATS.get(true_suffix(data, source.suffix))
    return form.tables(data, source.name) if form else ()


def parts(source: DocumentSource) -> Iterator[Part]:
    """The files in an archive or attached to a mail or PDF; none in others. What no reader knows
    or what could not be taken out comes without data and with the reason.

    Errors as `read`; they may come after the first parts.
    """
    for part in _held(source):
        suffix = DocumentSource(part.name).suffix
        if suffix in _SIGNATURES:
            continue
        known = suffix in known_suffixes()
        yield part if known or part.refused else Part(part.name, b"", UnreadReason.PART_FORMAT)


def _held(source: DocumentSource) -> Iterator[Part]:
    from app.documents.web import mail, outlook

    data = default_password.opened(source.load())
    if packed := archive_suffix(data, source.suffix):
        return _packed(data, source.name, packed)
    if source.suffix == ".eml":
        return mail.parts(data, source.name)
    if source.suffix == ".pdf":
        from app.documents.pdf import attachments

        return attachments.parts(data, source.name) if may_hold_files(data) else iter(())
    if source.suffix == ".msg":
        return outlook.parts(data, source.name)
    if source.suffix in PACKAGES and is_container(source.name, data):
        return embedded_files.parts(data, source.name)
    return iter(())


def _packed(data: bytes, name: str, suffix: str) -> Iterator[Part]:
    """The files of an archive of the kind that `suffix` names."""
    from app.documents.archives import archive
    from app.documents.reading import database
    from app.documents.web import mailbox

    if suffix in archive.SUFFIXES:
        return archive.parts(data, name, known_suffixes().__contains__)
    if suffix == ".mbox":
        return mailbox.parts(data, name)
    if not data.startswith(database.SQLITE_MARK):
        raise DamagedFile(name=name)
    return database.parts(data, name)


def links(source: DocumentSource) -> tuple[str, ...]:
    """The relative addresses of other files that a web page links to; none in others."""
    if source.suffix not in PAGES:
        return ()
    from app.documents.web import html

    return html.links(source.load(), source.name)


def _require_text(data: bytes, name: str) -> None:
    """A file of an unknown suffix must be text. `UnknownFormat`."""
    from app.documents.text import plain

    if data.startswith((PDF_MARK, OLE_MARK, ZIP_MARK)) or not plain.is_text(data):
        raise UnknownFormat(name=name)
