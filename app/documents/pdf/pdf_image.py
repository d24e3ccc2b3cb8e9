"""A page of a PDF or an image as pixels, with a quotation's place on it; where a text stands."""

import re
import time
from collections.abc import Sequence
from math import sqrt
from typing import Any

from app.documents.characters import clean_line
from app.documents.limits import FIND_SECONDS, FOUND_PLACES, RENDER_PIXELS, RENDER_SIDE
from app.documents.pdf.pdf import open_pdf
from app.documents.pictures.image_file import failure, is_image, open_image
from app.domain.errors import DocumentError
from app.domain.library.documents import FoundText, LineBox, PageImage

Rectangle = tuple[float, float, float, float]

#: Pieces of a quotation that were found have to make up this share of it, else its boxes are shown.
FOUND_SHARE = 0.6
_PIECE_BREAK = re.compile(r" \| |\n|(?<=[.!?;:]) ")
#: Longer needles are cut: one odd character would lose the whole.
_NEEDLE_WORDS = 8


def render(
    data: bytes, page: int, scale: float, quote: str, boxes: Sequence[LineBox], name: str = ""
) -> PageImage:
    """As `render_page`, for a document that is not open yet."""
    document = open_document(data, name)
    try:
        return render_page(document, page, scale, quote, boxes, name)
    finally:
        document.close()


def open_document(data: bytes, name: str) -> Any:
    """An open pymupdf.Document, of the kind that the content is. Errors as `open_pdf`."""
    return open_image(data, name) if is_image(data) else open_pdf(data, name)


def render_page(
    document: Any, page: int, scale: float, quote: str, boxes: Sequence[LineBox], name: str
) -> PageImage:
    """The page (1-based, the nearest there is) at `scale` pixels a point or what the limits allow.

    `marks` are the exact rectangles of `quote`; when it is not found on the page, the `boxes`.
    Raises DamagedFile or FileTooLarge.
    """
    import pymupdf

    number = min(max(page, 1), document.page_count) - 1
    try:
        leaf = document.load_page(number)
        scale = _allowed(scale, leaf.rect.width, leaf.rect.height)
        pixels = leaf.get_pixmap(
            matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csRGB, alpha=False
        )
        marks = _marks(leaf, quote, boxes)
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
        problem: DocumentError = failure(error, name)
        raise problem from error
    samples = bytes(pixels.samples)
    return PageImage(pixels.width, pixels.height, samples, scale, document.page_count, marks)


def find(document: Any, text: str, first: int, name: str) -> tuple[tuple[FoundText, ...], int]:
    """Where `text` stands from page `first` (1-based) on, upper case as lower; and the page that
    the search came to when its time or the places were used up, 0 at the end.

    Raises DamagedFile.
    """
    import pymupdf

    end = time.monotonic() + FIND_SECONDS
    found: list[FoundText] = []
    needle = clean_line(text)
    try:
        for number in range(max(first, 1), document.page_count + 1):
            if len(found) >= FOUND_PLACES or time.monotonic() > end:
                return tuple(found[:FOUND_PLACES]), number
            hits = _hits(document.load_page(number - 1), needle, ())
            found += [FoundText(number, hit) for hit in hits]
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
        problem: DocumentError = failure(error, name)
        raise problem from error
    return tuple(found[:FOUND_PLACES]), 0


def _allowed(scale: float, width: float, height: float) -> float:
    width, height = max(width, 1.0), max(height, 1.0)
    # One pixel less: MuPDF rounds outwards.
    side = (RENDER_SIDE - 1) / max(width, height)
    area = sqrt(RENDER_PIXELS / ((width + 1) * (height + 1)))
    return min(max(scale, 0.05), side, area)


def _marks(leaf: Any, quote: str, boxes: Sequence[LineBox]) -> tuple[Rectangle, ...]:
    fallback = tuple((box.x0, box.y0, box.x1, box.y1) for box in boxes)
    if not quote.strip():
        return fallback
    whole = _hits(leaf, clean_line(quote), fallback)
    if whole:
        return whole
    pieces = _pieces(quote)
    found: list[Rectangle] = []
    length = 0
    for piece in pieces:
        if hits := _hits(leaf, piece, fallback):
            found.extend(hits)
            length += len(piece)
    enough = length >= FOUND_SHARE * sum(map(len, pieces))
    return tuple(dict.fromkeys(found)) if enough and found else fallback


def _pieces(quote: str) -> list[str]:
    """Cells, sentences and runs of a few words."""
    pieces: list[str] = []
    for part in _PIECE_BREAK.split(quote):
        words = clean_line(part).split()
        for start in range(0, len(words), _NEEDLE_WORDS):
            pieces.append(" ".join(words[start : start + _NEEDLE_WORDS]))
    return [piece for piece in pieces if piece]


def _hits(leaf: Any, needle: str, boxes: tuple[Rectangle, ...]) -> tuple[Rectangle, ...]:
    """Where `needle` stands on the displayed page; with boxes only what lies in one of them."""
    if not needle:
        return ()
    turn = leaf.rotation_matrix
    hits = [tuple(rect * turn) for rect in leaf.search_for(needle)]
    rectangles = [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in hits]
    return tuple(hit for hit in rectangles if not boxes or any(_centred(hit, b) for b in boxes))


def _centred(hit: Rectangle, box: Rectangle) -> bool:
    x, y = (hit[0] + hit[2]) / 2, (hit[1] + hit[3]) / 2
    return box[0] - 2 <= x <= box[2] + 2 and box[1] - 2 <= y <= box[3] + 2
