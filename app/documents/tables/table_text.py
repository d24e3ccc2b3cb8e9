"""Rows of texts → a table's block, as every format writes it."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.documents.limits import MERGED_CELLS
from app.documents.tables.cell_values import CellValue
from app.documents.tables.sheet_tables import header_rows
from app.domain.library.documents import Block, BlockKind

#: A bar between spaces parts cells; inside of one it must not.
_BAR = re.compile(r"(?<!\S)\|(?!\S)")
#: A longer text is not said again in each cell that it spans.
_SAID_AGAIN = 200


class Spanning(NamedTuple):
    """A cell's text, and how many columns and rows it covers."""

    text: str
    across: int = 1
    down: int = 1


def row_line(texts: Iterable[str]) -> str:
    """The line of a row whose cells show `texts`, each a single line."""
    return " | ".join(_BAR.sub("¦", text) for text in texts)


def table_blocks(
    rows: Sequence[Sequence[str]], headers: int | None = None, page: int | None = None
) -> list[Block]:
    """The block of a table, none when it is empty; a paragraph when it has one column alone.

    `headers` counts the rows at the top that name the columns; None: look for them.
    """
    filled = [row for row in rows if any(row)]
    if not filled:
        return []
    width = max(map(len, filled))
    if width == 1:
        text = "\n".join(row[0] for row in filled)
        return [Block(BlockKind.PARAGRAPH, text, page)]
    if headers is None:
        headers = _counted(filled, width)
    else:
        headers = sum(any(row) for row in rows[:headers])
    text = "\n".join(row_line([*row, *[""] * (width - len(row))]) for row in filled)
    return [Block(BlockKind.TABLE, text, page, headers=headers)]


def _counted(rows: Sequence[Sequence[str]], width: int) -> int:
    cells = [
        [CellValue(text) if text else None for text in row] + [None] * (width - len(row))
        for row in rows
    ]
    return header_rows(cells)


def spread(rows: Iterable[Iterable[Spanning]]) -> list[list[str]]:
    """The texts of all cells; those that another covers say what it says.

    `rows` hold no covered cells. Beyond MERGED_CELLS in all nothing covers more than its place.
    """
    lines: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    left = MERGED_CELLS
    for row in rows:
        line: list[str] = []
        for text, across, down in row:
            _hang(line, hanging)
            left -= across * down - 1
            across, down = (across, down) if left > 0 else (1, 1)
            again = text if len(text) <= _SAID_AGAIN else ""
            for place in range(across):
                if down > 1:
                    hanging[len(line)] = (down - 1, again)
                line.append(again if place else text)
        _hang(line, hanging)
        lines.append(line)
    return lines


def _hang(line: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    """Cells from rows above that reach down to where the line has come."""
    while len(line) in hanging:
        rows, text = hanging.pop(len(line))
        if rows > 1:
            hanging[len(line)] = (rows - 1, text)
        line.append(text)
