"""DOCX → blocks in document order, by python-docx and the XML below it."""

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile

from app.documents.ooxml import check_package
from app.documents.text import clean_line, clean_lines, title_or_empty
from app.domain.errors import DamagedFile, EmptyDocument
from app.domain.library import Block, BlockKind, ReadDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BODY_PART = "word/document.xml"
_HEADING = re.compile(r"(?:heading|заголовок|überschrift|titre|título)\s*(\d)", re.I)
_LIST = re.compile(r"list(?: bullet| number| paragraph)?\s*(\d)?$", re.I)
_TITLES = frozenset({"title", "название"})
#: The outline level of body text (ECMA-376, part 1, 17.3.1.20).
_BODY_OUTLINE = 9


def read(data: bytes, name: str) -> ReadDocument:
    """Blocks without pages. Raises DamagedFile, PasswordNeeded, FileTooLarge or EmptyDocument."""
    import docx
    from docx.opc.exceptions import OpcError

    check_package(data, name, _BODY_PART)
    broken = (OpcError, BadZipFile, zlib.error, SyntaxError)
    try:
        document = docx.Document(io.BytesIO(data))
        blocks = tuple(_Reader(document).blocks())
        title = title_or_empty(document.core_properties.title)
    except (*broken, KeyError, ValueError, AttributeError, TypeError, IndexError) as error:
        raise DamagedFile(name=name) from error
    if not blocks:
        raise EmptyDocument(name=name)
    return ReadDocument(blocks, title or _first_heading(blocks))


def _first_heading(blocks: tuple[Block, ...]) -> str:
    return next((title_or_empty(b.text) for b in blocks if b.kind is BlockKind.HEADING), "")


class _Reader:
    """Walks one document's body; keeps what its styles mean."""

    def __init__(self, document: Any) -> None:
        self._body = document.element.body
        self._styles = {
            style.get(_W + "styleId"): style for style in document.styles.element.iter(_W + "style")
        }
        self._meanings: dict[str, tuple[int, int]] = {}
        self._notes = _footnotes(document)

    def blocks(self) -> Iterator[Block]:
        yield from self._walk(self._body)

    def _walk(self, parent: Any) -> Iterator[Block]:
        for element in parent.iterchildren():
            if element.tag == _W + "p":
                yield from self._paragraph(element)
            elif element.tag == _W + "tbl":
                yield from _table(element)
            elif element.tag in (_W + "sdt", _W + "sdtContent", _W + "customXml", _W + "ins"):
                yield from self._walk(element)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        if text := clean_lines(_text(element)):
            heading, depth = self._meaning(element)
            if heading and len(text) <= 300:
                yield Block(BlockKind.HEADING, clean_line(text), level=heading)
            elif depth:
                yield Block(BlockKind.LIST_ITEM, text, level=depth)
            else:
                yield Block(BlockKind.PARAGRAPH, text)
        for mark in element.iter(_W + "footnoteReference"):
            if note := self._notes.get(mark.get(_W + "id"), ""):
                yield Block(BlockKind.PARAGRAPH, note)

    def _meaning(self, element: Any) -> tuple[int, int]:
        """Heading level and list depth of a paragraph, 0 for none: its own, else its style's."""
        properties = element.find(_W + "pPr")
        if properties is None:
            return 0, 0
        style = properties.find(_W + "pStyle")
        heading, depth = self._of_style(style.get(_W + "val")) if style is not None else (0, 0)
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
        name = _value(style, "name") or style_id
        based_on = _value(style, "basedOn")
        heading, depth = self._of_style(based_on) if based_on else (0, 0)
        properties = style.find(_W + "pPr")
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


def _value(element: Any, tag: str) -> str | None:
    child = element.find(_W + tag)
    return None if child is None else child.get(_W + "val")


def _outline(properties: Any) -> int | None:
    value = _value(properties, "outlineLvl")
    if value is None or not value.isdigit():
        return None
    return 0 if int(value) >= _BODY_OUTLINE else min(int(value) + 1, 6)


def _list_depth(properties: Any, inherited: int) -> int:
    """1 for the outermost list; numbering 0 takes a paragraph out of its style's list."""
    numbering = properties.find(_W + "numPr")
    if numbering is None:
        return inherited
    if _value(numbering, "numId") == "0":
        return 0
    level = _value(numbering, "ilvl") or "0"
    return min(int(level) + 1, 6) if level.isdigit() else 1


def _text(element: Any) -> str:
    """The visible text below `element`; deleted text and field codes have tags of their own."""
    parts: list[str] = []
    for node in element.iter(_W + "t", _W + "tab", _W + "br", _W + "cr", _W + "noBreakHyphen"):
        if node.tag == _W + "t":
            if not _in_fallback(node, element):
                parts.append(node.text or "")
        elif node.tag == _W + "tab":
            if node.getparent().tag == _W + "r":
                parts.append("\t")
        else:
            parts.append("-" if node.tag == _W + "noBreakHyphen" else "\n")
    return "".join(parts)


def _in_fallback(node: Any, top: Any) -> bool:
    """A text box is stored twice; the fallback is the copy for old programs."""
    run = node.getparent()
    while run is not None and run is not top:
        if run.tag == _FALLBACK:
            return True
        run = run.getparent()
    return False


def _table(table: Any) -> Iterator[Block]:
    rows = [
        [_cell(cell) for cell in row.iter(_W + "tc") if _owner(cell) is row] for row in _rows(table)
    ]
    lines = [" | ".join(row) for row in rows if any(row)]
    if not lines:
        return
    kind = BlockKind.TABLE if max(map(len, rows)) > 1 else BlockKind.PARAGRAPH
    yield Block(kind, "\n".join(lines))


def _rows(table: Any) -> Iterator[Any]:
    for child in table.iterchildren():
        if child.tag == _W + "tr":
            yield child
        elif child.tag in (_W + "sdt", _W + "sdtContent"):
            yield from _rows(child)


def _owner(cell: Any) -> Any:
    """The row that a cell belongs to, past content controls."""
    parent = cell.getparent()
    while parent is not None and parent.tag in (_W + "sdt", _W + "sdtContent"):
        parent = parent.getparent()
    return parent


def _cell(cell: Any) -> str:
    return clean_line(" ".join(_text(paragraph) for paragraph in cell.iter(_W + "p")))


def _footnotes(document: Any) -> dict[str, str]:
    """Footnote texts by id; empty when the document has none."""
    from docx.oxml.parser import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype.endswith("/footnotes") and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            notes = root.iter(_W + "footnote")
            return {note.get(_W + "id"): clean_line(_text(note)) for note in notes}
    return {}
