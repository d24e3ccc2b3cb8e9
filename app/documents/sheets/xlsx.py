"""XLSX and XLSM → sheets, by openpyxl: values as shown, merged cells filled, formulas never run."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from app.documents.characters import clean_line, title_or_empty
from app.documents.limits import MERGED_CELLS, SHEET_CELLS, SHEET_CELLS_SEEN
from app.documents.ooxml import check_package, transitional
from app.documents.sheets import sheets
from app.documents.sheets.sheet_cells import shown_cell, spoken_of
from app.documents.sheets.sheets import UNNAMED
from app.documents.tables.grid import Grid, fill_merged
from app.domain.errors import DamagedFile, FileTooLarge
from app.domain.library.cells import Cells
from app.domain.library.documents import ReadDocument
from app.domain.library.tables import Table

_WORKBOOK = "xl/workbook.xml"
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]{0,200}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"'
)
_CHUNK = 1 << 20
#: Excel's own; openpyxl would make up all that are missing before a row of any number.
_ROWS = 1_048_576
_BROKEN = (
    BadZipFile, zlib.error, ParseError, KeyError, ValueError, AttributeError, TypeError,
    IndexError, OverflowError, EOFError, NotImplementedError,
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
            return _XlsxWorkbook(book, data, name).grids(), title
    except _BROKEN as error:
        raise DamagedFile(name=name) from error


class _XlsxWorkbook:
    """One workbook's sheets; counts their cells together."""

    def __init__(self, book: Any, data: bytes, name: str) -> None:
        self._book = book
        self._data = data
        self._name = name
        self._filled = self._seen = 0

    def grids(self) -> list[Grid]:
        """All sheets with cells, hidden ones too; charts have none."""
        return [self._grid(sheet) for sheet in self._book.worksheets]

    def _grid(self, sheet: Any) -> Grid:
        sheet.reset_dimensions()  # what the file claims may be a million empty rows
        raw = [self._row(row) for row in sheet.iter_rows(max_row=_ROWS)]
        while raw and not raw[-1]:
            raw.pop()
        spoken = spoken_of(sheet.title, raw)
        rows = [[shown_cell(each, spoken) for each in row] for row in raw]
        covered = fill_merged(rows, self._merged(sheet))
        title = clean_line(sheet.title)
        return Grid(title, rows, not UNNAMED.fullmatch(title), covered)

    def _row(self, row: Iterable[Any]) -> list[Any]:
        """The row's (value, format) pairs up to its last filled cell, None for empty ones."""
        pairs: list[tuple[object, str] | None] = []
        length = filled = 0
        for cell in row:
            self._seen += 1
            value = cell.value
            empty = value is None or value == ""
            pairs.append(None if empty else (value, cell.number_format or "General"))
            if not empty:
                length, filled = len(pairs), filled + 1
        self._seen += 1
        self._filled += filled
        if self._filled > SHEET_CELLS or self._seen > SHEET_CELLS_SEEN:
            raise FileTooLarge(name=self._name, limit=f"{SHEET_CELLS} cells")
        return pairs[:length]

    def _merged(self, sheet: Any) -> Iterator[Cells]:
        """openpyxl knows merged ranges only where it holds the whole sheet in memory."""
        seen: set[bytes] = set()
        path = sheet._worksheet_path.lstrip("/")
        with zipfile.ZipFile(io.BytesIO(self._data)) as package, package.open(path) as part:
            before = b""
            while len(seen) < MERGED_CELLS and (chunk := part.read(_CHUNK)):
                seen.update(_MERGED.findall(before + chunk))
                before = chunk[-400:]
        for text in sorted(seen):
            if cells := Cells.parse(text.decode()):
                yield cells
