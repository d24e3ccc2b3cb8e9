"""ODS → sheets: values as shown, with their types; repeats and merged cells filled in."""

from collections.abc import Iterator
from datetime import datetime
from math import isfinite
from typing import Any

from app.documents.characters import clean_line
from app.documents.limits import SHEET_CELLS, SHEET_CELLS_SEEN
from app.documents.office import odf
from app.documents.office.odf_names import OFFICE, TABLE, TEXT
from app.documents.office.odf_text import count_of, words
from app.documents.sheets import sheets
from app.documents.sheets.sheets import UNNAMED
from app.documents.tables.cell_values import CellValue, iso_of
from app.documents.tables.grid import Grid, fill_merged
from app.domain.errors import DamagedFile, FileTooLarge
from app.domain.library.cells import Cells
from app.domain.library.documents import ReadDocument
from app.domain.library.tables import Table

_ROWS = tuple(TABLE + name for name in ("table-row-group", "table-header-rows", "table-rows"))


def read(data: bytes, name: str) -> ReadDocument:
    """Blocks of all sheets. Raises DamagedFile, PasswordNeeded, FileTooLarge, EmptyDocument."""
    grids, title = _opened(data, name)
    return sheets.document(grids, name, title)


def tables(data: bytes, name: str) -> tuple[Table, ...]:
    """The typed tables of all sheets; errors as `read`."""
    grids, _ = _opened(data, name)
    return sheets.tables(grids)


def _opened(data: bytes, name: str) -> tuple[list[Grid], str]:
    body, title = odf.opened(data, name)
    if body.tag != OFFICE + "spreadsheet":
        raise DamagedFile(name=name)
    return _OdsWorkbook(name).grids(body), title


class _OdsWorkbook:
    """One workbook's sheets; counts their cells together."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._filled = self._seen = 0
        self._merged: list[Cells] = []

    def grids(self, body: Any) -> list[Grid]:
        """All sheets but the copies of those of other files."""
        sheets = body.iterchildren(TABLE + "table")
        return [self._grid(sheet) for sheet in sheets if sheet.find(TABLE + "table-source") is None]

    def _grid(self, sheet: Any) -> Grid:
        rows: list[list[CellValue | None]] = []
        self._merged = []
        blank = 0
        for row in _rows(sheet):
            times = count_of(row, "number-rows-repeated")
            cells = self._row(row, len(rows) + blank + 1)
            self._count(times)
            if not cells:
                blank += times
                continue
            self._count(times * len(cells), times * sum(cell is not None for cell in cells))
            rows += [[] for _ in range(blank)]
            rows += [list(cells) for _ in range(times)]
            blank = 0
        covered = fill_merged(rows, self._merged)
        title = clean_line(sheet.get(TABLE + "name", ""))
        return Grid(title, rows, not UNNAMED.fullmatch(title), covered)

    def _row(self, row: Any, number: int) -> list[CellValue | None]:
        """The cells up to the last filled one."""
        cells: list[CellValue | None] = []
        blank = 0
        for element in row.iterchildren(TABLE + "table-cell", TABLE + "covered-table-cell"):
            times = count_of(element, "number-columns-repeated")
            self._check_width(blank + len(cells) + times)
            cell = _cell(element)
            self._note_merged(element, number, blank + len(cells) + 1)
            if cell is None:
                blank += times
                continue
            cells += [None] * blank + [cell] * times
            blank = 0
        return cells

    def _note_merged(self, element: Any, row: int, column: int) -> None:
        across = count_of(element, "number-columns-spanned")
        down = count_of(element, "number-rows-spanned")
        if across > 1 or down > 1:
            self._merged.append(Cells(row, column, row + down - 1, column + across - 1))

    def _count(self, seen: int, filled: int = 0) -> None:
        self._seen += seen
        self._filled += filled
        if self._filled > SHEET_CELLS or self._seen > SHEET_CELLS_SEEN:
            raise FileTooLarge(name=self._name, limit=f"{SHEET_CELLS} cells")

    def _check_width(self, columns: int) -> None:
        if columns > SHEET_CELLS:
            raise FileTooLarge(name=self._name, limit=f"{SHEET_CELLS} cells")


def _rows(parent: Any) -> Iterator[Any]:
    for child in parent:
        if child.tag == TABLE + "table-row":
            yield child
        elif child.tag in _ROWS:
            yield from _rows(child)


def _cell(element: Any) -> CellValue | None:
    """What the cell shows and what it is; a comment on it is no part of it."""
    paragraphs = (words(each) for each in element.iterchildren(TEXT + "p"))
    text = clean_line(" ".join(paragraphs))
    if not text:
        return None
    kind = element.get(OFFICE + "value-type", "")
    try:
        # TRUE is 1 with a format of its own.
        if kind in ("float", "currency", "percentage") and any(sign.isdigit() for sign in text):
            number = float(element.get(OFFICE + "value", ""))
            if isfinite(number):
                return CellValue(text, number * 100 if text.endswith("%") else number)
        if kind == "date":
            moment = datetime.fromisoformat(element.get(OFFICE + "date-value", ""))
            return CellValue(text, date=iso_of(moment))
    except ValueError:
        return CellValue(text)
    return CellValue(text)
