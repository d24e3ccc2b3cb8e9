"""A formula's text → a tree, taken apart by openpyxl's tokenizer (ECMA-376 part 1, 18.17.2)."""

import re
from dataclasses import dataclass
from math import isfinite
from typing import Any

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import TokenizerError

from app.documents.formulas.operations import Scalar, UnknownValue
from app.domain.library.cells import Cells, column_number

#: Excel's own limits: signs of a formula, levels of it, rows and columns of a sheet.
_LENGTH, _DEPTH, _ROWS, _COLUMNS = 8192, 64, 1_048_576, 16_384
_CELL = r"(\$?)([A-Z]{1,3})(\$?)([1-9]\d{0,6})"
_SHEET = r"(?:(?:'((?:[^']|'')+)'|([^'!\[\]:]+))!)?"
_CELLS = re.compile(rf"{_SHEET}{_CELL}(?::{_CELL})?")
_WHOLE_COLUMNS = re.compile(rf"{_SHEET}(\$?)([A-Z]{{1,3}}):(\$?)([A-Z]{{1,3}})")
_WHOLE_ROWS = re.compile(rf"{_SHEET}(\$?)([1-9]\d{{0,6}}):(\$?)([1-9]\d{{0,6}})")
#: How strongly operators bind, all to the left; a sign before a number binds more than "^".
_POWERS = {"^": 5, "*": 4, "/": 4, "+": 3, "-": 3, "&": 2} | dict.fromkeys(
    ("=", "<>", "<", ">", "<=", ">="), 1
)


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, a text, TRUE or FALSE in the formula itself."""

    value: Scalar


@dataclass(frozen=True, slots=True)
class Corner:
    """A place by row and column from 1; `fixed` ones (after "$") do not move with the formula."""

    row: int
    column: int
    fixed_row: bool
    fixed_column: bool

    def moved(self, down: int, right: int) -> tuple[int, int]:
        """The place where the formula stands so much further. `UnknownValue` beyond the sheet."""
        row = self.row + (0 if self.fixed_row else down)
        column = self.column + (0 if self.fixed_column else right)
        if not (0 < row <= _ROWS and 0 < column <= _COLUMNS):
            raise UnknownValue
        return row, column


@dataclass(frozen=True, slots=True)
class Reference:
    """Cells between two corners on a sheet, "" for the formula's own."""

    sheet: str
    first: Corner
    last: Corner

    def cells(self, down: int, right: int) -> Cells:
        """The area; errors as `Corner.moved`."""
        (top, left), (bottom, end) = self.first.moved(down, right), self.last.moved(down, right)
        return Cells(min(top, bottom), min(left, end), max(top, bottom), max(left, end))


@dataclass(frozen=True, slots=True)
class Signed:
    """A value with signs before and after it: `negative` times -1, `percents` times / 100."""

    operand: "Expression"
    negative: bool
    percents: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Operators worked out from left to right, each with the value after it."""

    first: "Expression"
    rest: tuple[tuple[str, "Expression"], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments; None for one left out between two commas."""

    name: str
    arguments: tuple["Expression | None", ...]


Expression = Constant | Reference | Signed | Chain | Call


def parse(formula: str) -> tuple[Expression, tuple[Reference, ...]]:
    """The tree of a formula without its "=", and all cells that it names. `UnknownValue`."""
    if len(formula) > _LENGTH:
        raise UnknownValue
    try:
        tokens = [each for each in Tokenizer("=" + formula).items if each.type != "WHITE-SPACE"]
        parser = _Parser(tokens)
        return parser.whole(), tuple(parser.named)
    except (TokenizerError, ValueError, IndexError) as error:
        raise UnknownValue from error


