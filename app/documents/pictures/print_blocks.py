"""Rows of a page → headings, paragraphs, list items and tables, with a box for each row."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from app.documents.pictures.pdf_lines import SOFT_HYPHEN, PrintedCell, PrintedLine, is_number
from app.domain.library.documents import Block, BlockKind, LineBox

#: Size against the body's, and the level it makes.
HEADING_SIZES = ((1.6, 1), (1.25, 2), (1.1, 3))
BOLD_LEVEL = 3
HEADING_ROWS = 3
HEADING_LENGTH = 160
#: Baselines further apart than this many times the usual distance part two paragraphs.
PARAGRAPH_GAP = 1.3
#: Table rows further apart than this many ems belong to two tables.
TABLE_GAP = 3.5
#: A head that is repeated on a new page may stand this many ems above its rows.
HEAD_GAP = 5.0
#: Rows of one cell that may stand between two rows of a table: group labels, wrapped labels.
LABEL_ROWS = 5

_MARKER = re.compile(
    r"(?:[•·▪■□◦●○‣➢➤✓✔\uf0b7\uf0a7*–—-]|\(?(?:\d{1,2}|[a-zа-я]|[ivx]{1,4})[.)])(?=\s|$)"
)
_DASHES = frozenset("–—-")
_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
_HYPHENS = frozenset("-‐")
#: The rest of a word in capitals.
_CAPITALS = re.compile(r"[^\W\d_a-zа-яё]{2,}(?![^\W\d_])")
_LEADERS = re.compile(r"(?:\s?\.){4,}|_{4,}|…{2,}")
_NUMBERED = re.compile(r"(?:\d+\.)+\d*\s+\S")
_RULE_SIGNS = frozenset("_-=–—*.·~ ")
_SENTENCE_END = frozenset('.!?:;…»"”)')


@dataclass(frozen=True)
class Body:
    """The usual print of a document: the em in points, and whether it is bold throughout."""

    size: float
    bold: bool


def body_of(rows: Iterable[PrintedLine]) -> Body:
    """The median size over characters, and whether most of them are bold."""
    sizes: Counter[float] = Counter()
    bold = 0
    for row in rows:
        length = len(row.text)
        sizes[round(row.size, 1)] += length
        bold += length if row.bold else 0
    half, total = 0, sum(sizes.values())
    for size in sorted(sizes):
        half += sizes[size]
        if half >= total / 2:
            return Body(size, bold > 0.4 * total)
    return Body(10.0, False)


def blocks(rows: list[PrintedLine], page: int, body: Body) -> list[Block]:
    """The blocks of one flow of rows; `page` is 1-based."""
    rows = [_with_marker_joined(row) for row in rows if not is_rule(row.text)]
    found: list[Block] = []
    prose: list[PrintedLine] = []
    at = 0
    while at < len(rows):
        end = _table_end(rows, at)
        if end > at:
            start = at - _header_rows(prose, rows[at])
            found.extend(_paragraphs(prose[: len(prose) - (at - start)], page, body))
            found.append(_table(rows[start:end], page))
            prose, at = [], end
        else:
            prose.append(rows[at])
            at += 1
    found.extend(_paragraphs(prose, page, body))
    return found


def run_on(one: Block, other: Block) -> Block | None:
    """The paragraph that both are when a word that a hyphen divides begins at the foot of a column
    and ends at the head of the next, in print of the same size; None when they are two."""
    paragraphs = one.kind in _RUNNING and other.kind is BlockKind.PARAGRAPH
    if not paragraphs or not other.text[:1].islower() or not _is_divided(one.text, other.text):
        return None
    last, first = one.boxes[-1], other.boxes[0]
    if abs((last.y1 - last.y0) - (first.y1 - first.y0)) > 0.1 * (last.y1 - last.y0):
        return None
    start = len(one.text) - 1
    moved = (replace(box, start=box.start + start, end=box.end + start) for box in other.boxes)
    boxes = (*one.boxes[:-1], replace(last, end=start), *moved)
    return replace(one, text=one.text[:-1] + other.text, boxes=boxes)


def is_rule(text: str) -> bool:
    """A line drawn with signs, or nothing at all."""
    return not text or (len(text) > 2 and _RULE_SIGNS.issuperset(text))


def _with_marker_joined(row: PrintedLine) -> PrintedLine:
    """A bullet or number stands in a cell of its own; it is no column."""
    cells = [replace(cell, text=_LEADERS.sub(" ", cell.text).strip()) for cell in row.cells]
    cells = [cell for cell in cells if cell.text] or row.cells
    if len(cells) > 1 and _MARKER.fullmatch(cells[0].text):
        joined = PrintedCell(cells[0].x0, cells[1].x1, f"{cells[0].text} {cells[1].text}")
        cells = [joined, *cells[2:]]
    return replace(row, cells=cells)


def _table_end(rows: list[PrintedLine], at: int) -> int:
    """Where the table that begins at row `at` ends; `at` itself when none begins there."""
    if len(rows[at].cells) < 2:
        return at
    full, end, second = 1, at + 1, rows[at].cells[1].x0
    for index in range(at + 1, len(rows)):
        row = rows[index]
        if row.baseline - rows[index - 1].baseline > TABLE_GAP * row.size:
            break
        if len(row.cells) >= 2:
            full, end, second = full + 1, index + 1, min(second, row.cells[1].x0)
        elif index - end >= LABEL_ROWS or row.x1 > max(second, _middle(rows[at])):
            break
    return end if full >= 2 or _is_data(rows[at]) else at


def _middle(row: PrintedLine) -> float:
    return (row.x0 + row.x1) / 2


def _is_data(row: PrintedLine) -> bool:
    return all(is_number(cell.text) for cell in row.cells[1:]) and not is_number(row.cells[0].text)


def _header_rows(prose: list[PrintedLine], first: PrintedLine) -> int:
    """How many rows above `first` stand over its columns only, as "Year ended December 31" does."""
    count = 0
    below = first
    for row in reversed(prose[-LABEL_ROWS:]):
        gap = (below.baseline - row.baseline) / row.size
        over = row.x0 >= first.cells[0].x0 + 0.3 * (first.x1 - first.x0)
        if not (gap <= 2 and over) and not (gap <= HEAD_GAP and _heads(row, first)):
            break
        count, below = count + 1, row
    return count


def _heads(row: PrintedLine, first: PrintedLine) -> bool:
    """Whether a row has a word over each column, and no numbers."""
    if len(row.cells) < 3 or len(row.cells) != len(first.cells):
        return False
    return not any(is_number(cell.text) for cell in row.cells)


def _table(rows: list[PrintedLine], page: int) -> Block:
    text = ""
    boxes: list[LineBox] = []
    for row in rows:
        text += "\n" if text else ""
        line = " | ".join(cell.text.rstrip(SOFT_HYPHEN) for cell in row.cells)
        boxes.append(_box(row, len(text), len(text) + len(line)))
        text += line
    return Block(BlockKind.TABLE, text, page=page, boxes=tuple(boxes))


def _box(row: PrintedLine, start: int, end: int) -> LineBox:
    return LineBox(row.x0, row.y0, row.x1, row.y1, start, end)


def _paragraphs(rows: list[PrintedLine], page: int, body: Body) -> list[Block]:
    if not rows:
        return []
    left = min(row.x0 for row in rows)
    right = sorted(row.x1 for row in rows)[int(0.9 * (len(rows) - 1))]
    usual = _usual_pitch(rows)
    groups = [[rows[0]]]
    for row in rows[1:]:
        if _begins(row, groups[-1], usual, right):
            groups.append([row])
        else:
            groups[-1].append(row)
    indents: list[float] = []
    return [_paragraph(group, page, body, left, indents) for group in groups]


def _usual_pitch(rows: list[PrintedLine]) -> float:
    """Between baselines inside a paragraph, in ems: the lower quartile of what the page has."""
    pitches = sorted(
        (lower.baseline - upper.baseline) / lower.size
        for upper, lower in pairwise(rows)
        if lower.baseline > upper.baseline
    )
    quartile = pitches[len(pitches) // 4] if pitches else 1.2
    return min(max(quartile, 1.0), 2.4)


def _begins(row: PrintedLine, group: list[PrintedLine], usual: float, right: float) -> bool:
    """Whether `row` begins a paragraph after the rows of `group`."""
    above = group[-1]
    pitch = (row.baseline - above.baseline) / row.size
    if not 0 < pitch <= PARAGRAPH_GAP * usual or abs(row.size - above.size) > 0.1 * above.size:
        return True
    if row.bold != above.bold:
        return not _is_divided(above.text, row.text)
    ended = above.text[-1:] in _SENTENCE_END
    indented = row.x0 - above.x0 > 0.9 * row.size
    short = above.x1 < right - 4 * row.size
    if marker := _MARKER.match(row.text):
        # A dash may stand between two words just where the line broke.
        return marker[0] not in _DASHES or ended or indented or short or _is_item(group)
    outdented = group[0].x0 - row.x0 > 0.9 * row.size and len(group) > 1
    return ended and (indented or short or outdented)


def _is_item(group: list[PrintedLine]) -> bool:
    return _MARKER.match(group[0].text) is not None


def _paragraph(
    rows: list[PrintedLine], page: int, body: Body, left: float, indents: list[float]
) -> Block:
    text, boxes = _text(rows)
    level = _heading_level(rows, text, body)
    if level:
        indents.clear()
        return Block(BlockKind.HEADING, text, page, level, boxes=boxes)
    if _MARKER.match(text):
        depth = _depth(rows[0].x0, indents)
        return Block(BlockKind.LIST_ITEM, text, page, depth, boxes=boxes)
    if rows[0].x0 <= left + rows[0].size:
        indents.clear()
    return Block(BlockKind.PARAGRAPH, text, page, boxes=boxes)


def _depth(x: float, indents: list[float]) -> int:
    """How deep a list marker at `x` stands, given those above; `indents` is brought up to date."""
    while indents and x < indents[-1] - 3:
        indents.pop()
    if not indents or x > indents[-1] + 3:
        indents.append(x)
    return min(len(indents), 6)


def _text(rows: list[PrintedLine]) -> tuple[str, tuple[LineBox, ...]]:
    text = ""
    boxes: list[LineBox] = []
    for row in rows:
        line = row.text
        if text.endswith(SOFT_HYPHEN) or _is_divided(text, line):
            text = text[:-1]
            boxes[-1] = replace(boxes[-1], end=len(text))
        elif text and not _is_hyphenated(text, line):
            text += " "
        boxes.append(_box(row, len(text), len(text) + len(line)))
        text += line
    if text.endswith(SOFT_HYPHEN):
        text = text[:-1]
        boxes[-1] = replace(boxes[-1], end=len(text))
    return text, tuple(boxes)


def _is_divided(text: str, line: str) -> bool:
    """Whether the hyphen at the end of `text` only divides the word that `line` goes on with."""
    if text[-1:] not in _HYPHENS or not text[-2:-1].isalpha():
        return False
    if line[:1].islower():
        return not _is_compound(text)
    start, rest = text[text.rfind(" ") + 1 : -1], _CAPITALS.match(line)
    return rest is not None and len(start) > 1 and start.isalpha() and start.isupper()


def _is_compound(text: str) -> bool:
    """A word with a hyphen before, as "loan-to-": this one belongs to it too."""
    return "-" in text[text.rfind(" ") + 2 : -1]


def _is_hyphenated(text: str, line: str) -> bool:
    """Whether the dash at the end of `text` stands between two parts of one: "loan-to-" and
    "value", "Saint-" and "Denis", "COVID-" and "19", "291–" and "300"."""
    if text[-1:] == "–":
        return text[-2:-1].isdigit() and line[:1].isdigit()
    return text[-1:] in _HYPHENS and text[-2:-1].isalnum() and line[:1].isalnum()


def _heading_level(rows: list[PrintedLine], text: str, body: Body) -> int:
    """1–3, or 0: larger than the body, or a short bold line in a document that is not bold."""
    if len(rows) > HEADING_ROWS or len(text) > HEADING_LENGTH or not _could_head(text):
        return 0
    ratio = rows[0].size / body.size
    for least, level in HEADING_SIZES:
        if ratio >= least:
            return level
    bold = all(row.bold for row in rows) and not body.bold
    return BOLD_LEVEL if bold and ratio >= 0.95 else 0


def _could_head(text: str) -> bool:
    letters = sum(sign.isalpha() for sign in text)
    if letters < 3 or letters < 0.5 * len(text.replace(" ", "")):
        return False
    if _MARKER.match(text) and not _NUMBERED.match(text):
        return False
    return (
        text[-1] not in ",;" and not (text[-1] == "." and len(text) > 60) and not text[0].islower()
    )
