"""Pictures inside documents that have no pages of their own: a scan pasted into a letter, a slide
that is a picture."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from app.documents.pictures import ocr
from app.documents.pictures.image_file import (
    MOST_PICTURES,
    is_image,
    is_paper,
    open_image,
    small_copy,
)
from app.documents.pictures.ocr import Recognised, Recogniser
from app.documents.pictures.pdf_lines import flows
from app.documents.pictures.print_blocks import blocks, body_of
from app.documents.tally import Tally
from app.domain.errors import DocumentError, EmptyDocument, NoRecognition, NoText
from app.domain.library.documents import Block
from app.domain.library.reading import UnreadReason

#: Pixels: smaller ones are icons and rules.
_LEAST_WIDTH, _LEAST_HEIGHT = 120, 24
#: Drawings of Windows, of which most are previews of objects: too short ones say nothing.
_DRAWINGS = (b"\x01\0\0\0", b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0")
_LEAST_DRAWING = 20_000


class EmbeddedPictures:
    """Recognises the pictures of one document; one that comes again is read once."""

    def __init__(self, tally: Tally) -> None:
        folder = ocr.data_folder()
        self._recogniser = Recogniser(folder) if folder else None
        self._tally = tally
        self._seen: set[bytes] = set()
        self._hindered = False

    def blocks(self, data: bytes, part: str, page: int | None = None) -> list[Block]:
        """What is printed on a picture that is called `part` and stands on `page`, if anywhere."""
        digest = hashlib.sha256(data).digest()
        if digest in self._seen:
            return []
        if len(self._seen) >= MOST_PICTURES:
            self._skip(UnreadReason.PICTURE_LIMIT, "", None)
            return []
        self._seen.add(digest)
        if not is_image(data):
            if data.startswith(_DRAWINGS) and len(data) >= _LEAST_DRAWING:
                self._skip(UnreadReason.PICTURE_FORMAT, part, page)
            return []
        try:
            return list(self._printed(data, part, page))
        except DocumentError:
            self._skip(UnreadReason.PICTURE_DAMAGED, part, page)
            return []

    def emptiness(self, name: str) -> DocumentError:
        """Why nothing was read of a document: its pictures were not, or said nothing, or it is
        empty."""
        if self._hindered:
            return NoRecognition(name=name)
        return NoText(name=name) if self._seen else EmptyDocument(name=name)

    def _printed(self, data: bytes, part: str, page: int | None) -> Iterator[Block]:
        document = open_image(data, part)
        try:
            for leaf in document:
                found = self._read(leaf, part, page)
                for rows in flows(found.pieces) if found else ():
                    for block in blocks(rows, 1, body_of(rows)):
                        yield replace(block, page=page, boxes=())
        finally:
            document.close()

    def _read(self, leaf: Any, part: str, page: int | None) -> Recognised | None:
        if not _may_be_print(leaf):
            return None
        if self._recogniser is None:
            self._hindered = True
            self._skip(UnreadReason.RECOGNITION_MISSING, part, page)
            return None
        found = self._recogniser.read_picture(leaf)
        if found:
            self._tally.count("recognised_pictures")
            ocr.count(found, self._tally)
        return found

    def _skip(self, reason: UnreadReason, part: str, page: int | None) -> None:
        self._tally.count("skipped_pictures")
        self._tally.unread(reason, part, page or 0)


def _may_be_print(leaf: Any) -> bool:
    """Whether it is large enough and has one ground."""
    image = max(leaf.get_image_info(), key=lambda each: each["width"], default=None)
    if image is None or image["width"] < _LEAST_WIDTH or image["height"] < _LEAST_HEIGHT:
        return False
    return is_paper(small_copy(leaf, leaf.rect))
