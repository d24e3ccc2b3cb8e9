"""The cells of one XLSX sheet: values with their formats, formulas without a value, merged and
hidden places, in one pass over its part by openpyxl's own parser."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from openpyxl.styles.numbers import (
    BUILTIN_FORMATS,
    BUILTIN_FORMATS_MAX_SIZE,
    is_date_format,
    is_timedelta_format,
)
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from app.documents.formulas.operations import Scalar
from app.documents.formulas.workbook import Formula, Place
from app.documents.limits import MERGED_CELLS, SHEET_CELLS, SHEET_CELLS_SEEN
from app.documents.sheets.sheet_cells import MISSING, Raw
from app.domain.errors import FileTooLarge
from app.domain.library.cells import Cells

#: Excel's own; rows of any number would have to be made up before the last.
_ROWS, _COLUMNS = 1_048_576, 16_384
_TRUE = ("1", "true")
#: A stored 0, also in the format of a time.
_NOUGHTS = (0, time(), timedelta())


class SharedNumber(NamedTuple):
    """Stands for a formula whose text another cell has."""

    number: str


@dataclass
class SheetPart:
    """What a sheet's part holds. `formulas` are those without a value or with a 0 that may be none,
    by row and column from 0: a text, the number of one in `shared` (its text and its place), None
    for other kinds; `valued` says that another formula has a value. `empty` places hold a text
    without a sign; `calculated` are columns by row, from 1, of values that were put. `heads` and
    `feet` of its pages are as openpyxl takes them apart: left, middle, right.
    """

    rows: list[list[Raw]] = field(default_factory=list)
    merged: list[Cells] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    heads: list[str] = field(default_factory=list)
    feet: list[str] = field(default_factory=list)
    valued: bool = False
    formulas: dict[Place, str | SharedNumber | None] = field(default_factory=dict)
    shared: dict[str, tuple[str, Place]] = field(default_factory=dict)
    empty: set[Place] = field(default_factory=set)
    calculated: dict[int, list[int]] = field(default_factory=dict)

    def distrust_noughts(self) -> None:
        """A program that computes nothing writes 0 for every formula."""
        if not self.valued:
            for place in self.formulas:
                if pair := self._pair(place):
                    self.rows[place[0]][place[1]] = MISSING, pair[1]

    def missing(self) -> int:
        """How many formulas have no value."""
        return sum(pair is not None and pair[0] is MISSING for row in self.rows for pair in row)

    def unvalued(self) -> dict[Place, Formula | None]:
        """The formulas without a value."""
        return {
            place: self._formula(place, said)
            for place, said in self.formulas.items()
            if (pair := self._pair(place)) and pair[0] is MISSING
        }

    def put(self, place: Place, value: Scalar, epoch: datetime) -> None:
        """Give a formula its value, which its format may call a date."""
        pair = self._pair(place)
        if pair is None:
            return
        stored = _stored(value, pair[1], epoch)
        self.rows[place[0]][place[1]] = stored, pair[1]
        if stored is not MISSING and stored != "":
            self.calculated.setdefault(place[0] + 1, []).append(place[1] + 1)

    def _pair(self, place: Place) -> Raw:
        """None as well for a cell that stood where no cell stands."""
        row = self.rows[place[0]] if place[0] < len(self.rows) else []
        return row[place[1]] if place[1] < len(row) else None

    def _formula(self, place: Place, said: "str | SharedNumber | None") -> Formula | None:
        if not isinstance(said, SharedNumber):
            return Formula(said) if said else None
        text, (row, column) = self.shared.get(said.number, ("", place))
        return Formula(text, place[0] - row, place[1] - column) if text else None


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """Tells formulas from values, which openpyxl does not where it reads values."""

    def __init__(self, source: Any, sheet: Any, *, stale: bool) -> None:
        book = sheet.parent
        super().__init__(
            source, sheet._shared_strings, data_only=True, epoch=book.epoch,
            date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,
        )  # fmt: skip
        self.part = SheetPart()
        self._stale = stale

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if len(element) and (formula := element.find(FORMULA_TAG)) is not None:
            self._formula(element, formula, cell)
        return cell

    def _formula(self, element: Any, formula: Any, cell: dict[str, Any]) -> None:
        value, place = cell["value"], (cell["row"] - 1, cell["column"] - 1)
        if formula.get("t") == "shared" and formula.text:
            self.part.shared.setdefault(formula.get("si", ""), (formula.text, place))
        if value is None:
            # The text "" is a value that Excel writes.
            told = element.get("t") == "str" and element.find(VALUE_TAG) is not None
            cell["value"] = "" if told else MISSING
            if not told:
                self.part.formulas[place] = _said(formula)
        elif value in _NOUGHTS and not isinstance(value, bool):
            if self._stale:
                self.part.formulas[place] = _said(formula)
        else:
            self.part.valued = True


def _said(formula: Any) -> "str | SharedNumber | None":
    match formula.get("t", "normal"):
        case "shared":
            return SharedNumber(formula.get("si", ""))
        case "normal":
            return formula.text or None
    return None  # an array, a table of what would be


def _stored(value: Scalar, code: str, epoch: datetime) -> object:
    """As openpyxl reads it; MISSING for a date that there is none of."""
    if not isinstance(value, float):
        return value
    if is_date_format(code):
        try:
            return from_excel(value, epoch, timedelta=is_timedelta_format(code))
        except (OverflowError, ValueError):
            return MISSING
    return int(value) if value.is_integer() else value


class CellCount:
    """Cells of all sheets of a workbook, against the limits. `FileTooLarge`."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._filled = self._seen = 0

    def add(self, seen: int, filled: int) -> None:
        """One row more."""
        self._seen += seen
        self._filled += filled
        if self._filled > SHEET_CELLS or self._seen > SHEET_CELLS_SEEN:
            raise FileTooLarge(name=self._name, limit=f"{SHEET_CELLS} cells")


