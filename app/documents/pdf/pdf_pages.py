"""A page of an open document → flows of rows, from its text or, of a scan, from its picture."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.documents.characters import clean_line
from app.documents.pdf.attachments import FILE_ANNOTATION, file_name
from app.documents.pdf.letter_spacing import closed, is_spaced
from app.documents.pdf.ligatures import with_ligatures
from app.documents.pdf.picture_regions import Box, PictureReader
from app.documents.pdf.right_to_left import written_order
from app.documents.pdf.tick_boxes import ticked
from app.documents.pdf.unseen import SeenPrint
from app.documents.pictures import ocr
from app.documents.pictures.image_file import failure
from app.documents.pictures.legible import garbled, is_language
from app.documents.pictures.ocr import Matrix, Recognised, Recogniser
from app.documents.pictures.pdf_lines import PrintedLine, PrintedText, flows
from app.documents.tally import Tally
from app.domain.errors import FileTooLarge
from app.domain.library.documents import LineBox
from app.domain.library.reading import UnreadReason

#: Fewer signs than this are a stamp or a page number: a page that is a picture is recognised then.
FEW_SIGNS = 100
SAMPLE_ROWS = 12
#: Pictures, or drawn shapes, that may be a page of print: their share of it, and their number.
PICTURE_SHARE, DRAWN_SHAPES = 0.3, 150
#: A run of spaces that stands for a gap between columns, in typewriter layouts.
_WIDE_SPACES = re.compile(r"\s{4,}")
_BOLD_FLAG = 16
#: Kinds of annotations whose words are not printed: notes, highlighted and struck out text, carets
#: (PDF_ANNOT_TEXT and so on; ISO 32000-1, 12.5.6).
_UNPRINTED = frozenset({0, 8, 9, 10, 11, 14})
#: Annotations that are hidden, or shown on paper alone (ISO 32000-1, table 165).
_NOT_SHOWN = 2 | 32
#: By quarter turns: from print that was turned upright back to the displayed page.
_BACK: tuple[Matrix, ...] = (
    (1, 0, 0, 1, 0, 0),
    (0, 1, -1, 0, 0, 0),
    (-1, 0, 0, -1, 0, 0),
    (0, -1, 1, 0, 0, 0),
)


@dataclass(slots=True)
class Flow:
    """Rows of upright print; `back` leads to the displayed page. `main`: not turned on it."""

    rows: list[PrintedLine]
    back: Matrix
    main: bool


@dataclass(frozen=True, slots=True)
class PdfAnnotation:
    """A comment that somebody attached to the page, and the rectangle (x0, y0, x1, y1) it is on."""

    text: str
    place: tuple[float, float, float, float]


@dataclass(slots=True)
class Page:
    """`height` is that of the main flows' frame, in points; `scanned`: a picture of print that was
    not recognised because the data for it is missing; `recognised`: it was. `lost`: its text has
    signs, but not what they mean; `unseen` of its lines had print that nobody sees."""

    height: float
    flows: list[Flow]
    notes: list[PdfAnnotation] = field(default_factory=list)
    scanned: bool = False
    recognised: bool = False
    lost: bool = False
    unseen: int = 0


class PageReader:
    """Reads the pages of one open document; `tally` hears what was read and what was not."""

    def __init__(
        self, document: Any, name: str, recogniser: Recogniser | None, tally: Tally
    ) -> None:
        self._document = document
        self._name = name
        self._recogniser = recogniser
        self._pictures = PictureReader(recogniser, tally)
        self._tally = tally
        self._is_form = bool(document.is_pdf and document.is_form_pdf)

    def page(self, number: int) -> Page:
        """The page (from 0); one that cannot be parsed is empty, the others may still be good."""
        import pymupdf

        try:
            return self._page(self._document.load_page(number), number)
        except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
            problem = failure(error, self._name)
            if isinstance(problem, FileTooLarge):
                raise problem from error
            self._unread(UnreadReason.PAGE_DAMAGED, number)
            return Page(0.0, [])

    def _page(self, leaf: Any, number: int) -> Page:
        page = _written(leaf, is_form=self._is_form)
        sample, unseen = _sample(page), page.unseen
        if page.lost or not is_language(sample) or _is_picture(leaf, sample):
            page = self._recognised(leaf, page, number)
        else:
            self._tally.count("text_pages")
            if not self._document.is_pdf or self._document.get_page_images(number):
                _add(page, self._pictures.read(leaf, number + 1, _boxes(page)))
        if self._document.is_pdf and leaf.first_annot is not None:
            page.notes = list(_notes(leaf))
            unseen += sum(each.flags & _NOT_SHOWN != 0 for each in leaf.annots())
        if unseen:
            self._tally.count("hidden", unseen)
            self._tally.unread(UnreadReason.UNSEEN, page=number + 1, count=unseen)
        return page

    def _recognised(self, leaf: Any, written: Page, number: int) -> Page:
        """What the picture says, or what is written if that is better."""
        kept = Page(written.height, []) if written.lost else written
        if self._recogniser is None:
            kept.scanned = True
            self._unread(UnreadReason.RECOGNITION_MISSING, number)
            return kept
        found = self._recogniser.read(leaf)
        if found is not None and _is_better(page := _of_print(found), kept):
            self._tally.count("recognised_pages")
            ocr.count(found, self._tally)
            return page
        if _text(kept):
            self._tally.count("text_pages")
        else:
            self._unread(UnreadReason.PAGE_ILLEGIBLE, number)
        return kept

    def _unread(self, reason: UnreadReason, number: int) -> None:
        self._tally.count("unreadable_pages")
        self._tally.unread(reason, page=number + 1)


def _of_print(found: Recognised) -> Page:
    return Page(
        found.height,
        [Flow(rows, found.back, True) for rows in flows(found.pieces) if rows],
        recognised=True,
    )


def _is_better(recognised: Page, written: Page) -> bool:
    """Longer, or a language where the other is none."""
    if not is_language(_sample(written)):
        return is_language(_sample(recognised))
    return len(_text(recognised)) > len(_text(written))


def _add(page: Page, pictures: list[Recognised]) -> None:
    """Print of pictures: before the text where it is the page's matter and the text a stamp on
    it, else after."""
    for picture in pictures:
        found = [Flow(rows, picture.back, False) for rows in flows(picture.pieces) if rows]
        more = sum(len(row.text) for flow in found for row in flow.rows) > len(_text(page))
        page.flows = [*found, *page.flows] if more else [*page.flows, *found]


def _boxes(page: Page) -> list[Box]:
    """Where the rows are displayed."""
    return [displayed(row, flow.back) for flow in page.flows for row in flow.rows]


def displayed(row: PrintedLine | LineBox, back: Matrix) -> Box:
    """The box of a row or line on the displayed page, in points."""
    a, b, c, d, e, f = back
    corners = [(x, y) for x in (row.x0, row.x1) for y in (row.y0, row.y1)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _text(page: Page) -> str:
    return "\n".join(row.text for flow in page.flows for row in flow.rows)


def _notes(leaf: Any) -> Iterator[PdfAnnotation]:
    """What readers wrote beside the page; notes that are printed on it are in its text."""
    for annotation in leaf.annots():
        text = clean_line(annotation.info.get("content") or "")
        if annotation.type[0] == FILE_ANNOTATION:
            name = file_name(annotation.file_info)
            text = name if text in ("", name) else f"{text} ({name})"
        if annotation.flags & _NOT_SHOWN:
            continue
        if text and annotation.type[0] in (*_UNPRINTED, FILE_ANNOTATION):
            author = clean_line(annotation.info.get("title") or "")
            place = tuple(round(edge, 2) for edge in annotation.rect * leaf.rotation_matrix)
            yield PdfAnnotation(f"{author}: {text}" if author else text, place)


def _sample(page: Page) -> str:
    """Rows from all over the page, enough to judge it by, for every page is judged."""
    rows = [row for flow in page.flows for row in flow.rows]
    return "\n".join(row.text for row in rows[:: max(len(rows) // SAMPLE_ROWS, 1)])


def _is_picture(leaf: Any, sample: str) -> bool:
    """Whether next to nothing is written on the page, and much drawn."""
    if len(sample) >= FEW_SIGNS:
        return False
    area, shapes = 0.0, 0
    for kind, (x0, y0, x1, y1) in leaf.get_bboxlog():
        if "image" in kind:
            area += max(x1 - x0, 0.0) * max(y1 - y0, 0.0)
        elif "path" in kind:
            shapes += 1
    return area >= PICTURE_SHARE * leaf.rect.width * leaf.rect.height or shapes >= DRAWN_SHAPES


def _written(leaf: Any, *, is_form: bool) -> Page:
    """The rows of the page's own text."""
    import pymupdf

    flags = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP
    flags |= pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE
    matrix = leaf.rotation_matrix if leaf.rotation else None
    turned: dict[int, list[PrintedText]] = {}
    raw: list[str] = []
    lines = _lines(leaf, flags)
    seen = SeenPrint(leaf)
    lines = seen.of(lines)
    for line in ticked(leaf, lines) if is_form else lines:
        raw += [span["text"] for span in line["spans"]]
        turns, pieces = _pieces(line, matrix)
        turned.setdefault(turns, []).extend(pieces)
    groups = sorted(turned.items(), key=lambda group: -sum(len(p.text) for p in group[1]))
    found = [
        Flow(rows, _BACK[turns], not turns)
        for turns, group in groups
        for rows in flows(group)
        if rows
    ]
    return Page(leaf.rect.height, found, lost=garbled("".join(raw)), unseen=seen.unseen)


