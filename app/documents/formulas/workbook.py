"""The cells that formulas read, counted against a limit."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from openpyxl.utils.datetime import to_excel

from app.documents.formulas.operations import Scalar, UnknownValue
from app.documents.limits import FORMULA_CELLS
from app.domain.library.cells import Cells

#: Row and column from 0.
Place = tuple[int, int]
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA",
           "#SPILL!", "#CALC!")  # fmt: skip


class Formula(NamedTuple):
    """A formula's text without "=", and how far below and right of its own cell it is used."""

    text: str
    down: int = 0
    right: int = 0


@dataclass(frozen=True)
class FormulaSheet:
    """A sheet as its file has it: `rows` of values with their formats; `formulas` (None for one of
    an unknown kind) of the places that have no value; `empty` places of texts without a sign."""

    title: str
    rows: Sequence[Sequence[tuple[object, str] | None]]
    formulas: Mapping[Place, Formula | None]
    empty: Set[Place] = frozenset()


class Key(NamedTuple):
    """A cell of a workbook: the number of its sheet, row and column, all from 0."""

    sheet: int
    row: int
    column: int


@dataclass
class FormulaBook:
    """All sheets, and `known` values of formulas: a class of errors for those without one."""

    sheets: Sequence[FormulaSheet]
    epoch: datetime
    known: dict[Key, Scalar | type[UnknownValue]] = field(default_factory=dict)
    _left: int = FORMULA_CELLS

    def __post_init__(self) -> None:
        self._numbers = {each.title.lower(): at for at, each in enumerate(self.sheets)}

    def sheet_number(self, title: str) -> int:
        """`UnknownValue` for a sheet of another file, or one that there is not."""
        if title.lower() not in self._numbers:
            raise UnknownValue
        return self._numbers[title.lower()]

    @property
    def spent(self) -> bool:
        """Whether the limit is reached."""
        return self._left < 0

    def spend(self, cells: int) -> None:
        """Count cells that are looked at; `UnknownValue` past the limit."""
        self._left -= cells
        if self._left < 0:
            raise UnknownValue

    def value(self, key: Key) -> Scalar:
        """What a cell holds. `UnknownValue`, or what its formula raised."""
        sheet = self.sheets[key.sheet]
        place = (key.row, key.column)
        if place in sheet.formulas:
            found = self.known.get(key, UnknownValue)  # not yet known: it leans on itself
            if isinstance(found, type):
                raise found
            return found
        row = sheet.rows[key.row] if key.row < len(sheet.rows) else ()
        pair = row[key.column] if key.column < len(row) else None
        if pair is None:
            return "" if place in sheet.empty else None
        return self._stored(pair[0])

    def _stored(self, value: object) -> Scalar:
        match value:
            case bool():
                return value
            case int() | float():
                return float(value)
            case str() if value not in _ERRORS:
                return value
            case datetime() | date() | time() | timedelta():
                if getattr(value, "microsecond", 0) or getattr(value, "microseconds", 0):
                    raise UnknownValue  # openpyxl rounds to milliseconds
                return float(to_excel(value, self.epoch))
        raise UnknownValue

    def waiting(self, sheet: int, cells: Cells) -> Iterator[Key]:
        """The cells of an area whose formulas are not yet known."""
        places = self.sheets[sheet].formulas
        self.spend(min(cells.height * cells.width, len(places)))
        if cells.height * cells.width > len(places):
            inside = (place for place in places if _inside(cells, place))
        else:
            inside = (place for place in _places(cells) if place in places)
        for place in inside:
            if (key := Key(sheet, *place)) not in self.known:
                yield key


def _inside(cells: Cells, place: Place) -> bool:
    row, column = place
    return cells.top <= row + 1 <= cells.bottom and cells.left <= column + 1 <= cells.right


def _places(cells: Cells) -> Iterator[Place]:
    for row in range(cells.top - 1, cells.bottom):
        for column in range(cells.left - 1, cells.right):
            yield row, column


@dataclass(frozen=True)
class Area:
    """Cells of one sheet, as an operand."""

    book: FormulaBook
    sheet: int
    cells: Cells

    def single(self) -> Scalar:
        """The value of one cell alone; `UnknownValue` for more."""
        if self.cells.height * self.cells.width != 1:
            raise UnknownValue
        return self.at(0, 0)

    def at(self, down: int, right: int) -> Scalar:
        """The value so far from the first cell."""
        self.book.spend(1)
        row, column = self.cells.top - 1 + down, self.cells.left - 1 + right
        return self.book.value(Key(self.sheet, row, column))

    def filled(self) -> Iterator[tuple[Place, Scalar]]:
        """What is not empty, with its distance from the first cell. Costs nothing beyond the cells
        that the sheet uses."""
        sheet = self.book.sheets[self.sheet]
        top, left = self.cells.top - 1, self.cells.left - 1
        bottom = min(self.cells.bottom, len(sheet.rows))
        self.book.spend(max(bottom - top, 0))
        for row in range(top, bottom):
            used = min(self.cells.right, len(sheet.rows[row]))
            self.book.spend(max(used - left, 0))
            for column in range(left, used):
                if sheet.rows[row][column] is not None:
                    yield (row - top, column - left), self.book.value(Key(self.sheet, row, column))

    def values(self) -> Iterator[Scalar]:
        """What is not empty."""
        return (value for _, value in self.filled())

    def empty_texts(self) -> int:
        """How many cells hold a text without a sign, which only COUNTA counts."""
        places = self.book.sheets[self.sheet].empty
        self.book.spend(len(places))
        return sum(_inside(self.cells, place) for place in places)

    def like(self, other: "Area") -> bool:
        """Whether both are as high and as wide."""
        mine, its = self.cells, other.cells
        return (mine.height, mine.width) == (its.height, its.width)


Operand = Scalar | Area


def scalar(operand: Operand) -> Scalar:
    """The one value of an operand; `UnknownValue` for several cells."""
    return operand.single() if isinstance(operand, Area) else operand
