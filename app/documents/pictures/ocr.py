"""A picture of a page → pieces of print, by the Tesseract inside MuPDF.

Tesseract alone, before any turning here, on few pages: two of Russian encyclopedia text and one of
a 10-K report, rendered to images; tessdata_fast, a shared machine of two cores. Character error
rates in %, quotes and dashes taken as equal; clean, then blurred and noisy, then turned by 1°:
    150 dpi  ru 1.7 1.5 1.6  en 1.0 1.0 1.1     200 dpi  ru 1.8 1.5 1.6  en 0.8 1.1 0.8
    300 dpi  ru 1.5 1.5 1.5  en 0.6 0.8 0.8
A page of 1800 characters takes 4 to 5 s, of 3300 6 to 7 s, at 300 dpi a quarter longer than at 150.
So an image is read as it is, and enlarged only below 150 dpi. Russian data alone is a quarter
faster, but had 11 % wrong on the page with Latin words; the order of languages made no difference.
It ran on one thread, with OMP_THREAD_LIMIT and without. Skew is turned back for the rows' sake.
MuPDF tells no confidences: legible.py judges the words instead. The three pages upright had 0.93
to 0.99 of their characters in words, two of them upside down 0.54 and 0.62, noise 0.46 at most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from statistics import median
from typing import Any

from app import paths
from app.documents.pictures.legible import is_print, legible_share
from app.documents.pictures.pdf_lines import PrintedText
from app.documents.pictures.sketch import Sketch
from app.documents.tally import Tally

LANGUAGES = "rus+eng"
_FILES = ("rus.traineddata", "eng.traineddata")
_SYSTEM = ("/usr/share/tesseract-ocr", "/usr/share/tessdata", "/opt/homebrew/share/tessdata")

#: Pixels of the longer side: a page at 150 dpi at least, as far as three times the image's own.
LEAST_SIDE, MOST_ENLARGED = 1750, 3.0
#: A3 at 300 dpi.
MOST_SIDE, MOST_PIXELS = 5000, 18_000_000
#: For print that is no image: outlines, and letters whose meaning is lost.
DRAWN_SCALE = 200 / 72
#: Of the characters of a page and of a line, those that have to stand in words.
PAGE_LEGIBLE, LINE_LEGIBLE = 0.6, 0.5
#: A try that is as legible as this is the right way up.
UPRIGHT_LEGIBLE = 0.75
#: Words of a try that prove anything.
_TRY_WORDS = 6
#: Print heights in ems: small letters, tall ones, and what reaches or hangs below the line.
_LOW, _TALL, _BELOW, _HANGING = 0.5, 0.72, 0.22, 0.14
_TALL_SIGNS = frozenset("bdfhkltбфёйЁЙ0123456789()[]/\\|!?$%&\"'«»")
_BELOW_SIGNS = frozenset("gjpqyурф()[]/|")
_HANGING_SIGNS = frozenset(",;$дцщДЦЩQ")
#: Square points of a picture that may lie on its side: half of an A5 page.
_LARGE_PICTURE = 60_000.0
#: Heights that differ less are one size of print.
_SAME_SIZE = 0.17

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Recognised:
    """Pieces in points of an upright frame of this height; `back` leads to the displayed page."""

    pieces: list[PrintedText]
    height: float
    back: Matrix


def count(found: Recognised, tally: Tally) -> None:
    """Note how many characters were recognised and how many of them stand in words."""
    words = [piece.text.strip() for piece in found.pieces]
    total = sum(map(len, words))
    tally.count("recognised_characters", total)
    tally.count("legible_characters", round(total * legible_share(words)))


def data_folder() -> Path | None:
    """Where the data of both languages lies: the kit's folder, else one of the system's."""
    system = [folder for base in map(Path, _SYSTEM) for folder in (base, *base.glob("*/tessdata"))]
    for folder in (paths.find().kit / "tessdata", *system):
        if all((folder / file).is_file() for file in _FILES):
            return folder
    return None


class Recogniser:
    """Recognises the pages of one document; remembers which way up they lie."""

    def __init__(self, data: Path) -> None:
        self._data = str(data)
        self._turns: int | None = None

    def read(self, page: Any) -> Recognised | None:
        """What is printed on the picture of `page`; None where nothing is legible."""
        sketch = Sketch(page)
        known = self._turns
        tried = known if known is not None and known % 2 == sketch.sideways else None
        if tried is not None and (found := self._at(page, sketch, tried)):
            return found
        turns = self._way_up(page, sketch)
        if turns is None or turns == tried:
            return None
        if found := self._at(page, sketch, turns):
            self._turns = turns
        return found

    def read_picture(self, page: Any) -> Recognised | None:
        """As `read`, of a picture that somebody put into a text: it stands upright as a rule, and
        a small one, as a logo, always; it may have too few lines to tell."""
        upright = self._at(page, Sketch(page), 0)
        large = page.rect.width * page.rect.height >= _LARGE_PICTURE
        return upright or (self.read(page) if large else None)

    def _way_up(self, page: Any, sketch: Sketch) -> int | None:
        """Quarter turns that make a strip of the page most legible; None where it is no print."""
        likely = int(sketch.sideways)
        shares: dict[int, float] = {}
        for turns in (likely, likely + 2, 1 - likely, 3 - likely):
            strip = _View(page, turns, 0.0, sketch.strip)
            words = [word.text for line in strip.lines(self._data) for word in line]
            if len(words) < _TRY_WORDS:
                continue
            shares[turns] = legible_share(words)
            if shares[turns] >= UPRIGHT_LEGIBLE:
                return turns
        if not shares:
            return likely  # next to nothing there: the whole page has to tell
        best = max(shares, key=lambda turns: shares[turns])
        return best if shares[best] >= PAGE_LEGIBLE else None

    def _at(self, page: Any, sketch: Sketch, turns: int) -> Recognised | None:
        view = _View(page, turns, sketch.skew(turns), page.rect)
        lines = view.lines(self._data)
        if not is_print([word.text for line in lines for word in line], PAGE_LEGIBLE):
            return None
        lines = [line for line in lines if legible_share([w.text for w in line]) >= LINE_LEGIBLE]
        pieces = [piece for line in _evened(lines) for piece in line]
        return Recognised(pieces, view.height, view.back) if pieces else None


class _View:
    """A part of a page as Tesseract sees it: turned upright and enlarged."""

    def __init__(self, page: Any, turns: int, skew: float, part: Any) -> None:
        import pymupdf

        self._scale = _scale(page)
        matrix = pymupdf.Matrix(90.0 * turns + skew) * pymupdf.Matrix(self._scale, self._scale)
        self._pixels = page.get_pixmap(matrix=matrix, clip=part, colorspace=pymupdf.csRGB)
        self.height = self._pixels.height / self._scale
        corner = pymupdf.Matrix(self._scale, 0, 0, self._scale, self._pixels.x, self._pixels.y)
        self.back: Matrix = tuple(corner * ~matrix)

    def lines(self, data: str) -> list[list[PrintedText]]:
        """Its words, line by line, in points."""
        import pymupdf

        pdf = self._pixels.pdfocr_tobytes(compress=False, language=LANGUAGES, tessdata=data)
        document = pymupdf.open(stream=pdf, filetype="pdf")
        try:
            page = document.load_page(0)
            unit = self._pixels.width / (self._scale * page.rect.width)
            blocks = page.get_text("rawdict", flags=pymupdf.TEXT_PRESERVE_WHITESPACE)["blocks"]
            lines = (line for block in blocks for line in block.get("lines", ()))
            found = [list(_words(line, unit)) for line in lines]
        finally:
            document.close()
        return [words for words in found if words]


def _scale(page: Any) -> float:
    """Pixels a point: as the largest image on the page has them, within the bounds."""
    side = max(page.rect.width, page.rect.height, 1.0)
    area = max(page.rect.width * page.rect.height, 1.0)
    images = [
        max(image["width"] / width, image["height"] / height)
        for image in page.get_image_info()
        if (width := image["bbox"][2] - image["bbox"][0]) > 0.3 * page.rect.width
        and (height := image["bbox"][3] - image["bbox"][1]) > 1
    ]
    own = max(images, default=DRAWN_SCALE)
    scale = max(own, min(LEAST_SIDE / side, MOST_ENLARGED * own))
    return float(min(scale, MOST_SIDE / side, sqrt(MOST_PIXELS / area)))


def _words(line: dict[str, Any], unit: float) -> Iterator[PrintedText]:
    """The words of a line, all with its height; sizes and baselines by the letters it has."""
    signs = [sign for span in line["spans"] for sign in span["chars"]]
    text = "".join(sign["c"] for sign in signs)
    y0, y1 = line["bbox"][1] * unit, line["bbox"][3] * unit
    tall = any(sign.isupper() or sign in _TALL_SIGNS for sign in text)
    below = 0.0 if _HANGING_SIGNS.isdisjoint(text) else _HANGING
    below = below if _BELOW_SIGNS.isdisjoint(text) else _BELOW
    size = (y1 - y0) / ((_TALL if tall else _LOW) + below)
    start = 0
    for end in [at for at, sign in enumerate(text) if sign.isspace()] + [len(text)]:
        if end > start:
            x0, x1 = signs[start]["bbox"][0] * unit, signs[end - 1]["bbox"][2] * unit
            yield PrintedText(x0, y0, x1, y1, y1 - below * size, size, False, text[start:end])
        start = end + 1


def _evened(lines: list[list[PrintedText]]) -> list[list[PrintedText]]:
    """Sizes that differ by the measuring only are made one: that of most of the page, or else
    that of the line before."""
    if not lines:
        return []
    usual = median(line[0].size for line in lines for _ in line)
    before = usual
    for line in lines:
        size = line[0].size
        for known in (usual, before):
            if abs(size - known) <= _SAME_SIZE * known:
                size = known
                break
        before = size
        for word in line:
            word.size = size
            word.text += " "  # Tesseract parted them, however narrow the gap
    return lines