def _lines(leaf: Any, flags: int) -> list[dict[str, Any]]:
    """The lines of the page's text; words that are printed with spaced letters are whole."""
    lines = _lines_of(leaf.get_text("dict", flags=flags, sort=False))
    spaced = [at for at, line in enumerate(lines) if is_spaced(line)]
    if spaced:
        raw = _lines_of(leaf.get_text("rawdict", flags=flags, sort=False))
        for at in spaced:
            lines[at] = closed(lines[at], raw[at])
    return lines


def _lines_of(content: dict[str, Any]) -> list[dict[str, Any]]:
    return [line for block in content["blocks"] for line in block.get("lines", ())]


def _pieces(line: dict[str, Any], matrix: Any) -> tuple[int, list[PrintedText]]:
    """The spans of a line, turned upright; the quarter turns say how to turn them back."""
    dx, dy = line["dir"]
    if matrix is not None:
        dx, dy = dx * matrix.a + dy * matrix.c, dx * matrix.b + dy * matrix.d
    turns = (0 if dx > 0 else 2) if abs(dx) >= abs(dy) else (1 if dy > 0 else 3)
    upright = turns == 0 and matrix is None
    pieces: list[PrintedText] = []
    for span in written_order(line["spans"]):
        text, size = with_ligatures(span["text"]), span["size"]
        if not text or text.isspace():
            continue
        box, (x, y) = span["bbox"], span["origin"]
        if not upright:
            box, (x, y) = _moved((*box, x, y), matrix, turns)
        bold = bool(span["flags"] & _BOLD_FLAG) or "Bold" in span["font"]
        piece = PrintedText(box[0], box[1], box[2], box[3], y, size, bold, text)
        pieces.extend(_split(piece) if "    " in text else (piece,))
    return turns, pieces


