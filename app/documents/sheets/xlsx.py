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
from app.documents.ooxml import check_package, transitional, with_part
from app.documents.sheets import sheets, xlsx_asides, xlsx_cells
from app.documents.sheets.sheet_cells import shown_cell, spoken_of
from app.documents.sheets.sheets import UNNAMED
from app.documents.sheets.xlsx_cells import SheetPart
from app.documents.tables.grid import Grid, Hidden, fill_merged
from app.domain.errors import DamagedFile
from app.domain.library.documents import ReadDocument
from app.domain.library.tables import Table
from app.domain.text import language

_WORKBOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
#: What a number format is: its number and its code.
_CODE = ("numFmtId", "formatCode")
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
    check_package(data, name, _WORKBOOK)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drawings and extensions that it leaves out
            data, book = _loaded(transitional(data, _WORKBOOK), name)
            title = title_or_empty(book.properties.title)
            return _XlsxWorkbook(book, Package(data, name), name).grids(), title
    except _BROKEN as error:
        raise DamagedFile(name=name) from error


def _loaded(data: bytes, name: str) -> tuple[bytes, Any]:
    """The package and openpyxl's workbook of it; where that refuses the styles, as it does for an
    attribute that it does not know, of a copy with bare ones. Raises one of _BROKEN."""
    import openpyxl

    try:
        return data, openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (TypeError, ValueError, AttributeError):
        package = Package(data, name)
        if _STYLES not in package.names:
            raise
        data = with_part(data, _STYLES, _bare_styles(package.xml(_STYLES)))
        return data, openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)


def _bare_styles(styles: Any) -> bytes:
    """Styles that say how numbers are written and nothing of how cells look."""
    from lxml import etree

    root = etree.Element(_MAIN + "styleSheet", nsmap={None: _MAIN.strip("{}")})
    codes = etree.SubElement(root, _MAIN + "numFmts")
    for each in styles.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt"):
        etree.SubElement(codes, _MAIN + "numFmt", {name: each.get(name, "0") for name in _CODE})
    for group, one in (("fonts", "font"), ("fills", "fill"), ("borders", "border")):
        etree.SubElement(etree.SubElement(root, _MAIN + group), _MAIN + one)
    etree.SubElement(root[-2][0], _MAIN + "patternFill")
    cells = etree.SubElement(root, _MAIN + "cellXfs")
    for each in styles.iterfind(f"{_MAIN}cellXfs//{_MAIN}xf"):
        if each.getparent().tag == _CHOICE:
            continue  # the fallback says the same in the words of the standard
        number = each.get("numFmtId", "0")
        etree.SubElement(cells, _MAIN + "xf", numFmtId=number, fontId="0", fillId="0", borderId="0")
    return bytes(etree.tostring(root))


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
