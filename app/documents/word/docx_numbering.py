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
_UNNUMBERED = frozenset({"bullet", "none"})
_OFF = frozenset({"0", "false", "off"})
#: Beyond it a number is written in digits: a document can claim any.
_MOST = 2000


@dataclass(frozen=True, slots=True)
class _Level:
    """`restarts_after`: the level (from 1) whose use lets this one begin anew, 0 for none, None
    for every one above it. `digits`: numbers of other levels are written in digits as well."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    restarts_after: int | None = None
    digits: bool = False

    def restarts(self, level: int) -> bool:
        """Whether a paragraph of that level (from 0), which is above this one, lets it restart."""
        return self.restarts_after is None or level < self.restarts_after


@dataclass(frozen=True, slots=True)
class _List:
    """An instance of an abstract list: `levels` with what it redefines, and the levels that begin
    at another number when this instance is first used."""

    abstract: str
    levels: dict[int, _Level]
    restarts: dict[int, int]


class Numbering:
    """Counts through one document; `root` is the numbering part, None when there is none. Instances
    of one abstract list go on counting where the one before stopped, unless they say otherwise
    (ECMA-376, part 1, 17.9.26)."""

    def __init__(self, root: Any | None) -> None:
        self._counts: dict[str, list[int | None]] = defaultdict(lambda: [None] * LEVELS)
        self._begun: set[tuple[str, int]] = set()
        self._lists = _lists(root) if root is not None else {}

    def mark(self, list_id: str, level: int) -> str:
        """What stands before the next paragraph of that level (from 0); "" for bullets."""
        found = self._lists.get(list_id)
        if found is None or level not in found.levels:
            return ""
        counts = self._counts[found.abstract]
        counts[level] = self._next(list_id, level)
        for below in range(level + 1, LEVELS):
            if found.levels.get(below, _Level()).restarts(level):
                counts[below] = None
        shown = found.levels[level]
        if shown.kind in _UNNUMBERED:
            return ""
        return _PLACE.sub(
            lambda place: _number(found.levels, counts, int(place[1]) - 1, shown), shown.text
        )

    def _next(self, list_id: str, level: int) -> int:
        found = self._lists[list_id]
        first_use = (list_id, level) not in self._begun
        self._begun.add((list_id, level))
        if first_use and level in found.restarts:
            return found.restarts[level]
        before = self._counts[found.abstract][level]
        return found.levels[level].start if before is None else before + 1


def _lists(root: Any) -> dict[str, _List]:
    """By the id that paragraphs name. An abstract list that only points to a style has the levels
    of the one that defines this style (17.9.21, 17.9.27)."""
    abstract = {each.get(W + "abstractNumId"): each for each in root.iter(W + "abstractNum")}
    styles = {style: key for key, each in abstract.items() if (style := value(each, "styleLink"))}
    levels = {key: _levels(each) for key, each in abstract.items()}
    lists = {}
    for each in root.iter(W + "num"):
        key = value(each, "abstractNumId") or ""
        if key in abstract and (style := value(abstract[key], "numStyleLink")):
            key = styles.get(style, key)
        lists[each.get(W + "numId")] = _instance(each, key, levels.get(key, {}))
    return lists


def _instance(element: Any, abstract: str, levels: dict[int, _Level]) -> _List:
    own, restarts = dict(levels), {}
    for override in element.findall(W + "lvlOverride"):
        own.update(_levels(override))
        start, at = _count(value(override, "startOverride")), _count(override.get(W + "ilvl"))
        if start is not None and at is not None:
            restarts[at] = start
    return _List(abstract, own, restarts)


def _levels(parent: Any) -> dict[int, _Level]:
    found = {}
    for place, element in enumerate(parent.findall(W + "lvl")):
        at = _count(element.get(W + "ilvl"))
        found[place if at is None else at] = _level(element)
    return {at: level for at, level in found.items() if at < LEVELS}


def _level(element: Any) -> _Level:
    start = _count(value(element, "start"))
    legal = element.find(W + "isLgl")
    return _Level(
        start=1 if start is None else start,
        kind=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        restarts_after=_count(value(element, "lvlRestart")),
        digits=legal is not None and legal.get(W + "val") not in _OFF,
    )


def _count(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None


def _number(levels: dict[int, _Level], counts: list[int | None], at: int, shown: _Level) -> str:
    level = levels.get(at)
    if level is None or level.kind in _UNNUMBERED:
        return ""
    count = counts[at]
    number = level.start if count is None else count
    return _written(number, "decimal" if shown.digits else level.kind)


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