def _moved(
    box: tuple[float, ...], matrix: Any, turns: int
) -> tuple[tuple[float, ...], tuple[float, float]]:
    """Box and origin from the page's own frame to the displayed page, then upright."""
    points = [(box[0], box[1]), (box[2], box[3]), (box[4], box[5])]
    if matrix is not None:
        points = [
            (x * matrix.a + y * matrix.c + matrix.e, x * matrix.b + y * matrix.d + matrix.f)
            for x, y in points
        ]
    (ax, ay), (bx, by), origin = (_turned(x, y, turns) for x, y in points)
    return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), origin


def _turned(x: float, y: float, turns: int) -> tuple[float, float]:
    """Print that runs at `turns` quarters clockwise becomes print that runs to the right."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turns]


def _split(piece: PrintedText) -> Iterator[PrintedText]:
    """The parts of a span between wide runs of spaces; places are in proportion to characters."""
    step = (piece.x1 - piece.x0) / len(piece.text)
    start = 0
    gaps = [match.span() for match in _WIDE_SPACES.finditer(piece.text)]
    for end, following in [*gaps, (len(piece.text), 0)]:
        if text := piece.text[start:end]:
            x0, x1 = piece.x0 + start * step, piece.x0 + end * step
            yield PrintedText(
                x0, piece.y0, x1, piece.y1, piece.baseline, piece.size, piece.bold, text
            )
        start = following
