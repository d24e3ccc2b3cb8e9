"""Documents that a DOCX takes in whole (`altChunk`: ECMA-376, part 1, 17.17.2.1). Programs that
make reports write their body so; Word dissolves them when it saves the file."""

import re
from typing import Any

from app.documents.text import plain, rtf
from app.documents.web import html, mail
from app.domain.library.documents import ReadDocument

#: Documents in documents: Word itself writes none that are deeper.
DEPTH = 3
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAIL = re.compile(rb"\s*(?:mime-version|content-type|from|subject|date):", re.I)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe)?\s*<", re.I)


def content(document: Any, element: Any) -> tuple[str, bytes]:
    """The name and the bytes of the part that an altChunk refers to; none where it points out of
    the package."""
    relation = document.part.rels.get(element.get(_ID))
    if relation is None or relation.is_external:
        return "altChunk", b""
    part = relation.target_part
    return str(part.partname).rpartition("/")[2], bytes(part.blob)


def read(data: bytes, name: str) -> ReadDocument:
    """What is no package: a page with its pictures in one file, RTF, HTML, or text, by what its
    bytes are. A DocumentError as the reader of that format."""
    if _MAIL.match(data):
        return mail.page(data, name)
    if data.lstrip().startswith(rtf.MARK):
        return rtf.read(data, name)
    return html.read(data, name) if _MARKUP.match(data) else plain.read(data, name)
