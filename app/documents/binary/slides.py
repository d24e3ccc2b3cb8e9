"""PPT, PPS and POT, PowerPoint 97 to 2003 → blocks, a page a slide ([MS-PPT])."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.documents.binary import compound
from app.documents.binary.slide_records import DOCUMENT, Record, Records
from app.documents.binary.slide_shapes import (
    BODIES,
    NOTES,
    TITLES,
    AnyShape,
    Shape,
    ShapePicture,
    ShapeTable,
    shapes,
)
from app.documents.characters import clean_line, clean_lines, first_heading
from app.documents.office.slides import note_blocks
from app.documents.tables.table_text import table_blocks
from app.documents.tally import Tally
from app.domain.errors import DamagedFile, EmptyDocument, PasswordNeeded
from app.domain.library.documents import Block, BlockKind, ReadDocument
from app.domain.library.reading import ReadingReport, UnreadReason

_STREAM, _CURRENT, _LOCKED = "PowerPoint Document", "Current User", "EncryptedSummary"
#: Lists of slides in a document, by their instance; a slide's place and its texts (2.4.14).
_LIST, _SLIDE_LIST, _NOTES_LIST = 0x0FF0, 0, 2
_PLACE, _SLIDE, _SLIDE_FACTS = 0x03F3, 0x03EE, 0x03EF
#: Lines of one paragraph.
_LINE_BREAK = "\v"


def read(data: bytes, name: str) -> ReadDocument:
    """Blocks with the slides' numbers as pages. Raises DamagedFile, PasswordNeeded or
    EmptyDocument."""
    with compound.opened(data, name) as file:
        if file.has(_LOCKED):
            raise PasswordNeeded(name=name)
        if not file.has(_STREAM):
            raise DamagedFile(name=name)
        current = file.stream(_CURRENT)
        if Records.is_locked(current):
            raise PasswordNeeded(name=name)
        show = _Show(Records(file.stream(_STREAM), current))
        blocks = tuple(show.blocks())
        title = file.title()
    if not blocks:
        raise EmptyDocument(name=name)
    return ReadDocument(blocks, title or first_heading(blocks), show.pages, show.report())


@dataclass(frozen=True, slots=True)
class _Place:
    """A slide in a list: the number of its object, its own, and the records of its texts."""

    object: int
    slide: int
    texts: tuple[Record, ...]


class _Show:
    """The slides that are still there, in the order of the show."""

    def __init__(self, records: Records) -> None:
        self._records = records
        document = records.object(records.document)
        if document is None or document.kind != DOCUMENT:
            raise ValueError(records.document)
        self._slides = self._listed(document, _SLIDE_LIST)
        self._notes = {place.slide: place.object for place in self._listed(document, _NOTES_LIST)}
        self.pages = len(self._slides)
        self._tally = Tally()

    def report(self) -> ReadingReport:
        """Pictures, which are left out."""
        return self._tally.report()

    def blocks(self) -> Iterator[Block]:
        """All slides' blocks, each with what its speaker noted."""
        for page, place in enumerate(self._slides, 1):
            slide = self._records.object(place.object)
            if slide is None or slide.kind != _SLIDE:
                continue
            found = shapes(self._records, slide, place.texts)
            if pictures := sum(isinstance(each, ShapePicture) for each in found):
                self._tally.count("skipped_pictures", pictures)
                self._tally.unread(UnreadReason.PICTURE_FORMAT, page=page, count=pictures)
            yield from _blocks(found, page)
            yield from self._noted(slide, page)

    def _noted(self, slide: Record, page: int) -> Iterator[Block]:
        facts = self._records.first(slide, _SLIDE_FACTS)
        number = self._records.numbers(facts, "<5I")[4] if facts else 0
        notes = self._records.object(self._notes.get(number, -1)) if number else None
        for shape in shapes(self._records, notes, ()) if notes else ():
            if isinstance(shape, Shape) and shape.kind == NOTES:
                yield from note_blocks(_lines(shape.text), page)

    def _listed(self, document: Record, instance: int) -> list[_Place]:
        found: list[_Place] = []
        for part in self._records.inside(document):
            if part.kind == _LIST and part.instance == instance:
                found += self._places(part)
        return found

    def _places(self, part: Record) -> Iterator[_Place]:
        place: tuple[int, int] | None = None
        texts: list[Record] = []
        for each in self._records.inside(part):
            if each.kind != _PLACE:
                texts.append(each)
                continue
            if place:
                yield _Place(*place, tuple(texts))
            number, _, _, slide = self._records.numbers(each, "<4I")
            place, texts = (number, slide), []
        if place:
            yield _Place(*place, tuple(texts))


def _blocks(found: list[AnyShape], page: int) -> Iterator[Block]:
    """Titles first, then from top to bottom."""
    titles = [each for each in found if isinstance(each, Shape) and each.kind in TITLES]
    for title in titles:
        if text := clean_line(title.text):
            yield Block(BlockKind.HEADING, text, page, level=1)
    for shape in found:
        if isinstance(shape, ShapeTable):
            yield from table_blocks([list(map(clean_line, row)) for row in shape.rows], page=page)
        elif isinstance(shape, Shape) and shape.kind not in TITLES:
            for line in filter(None, map(clean_lines, _lines(shape.text))):
                if shape.kind in BODIES:
                    yield Block(BlockKind.LIST_ITEM, line, page, level=1)
                else:
                    yield Block(BlockKind.PARAGRAPH, line, page)


def _lines(text: str) -> list[str]:
    return [line.replace(_LINE_BREAK, "\n") for line in text.split("\r")]
