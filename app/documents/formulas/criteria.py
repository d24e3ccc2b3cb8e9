"""What SUMIF and COUNTIF look for (ECMA-376 part 1, 18.17.7). What depends on
the user's language, as a fraction or a date in words does, is `UnknownValue`."""

import re
from collections.abc import Callable

from app.documents.formulas.operations import Scalar, UnknownValue, operation

_SIGNED = re.compile(r"(<=|>=|<>|=|<|>)?(.*)", re.DOTALL)
_WHOLE = re.compile(r"-?\d{1,15}")
_LETTERS = re.compile(r"[^\W\d_]+")
#: Beginnings of months: such a word beside digits may be a date.
_MONTHS = tuple(
    "jan feb mar apr may jun jul aug sep oct nov dec "
    "янв фев мар апр май мая июн июл авг сен окт ноя дек".split()
)
_TRUTHS = ("true", "false", "истина", "ложь")

Criterion = Callable[[Scalar], bool]


def criterion(wanted: Scalar) -> Criterion:
    """Tells what matches."""
    if isinstance(wanted, bool) or wanted is None:
        raise UnknownValue
    if isinstance(wanted, float):
        return _numeric("=", wanted)
    found = _SIGNED.fullmatch(wanted)
    assert found is not None
    sign, bare = found[1] or "=", found[2]
    if sign == "<>":
        raise UnknownValue  # counts empty cells as well
    if _WHOLE.fullmatch(bare):
        return _numeric(sign, float(bare))
    if sign != "=" or not _is_plain(bare):
        raise UnknownValue
    return lambda value: isinstance(value, str) and value.lower() == bare.lower()


def _numeric(sign: str, wanted: float) -> Criterion:
    def matches(value: Scalar) -> bool:
        if isinstance(value, str) and _may_be_number(value):
            raise UnknownValue
        return isinstance(value, float) and operation(sign, value, wanted) is True

    return matches


def _is_plain(text: str) -> bool:
    """Words that nobody reads as anything else, without wildcards."""
    named = _LETTERS.match(text) is not None and text.lower() not in _TRUTHS
    return named and not _may_be_number(text) and not set("*?~") & set(text)


def _may_be_number(text: str) -> bool:
    if not any(map(str.isdigit, text)):
        return False
    word = _LETTERS.match(text.strip())
    return word is None or word[0].lower().startswith(_MONTHS)
