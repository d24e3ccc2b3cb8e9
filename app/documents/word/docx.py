"""DOCX → blocks in document order, by python-docx and the XML below it."""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from zipfile import BadZipFile

from app.documents.characters import clean_line, clean_lines, first_heading, title_or_empty
from app.documents.ooxml import ZIP_MARK, check_package, stated_title, transitional
from app.documents.pictures.embedded import EmbeddedPictures
from app.documents.tally import Tally
from app.documents.word import docx_chunks, docx_table
from app.documents.word.docx_graphics import Graphics
from app.documents.word.docx_notes import Notes, part, running
from app.documents.word.docx_numbering import Numbering
from app.documents.word.docx_text import W, hidden_paragraphs, text_boxes, text_of, value
from app.documents.word.docx_unseen import UnseenPrint
from app.domain.errors import DamagedFile, DocumentError
from app.domain.library.documents import Block, BlockKind, ReadDocument
from app.domain.library.reading import UnreadReason

_BODY_PART = "word/document.xml"
_HEADING = re.compile(r"(?:heading|заголовок|überschrift|titre|título)\s*(\d)", re.I)
_LIST = re.compile(r"list(?: bullet| number| paragraph)?\s*(\d)?$", re.I)
_TITLES = frozenset({"title", "название"})
#: The outline level of body text (ECMA-376, part 1, 17.3.1.20).
_BODY_OUTLINE = 9
#: Styles that are based on each other; Word allows eleven, a file can claim a circle.
_STYLE_CHAIN = 11
#: Main parts that are built as a document's (ECMA-376, part 1, 11.3.10; [MS-OFFMACRO2] 2.2.1.1).
_TWINS = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
_CONTAINERS = frozenset({W + "sdt", W + "sdtContent", W + "customXml", W + "ins"})


def read(data: bytes, name: str) -> ReadDocument:
    """Blocks without pages. Raises DamagedFile, PasswordNeeded, FileTooLarge, EmptyDocument, and of
    one that is made of pictures NoText or NoRecognition."""
    tally = Tally()
    pictures = EmbeddedPictures(tally)
    found = _read(data, name, _Surroundings(tally, pictures))
    if not found.blocks:
        raise pictures.emptiness(name)
    return replace(found, reading=tally.report())


@dataclass(frozen=True)
class _Surroundings:
    """What a document shares with those that it takes in, `depth` documents deep."""

    tally: Tally
    pictures: EmbeddedPictures
    depth: int = 0


def _read(data: bytes, name: str, around: _Surroundings) -> ReadDocument:
    from docx.opc.exceptions import OpcError

    check_package(data, name, _BODY_PART)
    broken = (OpcError, BadZipFile, zlib.error, SyntaxError)
    try:
        document = _opened(transitional(data, _BODY_PART))
        blocks = tuple(_DocxReader(document, name, around).blocks())
        title = title_or_empty(stated_title(document.part.package))
    except (*broken, KeyError, ValueError, AttributeError, TypeError, IndexError) as error:
        raise DamagedFile(name=name) from error
    return ReadDocument(blocks, title or first_heading(blocks))


def _opened(data: bytes) -> Any:
    """A document, a template, or either with macros, which python-docx would refuse by name."""
    from docx.opc.part import PartFactory
    from docx.package import Package
    from docx.parts.document import DocumentPart

    for kind in _TWINS:
        PartFactory.part_type_for[kind] = DocumentPart
    return Package.open(io.BytesIO(data)).main_document_part.document


