"""Pictures on pages of text that the text layer does not cover, and what is printed on them.

Scans with a stamp of text over them, tables and letters pasted as pictures, figures with labels: no
number of signs on the page tells whether they were read. What it costs: results/reading.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from app.documents.pictures import ocr
from app.documents.pictures.image_file import MOST_PICTURES, is_paper, small_copy
from app.documents.pictures.ocr import Matrix, Recognised, Recogniser
from app.documents.pictures.pdf_lines import PrintedText
from app.documents.tally import Tally
from app.domain.library.reading import UnreadReason

#: Points: what is smaller is an icon or a rule.
_LEAST_WIDTH, _LEAST_HEIGHT, _LEAST_AREA = 60.0, 12.0, 2_000.0
#: Pictures that are nearer to each other, in points, are strips of one.
_STRIP_GAP = 2.0
#: Of a picture's area, print that is text already: less is a stamp on it.
_COVERED = 0.08
#: Lines that are written and not shown: somebody recognised the picture before.
_HIDDEN_LINES = 3
#: Pixels a point where the picture has fewer, and at most.
_LEAST_SCALE, _MOST_SIDE = 150 / 72, 5000

Box = tuple[float, float, float, float]


class PictureReader:
    """Reads the pictures of one document; one that comes again, as a letterhead, is read once."""

    def __init__(self, recogniser: Recogniser | None, tally: Tally) -> None:
        self._recogniser = recogniser
        self._tally = tally
        self._seen: set[bytes] = set()

    def read(self, leaf: Any, number: int, text: Sequence[Box]) -> list[Recognised]:
        """Print on the pictures of page `number` (from 1) that is not in its `text`, whose boxes
        stand where it is displayed."""
        found = (self._region(leaf, number, box, text) for box in regions(leaf, text))
        return [picture for picture in found if picture]

    def _region(self, leaf: Any, number: int, box: Box, text: Sequence[Box]) -> Recognised | None:
        import pymupdf

        small = small_copy(leaf, pymupdf.Rect(box))
        if small.digest in self._seen or not is_paper(small):
            return None
        if reason := self._hindered():
            self._tally.count("skipped_pictures")
            self._tally.unread(reason, page=number)
            return None
        self._seen.add(small.digest)
        assert self._recogniser
        found = _recognised(self._recogniser, leaf, box)
        picture = found and _beyond_text(found, box, text)
        if picture:
            self._tally.count("recognised_pictures")
            ocr.count(picture, self._tally)
        return picture

    def _hindered(self) -> UnreadReason | None:
        if self._recogniser is None:
            return UnreadReason.RECOGNITION_MISSING
        return UnreadReason.PICTURE_LIMIT if len(self._seen) >= MOST_PICTURES else None


def regions(leaf: Any, text: Sequence[Box]) -> list[Box]:
    """Where pictures of readable size are displayed that `text` does not cover."""
    pictures: list[Box] = []
    hidden: list[Box] = []
    page = leaf.rect
    for kind, logged in leaf.get_bboxlog():
        x0, y0, x1, y1 = _shown(leaf, logged)
        box = (max(x0, page.x0), max(y0, page.y0), min(x1, page.x1), min(y1, page.y1))
        if "image" in kind and box[2] > box[0] and box[3] > box[1]:
            pictures.append(box)
        elif kind == "ignore-text":
            hidden.append(box)
    return [
        box for box in _joined(pictures) if _is_readable(box) and not _is_covered(box, text, hidden)
    ]


def _shown(leaf: Any, box: Box) -> Box:
    """A box of the page's own frame where it is displayed."""
    import pymupdf

    x0, y0, x1, y1 = pymupdf.Rect(box) * leaf.rotation_matrix if leaf.rotation else box
    return x0, y0, x1, y1


def _joined(boxes: Iterable[Box]) -> list[Box]:
    """Strips that a program cut a picture into are one."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda each: (each[1], each[0])):
        for at, other in enumerate(found):
            if _touch(box, other):
                found[at] = _union(box, other)
                break
        else:
            found.append(box)
    return found


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] <= other[2] + _STRIP_GAP
        and other[0] <= one[2] + _STRIP_GAP
        and one[1] <= other[3] + _STRIP_GAP
        and other[1] <= one[3] + _STRIP_GAP
    )


def _union(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
    )  # fmt: skip


def _is_readable(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return width >= _LEAST_WIDTH and height >= _LEAST_HEIGHT and width * height >= _LEAST_AREA


def _is_covered(box: Box, text: Sequence[Box], hidden: Sequence[Box]) -> bool:
    if sum(_overlap(box, line) > 0 for line in hidden) >= _HIDDEN_LINES:
        return True
    area = (box[2] - box[0]) * (box[3] - box[1])
    return sum(_overlap(box, line) for line in text) >= _COVERED * area


def _overlap(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0


def _recognised(recogniser: Recogniser, leaf: Any, box: Box) -> Recognised | None:
    """What is printed on a part of the page, as if it were a page of its own."""
    import pymupdf

    width, height = box[2] - box[0], box[3] - box[1]
    scale = min(_scale(leaf, box), _MOST_SIDE / max(width, height))
    document = pymupdf.open()
    try:
        page = document.new_page(width=width, height=height)
        matrix, part = pymupdf.Matrix(scale, scale), pymupdf.Rect(box)
        pixels = leaf.get_pixmap(matrix=matrix, clip=part, colorspace=pymupdf.csRGB, alpha=False)
        page.insert_image(page.rect, pixmap=pixels)
        return recogniser.read_picture(page)
    finally:
        document.close()


def _scale(leaf: Any, box: Box) -> float:
    """Pixels a point that the picture itself has, however it is turned."""
    long = max(box[2] - box[0], box[3] - box[1])
    sides = (
        (max(image["width"], image["height"]), max(x1 - x0, y1 - y0))
        for image in leaf.get_image_info()
        for x0, y0, x1, y1 in [image["bbox"]]
    )
    own = (pixels / side for pixels, side in sides if side > 0.3 * long)
    return float(max(max(own, default=0.0), _LEAST_SCALE))


def _beyond_text(found: Recognised, box: Box, text: Sequence[Box]) -> Recognised | None:
    """Without words that stand where text stands: a stamp is on the picture's pixels as well."""
    a, b, c, d, e, f = found.back
    back = (a, b, c, d, e + box[0], f + box[1])
    near = [line for line in text if _overlap(box, line) > 0]
    pieces = [piece for piece in found.pieces if not _stands_in(_middle(piece, back), near)]
    return replace(found, pieces=pieces, back=back) if pieces else None


def _middle(piece: PrintedText, back: Matrix) -> tuple[float, float]:
    x, y = (piece.x0 + piece.x1) / 2, (piece.y0 + piece.y1) / 2
    a, b, c, d, e, f = back
    return a * x + c * y + e, b * x + d * y + f


def _stands_in(point: tuple[float, float], boxes: Sequence[Box]) -> bool:
    x, y = point
    return any(box[0] <= x <= box[2] and box[1] - 2 <= y <= box[3] + 2 for box in boxes)
