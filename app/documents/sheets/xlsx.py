"""XLSX and XLSM → sheets, by openpyxl: values as shown, merged cells filled, formulas
computed only where the file has no value."""

import io
import re
import warnings
import zlib
from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from app.documents.characters import clean_line, title_or_empty
from app.documents.formulas.calculation import calculated
from app.documents.formulas.workbook import FormulaSheet
from app.documents.markup import Package
from app.documents.ooxml import check_package, transitional
from app.documents.sheets import sheets, xlsx_asides, xlsx_cells
from app.documents.sheets.sheet_cells import shown_cell, spoken_of
from app.documents.sheets.sheets import UNNAMED
from app.documents.sheets.xlsx_cells import SheetPart
from app.documents.tables.grid import Grid, Hidden, fill_merged
from app.domain.errors import DamagedFile
from app.domain.library.documents import ReadDocument
from app.domain.library.tables import Table
from app.domain.text import language

_WORKBOOK = "xl/workbook.xml"
#: Written by programs that leave it to Excel to compute: what they store of a formula is a 0.
_STALE = re.compile(rb'<(?:\w+:)?calcPr\s[^>]*fullCalcOnLoad="(?:1|true)"')
#: Values are rounded as they are shown, so that no formula's can be told without all formats.
_ROUNDED = re.compile(rb'<(?:\w+:)?calcPr\s[^>]*fullPrecision="(?:0|false)"')
_BROKEN = (
    BadZipFile, zlib.error, ParseError, KeyError, ValueError, AttributeError, TypeError,
    IndexError, OverflowError, EOFError, NotImplementedError, SyntaxError,
)  # fmt: skip


def read(data: bytes, name: str) -> ReadDocument:
    """Blocks of all sheets. Raises DamagedFile, PasswordNeeded, FileTooLarge, EmptyDocument."""
    grids, title = _opened(data, name)
    return sheets.document(grids, name, title)


def tables(data: bytes, name: str) -> tuple[Table, ...]:
    """The typed tables of all sheets; errors as `read`."""
    grids, _ = _opened(data, name)
    return sheets.tables(grids)


def _opened(data: bytes, name: str) -> tuple[list[Grid], str]:
    import openpyxl

    check_package(data, name, _WORKBOOK)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drawings and extensions that it leaves out
            data = transitional(data, _WORKBOOK)
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            title = title_or_empty(book.properties.title)
            return _XlsxWorkbook(book, Package(data, name), name).grids(), title
    except _BROKEN as error:
        raise DamagedFile(name=name) from error


class _XlsxWorkbook:
    """One workbook's sheets; counts their cells together."""

    def __init__(self, book: Any, package: Package, name: str) -> None:
        self._book = book
        self._package = package
        said = package.part(_WORKBOOK)
        self._stale = _STALE.search(said) is not None
        self._rounded = _ROUNDED.search(said) is not None
        self._count = xlsx_cells.CellCount(name)

    def grids(self) -> list[Grid]:
        """All sheets with cells, hidden ones too, then those of one chart each."""
        sheets = self._book.worksheets
        parts = [xlsx_cells.sheet_part(each, self._count, stale=self._stale) for each in sheets]
        if not self._rounded:
            self._calculate(parts)
        parts.reverse()
        grids = [self._grid(sheet, parts.pop()) for sheet in sheets]  # each is large: let go
        paths = xlsx_asides.chart_sheets(self._package)
        return grids + [self._chart(title, path) for title, path in paths]

    def _calculate(self, parts: Sequence[SheetPart]) -> None:
        """Put values where the file has none."""
        pairs = zip(self._book.worksheets, parts, strict=True)
        sheets = [
            FormulaSheet(sheet.title, part.rows, part.unvalued(), part.empty)
            for sheet, part in pairs
        ]
        for key, value in calculated(sheets, self._book.epoch):
            parts[key.sheet].put((key.row, key.column), value, self._book.epoch)

    def _grid(self, sheet: Any, part: SheetPart) -> Grid:
        spoken = spoken_of(sheet.title, part.rows)
        rows = [[shown_cell(each, spoken) for each in row] for row in part.rows]
        covered = fill_merged(rows, part.merged)
        title = clean_line(sheet.title)
        hidden = Hidden(sheet.sheet_state != "visible", part.hidden_rows, part.hidden_columns)
        beside = xlsx_asides.Asides(self._package, spoken)
        beside.read(sheet._worksheet_path.lstrip("/"))
        beside.running(part.heads, part.feet)
        return Grid(
            title, rows, not UNNAMED.fullmatch(title), covered, hidden, tuple(beside.found),
            part.missing(), tuple(beside.unread), part.calculated,
        )  # fmt: skip

    def _chart(self, title: str, path: str) -> Grid:
        title = clean_line(title)
        beside = xlsx_asides.Asides(self._package, language.of(title))
        beside.read(path)
        found, unread = tuple(beside.found), tuple(beside.unread)
        return Grid(title, [], not UNNAMED.fullmatch(title), asides=found, unread=unread)
