"""XLS, Excel up to 2003 → sheets, by xlrd: values as shown, merged cells filled."""

import io
import struct
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from app.documents.characters import clean_line
from app.documents.limits import SHEET_CELLS, SHEET_CELLS_SEEN
from app.documents.sheets import sheet_words, sheets
from app.documents.sheets.sheet_cells import Raw, shown_cell, spoken_of
from app.documents.sheets.sheets import UNNAMED
from app.documents.tables.grid import Aside, Grid, Hidden, fill_merged
from app.domain.errors import DamagedFile, FileTooLarge, PasswordNeeded
from app.domain.library.cells import Cells
from app.domain.library.documents import ReadDocument
from app.domain.library.tables import Table

#: The workbook of Excel 97 and later, of Excel 5 and 95; of an .xlsx with a password.
_STREAMS = ("Workbook", "Book")
_ENCRYPTED_PACKAGE = "EncryptedPackage"
_BROKEN = (
    struct.error, ValueError, LookupError, TypeError, AttributeError, AssertionError,
    ArithmeticError, RecursionError, NotImplementedError, EOFError, UnboundLocalError, OSError,
)  # fmt: skip


def read(data: bytes, name: str) -> ReadDocument:
    """Blocks of all sheets. Raises DamagedFile, PasswordNeeded, FileTooLarge, EmptyDocument."""
    return sheets.document(_grids(data, name), name)


def tables(data: bytes, name: str) -> tuple[Table, ...]:
    """The typed tables of all sheets; errors as `read`."""
    return sheets.tables(_grids(data, name))


def _grids(data: bytes, name: str) -> list[Grid]:
    import xlrd
    from xlrd.formula import FormulaError

    try:
        book = xlrd.open_workbook(
            file_contents=_stream(data, name), formatting_info=True, ragged_rows=True,
            logfile=io.StringIO(),
        )  # fmt: skip
        return _XlsWorkbook(book, name).grids()
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError) as error:
        if "encrypted" in str(error):
            raise PasswordNeeded(name=name) from error
        raise DamagedFile(name=name) from error
    except (FormulaError, *_BROKEN) as error:
        raise DamagedFile(name=name) from error


def _stream(data: bytes, name: str) -> bytes:
    """The workbook out of its OLE file; xlrd itself follows a chain of sectors round and round."""
    from olefile import OleFileIO, isOleFile

    if not isOleFile(data=data):
        return data
    with OleFileIO(data) as package:
        if package.exists(_ENCRYPTED_PACKAGE):
            raise PasswordNeeded(name=name)
        found = next((name for name in _STREAMS if package.exists(name)), None)
        if found is None:
            raise DamagedFile(name=name)
        content: bytes = package.openstream(found).read()
        return content


def _hidden(sheet: Any) -> Hidden:
    rows = frozenset(number + 1 for number, row in sheet.rowinfo_map.items() if row.hidden)
    columns = frozenset(place + 1 for place, each in sheet.colinfo_map.items() if each.hidden)
    return Hidden(bool(sheet.visibility), rows, columns)


def _comments(sheet: Any, spoken: str) -> Iterator[Aside]:
    for (row, column), note in sorted(sheet.cell_note_map.items()):
        cell = Cells(row + 1, column + 1, row + 1, column + 1)
        yield from sheet_words.comment(cell, clean_line(note.author), clean_line(note.text), spoken)


class _XlsWorkbook:
    """One workbook's sheets; counts their cells together."""

    def __init__(self, book: Any, name: str) -> None:
        self._book = book
        self._name = name
        self._filled = self._seen = 0

    def grids(self) -> list[Grid]:
        """All sheets, hidden ones too."""
        return [self._grid(sheet) for sheet in self._book.sheets()]

    def _grid(self, sheet: Any) -> Grid:
        raw = [self._row(sheet, number) for number in range(sheet.nrows)]
        spoken = spoken_of(sheet.name, raw)
        rows = [[shown_cell(each, spoken) for each in row] for row in raw]
        merged = (
            Cells(top + 1, left + 1, bottom, right)
            for top, bottom, left, right in sheet.merged_cells
            if top < bottom and left < right
        )
        covered = fill_merged(rows, merged)
        title = clean_line(sheet.name)
        named = not UNNAMED.fullmatch(title)
        return Grid(title, rows, named, covered, _hidden(sheet), tuple(_comments(sheet, spoken)))

    def _row(self, sheet: Any, number: int) -> list[Raw]:
        """The row's values with their formats up to its last filled cell."""
        raw = [self._raw(cell) for cell in sheet.row(number)]
        self._seen += len(raw) + 1
        self._filled += sum(each is not None for each in raw)
        if self._filled > SHEET_CELLS or self._seen > SHEET_CELLS_SEEN:
            raise FileTooLarge(name=self._name, limit=f"{SHEET_CELLS} cells")
        while raw and raw[-1] is None:
            raw.pop()
        return raw

    def _raw(self, cell: Any) -> Raw:
        import xlrd

        value: object = cell.value
        if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or value == "":
            return None
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(value, "#?"), "General"
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(value), "General"
        code = self._format(cell.xf_index)
        if cell.ctype == xlrd.XL_CELL_DATE:
            return self._moment(cell.value), code
        return value, code

    def _moment(self, number: float) -> object:
        """A date, or a span of time below the first day; the number itself where there is none."""
        import xlrd

        if 0 <= number < 1:
            return timedelta(days=number)
        try:
            return xlrd.xldate_as_datetime(number, self._book.datemode)
        except (xlrd.XLDateError, ValueError, OverflowError):
            return number

    def _format(self, style: int) -> str:
        key = self._book.xf_list[style].format_key
        code = self._book.format_map[key].format_str
        return code or "General"
