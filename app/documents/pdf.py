"""PDF → blocks by page, with MuPDF's text extraction and the layout of pdf_lines and pdf_blocks."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from app.documents.limits import CHILD_MEMORY, MB, PDF_PAGES
from app.documents.pdf_blocks import Body, blocks
from app.documents.pdf_lines import Piece, Row, flows
from app.documents.text import title_or_empty
from app.domain.errors import DamagedFile, EmptyDocument, FileTooLarge, NoText, PasswordNeeded
from app.domain.library import Block, BlockKind, ReadDocument

#: Running heads stand in these outer parts of a page's height.
MARGIN = 0.12
#: Pages that have to carry the same line before it is a running head: a share, within bounds.
RUNNING_SHARE, RUNNING_LEAST, RUNNING_MOST = 0.4, 3, 8
#: Smaller print, in points, is not there to be read.
LEAST_SIZE = 1.0
#: A run of spaces that stands for a gap between columns, in typewriter layouts.
_WIDE_SPACES = re.compile(r"\s{4,}")
_DIGITS = re.compile(r"\d+")
_BOLD_FLAG = 16
_FIRST, _LAST = -1, -2


@dataclass(slots=True)
class _Page:
    """The flows of a page, each with the quarter turns by which its print is rotated."""

    height: float
    flows: list[tuple[int, list[Row]]]


def read(data: bytes, name: str) -> ReadDocument:
    """Blocks in reading order with page and line boxes.

    Raises DamagedFile, PasswordNeeded, EmptyDocument, NoText or FileTooLarge.
    """
    document = open_pdf(data, name)
    try:
        pages = [_page(document, number, name) for number in range(document.page_count)]
        if not any(rows for page in pages for _, rows in page.flows):
            raise NoText(name=name)
        running = _running_heads(pages)
        body = _body(pages)
        found = [
            block for at, page in enumerate(pages) for block in _blocks(page, at + 1, body, running)
        ]
        if not found:
            raise NoText(name=name)
        title = title_or_empty(document.metadata.get("title")) or _first_heading(found)
        return ReadDocument(tuple(found), title, len(pages))
    finally:
        document.close()


def open_pdf(data: bytes, name: str) -> Any:
    """An open pymupdf.Document with at least one page and no password."""
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        document = pymupdf.open(stream=data, filetype="pdf")
        locked = document.needs_pass and not document.authenticate("")
        count = 0 if locked else document.page_count
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
        raise failure(error, name) from error
    if locked:
        raise PasswordNeeded(name=name)
    if count == 0:
        raise EmptyDocument(name=name)
    if count > PDF_PAGES:
        raise FileTooLarge(name=name, limit=f"{PDF_PAGES} pages")
    return document


def failure(error: Exception, name: str) -> DamagedFile | FileTooLarge:
    """MuPDF's exception in our terms: it reports a refused allocation by message only."""
    if "alloc" in str(error):
        return FileTooLarge(name=name, limit=f"{CHILD_MEMORY // MB} MB")
    return DamagedFile(name=name)


def _page(document: Any, number: int, name: str) -> _Page:
    """The rows of a page; a page that cannot be parsed is empty, the others may still be good."""
    import pymupdf

    flags = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP
    flags |= pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE
    try:
        page = document.load_page(number)
        content = page.get_text("dict", flags=flags, sort=False)
        matrix = page.rotation_matrix if page.rotation else None
        height = page.rect.height
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
        if isinstance(failure(error, name), FileTooLarge):
            raise failure(error, name) from error
        return _Page(0.0, [])
    turned: dict[int, list[Piece]] = {}
    for line in (line for block in content["blocks"] for line in block.get("lines", ())):
        turns, pieces = _pieces(line, matrix)
        turned.setdefault(turns, []).extend(pieces)
    groups = sorted(turned.items(), key=lambda group: -sum(len(p.text) for p in group[1]))
    return _Page(
        height, [(turns, rows) for turns, group in groups for rows in flows(group) if rows]
    )


