"""What crosses the pipe to the reading process and back: JSON and raw pixels, never pickles.

The child has parsed hostile input, so whatever it sends is checked while it is rebuilt.
"""

import json
from collections.abc import Sequence
from typing import Any

import msgspec

from app.documents.source import Part
from app.domain.errors import DocumentError, LaretsError, ReaderCrashed, every_error
from app.domain.library.cells import Cells
from app.domain.library.documents import (
    Block,
    BlockKind,
    FoundText,
    LineBox,
    PageImage,
    ReadDocument,
)
from app.domain.library.reading import NAMED_PARTS, ReadingReport, UnreadReason
from app.domain.library.tables import Column, ColumnKind, Table, Value

_BOX_NUMBERS = 6
#: No sheet has more rows or columns; CSV files may have more rows than Excel's million.
_LAST = 999_999_999


def pack(value: object) -> bytes:
    """JSON in UTF-8; a surrogate that no encoding has becomes a question mark."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", errors="replace")


def unpack(message: bytes) -> dict[str, Any]:
    """The object in `message`. Raises ValueError."""
    value = json.loads(message)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def document_out(document: ReadDocument) -> dict[str, object]:
    blocks = [
        [
            block.kind, block.text, block.page, block.level, block.line, boxes_out(block.boxes),
            block.sheet, cells_out(block.cells), block.headers,
        ]
        for block in document.blocks
    ]  # fmt: skip
    return {
        "title": document.title,
        "pages": document.pages,
        "reading": msgspec.to_builtins(document.reading),
        "labels": document.labels,
        "blocks": blocks,
    }


def document_in(form: dict[str, Any]) -> ReadDocument:
    """Raises ValueError, TypeError or KeyError when `form` is no document."""
    blocks = tuple(_block(*fields) for fields in form["blocks"])
    pages, reading = _count(form["pages"]), report_in(form["reading"])
    labels = texts_in(form["labels"])
    return ReadDocument(blocks, _text(form["title"]), pages, reading, labels)


def report_in(form: Any) -> ReadingReport:
    """Raises ValueError when `form` is no reading report."""
    try:
        report = msgspec.convert(form, ReadingReport)
    except msgspec.ValidationError as error:
        raise ValueError("not a report") from error
    counts = (getattr(report, name) for name in ReadingReport.__slots__ if name != "unread")
    if min(counts) < 0 or len(report.unread) > NAMED_PARTS * 2:
        raise ValueError("not a report")
    return report


def part_in(name: Any, refused: Any, data: bytes) -> Part:
    """Raises TypeError or ValueError when `name` is no path below a folder."""
    parts = _text(name).split("/")
    if not all(parts) or {".", ".."} & set(parts) or "\0" in name:
        raise ValueError("not a path inside")
    return Part(name, data, None if refused is None else UnreadReason(refused))


def texts_in(form: Any) -> tuple[str, ...]:
    """Raises TypeError when `form` is no list of texts."""
    return tuple(_text(each) for each in form)


def step_in(form: Any) -> tuple[int, int]:
    """Raises ValueError or TypeError when `form` does not count."""
    done, total = map(int, form)
    if not 0 <= done <= total:
        raise ValueError("not a step")
    return done, total


def tables_out(tables: Sequence[Table]) -> list[dict[str, object]]:
    return [
        {
            "sheet": table.sheet,
            "name": table.name,
            "cells": cells_out(table.cells),
            "columns": [
                [column.name, column.kind, column.unit, column.position] for column in table.columns
            ],
            "rows": table.rows,
            "numbers": table.numbers,
        }
        for table in tables
    ]


def tables_in(form: Any) -> tuple[Table, ...]:
    """Raises ValueError, TypeError or KeyError when `form` is no list of tables."""
    return tuple(_table(each) for each in form)


def _table(form: dict[str, Any]) -> Table:
    columns = tuple(
        Column(_text(name), ColumnKind(kind), _text(unit), int(position))
        for name, kind, unit, position in form["columns"]
    )
    rows = tuple(tuple(map(_value, row)) for row in form["rows"])
    numbers = tuple(map(int, form["numbers"]))
    cells = cells_in(form["cells"])
    if cells is None or len(numbers) != len(rows) or any(len(row) != len(columns) for row in rows):
        raise ValueError("rows of another table")
    return Table(_text(form["sheet"]), _text(form["name"]), cells, columns, rows, numbers)


def _value(value: object) -> Value:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise TypeError("not a value")


def boxes_out(boxes: Sequence[LineBox]) -> list[list[float]]:
    return [[box.x0, box.y0, box.x1, box.y1, box.start, box.end] for box in boxes]


def boxes_in(form: Any, length: int | None = None) -> tuple[LineBox, ...]:
    """The boxes; with `length` their characters have to lie in a text of that length."""
    boxes = []
    for numbers in form:
        if len(numbers) != _BOX_NUMBERS:
            raise ValueError("not a box")
        x0, y0, x1, y1 = map(float, numbers[:4])
        start, end = map(int, numbers[4:])
        if length is not None and not 0 <= start <= end <= length:
            raise ValueError("a box outside its text")
        boxes.append(LineBox(x0, y0, x1, y1, start, end))
    return tuple(boxes)


def image_out(image: PageImage) -> dict[str, object]:
    """Everything but the pixels, which follow as a message of their own."""
    return {
        "width": image.width,
        "height": image.height,
        "scale": image.scale,
        "pages": image.pages,
        "marks": [list(mark) for mark in image.marks],
    }


def image_in(form: dict[str, Any], pixels: bytes) -> PageImage:
    """Raises ValueError, TypeError or KeyError when form and pixels are no image."""
    width, height = int(form["width"]), int(form["height"])
    if width <= 0 or height <= 0 or len(pixels) != 3 * width * height:
        raise ValueError("the pixels do not fill the page")
    marks = tuple(_mark(*mark) for mark in form["marks"])
    return PageImage(width, height, pixels, float(form["scale"]), int(form["pages"]), marks)


def found_out(found: Sequence[FoundText]) -> list[list[float]]:
    return [[found_text.page, *found_text.box] for found_text in found]


def found_in(form: Any, after: Any, first: int) -> tuple[tuple[FoundText, ...], int]:
    """Raises ValueError or TypeError when these are no places, or `after` no page past `first`."""
    found = tuple(FoundText(int(page), _mark(*box)) for page, *box in form)
    if not isinstance(after, int) or (after and after < first):
        raise ValueError("not a page to go on from")
    return found, after


def error_out(error: LaretsError) -> list[object]:
    return [type(error).__name__, error.facts]


def error_in(form: Any, name: str) -> DocumentError:
    """The error that `form` names; what is no document error there is a ReaderCrashed."""
    known = {cls.__name__: cls for cls in every_error() if issubclass(cls, DocumentError)}
    match form:
        case [str(title), dict(facts)] if title in known:
            plain = {key: value for key, value in facts.items() if _is_fact(key, value)}
            return known[title](**{**plain, "name": name})
    return ReaderCrashed(name=name)


def _is_fact(key: object, value: object) -> bool:
    return isinstance(key, str) and key.isidentifier() and isinstance(value, str | int | float)


def cells_out(cells: Cells | None) -> list[int] | None:
    return [cells.top, cells.left, cells.bottom, cells.right] if cells else None


def cells_in(form: Any) -> Cells | None:
    """Raises ValueError or TypeError when `form` is no rectangle of cells."""
    if form is None:
        return None
    top, left, bottom, right = form
    if not all(type(each) is int and 1 <= each <= _LAST for each in form):
        raise ValueError("not cells")
    if top > bottom or left > right:
        raise ValueError("cells upside down")
    return Cells(top, left, bottom, right)


def _block(
    kind: str, text: str, page: Any, level: int, line: Any, boxes: Any,
    sheet: str = "", cells: Any = None, headers: int = 0,
) -> Block:  # fmt: skip
    text = _text(text)
    block = Block(
        BlockKind(kind), text, _count(page), int(level), _count(line), boxes_in(boxes, len(text)),
        _text(sheet), cells_in(cells), int(headers),
    )  # fmt: skip
    lines = block.text.count("\n") + 1
    if not 0 <= block.headers <= lines:
        raise ValueError("more headers than lines")
    if block.cells and block.kind is BlockKind.TABLE and not _rows_fit(lines, block.cells):
        raise ValueError("cells of another table")
    return block


def _rows_fit(lines: int, cells: Cells) -> bool:
    """One line may be generated; see Block."""
    return lines in (cells.height, cells.height + 1)


def _mark(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    return float(x0), float(y0), float(x1), float(y1)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _count(value: object) -> int | None:
    if value is not None and (not isinstance(value, int) or value < 1):
        raise ValueError("not a count")
    return value
