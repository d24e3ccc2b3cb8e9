"""Files that are attached to a PDF, as a whole or at a place of a page: their names and bytes."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from app.documents.characters import clean_line
from app.documents.limits import FILE_BYTES, MAIL_PARTS
from app.documents.source import Part, unlike
from app.domain.library.reading import UnreadReason

#: PDF_ANNOT_FILE_ATTACHMENT (ISO 32000-1, 12.5.6.15).
FILE_ANNOTATION = 17
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")


def names(document: Any) -> list[str]:
    """The names of the files that are attached to an open PDF as a whole."""
    found: list[str] = []
    if document.is_pdf:
        with suppress(*_broken()):
            for at in range(min(document.embfile_count(), MAIL_PARTS)):
                found.append(file_name(document.embfile_info(at)))
    return found


def parts(data: bytes, name: str) -> Iterator[Part]:
    """The attached files, each under a name of its own; one that is damaged or too long comes
    refused. Raises as `open_pdf`."""
    from app.documents.pdf.pdf import open_pdf

    document = open_pdf(data, name)
    taken: set[str] = set()
    try:
        for called, content, refused in _files(document):
            yield Part(unlike(called, taken), content, refused)
    finally:
        document.close()


def file_name(facts: dict[str, Any]) -> str:
    """A file's name by what MuPDF tells of it, without signs that a name cannot have."""
    name = str(facts.get("ufilename") or facts.get("filename") or facts.get("name") or "")
    # Some programs write UTF-8 where the standard asks for its own encoding or UTF-16.
    with suppress(UnicodeError):
        name = name.encode("latin-1").decode("utf-8")
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    return clean_line(_UNSAFE.sub("_", name)).strip(". ") or "attachment"


def _files(document: Any) -> Iterator[tuple[str, bytes, UnreadReason | None]]:
    """Names, bytes, and why there are none."""
    broken = _broken()
    count = 0
    with suppress(*broken):
        count = min(document.embfile_count(), MAIL_PARTS)
    for at in range(count):
        with suppress(*broken):
            facts = document.embfile_info(at)
            yield file_name(facts), *_content(facts, partial(document.embfile_get, at))
    for number in range(document.page_count):
        with suppress(*broken):
            for annotation in document.load_page(number).annots(types=(FILE_ANNOTATION,)):
                facts = annotation.file_info
                yield file_name(facts), *_content(facts, annotation.get_file)


def _content(facts: dict[str, Any], load: Callable[[], bytes]) -> tuple[bytes, UnreadReason | None]:
    if facts.get("size", 0) > FILE_BYTES:
        return b"", UnreadReason.PART_LIMIT
    with suppress(*_broken()):
        if data := bytes(load()):
            return data, None
    return b"", UnreadReason.PART_DAMAGED


def _broken() -> tuple[type[Exception], ...]:
    """What PyMuPDF raises for entries that are not as they should be."""
    import pymupdf

    wrong = (RuntimeError, ValueError, KeyError, TypeError, AttributeError, IndexError)
    return (*wrong, pymupdf.mupdf.FzErrorBase)
