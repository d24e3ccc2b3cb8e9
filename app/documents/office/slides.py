"""PPTX → blocks, a page a slide, by python-pptx: titles, bullets, tables, charts, speaker notes."""

import io
import zlib
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile

from app.documents.characters import clean_line, clean_lines, first_heading, title_or_empty
from app.documents.office import slide_graphics, slide_unseen
from app.documents.ooxml import check_package, stated_title, transitional
from app.documents.pictures.embedded import EmbeddedPictures
from app.documents.tables.table_text import Spanning, spread, table_blocks
from app.documents.tally import Tally
from app.documents.words import words
from app.domain.errors import DamagedFile
from app.domain.library.documents import Block, BlockKind, ReadDocument
from app.domain.library.reading import UnreadReason
from app.domain.text import language

_PRESENTATION = "ppt/presentation.xml"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
#: Main parts that are built as a presentation's (ECMA-376, part 1, 13.3.6; [MS-OFFMACRO2] 2.2.3).
_TWINS = (
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
    "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
    "application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
    "application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
)
#: Shapes whose tops differ by less, in EMU (a quarter of an inch), stand beside each other.
_SAME_LINE = 228_600
#: Further than a cell of a slide can reach.
_SPAN = 1000
_BROKEN = (
    BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, AttributeError, TypeError,
    IndexError, OverflowError, EOFError, NotImplementedError, RecursionError,
)  # fmt: skip


def read(data: bytes, name: str) -> ReadDocument:
    """Blocks with the slides' numbers as pages, hidden slides too.

    Raises DamagedFile, PasswordNeeded, FileTooLarge, EmptyDocument, and of slides that are pictures
    NoText or NoRecognition.
    """
    from pptx.exc import PythonPptxError

    check_package(data, name, _PRESENTATION)
    tally = Tally()
    pictures = EmbeddedPictures(tally)
    try:
        show = _opened(transitional(data, _PRESENTATION))
        slides = list(show.slides)
        tally.count("hidden", sum(slide.element.get("show") in ("0", "false") for slide in slides))
        _leave_out_unseen(show, slides, tally)
        running: set[str] = set()
        blocks = tuple(
            block
            for page, slide in enumerate(slides, 1)
            for block in _Slide(slide, page, pictures, running, tally).blocks()
        )
        title = title_or_empty(stated_title(show.part.package))
    except (*_BROKEN, PythonPptxError) as error:
        raise DamagedFile(name=name) from error
    if not blocks:
        raise pictures.emptiness(name)
    return ReadDocument(blocks, title or first_heading(blocks), len(slides), tally.report())


def _opened(data: bytes) -> Any:
    """A presentation, a show, a template, or one with macros; python-pptx refuses most by name."""
    from pptx.opc.package import PartFactory
    from pptx.package import Package
    from pptx.parts.presentation import PresentationPart

    for kind in _TWINS:
        PartFactory.part_type_for[kind] = PresentationPart
    return Package.open(io.BytesIO(data)).main_document_part.presentation


def _leave_out_unseen(show: Any, slides: list[Any], tally: Tally) -> None:
    for page, slide in enumerate(slides, 1):
        if unseen := slide_unseen.leave_out(slide, show.slide_width or 0, show.slide_height or 0):
            tally.count("hidden", unseen)
            tally.unread(UnreadReason.UNSEEN, page=page, count=unseen)


def note_blocks(lines: list[str], page: int) -> Iterator[Block]:
    """What a speaker wrote below a slide, each paragraph marked as such."""
    for line in filter(None, map(clean_lines, lines)):
        yield Block(BlockKind.PARAGRAPH, f"{words(language.of(line)).speaker_notes}: {line}", page)


