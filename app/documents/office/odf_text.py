"""The text of OpenDocument: headings, lists, tables, notes, text boxes; deleted text left out."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from app.documents.characters import clean_line, clean_lines
from app.documents.office.odf_names import DRAW, OFFICE, PRESENTATION, STYLE, SVG, TABLE, TEXT
from app.documents.tables.table_text import Spanning, spread, table_blocks
from app.domain.library.documents import Block, BlockKind

#: What is not printed, or only repeats headings.
_LEFT_OUT = frozenset(
    {
        TEXT + "tracked-changes", TEXT + "table-of-content", TEXT + "alphabetical-index",
        TEXT + "illustration-index", TEXT + "table-index", TEXT + "sequence-decls",
        TEXT + "variable-decls", TEXT + "user-field-decls", TEXT + "hidden-text",
        TEXT + "ruby-text", OFFICE + "forms", OFFICE + "event-listeners",
        PRESENTATION + "notes", SVG + "title", SVG + "desc", TABLE + "shapes",
    }
)  # fmt: skip
_PARAGRAPHS = frozenset({TEXT + "p", TEXT + "h"})
#: Inside a paragraph, but read after it.
_AFTER = frozenset(
    {TEXT + "note", OFFICE + "annotation", DRAW + "frame", DRAW + "g", DRAW + "custom-shape"}
)
_DC = "{http://purl.org/dc/elements/1.1/}"
_SIGNS = {TEXT + "s": " ", TEXT + "tab": "\t", TEXT + "line-break": "\n"}
#: Further than a cell of a text can repeat or reach.
_REPEATED = 1000


#: The blocks that a picture (`draw:image`) says, on a page if anywhere.
ReadPicture = Callable[[Any, int | None], Iterable[Block]]


def blocks(parent: Any, page: int | None, picture: ReadPicture) -> Iterator[Block]:
    """The blocks below an element. It recurses: see markup.parse_xml."""
    yield from _OdfWalk(page, _heading_styles(parent), picture).below(parent)


def _heading_styles(element: Any) -> dict[str, int]:
    """Levels by the names of styles that make headings of plain paragraphs, as from web pages."""
    levels = {"Title": 1, **{f"Heading_20_{level}": level for level in range(1, 7)}}
    for style in element.getroottree().getroot().iter(STYLE + "style"):
        if level := levels.get(style.get(STYLE + "parent-style-name", "")):
            levels[style.get(STYLE + "name", "")] = level
    return levels


def lines(parent: Any) -> list[str]:
    """The texts of all paragraphs below an element."""
    return [text for each in parent.iter(*_PARAGRAPHS) if (text := clean_lines(words(each)))]


class _OdfWalk:
    """Goes down from an element; knows the depth of lists and the page."""

    def __init__(self, page: int | None, styles: dict[str, int], picture: ReadPicture) -> None:
        self._page = page
        self._styles = styles
        self._picture = picture
        self._depth = 0
        self._item_open = False

    def below(self, parent: Any) -> Iterator[Block]:
        for child in parent:
            yield from self._element(child)

    def _element(self, element: Any) -> Iterator[Block]:
        tag = element.tag
        if tag in _LEFT_OUT:
            return
        if tag in _PARAGRAPHS:
            yield from self._paragraph(element)
        elif tag == TEXT + "list":
            self._depth += 1
            yield from self.below(element)
            self._depth -= 1
        elif tag in (TEXT + "list-item", TEXT + "list-header"):
            self._item_open = tag == TEXT + "list-item"
            yield from self.below(element)
            self._item_open = False
        elif tag == TABLE + "table":
            yield from self._table(element)
        elif tag == DRAW + "image":
            yield from self._picture(element, self._page)
        else:
            yield from self.below(element)

    def _table(self, element: Any) -> Iterator[Block]:
        yield from _table(element, self._page)
        for image in element.iter(DRAW + "image"):
            yield from self._picture(image, self._page)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        if text := clean_lines(words(element)):
            yield self._block(element, text)
        for note in _after(element):
            if note.tag in _SAID:
                if text := _SAID[note.tag](note):
                    yield Block(BlockKind.PARAGRAPH, text, self._page)
            else:
                yield from _OdfWalk(self._page, self._styles, self._picture).below(note)

    def _block(self, element: Any, text: str) -> Block:
        if level := self._level(element):
            return Block(BlockKind.HEADING, clean_line(text), self._page, level=level)
        if self._item_open:
            self._item_open = False
            return Block(BlockKind.LIST_ITEM, text, self._page, level=min(self._depth, 6))
        return Block(BlockKind.PARAGRAPH, text, self._page)

    def _level(self, element: Any) -> int:
        """1 to 6 for a heading, else 0."""
        if element.tag != TEXT + "h":
            return self._styles.get(element.get(TEXT + "style-name", ""), 0)
        level = element.get(TEXT + "outline-level", "1")
        return min(max(int(level), 1), 6) if level.isdecimal() and len(level) < 4 else 1


def _note_lines(note: Any) -> list[str]:
    """The mark of a note, as "1", and its paragraphs."""
    mark = note.findtext(TEXT + "note-citation") or ""
    body = note.find(TEXT + "note-body")
    return [mark, *(lines(body) if body is not None else [])]


def _note(note: Any) -> str:
    return clean_line(" ".join(_note_lines(note)))


def _comment(annotation: Any) -> str:
    """Its text after the name of who made it, as in a DOCX."""
    author = clean_line(annotation.findtext(_DC + "creator") or "")
    text = clean_line(" ".join(lines(annotation)))
    return f"{author}: {text}" if author and text else text


_SAID = {TEXT + "note": _note, OFFICE + "annotation": _comment}


def words(element: Any) -> str:
    """What a paragraph says, without its notes and frames."""
    parts: list[str] = []
    _collect(element, parts)
    return "".join(parts)


def _collect(element: Any, parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        if child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif child.tag not in _LEFT_OUT and child.tag not in _AFTER:
            _collect(child, parts)
        parts.append(child.tail or "")


def _after(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag in _AFTER:
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _after(child)


def _table(table: Any, page: int | None) -> Iterator[Block]:
    rows = list(_rows(table))
    headers = sum(header for _, header in rows)
    if not headers and table.get(TABLE + "use-first-row-styles") == "true" and len(rows) > 1:
        headers = 1
    yield from table_blocks(spread(_spanning(row) for row, _ in rows), headers or None, page)


def _rows(parent: Any, header: bool = False) -> Iterator[tuple[Any, bool]]:
    """The rows of a table, and whether each is one of its header."""
    for child in parent:
        if child.tag == TABLE + "table-row":
            yield child, header
        elif child.tag in (TABLE + "table-header-rows", TABLE + "table-rows"):
            yield from _rows(child, header or child.tag == TABLE + "table-header-rows")
        elif child.tag == TABLE + "table-row-group":
            yield from _rows(child, header)


def _spanning(row: Any) -> Iterator[Spanning]:
    for cell in row.iterchildren(TABLE + "table-cell"):
        text = clean_line(" ".join(lines(cell)))
        across, down, times = (
            min(count_of(cell, f"number-{what}"), _REPEATED)
            for what in ("columns-spanned", "rows-spanned", "columns-repeated")
        )
        yield from [Spanning(text, across, down)] * times


def count_of(element: Any, attribute: str) -> int:
    """A number of rows or columns, at least one."""
    count = element.get(TABLE + attribute, "1")
    return max(int(count), 1) if count.isdecimal() and len(count) < 10 else 1
