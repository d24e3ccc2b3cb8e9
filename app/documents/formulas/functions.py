"""The functions that are computed (ECMA-376 part 1, 18.17.7), but for IF and IFERROR, which do not
look at all of their arguments."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Decimal, InvalidOperation

from app.documents.formulas.criteria import criterion
from app.documents.formulas.operations import (
    ErrorValue,
    Scalar,
    UnknownValue,
    joined,
    number,
    product,
    quotient,
    rounded,
    total,
)
from app.documents.formulas.workbook import Area, Operand, Place, scalar

#: Places that a number is rounded to.
_PLACES = 20


@dataclass(frozen=True)
class Function:
    """What works it out, and how many arguments it takes; any number from `least` on with 0."""

    work_out: Callable[[Sequence[Operand]], Scalar]
    least: int = 1
    most: int = 0

    def __call__(self, operands: Sequence[Operand]) -> Scalar:
        """`UnknownValue` for too few or too many."""
        count = len(operands)
        if count < self.least or (self.most and count > self.most):
            raise UnknownValue
        return self.work_out(operands)


def _numbers(operands: Iterable[Operand]) -> list[float]:
    """Texts, TRUE and FALSE count where the formula itself has them, not in cells."""
    found: list[float] = []
    for operand in operands:
        if isinstance(operand, Area):
            found += [value for value in operand.values() if isinstance(value, float)]
        else:
            found.append(number(operand))
    return found


def _filled(operand: Operand) -> list[tuple[Place, Scalar]]:
    """The filled cells of an area that has no error: these functions do not hand it on."""
    if not isinstance(operand, Area):
        raise UnknownValue
    try:
        return list(operand.filled())
    except ErrorValue as error:
        raise UnknownValue from error


def _average(operands: Sequence[Operand]) -> float:
    found = _numbers(operands)
    return quotient(total(found), float(len(found)))


def _count(operands: Sequence[Operand]) -> float:
    areas = [each for each in operands if isinstance(each, Area)]
    inside = sum(isinstance(value, float) for area in areas for _, value in _filled(area))
    return float(inside + len(_numbers(each for each in operands if not isinstance(each, Area))))


def _count_all(operands: Sequence[Operand]) -> float:
    areas = [each for each in operands if isinstance(each, Area)]
    inside = sum(len(_filled(area)) + area.empty_texts() for area in areas)
    return float(inside + len(operands) - len(areas))


def _sum_of_products(operands: Sequence[Operand]) -> float:
    areas = [each for each in operands if isinstance(each, Area)]
    if len(areas) < len(operands) or not all(area.like(areas[0]) for area in areas):
        raise UnknownValue
    columns = [
        {place: value for place, value in area.filled() if isinstance(value, float)}
        for area in areas
    ]
    shared = [place for place in columns[0] if all(place in each for each in columns)]
    return total([product([each[place] for each in columns]) for place in shared])


def _sum_if(operands: Sequence[Operand]) -> float:
    matches = criterion(scalar(operands[1]))
    places = [place for place, value in _filled(operands[0]) if matches(value)]
    looked, summed = operands[0], operands[-1] if len(operands) > 2 else operands[0]
    if not (isinstance(looked, Area) and isinstance(summed, Area) and summed.like(looked)):
        raise UnknownValue
    found = [summed.at(*place) for place in places]
    return total([value for value in found if isinstance(value, float)])


def _count_if(operands: Sequence[Operand]) -> float:
    matches = criterion(scalar(operands[1]))
    return float(sum(matches(value) for _, value in _filled(operands[0])))


def _rounding(way: str) -> Callable[[Sequence[Operand]], float]:
    def work_out(operands: Sequence[Operand]) -> float:
        places = number(scalar(operands[1])) if len(operands) > 1 else 0.0
        return _rounded(number(scalar(operands[0])), places, way)

    return work_out


def _rounded(value: float, places: float, way: str) -> float:
    """`UnknownValue` where digits past the fifteenth would tell."""
    if abs(places) > _PLACES:
        raise UnknownValue
    unit = Decimal(1).scaleb(-math.trunc(places))
    try:
        exact, seen = (
            (Decimal(repr(each)) / unit).quantize(Decimal(1), way) * unit
            for each in (value, rounded(value))
        )
    except InvalidOperation as error:
        raise UnknownValue from error
    if exact != seen:
        raise UnknownValue
    return float(exact)


def _joined(operands: Sequence[Operand]) -> str:
    return joined(map(scalar, operands))


FUNCTIONS = {
    "SUM": Function(lambda operands: total(_numbers(operands))),
    "PRODUCT": Function(lambda operands: product(_numbers(operands))),
    "SUMPRODUCT": Function(_sum_of_products),
    "AVERAGE": Function(_average),
    "MIN": Function(lambda operands: min(_numbers(operands), default=0.0)),
    "MAX": Function(lambda operands: max(_numbers(operands), default=0.0)),
    "COUNT": Function(_count),
    "COUNTA": Function(_count_all),
    "ROUND": Function(_rounding(ROUND_HALF_UP), 2, 2),
    "ROUNDUP": Function(_rounding(ROUND_UP), 2, 2),
    "ROUNDDOWN": Function(_rounding(ROUND_DOWN), 2, 2),
    "INT": Function(_rounding(ROUND_FLOOR), 1, 1),
    "ABS": Function(lambda operands: abs(number(scalar(operands[0]))), 1, 1),
    "SUMIF": Function(_sum_if, 2, 3),
    "COUNTIF": Function(_count_if, 2, 2),
    "CONCATENATE": Function(_joined),
}