class _DocxReader:
    """Walks one document's body; keeps what its styles mean."""

    def __init__(self, document: Any, name: str, around: _Surroundings) -> None:
        self._document, self._name, self._around = document, name, around
        self._graphics = Graphics(document, around.pictures, around.tally)
        self._body = document.element.body
        self._styles = {
            style.get(W + "styleId"): style for style in document.styles.element.iter(W + "style")
        }
        self._meanings: dict[str, tuple[int, int]] = {}
        self._hidden = hidden_paragraphs(self._body)
        self._unseen = UnseenPrint(self._styles)
        self._unseen.hide(self._body)
        self._notes = Notes(document, self._unseen)
        self._numbering = Numbering(part(document, "numbering"))
        self._running = running(document, self._unseen)

    def blocks(self) -> Iterator[Block]:
        """The body, then what its pages have in common at their heads and feet."""
        unseen = self._unseen.paragraphs
        if unseen:
            self._around.tally.unread(UnreadReason.UNSEEN, count=unseen)
        self._around.tally.count("hidden", self._hidden + unseen)
        yield from self._walk(self._body)
        for text in self._running:
            yield Block(BlockKind.PARAGRAPH, text)

    def _walk(self, parent: Any) -> Iterator[Block]:
        for element in parent.iterchildren():
            if element.tag == W + "p":
                yield from self._paragraph(element)
            elif element.tag == W + "tbl":
                yield from self._table(element)
            elif element.tag == W + "altChunk":
                yield from self._chunk(element)
            elif element.tag in _CONTAINERS:
                yield from self._walk(element)

    def _chunk(self, element: Any) -> tuple[Block, ...]:
        """What another document brings in at this place; one that is damaged costs itself alone."""
        part, data = docx_chunks.content(self._document, element)
        around = replace(self._around, depth=self._around.depth + 1)
        if around.depth > docx_chunks.DEPTH:
            around.tally.unread(UnreadReason.PART_LIMIT, part)
            return ()
        try:
            if data.startswith(ZIP_MARK):
                return _read(data, self._name, around).blocks
            found = docx_chunks.read(data, self._name)
            around.tally.add(found.reading)
            return found.blocks
        except DocumentError as error:
            around.tally.refused(error, part)
            return ()

    def _table(self, table: Any) -> Iterator[Block]:
        if docx_table.is_frame(table):
            for row in docx_table.rows(table):
                for cell in docx_table.cells(row):
                    yield from self._walk(cell)
            return
        if (found := docx_table.block(table)) is not None:
            yield found
        for inner in docx_table.nested(table):
            yield from self._table(inner)
        yield from self._aside(table)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        heading, depth = self._meaning(element)
        if text := clean_lines(text_of(element)):
            mark = clean_line(self._mark(element))
            text = f"{mark} {text}" if mark else text
            if heading and len(text) <= 300:
                yield Block(BlockKind.HEADING, clean_line(text), level=heading)
            elif depth:
                yield Block(BlockKind.LIST_ITEM, text, level=depth)
            else:
                yield Block(BlockKind.PARAGRAPH, text)
        yield from self._aside(element)

    def _aside(self, element: Any) -> Iterator[Block]:
        """The text boxes and graphics that hang on an element, and the notes that it refers to."""
        for box in text_boxes(element):
            yield from self._walk(box)
        yield from self._graphics.of(element)
        for note in self._notes.of(element):
            yield Block(BlockKind.PARAGRAPH, note)

    def _mark(self, element: Any) -> str:
        """The number that Word prints before the paragraph: by its own list, else its style's."""
        list_id = level = None
        for properties in self._properties(element):
            numbering = properties.find(W + "numPr")
            if numbering is not None:
                list_id = list_id or value(numbering, "numId")
                level = level or value(numbering, "ilvl")
        if not list_id:
            return ""
        return self._numbering.mark(list_id, int(level) if level and level.isdigit() else 0)

    def _properties(self, element: Any) -> Iterator[Any]:
        """Those of a paragraph, of its style, and of the styles that this is based on."""
        properties = element.find(W + "pPr")
        style_id = None if properties is None else value(properties, "pStyle")
        if properties is not None:
            yield properties
        for _ in range(_STYLE_CHAIN):
            style = self._styles.get(style_id)
            if style is None:
                return
            properties = style.find(W + "pPr")
            if properties is not None:
                yield properties
            style_id = value(style, "basedOn")

    def _meaning(self, element: Any) -> tuple[int, int]:
        """Heading level and list depth of a paragraph, 0 for none: its own, else its style's."""
        properties = element.find(W + "pPr")
        if properties is None:
            return 0, 0
        style = properties.find(W + "pStyle")
        heading, depth = self._of_style(style.get(W + "val")) if style is not None else (0, 0)
        own = _outline(properties)
        return (own if own is not None else heading), _list_depth(properties, depth)

    def _of_style(self, style_id: str) -> tuple[int, int]:
        if style_id not in self._meanings:
            self._meanings[style_id] = (0, 0)  # ends a chain of styles based on each other
            self._meanings[style_id] = self._read_style(style_id)
        return self._meanings[style_id]

    def _read_style(self, style_id: str) -> tuple[int, int]:
        style = self._styles.get(style_id)
        if style is None:
            return 0, 0
        name = value(style, "name") or style_id
        based_on = value(style, "basedOn")
        heading, depth = self._of_style(based_on) if based_on else (0, 0)
        properties = style.find(W + "pPr")
        if properties is not None:
            outline = _outline(properties)
            heading = heading if outline is None else outline
            depth = _list_depth(properties, depth)
        if match := _HEADING.match(name):
            heading = min(max(int(match[1]), 1), 6)
        elif name.casefold() in _TITLES:
            heading = 1
        elif (match := _LIST.match(name)) and name.casefold() != "list paragraph":
            depth = int(match[1] or 1)
        return heading, depth


def _outline(properties: Any) -> int | None:
    level = value(properties, "outlineLvl")
    if level is None or not level.isdigit():
        return None
    return 0 if int(level) >= _BODY_OUTLINE else min(int(level) + 1, 6)


def _list_depth(properties: Any, inherited: int) -> int:
    """1 for the outermost list; numbering 0 takes a paragraph out of its style's list."""
    numbering = properties.find(W + "numPr")
    if numbering is None:
        return inherited
    if value(numbering, "numId") == "0":
        return 0
    level = value(numbering, "ilvl") or "0"
    return min(int(level) + 1, 6) if level.isdigit() else 1
