"""Values of the formulas that a workbook's file has none of, where Excel's own are sure."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from app.documents.formulas.expressions import (
    Call,
    Chain,
    Constant,
    Expression,
    Reference,
    Signed,
    parse,
)
from app.documents.formulas.functions import FUNCTIONS
from app.documents.formulas.operations import (
    ErrorValue,
    Scalar,
    UnknownValue,
    number,
    operation,
    quotient,
    rounded,
    truth,
)
from app.documents.formulas.workbook import (
    Area,
    Formula,
    FormulaBook,
    FormulaSheet,
    Key,
    Operand,
    scalar,
)

#: Reading a formula takes as long as looking at so many cells.
_FORMULA_COST = 20

_Parsed = tuple[Expression, tuple[Reference, ...]] | None


def calculated(sheets: Sequence[FormulaSheet], epoch: datetime) -> Iterator[tuple[Key, Scalar]]:
    """The cells that can be computed surely: numbers to 15 digits, texts, True or False. `epoch`
    is what dates are counted from."""
    book = FormulaBook(sheets, epoch)
    calculation = _Calculation(book)
    for at, sheet in enumerate(sheets):
        for place in sheet.formulas:
            if book.spent:
                break
            calculation.settle(Key(at, *place))
    for key, value in book.known.items():
        if not isinstance(value, type):
            yield key, rounded(value) if isinstance(value, float) else value


class _Calculation:
    """Works formulas out in the order that they lean on each other."""

    def __init__(self, book: FormulaBook) -> None:
        self._book = book
        self._parsed: dict[str, _Parsed] = {}

    def settle(self, wanted: Key) -> None:
        """Make a cell's value known, after those that it leans on. Chains are as long as a sheet,
        so there is no recursion; what leans on itself finds its own value unknown."""
        begun: set[Key] = set()
        stack = [wanted]
        while stack:
            key = stack[-1]
            if key not in self._book.known and key not in begun:
                begun.add(key)
                stack += self._needed(key, begun)
            if stack[-1] == key:
                stack.pop()
                if key not in self._book.known:
                    self._book.known[key] = self._worked_out(key)

    def _formula(self, key: Key) -> Formula | None:
        return self._book.sheets[key.sheet].formulas[key.row, key.column]

    def _needed(self, key: Key, begun: set[Key]) -> list[Key]:
        formula = self._formula(key)
        parsed = self._read(formula.text) if formula else None
        if formula is None or parsed is None:
            return []
        reading = _Reading(self._book, key.sheet, formula)
        found: list[Key] = []
        for reference in parsed[1]:
            with suppress(UnknownValue):  # raised again by whoever reads these cells
                area = reading.area(reference)
                waiting = self._book.waiting(area.sheet, area.cells)
                found += [each for each in waiting if each not in begun]
        return found

    def _read(self, text: str) -> _Parsed:
        if text not in self._parsed:
            try:
                self._book.spend(_FORMULA_COST)
                self._parsed[text] = parse(text)
            except UnknownValue:
                self._parsed[text] = None
        return self._parsed[text]

    def _worked_out(self, key: Key) -> Scalar | type[UnknownValue]:
        formula = self._formula(key)
        parsed = self._read(formula.text) if formula else None
        if formula is None or parsed is None:
            return UnknownValue
        try:
            found = _Reading(self._book, key.sheet, formula).scalar(parsed[0])
        except UnknownValue as error:
            return type(error)
        return 0.0 if found is None else found


@dataclass(frozen=True)
class _Reading:
    """What an expression says where a formula stands."""

    book: FormulaBook
    sheet: int
    formula: Formula

    def area(self, named: Reference) -> Area:
        """`UnknownValue` for cells that are not in this workbook."""
        sheet = self.book.sheet_number(named.sheet) if named.sheet else self.sheet
        return Area(self.book, sheet, named.cells(self.formula.down, self.formula.right))

    def scalar(self, expression: Expression | None) -> Scalar:
        """Its one value. `UnknownValue`."""
        return scalar(self._operand(expression))

    def _operand(self, expression: Expression | None) -> Operand:
        match expression:
            case Constant():
                return expression.value
            case Reference():
                return self.area(expression)
            case Signed():
                return self._signed(expression)
            case Chain():
                found = self.scalar(expression.first)
                for sign, right in expression.rest:
                    found = operation(sign, found, self.scalar(right))
                return found
            case Call():
                return self._called(expression)
        raise UnknownValue

    def _signed(self, expression: Signed) -> float:
        found = number(self.scalar(expression.operand))
        for _ in range(expression.percents):
            found = quotient(found, 100.0)
        return -found if expression.negative else found

    def _called(self, call: Call) -> Operand:
        match call.name, len(call.arguments):
            case "IF", 2 | 3:
                holds = truth(self.scalar(call.arguments[0]))
                if not holds and len(call.arguments) == 2:
                    return False
                return self._operand(call.arguments[1 if holds else 2])
            case "IFERROR", 2:
                return self._unless_error(call)
        if call.name not in FUNCTIONS:
            raise UnknownValue
        return FUNCTIONS[call.name]([self._operand(each) for each in call.arguments])

    def _unless_error(self, call: Call) -> Scalar:
        try:
            found = self.scalar(call.arguments[0])
        except ErrorValue:
            found = self.scalar(call.arguments[1])
        if found is None:
            raise UnknownValue  # an empty cell is an empty text here
        return found
