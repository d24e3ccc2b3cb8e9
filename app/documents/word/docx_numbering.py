"""The numbers that Word prints before paragraphs: "3.2.", "б)", "IV"."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from app.documents.word.docx_text import W, value

#: Levels of a list (ECMA-376, part 1, 17.9.6).
LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LATIN = "abcdefghijklmnopqrstuvwxyz"
#: Word leaves out ё, й, ъ, ы and ь.
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_ALPHABETS = {
    "lowerLetter": _LATIN,
    "upperLetter": _LATIN,
    "russianLower": _RUSSIAN,
    "russianUpper": _RUSSIAN,
}
#: Beyond it a number is written in digits: a document can claim any.
_MOST = 2000


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    kind: str
    text: str


class Numbering:
    """Counts through one document; `root` is the numbering part, None when there is none."""

    def __init__(self, root: Any | None) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[str, list[_Level]] = {}
        self._counts: dict[str, list[int | None]] = defaultdict(lambda: [None] * LEVELS)
        for abstract in root.iter(W + "abstractNum") if root is not None else ():
            levels = [_level(each) for each in abstract.findall(W + "lvl")][:LEVELS]
            self._levels[abstract.get(W + "abstractNumId")] = levels
        for each in root.iter(W + "num") if root is not None else ():
            self._lists[each.get(W + "numId")] = value(each, "abstractNumId") or ""

    def mark(self, list_id: str, level: int) -> str:
        """What stands before the next paragraph of that level (from 0); "" for bullets."""
        key = self._lists.get(list_id, "")
        levels = self._levels.get(key, [])
        if level >= len(levels):
            return ""
        counts = self._counts[key]
        before = counts[level]
        counts[level] = levels[level].start if before is None else before + 1
        counts[level + 1 :] = [None] * (LEVELS - level - 1)
        shown = levels[level]
        if shown.kind in ("bullet", "none"):
            return ""
        return _PLACE.sub(lambda place: _number(levels, counts, int(place[1]) - 1), shown.text)


def _number(levels: list[_Level], counts: list[int | None], at: int) -> str:
    if at >= len(levels):
        return ""
    count = counts[at]
    return _written(levels[at].start if count is None else count, levels[at].kind)


def _level(element: Any) -> _Level:
    start = value(element, "start") or "1"
    number = int(start) if start.isdigit() else 1
    return _Level(number, value(element, "numFmt") or "decimal", value(element, "lvlText") or "")


def _written(number: int, kind: str) -> str:
    if kind in ("lowerRoman", "upperRoman") and 0 < number < _MOST:
        text = _roman(number)
        return text.upper() if kind == "upperRoman" else text
    letters = _ALPHABETS.get(kind, "")
    if letters and 0 < number < _MOST:
        text = letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)
        return text.upper() if "pper" in kind else text
    return f"{number:02}" if kind == "decimalZero" else str(number)


def _roman(number: int) -> str:
    text = ""
    for size, sign in _ROMAN:
        text += sign * (number // size)
        number %= size
    return text
