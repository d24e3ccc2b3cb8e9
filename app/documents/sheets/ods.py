"""ODS → sheets: values as shown, with their types; repeats and merged cells filled in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from math import isfinite
from typing import Any

from app.documents.characters import clean_cell, clean_line
from app.documents.limits import SHEET_CELLS, SHEET_CELLS_SEEN
from app.documents.markup import Package
from app.documents.office import odf
from app.documents.office.odf_names import OFFICE, TABLE, TEXT
from app.documents.office.odf_text import count_of, words
from app.documents.ooxml import ZIP_MARK
from app.documents.sheets import ods_asides, sheets
from app.documents.sheets.sheets import UNNAMED, spoken_in
from app.documents.tables.cell_values import CellValue, iso_of
from app.documents.tables.grid import Aside, Grid, Hidden, fill_merged
from app.documents.words import words as reading_words
from app.domain.errors import DamagedFile, FileTooLarge
from app.domain.library.cells import Cells
from app.domain.library.documents import ReadDocument
from app.domain.library.tables import Table

#: Stands for a formula without a value until the sheet's language is known.
MISSING = CellValue("?", missing=True)
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
    package = Package(data, name) if data.startswith(ZIP_MARK) else None
    return _OdsWorkbook(name, package).grids(body), title


class _OdsWorkbook:
    """One workbook's sheets; counts their cells together."""

    def __init__(self, name: str, package: Package | None) -> None:
        self._name = name
        self._package = package
        self._filled = self._seen = 0
        self._merged: list[Cells] = []
        self._marked: list[tuple[Any, Cells]] = []
        self._missing = 0

    def grids(self, body: Any) -> list[Grid]:
        """All sheets but the copies of those of other files."""
        sheets = body.iterchildren(TABLE + "table")
        unseen = ods_asides.hidden_sheets(body.getroottree().getroot())
        return [
            self._grid(sheet, sheet.get(TABLE + "style-name", "") in unseen)
            for sheet in sheets
            if sheet.find(TABLE + "table-source") is None
        ]

    def _grid(self, sheet: Any, hidden: bool) -> Grid:
        self._merged, self._marked, self._missing = [], [], 0
        rows, unseen = self._cells(sheet)
        covered = fill_merged(rows, self._merged)
        title = clean_line(sheet.get(TABLE + "name", ""))
        columns = frozenset(ods_asides.hidden_columns(sheet))
        grid = Grid(
            title, rows, not UNNAMED.fullmatch(title), covered,
            Hidden(hidden, frozenset(unseen), columns), missing=self._missing,
        )  # fmt: skip
        spoken = spoken_in(grid)
        _tell_missing(grid, rows, spoken)
        return self._with_asides(grid, sheet, spoken)

    def _with_asides(self, grid: Grid, sheet: Any, spoken: str) -> Grid:
        found: list[Aside] = []
        for element, place in self._marked:
            found += ods_asides.comments(element, place, spoken)
            found += ods_asides.shapes(element, place, spoken)
        for each in sheet.iterchildren(TABLE + "shapes"):
            found += ods_asides.shapes(each, None, spoken)
        try:
            found += ods_asides.charts(sheet, self._package, spoken)
        except DamagedFile:
            return replace(grid, asides=tuple(found), unread=(grid.sheet,))
        return replace(grid, asides=tuple(found))

    def _cells(self, sheet: Any) -> tuple[list[list[CellValue | None]], list[int]]:
        """The rows, and the numbers of those that are not shown."""
        rows: list[list[CellValue | None]] = []
        unseen: list[int] = []
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
            if ods_asides.is_hidden(row):
                unseen += range(len(rows) + 1, len(rows) + times + 1)
            self._missing += times * sum(cell is not None and cell.missing for cell in cells)
            rows += [list(cells) for _ in range(times)]
            blank = 0
        return rows, unseen

    def _row(self, row: Any, number: int) -> list[CellValue | None]:
        """The cells up to the last filled one."""
        cells: list[CellValue | None] = []
        blank = 0
        for element in row.iterchildren(TABLE + "table-cell", TABLE + "covered-table-cell"):
            times = count_of(element, "number-columns-repeated")
            self._check_width(blank + len(cells) + times)
            cell = _cell(element)
            self._note(element, number, blank + len(cells) + 1)
            if cell is None:
                blank += times
                continue
            cells += [None] * blank + [cell] * times
            blank = 0
        return cells

    def _note(self, element: Any, row: int, column: int) -> None:
        """Whether the cell is merged, or something hangs on it."""
        if len(element) and any(child.tag != TEXT + "p" for child in element):
            self._marked.append((element, Cells(row, column, row, column)))
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


def _is_missing(element: Any) -> bool:
    """Whether a formula has no value; the text "" is one."""
    return TABLE + "formula" in element.attrib and OFFICE + "value-type" not in element.attrib


def _tell_missing(grid: Grid, rows: list[list[CellValue | None]], spoken: str) -> None:
    """Says in the sheet's language that a formula has no value."""
    if not grid.missing:
        return
    told = CellValue(reading_words(spoken).sheet.not_calculated, missing=True)
    for row in rows:
        row[:] = [told if cell is MISSING else cell for cell in row]


def _cell(element: Any) -> CellValue | None:
    """What the cell shows and what it is; a comment on it is no part of it."""
    paragraphs = (words(each) for each in element.iterchildren(TEXT + "p"))
    text = clean_cell("\n".join(paragraphs))
    if not text:
        return MISSING if _is_missing(element) else None
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