def sheet_part(sheet: Any, count: CellCount, *, stale: bool) -> SheetPart:
    """The part of a sheet that openpyxl opened read-only; `stale` in a workbook whose formulas
    nobody may have computed. Raises FileTooLarge, and as openpyxl."""
    code_of = _formats(sheet.parent)
    with sheet._get_source() as source:
        parser = _Parser(source, sheet, stale=stale)
        part = parser.part
        for number, cells in parser.parse():
            if number > _ROWS:
                break
            row = _row(cells, code_of, part.empty)
            blank = max(number - len(part.rows), 1) if row else 1
            count.add(max(len(cells), len(row)) + blank, len(row) - row.count(None))
            if row:
                _put(part.rows, number, row)
    if stale:
        part.distrust_noughts()
    part.merged = list(_merged(parser))
    part.heads, part.feet = _running(parser, "Header"), _running(parser, "Footer")
    part.hidden_rows = frozenset(_hidden_rows(parser))
    part.hidden_columns = frozenset(_hidden_columns(parser))
    return part


def _put(rows: list[list[Raw]], number: int, row: list[Raw]) -> None:
    while len(rows) < number:
        rows.append([])
    if not rows[number - 1]:
        rows[number - 1] = row


def _row(cells: Iterable[dict[str, Any]], code_of: Any, empty: set[Place]) -> list[Raw]:
    """(value, format) pairs up to the last filled one, None for empty cells."""
    row: list[Raw] = []
    for cell in cells:
        value = cell["value"]
        if value is None or value == "":
            if value == "":
                empty.add((cell["row"] - 1, cell["column"] - 1))
            continue
        gap = cell["column"] - 1 - len(row)
        if gap < 0:
            continue
        if gap:
            row += [None] * gap
        row.append((value, code_of(cell["style_id"])))
    return row


def _formats(book: Any) -> Any:
    @cache
    def code_of(style: int) -> str:
        number = book._cell_styles[style].numFmtId
        if number < BUILTIN_FORMATS_MAX_SIZE:
            return BUILTIN_FORMATS.get(number, "General") or "General"
        return book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE] or "General"

    return code_of


def _running(parser: _Parser, side: str) -> list[str]:
    """What stands above or below each page of the sheet, of all kinds of pages."""
    found = getattr(parser, "HeaderFooter", None)
    items = [getattr(found, kind + side, None) for kind in ("odd", "even", "first")]
    parts = [part for item in items if item for part in (item.left, item.center, item.right)]
    return [part.text for part in parts if part is not None and part.text]


def _merged(parser: _Parser) -> Iterator[Cells]:
    found = parser.merged_cells.mergeCell if parser.merged_cells else ()
    for area in islice(found, MERGED_CELLS):
        yield Cells(area.min_row, area.min_col, area.max_row, area.max_col)


def _hidden_rows(parser: _Parser) -> Iterator[int]:
    for number, attributes in parser.row_dimensions.items():
        if attributes.get("hidden") in _TRUE:
            yield int(number)


def _hidden_columns(parser: _Parser) -> Iterator[int]:
    for attributes in parser.column_dimensions.values():
        if attributes.get("hidden") in _TRUE:
            last = min(int(attributes.get("max", attributes["min"])), _COLUMNS)
            yield from range(int(attributes["min"]), last + 1)