class _Parser:
    """Reads tokens by how strongly operators bind."""

    def __init__(self, tokens: list[Any]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self.named: list[Reference] = []

    def whole(self) -> Expression:
        found = self._chain(0)
        if self._at < len(self._tokens):
            raise UnknownValue
        return found

    def _is(self, kind: str, subtype: str = "") -> bool:
        if self._at >= len(self._tokens):
            return False
        token = self._tokens[self._at]
        return token.type == kind and subtype in ("", token.subtype)

    def _next(self) -> str:
        self._at += 1
        return str(self._tokens[self._at - 1].value)

    def _take(self, kind: str, subtype: str) -> None:
        if not self._is(kind, subtype):
            raise UnknownValue
        self._at += 1

    def _chain(self, least: int) -> Expression:
        first = self._signed()
        rest: list[tuple[str, Expression]] = []
        while self._is("OPERATOR-INFIX"):
            power = _POWERS.get(self._tokens[self._at].value, -1)
            if power < least:
                break
            sign = self._next()
            rest.append((sign, self._chain(power + 1)))
        return Chain(first, tuple(rest)) if rest else first

    def _signed(self) -> Expression:
        negative, percents, signed = False, 0, False
        while self._is("OPERATOR-PREFIX"):
            sign = self._next()
            if sign not in "+-":
                raise UnknownValue
            negative ^= sign == "-"
            signed |= sign == "-"
        operand = self._operand()
        while self._is("OPERATOR-POSTFIX"):
            if self._next() != "%":
                raise UnknownValue
            percents += 1
        return Signed(operand, negative, percents) if signed or percents else operand

    def _operand(self) -> Expression:
        if self._is("OPERAND"):
            subtype = self._tokens[self._at].subtype
            return self._single(self._next(), subtype)
        self._depth += 1
        if self._depth > _DEPTH:
            raise UnknownValue
        found = self._call() if self._is("FUNC", "OPEN") else self._bracketed()
        self._depth -= 1
        return found

    def _single(self, text: str, subtype: str) -> Expression:
        match subtype:
            case "NUMBER":
                return Constant(_finite(float(text)))
            case "TEXT":
                return Constant(text[1:-1].replace('""', '"'))
            case "LOGICAL":
                return Constant(text == "TRUE")
            case "RANGE":
                self.named.append(_reference(text))
                return self.named[-1]
        raise UnknownValue

    def _bracketed(self) -> Expression:
        self._take("PAREN", "OPEN")
        found = self._chain(0)
        self._take("PAREN", "CLOSE")
        return found

    def _call(self) -> Call:
        name = self._next().removesuffix("(").upper()
        arguments: list[Expression | None] = []
        while not self._is("FUNC", "CLOSE") or arguments:
            blank = self._is("SEP", "ARG") or self._is("FUNC", "CLOSE")
            arguments.append(None if blank else self._chain(0))
            if self._is("FUNC", "CLOSE"):
                break
            self._take("SEP", "ARG")
        self._take("FUNC", "CLOSE")
        return Call(name, tuple(arguments))


def _reference(text: str) -> Reference:
    """Cells, whole columns or whole rows; `UnknownValue` for names, tables and other files."""
    if found := _CELLS.fullmatch(text):
        quoted, bare, *rest = found.groups()
        first = _corner(*rest[:4])
        return Reference(_title(quoted, bare), first, _corner(*rest[4:]) if rest[5] else first)
    if found := _WHOLE_COLUMNS.fullmatch(text):
        quoted, bare, fix, left, also, right = found.groups()
        first, last = _corner(fix, left, "$", "1"), _corner(also, right, "$", str(_ROWS))
        return Reference(_title(quoted, bare), first, last)
    if found := _WHOLE_ROWS.fullmatch(text):
        quoted, bare, fix, top, also, bottom = found.groups()
        first, last = _corner("$", "A", fix, top), _corner("$", "XFD", also, bottom)
        return Reference(_title(quoted, bare), first, last)
    raise UnknownValue


def _finite(value: float) -> float:
    if not isfinite(value):
        raise UnknownValue
    return value


def _title(quoted: str | None, bare: str | None) -> str:
    return quoted.replace("''", "'") if quoted else bare or ""


def _corner(fixed_column: str, column: str, fixed_row: str, row: str) -> Corner:
    return Corner(int(row), column_number(column), bool(fixed_row), bool(fixed_column))
