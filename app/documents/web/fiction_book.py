"""FB2 → blocks: a FictionBook's sections in their order, its notes where they are referred to
(the schema FictionBook 2.2 of the FictionBook project)."""

import re
from collections.abc import Iterator
from typing import Any

from app.documents.characters import clean_line, clean_lines, first_heading, title_or_empty
from app.documents.markup import parse_xml
from app.documents.tables.table_text import Spanning, spread, table_blocks
from app.domain.errors import DamagedFile, EmptyDocument
from app.domain.library.documents import Block, BlockKind, ReadDocument

#: Pictures in base64: no text, and the parser takes none that is longer than ten million signs.
_PICTURES = re.compile(rb"<binary\b[^<>]*>[^<]*</binary\s*>")
_ROOT, _NOTES = "FictionBook", "notes"
_AROUND = frozenset({"section", "epigraph", "cite", "poem", "annotation", "body"})
_PARAGRAPHS = frozenset({"p", "text-author", "date"})
_DEEPEST = 6
#: Further than a cell can reach.
_SPAN = 1000


def read(data: bytes, name: str) -> ReadDocument:
    """Blocks without pages. Raises DamagedFile or EmptyDocument."""
    root = parse_xml(_PICTURES.sub(b"", data), name)
    if _tag(root) != _ROOT:
        raise DamagedFile(name=name)
    book = _Book(root)
    found = tuple(book.blocks())
    if not found:
        raise EmptyDocument(name=name)
    return ReadDocument(found, book.title or first_heading(found))


def _tag(element: Any) -> str:
    """Its name in any namespace, "" of what is no element: entities are left as they stand."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _words(element: Any) -> str:
    """The text below an element without the marks of notes."""
    parts = [element.text or ""]
    for child in element:
        if _tag(child) and not _note_of(child):
            parts.append(_words(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _note_of(element: Any) -> str:
    """The name of the note that a link refers to."""
    if _tag(element) != "a" or element.get("type") != "note":
        return ""
    links = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == "href")
    return next(links, "").removeprefix("#")


class _Book:
    """One book's bodies, and its notes until they are referred to."""

    def __init__(self, root: Any) -> None:
        self._bodies = [each for each in root if _tag(each) == "body"]
        info = root.find("{*}description/{*}title-info")
        self._annotation = None if info is None else info.find("{*}annotation")
        self.title = title_or_empty("" if info is None else info.findtext("{*}book-title"))
        self._notes: dict[str, str] = {}
        for body in self._bodies:
            for section in body.iter("{*}section") if body.get("name") == _NOTES else ():
                if section.get("id"):
                    self._notes.setdefault(section.get("id"), _note(section))

    def blocks(self) -> Iterator[Block]:
        """What the book says of itself, its text, and the notes that nothing refers to."""
        if self._annotation is not None:
            yield from self._below(self._annotation, 1)
        for body in self._bodies:
            if body.get("name") != _NOTES:
                yield from self._below(body, 1)
        for note in filter(None, self._notes.values()):
            yield Block(BlockKind.PARAGRAPH, note)

    def _below(self, parent: Any, depth: int) -> Iterator[Block]:
        for child in parent:
            yield from self._element(child, depth)

    def _element(self, element: Any, depth: int) -> Iterator[Block]:
        tag = _tag(element)
        if tag == "title":
            yield from _heading(" ".join(map(_words, element)), depth)
        elif tag == "subtitle":
            yield from _heading(_words(element), depth + 1)
        elif tag == "stanza":
            yield from _paragraph("\n".join(map(_words, element)))
        elif tag == "table":
            yield from _table(element)
        elif tag in _PARAGRAPHS:
            yield from _paragraph(_words(element))
        elif tag in _AROUND:
            yield from self._below(element, depth + (tag == "section"))
            return
        yield from self._referred(element)

    def _referred(self, element: Any) -> Iterator[Block]:
        for link in element.iter("{*}a"):
            if note := self._notes.pop(_note_of(link), ""):
                yield Block(BlockKind.PARAGRAPH, note)


def _note(section: Any) -> str:
    """A note's text after its number or name."""
    return clean_line(" ".join(_words(each) for each in section.iter("{*}p", "{*}v")))


def _heading(text: str, level: int) -> Iterator[Block]:
    """Signs without letters and digits only part what stands around them."""
    if any(map(str.isalnum, text)):
        yield Block(BlockKind.HEADING, clean_line(text), level=min(level, _DEEPEST))


def _paragraph(text: str) -> Iterator[Block]:
    if shown := clean_lines(text):
        yield Block(BlockKind.PARAGRAPH, shown)


def _table(table: Any) -> list[Block]:
    lines = [row for row in table if _tag(row) == "tr"]
    rows = spread(map(_spanning, lines))
    headed = bool(lines) and all(_tag(cell) == "th" for cell in lines[0])
    return table_blocks(rows, 1 if headed and len(rows) > 1 else None)


def _spanning(row: Any) -> Iterator[Spanning]:
    for cell in row:
        if _tag(cell) in ("td", "th"):
            across, down = (_span(cell.get(name, "1")) for name in ("colspan", "rowspan"))
            yield Spanning(clean_line(_words(cell)), across, down)


def _span(value: str) -> int:
    return min(max(int(value), 1), _SPAN) if value.isdecimal() and len(value) < 9 else 1
