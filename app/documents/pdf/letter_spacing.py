"""Words that are printed with space between their letters ("П Р И К А З") → words.

MuPDF takes a gap of more than about 0.15 em for a space. In a run of single signs it is one only
where it is wider than the gap between most of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

#: At least so many single signs in a row, so many letters and so many different ones among them:
#: fewer are initials, choices or cells.
RUN_LENGTH, RUN_LETTERS, RUN_DIFFERENT = 4, 4, 3
#: A gap that is wider than the usual one by this many ems parts two words.
WORD_EXTRA = 0.15
#: Signs that are further apart than this, in ems, are no word.
WIDEST = 0.9
#: Letters that stand apart in a spaced line before they are a word that is spaced more.
LETTERS_APART = 3

_RUN_OF_WIDE = re.compile("w{3,}")
_RUN = re.compile(r"(?<!\S)[«„“\"(]?\S(?:\s+\S){3,}[.,:;!?»”\")]{0,2}(?!\S)")
_VOWELS = frozenset("аеёиоуыэюяіїєaeiou")


@dataclass(frozen=True, slots=True)
class _Sign:
    """A character that is no space: its place in the line and its edges along it, in points."""

    at: int
    character: str
    begin: float
    end: float


def is_spaced(line: dict[str, Any]) -> bool:
    """Whether a line of MuPDF's "dict" has a run of single signs that may be a word."""
    text = "".join(span["text"] for span in line["spans"])
    return any(_may_be_words(run[0]) for run in _RUN.finditer(text))


def closed(line: dict[str, Any], raw: dict[str, Any]) -> dict[str, Any]:
    """The line without the spaces between the letters of its words; `raw` is the same line of
    MuPDF's "rawdict"."""
    characters = [character for span in raw["spans"] for character in span["chars"]]
    text = "".join(character["c"] for character in characters)
    if text != "".join(span["text"] for span in line["spans"]):
        return line
    dropped: set[int] = set()
    em = max(span["size"] for span in line["spans"])
    for run in _RUN.finditer(text):
        if _may_be_words(run[0]):
            dropped.update(_between_letters(_signs(characters, run, line["dir"]), em))
    return {**line, "spans": list(_joined(line["spans"], dropped))} if dropped else line


def _may_be_words(run: str) -> bool:
    """Not figures, the same sign again and again, vowels or consonants only, or letters in their
    order, as heads of columns have."""
    letters = [sign for sign in run.casefold() if sign.isalpha()]
    vowels = sum(letter in _VOWELS for letter in letters)
    if len(letters) < RUN_LETTERS or len(set(letters)) < RUN_DIFFERENT:
        return False
    if vowels in (0, len(letters)):
        return False
    following = sum(ord(after) - ord(one) == 1 for one, after in pairwise(letters))
    return following < len(letters) / 2


def _signs(
    characters: list[dict[str, Any]], run: re.Match[str], direction: tuple[float, float]
) -> list[_Sign]:
    """The signs of the run, by their edges along the line."""
    dx, dy = direction
    signs = []
    for at in range(run.start(), run.end()):
        sign = characters[at]["c"]
        if not sign.isspace():
            x0, y0, x1, y1 = characters[at]["bbox"]
            edges = sorted((x0 * dx + y0 * dy, x1 * dx + y1 * dy))
            signs.append(_Sign(at, sign, *edges))
    return signs


def _between_letters(signs: list[_Sign], em: float) -> Iterator[int]:
    """The places in the line that lie between two signs of one word."""
    gaps = [max(after.begin - one.end, 0.0) for one, after in pairwise(signs)]
    usual = median(gaps)
    if usual > WIDEST * em:
        return
    wide = [gap > usual + WORD_EXTRA * em for gap in gaps]
    for parts, (one, after) in zip(_parting(signs, wide), pairwise(signs), strict=True):
        if not parts:
            yield from range(one.at + 1, after.at)


def _parting(signs: list[_Sign], wide: list[bool]) -> list[bool]:
    """Whether each gap parts two words: a wide one does, but not between letters that all stand
    apart, as those of "C o d e" do in a line of words that are spaced less."""
    parting = list(wide)
    for run in _RUN_OF_WIDE.finditer("".join("w" if one else "n" for one in wide)):
        begin, end = run.start() + (run.start() > 0), run.end() - 1
        letters = sum(sign.character.isalpha() for sign in signs[begin : end + 1])
        if letters >= LETTERS_APART:
            parting[begin:end] = [False] * (end - begin)
    return parting


def _joined(spans: list[dict[str, Any]], dropped: set[int]) -> Iterator[dict[str, Any]]:
    """The spans without the characters at `dropped`; those in one style become one, for the gaps
    between them are no spaces either."""
    before: dict[str, Any] | None = None
    start = 0
    for span in spans:
        kept = (c for at, c in enumerate(span["text"], start) if at not in dropped)
        start += len(span["text"])
        piece = {**span, "text": "".join(kept)}
        if before is not None and _alike(before, piece):
            before["text"] += piece["text"]
            before["bbox"] = _around(before["bbox"], piece["bbox"])
            continue
        if before is not None:
            yield before
        before = piece
    if before is not None:
        yield before


def _alike(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[key] == other[key] for key in ("size", "flags", "font"))


def _around(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    lows = (min(a, b) for a, b in zip(one[:2], other[:2], strict=True))
    highs = (max(a, b) for a, b in zip(one[2:], other[2:], strict=True))
    return (*lows, *highs)
