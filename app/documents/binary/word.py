"""DOC and DOT, Word 97 to 2003 → blocks in document order ([MS-DOC])."""

import re
from collections.abc import Iterator

from app.documents.binary import compound, word_formats, word_notes
from app.documents.binary.word_file import FILLER, WordFile
from app.documents.characters import clean_line, clean_lines, first_heading
from app.documents.tables.table_text import table_blocks
from app.documents.tally import Tally
from app.domain.errors import DamagedFile, EmptyDocument
from app.domain.library.documents import Block, BlockKind, ReadDocument
from app.domain.library.reading import ReadingReport, UnreadReason

_MAIN_STREAM, _TABLES = "WordDocument", ("0Table", "1Table")
#: A paragraph with its mark: end, end of a cell or row, page or section break (2.4.1).
_PARAGRAPH = re.compile(r"[^\r\x07\x0c]*(?:[\r\x07\x0c]|\Z)")
_CELL_MARK, _PICTURE = "\x07", "\x01"
#: Begin, middle and end of a field: Word calculates the second half from the first (2.8.25).
_FIELD = re.compile("[\x13\x14\x15]")
_BEGIN, _MIDDLE = "\x13", "\x14"
_SIGNS = str.maketrans({FILLER: "", "\x1e": "-", "\x1f": "", "\x0e": "\n", "\x0c": "\n"})
_LONGEST_HEADING = 300


def read(data: bytes, name: str) -> ReadDocument:
    """Blocks without pages. Raises OldWordFormat, DamagedFile, PasswordNeeded, FileTooLarge or
    EmptyDocument."""
    with compound.opened(data, name) as file:
        if not file.has(_MAIN_STREAM):
            raise DamagedFile(name=name)
        tables = [file.stream(path) if file.has(path) else b"" for path in _TABLES]
        document = WordFile(file.stream(_MAIN_STREAM), (tables[0], tables[1]), name)
        story = _Story(document)
        blocks = tuple(story.blocks())
        title = file.title()
    if not blocks:
        raise EmptyDocument(name=name)
    return ReadDocument(blocks, title or first_heading(blocks), reading=story.report())


class _Story:
    """One document's text, with fields resolved."""

    def __init__(self, file: WordFile) -> None:
        self._formats = word_formats.ParagraphFormats(file)
        self._parts = file.parts()
        self._notes = word_notes.notes(file)
        self._heads = word_notes.heads(file)
        self._text = _resolved(file.text(word_formats.unread(file)))

    def report(self) -> ReadingReport:
        """Pictures, which are left out."""
        tally = Tally()
        if pictures := self._text.count(_PICTURE):
            tally.count("skipped_pictures", pictures)
            tally.unread(UnreadReason.PICTURE_FORMAT, count=pictures)
        return tally.report()

    def blocks(self) -> Iterator[Block]:
        """The text with its notes, text boxes, and what pages have at their heads and feet."""
        for part in (self._parts.main, self._parts.boxes):
            yield from self._part(part)
        lines = (clean_line(line) for stretch in self._heads for line in self._lines(stretch))
        for line in dict.fromkeys(lines):
            if sum(map(str.isalpha, line)) > len("Page"):
                yield Block(BlockKind.PARAGRAPH, line)

    def _lines(self, stretch: range) -> list[str]:
        text = self._text[stretch.start : stretch.stop]
        return [line.translate(_SIGNS) for line in re.split("[\r\x07\x0c]", text)]

    def _part(self, part: range) -> Iterator[Block]:
        table = _Table()
        for match in _PARAGRAPH.finditer(self._text, part.start, part.stop):
            mark, place = match[0][-1:], match.end() - 1
            if place < match.start():
                continue
            form = self._formats.at(place)
            text = match[0].rstrip("\r\x07\x0c").translate(_SIGNS)
            if form.in_table or mark == _CELL_MARK:
                table.take(text, mark, form.row_end)
            else:
                yield from table.finished()
                yield from _paragraph(text, form)
            table.notes += self._notes_in(match.start(), match.end())
            if not table.is_open:
                yield from table.finished()
        yield from table.finished()

    def _notes_in(self, begin: int, end: int) -> list[str]:
        if not self._notes:
            return []
        places = [place for place in range(begin, end) if place in self._notes]
        texts = (clean_line(" ".join(self._lines(self._notes.pop(place)))) for place in places)
        return [text for text in texts if text]


class _Table:
    """The rows of a table as their cells end one after the other, and the notes to be said after
    it."""

    def __init__(self) -> None:
        self._rows: list[list[str]] = []
        self._row: list[str] = []
        self._cell: list[str] = []
        self.notes: list[str] = []

    @property
    def is_open(self) -> bool:
        """Whether a table has begun."""
        return bool(self._rows or self._row or self._cell)

    def take(self, text: str, mark: str, row_end: bool | None) -> None:
        """A paragraph in a table: `row_end` says whether its mark ends a row. Where that is not
        known, a cell without text is taken for the end."""
        if mark != _CELL_MARK:
            self._cell.append(text)
        elif row_end or (row_end is None and self._row and not text and not self._cell):
            self._rows.append(self._row)
            self._row = []
        else:
            self._row.append(clean_line(" ".join([*self._cell, text])))
            self._cell = []

    def finished(self) -> Iterator[Block]:
        """The table, when there was one, and the notes; then it is empty."""
        rows = [*self._rows, [*self._row, *([clean_line(" ".join(self._cell))] * bool(self._cell))]]
        yield from table_blocks(rows)
        for note in self.notes:
            yield Block(BlockKind.PARAGRAPH, note)
        self.__init__()  # type: ignore[misc]


def _paragraph(text: str, form: word_formats.ParagraphFormat) -> Iterator[Block]:
    shown = clean_lines(text)
    if not shown:
        return
    if form.heading and len(shown) <= _LONGEST_HEADING:
        yield Block(BlockKind.HEADING, clean_line(shown), level=form.heading)
    elif form.depth:
        yield Block(BlockKind.LIST_ITEM, shown, level=form.depth)
    else:
        yield Block(BlockKind.PARAGRAPH, shown)


def _resolved(text: str) -> str:
    """With FILLER in place of what fields are calculated from; one that never ends is text."""
    dropped: list[tuple[int, int]] = []
    open_fields: list[tuple[int, int]] = []
    for match in _FIELD.finditer(text):
        if match[0] == _BEGIN:
            open_fields.append((match.start(), -1))
        elif open_fields and match[0] == _MIDDLE:
            open_fields[-1] = open_fields[-1][0], match.end()
        elif open_fields:
            begin, middle = open_fields.pop()
            dropped.append((begin, match.end() if middle < 0 else middle))
    shown: list[str] = []
    done = 0
    for begin, end in sorted(dropped):
        if end > done:
            shown += (text[done:begin], FILLER * (end - max(begin, done)))
            done = end
    return "".join((*shown, text[done:]))
