"""XLSB, Excel's binary workbook → sheets: values as shown, merged cells filled ([MS-XLSB]).

The libraries that read it give no number formats, so that dates and percents were bare numbers.
"""

import struct
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from app.documents.binary import workbook_records as record
from app.documents.characters import clean_line
from app.documents.markup import Package, part_path
from app.documents.ooxml import check_package
from app.documents.sheets import sheets
from app.documents.sheets.sheet_cells import Raw, shown_cell, spoken_of
from app.documents.sheets.sheets import UNNAMED
from app.documents.sheets.xlsx_cells import CellCount
from app.documents.tables.grid import Grid, Hidden, fill_merged
from app.domain.errors import DamagedFile
from app.domain.library.cells import Cells
from app.domain.library.documents import ReadDocument
from app.domain.library.tables import Table

_WORKBOOK, _RELATIONS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"
_TEXTS, _STYLES = "xl/sharedStrings.bin", "xl/styles.bin"
#: Excel's own limits.
_ROWS, _COLUMNS = 1_048_576, 16_384
#: Flags of a workbook, a row, columns: days since 1904; hidden (2.4.822, 2.4.741, 2.4.327).
_SINCE_1904, _ROW_HIDDEN_AT, _ROW_HIDDEN, _COLUMNS_HIDDEN_AT = 1, 11, 0x10, 16
_BROKEN = (
    struct.error, ValueError, LookupError, TypeError, AttributeError, ArithmeticError,
)  # fmt: skip


def read(data: bytes, name: str) -> ReadDocument:
    """Blocks of all sheets. Raises DamagedFile, PasswordNeeded, FileTooLarge, EmptyDocument."""
    return sheets.document(_grids(data, name), name)


def tables(data: bytes, name: str) -> tuple[Table, ...]:
    """The typed tables of all sheets; errors as `read`."""
    return sheets.tables(_grids(data, name))


def _grids(data: bytes, name: str) -> list[Grid]:
    check_package(data, name, _WORKBOOK)
    try:
        return _Workbook(Package(data, name), name).grids()
    except _BROKEN as error:
        raise DamagedFile(name=name) from error


class _Workbook:
    """One workbook's sheets; counts their cells together."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._count = CellCount(name)
        self._epoch = CALENDAR_WINDOWS_1900
        self._shared = self._texts()
        self._codes = self._formats()

    def grids(self) -> list[Grid]:
        """All sheets with cells, hidden ones too (2.4.304)."""
        paths = {
            each.get("Id"): part_path("xl", each.get("Target", ""))
            for each in self._package.xml(_RELATIONS)
            if each.get("Type", "").endswith("/worksheet")
        }
        found: list[Grid] = []
        for kind, raw in record.records(self._package.part(_WORKBOOK)):
            if kind == record.PROPERTIES and raw[0] & _SINCE_1904:
                self._epoch = CALENDAR_MAC_1904
            elif kind == record.SHEET:
                relation, end = record.text(raw, 8)
                title, _ = record.text(raw, end)
                if relation in paths:
                    part = self._package.part(paths[relation])
                    found.append(self._grid(clean_line(title), part, hidden=raw[0] != 0))
        return found

    def _texts(self) -> list[str]:
        if _TEXTS not in self._package.names:
            return []
        found = record.records(self._package.part(_TEXTS))
        return [record.text(raw, 1)[0] for kind, raw in found if kind == record.SHARED_TEXT]

    def _formats(self) -> list[str]:
        """The number format of each style of cells."""
        if _STYLES not in self._package.names:
            return []
        codes = dict(BUILTIN_FORMATS)
        styles: list[str] = []
        of_cells = False
        for kind, raw in record.records(self._package.part(_STYLES)):
            if kind == record.FORMAT:
                codes[int.from_bytes(raw[:2], "little")] = record.text(raw, 2)[0]
            elif kind in (record.STYLES, record.STYLES_END):
                of_cells = kind == record.STYLES
            elif kind == record.STYLE and of_cells:
                styles.append(codes.get(int.from_bytes(raw[2:4], "little"), "") or "General")
        return styles

    def _grid(self, title: str, part: bytes, *, hidden: bool) -> Grid:
        sheet = _Sheet(self._count)
        for kind, raw in record.records(part):
            if kind in _VALUES:
                column, style = record.place(raw)
                code = self._codes[style] if style < len(self._codes) else "General"
                sheet.put(column, self._moment(record.value(kind, raw, self._shared), code), code)
            else:
                sheet.note(kind, raw)
        spoken = spoken_of(title, sheet.rows)
        rows = [[shown_cell(each, spoken) for each in row] for row in sheet.rows]
        covered = fill_merged(rows, sheet.merged)
        unseen = Hidden(hidden, frozenset(sheet.hidden_rows), frozenset(sheet.hidden_columns))
        return Grid(title, rows, not UNNAMED.fullmatch(title), covered, unseen)

    def _moment(self, value: object, code: str) -> object:
        """A date or time where the format says that a number is one."""
        if isinstance(value, bool) or not isinstance(value, float) or not is_date_format(code):
            return value
        try:
            moment: Any = from_excel(value, self._epoch, timedelta=is_timedelta_format(code))
        except (ValueError, OverflowError):
            return value
        return value if moment is None else moment


_VALUES = frozenset({
    record.RK, record.ERROR, record.BOOL, record.REAL, record.TEXT, record.SHARED, record.RICH,
    record.FORMULA_TEXT, record.FORMULA_REAL, record.FORMULA_BOOL, record.FORMULA_ERROR,
})  # fmt: skip


class _Sheet:
    """The cells of one sheet as its records come: a row, then its cells from left to right."""

    def __init__(self, count: CellCount) -> None:
        self._count = count
        self.rows: list[list[Raw]] = []
        self.merged: list[Cells] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()

    def put(self, column: int, value: object, code: str) -> None:
        """A cell of the last row; what stands before the one that came last is no cell."""
        row = self.rows[-1] if self.rows else []
        if value is None or value == "" or not len(row) <= column < _COLUMNS:
            return
        self._count.add(column - len(row), 1)
        row += [None] * (column - len(row))
        row.append((value, code))

    def note(self, kind: int, raw: bytes) -> None:
        """A record that is no cell with a value."""
        if kind == record.ROW:
            self._row(raw)
        elif kind == record.COLUMNS:
            first, last = struct.unpack_from("<II", raw)
            if raw[_COLUMNS_HIDDEN_AT] & 1 and first <= last < _COLUMNS:
                self.hidden_columns.update(range(first + 1, last + 2))
        elif kind == record.MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", raw)
            if top <= bottom < _ROWS and left <= right < _COLUMNS:
                self.merged.append(Cells(top + 1, left + 1, bottom + 1, right + 1))

    def _row(self, raw: bytes) -> None:
        (number,) = struct.unpack_from("<I", raw)
        if not len(self.rows) <= number < _ROWS:
            return
        self._count.add(number - len(self.rows) + 1, 0)
        self.rows += [[] for _ in range(number - len(self.rows) + 1)]
        if raw[_ROW_HIDDEN_AT : _ROW_HIDDEN_AT + 1] and raw[_ROW_HIDDEN_AT] & _ROW_HIDDEN:
            self.hidden_rows.add(number + 1)
