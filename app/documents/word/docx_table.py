"""A table of a DOCX → rows of cells: merged cells filled, header rows counted."""

from collections.abc import Iterator
from typing import Any

from app.documents.characters import clean_line
from app.documents.word.docx_text import W, is_on, text_of, value
from app.domain.library.documents import Block, BlockKind

_CONTROLS = (W + "sdt", W + "sdtContent", W + "customXml", W + "ins")
#: Columns that one cell may span; Word allows 63.
_MOST_SPANNED = 63


def rows(table: Any) -> list[Any]:
    """The rows of a table, without those that are marked as deleted."""
    return [row for row in _inside(table, "tr") if not is_on(row.find(W + "trPr"), "del")]


def cells(row: Any) -> list[Any]:
    return list(_inside(row, "tc"))


def nested(table: Any) -> Iterator[Any]:
    """The tables in its cells, not those in these."""
    for cell in (cell for row in rows(table) for cell in cells(row)):
        yield from _inside(cell, "tbl")


def is_frame(table: Any) -> bool:
    """Whether it has one column and so only frames what stands in it."""
    return all(len(cells(row)) <= 1 for row in rows(table))


def block(table: Any) -> Block | None:
    """The table as a block; None when it is empty."""
    lines: list[str] = []
    headers = 0
    above: dict[int, str] = {}
    for row in rows(table):
        texts = _texts(row, above)
        if any(texts):
            is_header = headers == len(lines) and is_on(row.find(W + "trPr"), "tblHeader")
            headers += is_header
            lines.append(" | ".join(texts))
    if not lines:
        return None
    return Block(BlockKind.TABLE, "\n".join(lines), headers=headers if headers < len(lines) else 0)


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent.iterchildren():
        if child.tag == W + tag:
            yield child
        elif child.tag in _CONTROLS:
            yield from _inside(child, tag)


def _texts(row: Any, above: dict[int, str]) -> list[str]:
    """One text a column: that of a merged cell in each of its rows and columns, for every row has
    to stand alone. A cell across the whole row is given once. `above` is brought up to date."""
    spans = [_Cell(cell) for cell in cells(row)]
    if len(spans) == 1:
        above.clear()
        return [spans[0].text]
    texts: list[str] = []
    for cell in spans:
        at = len(texts)
        text = above.get(at, "") if cell.goes_on else cell.text
        above.update(dict.fromkeys(range(at, at + cell.columns), text))
        texts += [text] * cell.columns
    return texts


class _Cell:
    """`goes_on`: it belongs to the cell above it."""

    def __init__(self, cell: Any) -> None:
        properties = cell.find(W + "tcPr")
        merge = None if properties is None else properties.find(W + "vMerge")
        span = (None if properties is None else value(properties, "gridSpan")) or "1"
        self.goes_on = merge is not None and merge.get(W + "val", "continue") == "continue"
        self.columns = min(max(int(span), 1), _MOST_SPANNED) if span.isdigit() else 1
        paragraphs = [text_of(paragraph) for paragraph in _paragraphs(cell)]
        self.text = clean_line(" ".join(paragraphs)).replace("|", "¦")


def _paragraphs(cell: Any) -> Iterator[Any]:
    return _inside(cell, "p")
