"""The places of a number format: digits among literals ("000-00-00"), leading zeros, fractions."""

import re
from decimal import Decimal
from fractions import Fraction

_HOLDERS = "0#?"
#: "# ?/?", "?/8": whole places, places of the numerator, and the denominator's or its number.
_FRACTION = re.compile(r"(?:([0#?]+)\s+)?([0#?]+)\s*/\s*([0#?]+|\d+)")
#: Of more places than a double has digits the others are zeros or nothing.
_MOST_PLACES = 15


def is_fraction(places: str) -> bool:
    """Whether a format without literals asks for a numerator and a denominator."""
    return _FRACTION.search(places) is not None


def fraction(value: float, places: str) -> str:
    """ "2 1/2" for 2.5 in "# ?/?"; "5/2" in "?/?"."""
    match = _FRACTION.search(places)
    assert match is not None
    asked = match[3]
    exact = Fraction(abs(value))
    if asked.isdigit() and int(asked):
        over = int(asked)
        above = int(exact * over + Fraction(1, 2))
    else:
        near = exact.limit_denominator(10 ** min(len(asked), 7) - 1)
        above, over = near.numerator, near.denominator
    sign = "-" if value < 0 and above else ""
    if match[1] is None:
        return f"{sign}{above}/{over}"
    whole, rest = divmod(above, over)
    parts = [str(whole)] if whole or not rest else []
    return sign + " ".join([*parts, f"{rest}/{over}"] if rest else parts or ["0"])


def with_zeros(text: str, whole: str) -> str:
    """Plain digits, as many before the fraction as `whole` has zeros."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    front, point, behind = digits.partition(".")
    front = front.zfill(min(whole.count("0"), _MOST_PLACES * 2))
    return f"{sign}{front}{point}{behind}"


#: A place, or what stands between two: quoted, escaped or bare.
_BETWEEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|([0#?])|(.)')


def among_literals(number: Decimal, section: str) -> str | None:
    """A whole number with the literals between its places: "123-45-67" in "000-00-00". None when
    there are none between them, which is the ordinary case."""
    marks = [
        (match[3] or "", match[1] or match[2] or match[4] or "")
        for match in _BETWEEN.finditer(section)
    ]
    places = [at for at, (holder, _) in enumerate(marks) if holder]
    if not places or _is_plain(marks[places[0] : places[-1] + 1]):
        return None
    digits = f"{abs(number):.0f}".lstrip("0")
    told: list[str] = []
    for at in reversed(range(len(marks))):
        holder, literal = marks[at]
        if not holder:
            told.append(literal)
            continue
        first = at == places[0]
        digit, digits = (digits, "") if first else (digits[-1:], digits[:-1])
        told.append(digit or {"0": "0", "?": " "}.get(holder, ""))
    return ("-" if number < 0 else "") + "".join(reversed(told)).strip()


#: Places with nothing between them but what parts thousands, the fraction and the exponent.
_PLAIN = re.compile(r"[0#?]{1,3}(?:[ \u00a0][0#?]{3})+(?:[.,][0#?]*)?|[0#?,.]*(?:[Ee][+-][0#?]+)?")


def _is_plain(marks: list[tuple[str, str]]) -> bool:
    return _PLAIN.fullmatch("".join(holder or literal for holder, literal in marks)) is not None