class _Slide:
    """One slide in the order in which it is looked at: title, then from top to bottom."""

    def __init__(
        self, slide: Any, page: int, pictures: EmbeddedPictures, running: set[str], tally: Tally
    ) -> None:
        """`running`: heads and feet that an earlier slide said."""
        self._tally = tally
        self._slide = slide
        self._page = page
        self._pictures = pictures
        self._running = running

    def blocks(self) -> Iterator[Block]:
        title = self._slide.shapes.title
        if title is not None and not title.has_text_frame:
            title = None  # a picture in its place
        if title is not None and (text := clean_line(title.text_frame.text)):
            yield Block(BlockKind.HEADING, text, self._page, level=1)
        for shape in _ordered(self._slide.shapes):
            if title is None or shape.shape_id != title.shape_id:
                yield from self._whole(shape)
        if self._slide.has_notes_slide:
            yield from note_blocks(_note_lines(self._slide.notes_slide), self._page)

    def _whole(self, shape: Any) -> list[Block]:
        """A shape that is damaged costs itself alone."""
        try:
            return list(self._shape(shape))
        except _BROKEN:
            self._tally.unread(UnreadReason.PART_DAMAGED, clean_line(str(shape.name)), self._page)
            return []

    def _shape(self, shape: Any) -> Iterator[Block]:
        if hasattr(shape, "shapes"):
            for inner in _ordered(shape.shapes):
                yield from self._shape(inner)
            return
        if _is_running(shape):
            yield from self._repeated(shape)
            return
        if shape.has_text_frame:
            yield from self._text(shape)
        elif getattr(shape, "has_table", False):
            yield from _table(shape.table, self._page)
        elif hasattr(shape, "has_chart"):
            yield from slide_graphics.blocks(shape, self._page, self._tally)
        for part in _picture_parts(shape):
            name = str(part.partname).rpartition("/")[2]
            yield from self._pictures.blocks(part.blob, name, self._page)

    def _repeated(self, shape: Any) -> Iterator[Block]:
        """What stands on every slide is said once; a bare number is that of the slide."""
        text = clean_line(shape.text_frame.text) if shape.has_text_frame else ""
        if text not in self._running and any(map(str.isalpha, text)):
            self._running.add(text)
            yield Block(BlockKind.PARAGRAPH, text, self._page)

    def _text(self, shape: Any) -> Iterator[Block]:
        listed = _is_list(shape)
        for paragraph in shape.text_frame.paragraphs:
            text = clean_lines(paragraph.text.replace("\v", "\n"))
            if not text:
                continue
            if _is_bullet(paragraph, listed):
                level = min(paragraph.level + 1, 6)
                yield Block(BlockKind.LIST_ITEM, text, self._page, level=level)
            else:
                yield Block(BlockKind.PARAGRAPH, text, self._page)


def _note_lines(notes: Any) -> list[str]:
    """What the page of notes says below the slide, in whichever shape."""
    frames = (
        shape.text_frame
        for shape in notes.shapes
        if shape.has_text_frame and not _is_running(shape)
    )
    return [line for frame in frames for line in frame.text.split("\n")]


def _picture_parts(shape: Any) -> Iterator[Any]:
    """What a shape shows or is filled with; not those of a group, whose shapes have their own."""
    for blip in shape._element.iter(_A + "blip"):
        relation = shape.part.rels.get(blip.get(_EMBED, ""))
        if relation is not None and not relation.is_external:
            yield relation.target_part


def _ordered(shapes: Any) -> list[Any]:
    """From top to bottom; shapes beside each other from left to right."""
    by_top = sorted(shapes, key=lambda shape: shape.top or 0)
    lines: list[list[Any]] = []
    for shape in by_top:
        if lines and (shape.top or 0) - (lines[-1][0].top or 0) < _SAME_LINE:
            lines[-1].append(shape)
        else:
            lines.append([shape])
    return [shape for line in lines for shape in sorted(line, key=lambda each: each.left or 0)]


def _is_running(shape: Any) -> bool:
    """Whether it is a date, a footer or a slide number, which stand on every slide."""
    from pptx.enum.shapes import PP_PLACEHOLDER as KIND

    running = (KIND.DATE, KIND.FOOTER, KIND.SLIDE_NUMBER, KIND.HEADER)
    return bool(shape.is_placeholder) and shape.placeholder_format.type in running


def _is_list(shape: Any) -> bool:
    """The body of a slide has bullets unless it says otherwise."""
    from pptx.enum.shapes import PP_PLACEHOLDER as KIND

    bodies = (KIND.BODY, KIND.OBJECT, KIND.VERTICAL_BODY, KIND.VERTICAL_OBJECT)
    return bool(shape.is_placeholder) and shape.placeholder_format.type in bodies


def _is_bullet(paragraph: Any, listed: bool) -> bool:
    properties = paragraph._p.find(_A + "pPr")
    if properties is not None:
        if properties.find(_A + "buNone") is not None:
            return False
        marks = (_A + "buChar", _A + "buAutoNum", _A + "buBlip")
        if any(properties.find(mark) is not None for mark in marks):
            return True
    return listed or paragraph.level > 0


def _table(table: Any, page: int) -> list[Block]:
    rows = spread(map(_spanning, table.rows))
    return table_blocks(rows, 1 if table.first_row and len(rows) > 1 else None, page)


def _spanning(row: Any) -> Iterator[Spanning]:
    for cell in row.cells:
        if not cell.is_spanned:
            text = clean_line(cell.text_frame.text)
            yield Spanning(text, min(cell.span_width, _SPAN), min(cell.span_height, _SPAN))
