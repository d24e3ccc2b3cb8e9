"""Small print above or below the line → signs that keep their meaning in plain text: "10⁶", "H₂O",
"word 12" for the mark of a footnote."""

import re
from typing import Protocol

#: Print that is smaller than this share of its neighbour's em may be a script.
SCRIPT_SIZE = 0.85
#: How far, in ems of its neighbour, a superscript stands above its baseline: small print, or print
#: of the same size (Word raises by a third, LibreOffice by as much, TeX by 0.36 to 0.41).
RAISED, RAISED_ALIKE = 0.12, 0.25
#: Signs that an exponent or the mark of a footnote may have.
MARK_LENGTH = 6
#: How far a subscript stands below it (TeX lowers by 0.15, Word by 0.14).
LOWERED = 0.05

_DIGITS = "0123456789+-=()"
_ABOVE = str.maketrans(_DIGITS + "−–ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁻⁻ⁿⁱ")
_BELOW = str.maketrans(_DIGITS + "−–", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋₋")
#: A small letter o, Latin or Cyrillic, for the sign of degrees.
_DEGREES = ("o", "о")
_SIGNED = re.compile(r"[+\-−–]\d+(?:[.,/]\d+)?|\d+[+\-−–]|[+\-−–]")
_NUMERAL = re.compile(r"\d+(?:[.,/]\d+)?")
_LETTER_POWER = re.compile(r"[nikmxyt]")
_FOOTNOTE = re.compile(
    r"[(\[]?\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*[)\]]?,?|[(\[][a-zа-я](?:,[a-zа-я])*[)\]]"
)
#: What is raised to a power: units, variables, a closing bracket, a short number, a ten that
#: another number is multiplied by.
_UNITS = "мм|см|дм|км|мс|сек|мин|га|кг|mm|cm|dm|km|nm|kg|ms|sec|min|ft|in|yd|mi|mol|моль|mc"
_BASE = re.compile(
    rf"(?<![^\W\d_])(?:{_UNITS}|[^\W\d_])$|(?<![\w.,])\d{{1,2}}$|[·×⋅*x]\s?10$"
    # A bracket without a word in it is a term.
    r"|\((?:(?![^\W\d_]{3})[^()])+\)$"
)
_COUNTED = re.compile(r"[^\W_][)\]]?$")
_NUMBER_END = re.compile(r"\d[%)]?$")
#: What the mark of a footnote may follow.
_MARKED = re.compile(r"[\w)\]%.,;:!?»”\"’]$")
_ABOVE_SIGNS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")


class Print(Protocol):
    """A stretch of print: its em and baseline in points, y downward."""

    size: float
    baseline: float
    text: str


def is_above(piece: Print, base: Print) -> bool:
    """Whether `piece` is a superscript against `base`."""
    shift = (base.baseline - piece.baseline) / base.size
    small = piece.size <= SCRIPT_SIZE * base.size
    return shift >= RAISED if small else shift >= RAISED_ALIKE and piece.size <= 1.05 * base.size


def is_below(piece: Print, base: Print) -> bool:
    """Whether `piece` is a subscript against `base`."""
    small = piece.size <= SCRIPT_SIZE * base.size
    return small and piece.baseline - base.baseline >= LOWERED * base.size


def is_mark(piece: Print, base: Print) -> bool:
    """Whether `piece` is a superscript of a few small signs, not print in a line of its own."""
    small = piece.size <= SCRIPT_SIZE * base.size and len(piece.text) <= MARK_LENGTH
    return small and is_above(piece, base)


def raised(text: str, before: str) -> str:
    """A superscript as plain text that may follow `before` at once.

    An exponent is written in Unicode's superscripts, behind "^" where there is none. The mark of a
    footnote stands apart; behind a number it keeps its form, for it would be another number.
    """
    core = text.strip()
    end = " " if text.endswith(" ") else ""
    if before[-1:] in _ABOVE_SIGNS and set(core) <= set(_DIGITS):
        return core.translate(_ABOVE) + end
    if _is_power(core, before):
        return _power(core) + end
    if core in _DEGREES and _NUMBER_END.search(before):
        return "°" + end
    marked = before.rstrip()
    if not _FOOTNOTE.fullmatch(core) or not _MARKED.search(marked):
        return text
    bare = core.isdecimal() and _NUMBER_END.search(marked)
    mark = core.translate(_ABOVE) if bare else core
    return ("" if before.endswith(" ") else " ") + mark + end


def lowered(text: str, before: str) -> str:
    """A subscript as plain text; figures and signs in Unicode's, letters as they are."""
    core = text.strip()
    if not core or not _COUNTED.search(before) or not set(core) <= set(_DIGITS + "−–"):
        return text
    return core.translate(_BELOW) + (" " if text.endswith(" ") else "")


def _is_power(core: str, before: str) -> bool:
    if _SIGNED.fullmatch(core):
        return bool(_COUNTED.search(before))
    if _NUMERAL.fullmatch(core) or _LETTER_POWER.fullmatch(core):
        return bool(_BASE.search(before))
    return False


def _power(core: str) -> str:
    signs = core.translate(_ABOVE)
    if not set(signs) & set("0123456789.,/kmxyt"):
        return signs
    return f"^({core})" if len(core) > 1 else f"^{core}"
