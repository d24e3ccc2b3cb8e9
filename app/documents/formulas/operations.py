"""What the operators of formulas do, as in Excel (ECMA-376 part 1, 18.17.2), and the values that
they take: a number, a text, True or False, None for an empty cell."""

import math
from collections.abc import Callable, Iterable, Sequence

Scalar = float | str | bool | None


class UnknownValue(Exception):
    """What is not computed here, or not surely."""


class ErrorValue(UnknownValue):
    """What is an error in Excel as well, such as a division by zero."""


#: Excel keeps so many significant digits of a number (Microsoft, "Excel specifications and
#: limits"); what is left of a sum below them is noise.
_DIGITS, _NOISE = 15, 1e-15
#: Beyond it a number becomes a text with an exponent, and a fraction one in the user's language.
_PLAIN = 1e11
#: Signs of a text in a cell.
_LENGTH = 32_767
_ORDERS = ("<", ">", "<=", ">=")


def rounded(value: float) -> float:
    """To 15 significant digits."""
    return float(f"{value:.{_DIGITS}g}")


def number(value: Scalar) -> float:
    """Of an operand. A text is read in the user's language there, so it is `UnknownValue`."""
    if isinstance(value, str):
        raise UnknownValue
    return float(value or 0.0)


def text(value: Scalar) -> str:
    """Of an operand; `UnknownValue` where it depends on the user's language."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool) or not value.is_integer() or abs(value) >= _PLAIN:
        raise UnknownValue
    return str(int(value))


def joined(values: Iterable[Scalar]) -> str:
    """Texts one after the other; `UnknownValue` for what is longer than a cell holds."""
    found = "".join(map(text, values))
    if len(found) > _LENGTH:
        raise UnknownValue
    return found


def truth(value: Scalar) -> bool:
    """Of a condition."""
    return number(value) != 0


def total(values: Sequence[float]) -> float:
    """The sum, 0 where only noise is left of it."""
    found = _finite(math.fsum, values)
    noise = _NOISE * max(map(abs, values), default=0.0)
    return 0.0 if abs(found) < noise else found


def product(values: Sequence[float]) -> float:
    """0 of no numbers at all, as in Excel."""
    return _finite(math.prod, values) if values else 0.0


def operation(sign: str, left: Scalar, right: Scalar) -> Scalar:
    """The result of an operator between two values."""
    match sign:
        case "&":
            return joined((left, right))
        case "=" | "<>" | "<" | ">" | "<=" | ">=":
            return _compared(sign, left, right)
    first, second = number(left), number(right)
    match sign:
        case "+":
            return total((first, second))
        case "-":
            return total((first, -second))
        case "*":
            return product((first, second))
        case "/":
            return quotient(first, second)
        case "^":
            return _power(first, second)
    raise UnknownValue


def quotient(first: float, second: float) -> float:
    """`ErrorValue` of a division by zero."""
    if not second:
        raise ErrorValue
    return _finite(lambda pair: pair[0] / pair[1], (first, second))


def _power(first: float, second: float) -> float:
    if not first and second <= 0:
        raise ErrorValue
    if first < 0 and not second.is_integer():
        raise UnknownValue
    return _finite(lambda pair: pair[0] ** pair[1], (first, second))


def _finite(function: Callable[[Sequence[float]], float], values: Sequence[float]) -> float:
    try:
        found = float(function(values))
    except (OverflowError, ValueError) as error:
        raise UnknownValue from error
    if not math.isfinite(found):
        raise UnknownValue
    return found


def _compared(sign: str, left: Scalar, right: Scalar) -> bool:
    """Numbers stand below texts, these below TRUE and FALSE; case does not count."""
    left = _blank_like(right) if left is None else left
    right = _blank_like(left) if right is None else right
    first, second = _rank(left), _rank(right)
    if first == second == 1 and sign in _ORDERS:
        raise UnknownValue  # the order of letters is one of the user's language
    if first == second:
        before, same = _plain(left) < _plain(right), _plain(left) == _plain(right)
    else:
        before, same = first < second, False
    match sign:
        case "=":
            return same
        case "<>":
            return not same
        case "<" | "<=":
            return before or (same and sign == "<=")
    return not before and (not same or sign == ">=")


def _blank_like(other: Scalar) -> Scalar:
    return "" if isinstance(other, str) else False if isinstance(other, bool) else 0.0


def _rank(value: Scalar) -> int:
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0


def _plain(value: Scalar) -> tuple[float, str]:
    if isinstance(value, str):
        return 0.0, value.lower()
    return rounded(float(value or 0.0)), ""