def _pieces(line: dict[str, Any], matrix: Any) -> tuple[int, list[Piece]]:
    """The spans of a line, turned upright; the quarter turns say how to turn them back."""
    dx, dy = line["dir"]
    if matrix is not None:
        dx, dy = dx * matrix.a + dy * matrix.c, dx * matrix.b + dy * matrix.d
    turns = (0 if dx > 0 else 2) if abs(dx) >= abs(dy) else (1 if dy > 0 else 3)
    upright = turns == 0 and matrix is None
    pieces: list[Piece] = []
    for span in line["spans"]:
        text, size = span["text"], span["size"]
        if size < LEAST_SIZE or not text or text.isspace():
            continue
        box, (x, y) = span["bbox"], span["origin"]
        if not upright:
            box, (x, y) = _moved((*box, x, y), matrix, turns)
        bold = bool(span["flags"] & _BOLD_FLAG) or "Bold" in span["font"]
        piece = Piece(box[0], box[1], box[2], box[3], y, size, bold, text)
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


def _split(piece: Piece) -> Iterator[Piece]:
    """The parts of a span between wide runs of spaces; places are in proportion to characters."""
    step = (piece.x1 - piece.x0) / len(piece.text)
    start = 0
    gaps = [match.span() for match in _WIDE_SPACES.finditer(piece.text)]
    for end, following in [*gaps, (len(piece.text), 0)]:
        if text := piece.text[start:end]:
            x0, x1 = piece.x0 + start * step, piece.x0 + end * step
            yield Piece(x0, piece.y0, x1, piece.y1, piece.baseline, piece.size, piece.bold, text)
        start = following


def _blocks(
    page: _Page, number: int, body: Body, running: frozenset[tuple[str, int]]
) -> Iterator[Block]:
    keys = _edge_keys(page)
    for turns, rows in page.flows:
        kept = [row for row in rows if not running & keys.get(id(row), set())]
        for block in blocks(kept, number, body):
            yield _displayed(block, turns)


def _displayed(block: Block, turns: int) -> Block:
    """The boxes where the print stands on the displayed page, two decimals."""
    boxes = []
    for box in block.boxes:
        ax, ay = _turned(box.x0, box.y0, -turns % 4)
        bx, by = _turned(box.x1, box.y1, -turns % 4)
        x0, x1 = sorted((round(ax, 2), round(bx, 2)))
        y0, y1 = sorted((round(ay, 2), round(by, 2)))
        boxes.append(replace(box, x0=x0, y0=y0, x1=x1, y1=y1))
    return replace(block, boxes=tuple(boxes))


def _edge_keys(page: _Page) -> dict[int, set[tuple[str, int]]]:
    """By row (its id): what a running head has in common on its pages.

    That is its text without digits, with its height (in steps of 4 points) near the edges of the
    page, or with the fact that it is the first or the last row: pages that were cut from a long
    scroll have their page number anywhere.
    """
    rows = [row for turns, flow in page.flows if not turns for row in flow if len(row.cells) <= 3]
    keys: dict[int, set[tuple[str, int]]] = {}
    for at, row in enumerate(sorted(rows, key=lambda row: row.baseline)):
        places: set[int] = set()
        if row.y0 <= page.height * MARGIN or row.y1 >= page.height * (1 - MARGIN):
            places.add(round(row.baseline / 4))
        if at in (0, len(rows) - 1):
            places.add(_FIRST if at == 0 else _LAST)
        text = _DIGITS.sub("#", row.text).casefold()
        keys[id(row)] = {(text, place) for place in places}
    return keys


def _running_heads(pages: list[_Page]) -> frozenset[tuple[str, int]]:
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update(set().union(*_edge_keys(page).values()))
    least = min(max(RUNNING_LEAST, int(RUNNING_SHARE * len(pages))), RUNNING_MOST)
    return frozenset(key for key, count in seen.items() if count >= least)


def _body(pages: Iterable[_Page]) -> Body:
    """The median size over characters, and whether most of them are bold."""
    sizes: Counter[float] = Counter()
    bold = 0
    for row in (row for page in pages for _, rows in page.flows for row in rows):
        length = len(row.text)
        sizes[round(row.size, 1)] += length
        bold += length if row.bold else 0
    half, total = 0, sum(sizes.values())
    for size in sorted(sizes):
        half += sizes[size]
        if half >= total / 2:
            return Body(size, bold > 0.4 * total)
    return Body(10.0, False)


def _first_heading(found: list[Block]) -> str:
    """The largest of the headings that open the document."""
    headings = [block for block in found[:40] if block.kind is BlockKind.HEADING]
    first = min(headings, key=lambda block: block.level, default=None)
    return title_or_empty(first.text) if first else ""
