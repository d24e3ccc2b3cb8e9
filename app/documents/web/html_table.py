"""Tables of a page: which hold data and which only lay it out; their rows."""

from collections.abc import Iterator
from typing import Any

from app.documents.characters import clean_line
from app.documents.tables.table_text import Spanning, spread, table_blocks
from app.documents.web.html_elements import SCRIPTS, is_unread, script
from app.domain.library.documents import Block, BlockKind

_BLOCKS = frozenset({"h1", "h2", "h3", "ul", "ol", "pre", "blockquote", "table"})
#: Elements that a cell's words must not run together across.
_APART = frozenset({"p", "div", "br", "li", "td", "th", "tr", "dd", "dt", "h4", "h5", "h6"})
_CELL_LENGTH = 1500
_SPAN = 1000


def is_data(table: Any) -> bool:
    """Whether its rows and columns mean something; otherwise its cells are read one by one."""
    if table.get("role") in ("presentation", "none"):
        return False
    own = [cell for row in _rows(table) for cell in _cells(row)]
    if len(own) < 2:
        return False
    if any(cell.tag == "th" for cell in own) or table.find("caption") is not None:
        return True
    return not any(map(_is_a_page, own)) and max(len(list(_cells(r))) for r in _rows(table)) > 1


def _is_a_page(cell: Any) -> bool:
    """A cell with headings, lists, tables or long text lays out a page."""
    if next(cell.iter(*_BLOCKS), None) is not None or len(list(cell.iter("p"))) > 3:
        return True
    return sum(map(len, cell.itertext())) > _CELL_LENGTH


def blocks(table: Any) -> Iterator[Block]:
    """The caption as a paragraph, and the table."""
    caption = table.find("caption")
    if caption is not None and (text := _text(caption)):
        yield Block(BlockKind.PARAGRAPH, text)
    rows = [row for row in _rows(table) if not is_unread(row)]
    yield from table_blocks(spread(map(_spanning, rows)), _headers(rows))


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _cells(row: Any) -> Iterator[Any]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _headers(rows: list[Any]) -> int | None:
    """Rows at the top in a <thead> or of <th> alone; None when the page marks none."""
    count = 0
    for row in rows:
        cells = list(_cells(row))
        named = bool(cells) and all(cell.tag == "th" for cell in cells)
        if not named and row.getparent().tag != "thead":
            break
        count += 1
    return count if 0 < count < len(rows) else None


def _spanning(row: Any) -> Iterator[Spanning]:
    for cell in _cells(row):
        yield Spanning(_text(cell), _span(cell, "colspan"), _span(cell, "rowspan"))


def _span(cell: Any, attribute: str) -> int:
    value = (cell.get(attribute) or "1").strip()
    return min(int(value), _SPAN) if value.isdecimal() and len(value) < 6 and int(value) else 1


def _text(element: Any) -> str:
    from lxml import etree

    if is_unread(element):
        return ""
    parts: list[str] = [element.text or ""]
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "start" and node is not element:
            if is_unread(node):
                walk.skip_subtree()
                continue
            if node.tag in SCRIPTS:
                parts.append(script(node, parts))
                walk.skip_subtree()
                continue
            parts.append(" " if node.tag in _APART else "")
            parts.append(node.get("alt") or "" if node.tag == "img" else node.text or "")
        elif event == "end" and node is not element:
            parts.append(" " if node.tag in _APART else "")
            parts.append(node.tail or "")
    return clean_line("".join(parts))
