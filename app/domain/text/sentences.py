"""Where sentences end, in Russian and English text, answers and table rows."""

import re
from collections.abc import Iterator

#: Punctuation that may end a sentence, with closing quotes and brackets, before white space.
#: Possessive, and only at the start of a run: a million dots would take quadratic time otherwise.
_END = re.compile(r"""(?<![.!?…])[.!?…]++["'»”’)\]]*+(?=\s|$)|[。！？]++|\n\s*\n""")
#: A line break that parts two sentences although nothing ends the first: list items, table rows.
_LIST_LINE = re.compile(r"\n(?=[ \t]*(?:[-*•–—]|\(?\d{1,3}[.)])[ \t])")
_WORD_BEFORE = re.compile(r"[\w.]{1,12}$")
_NEXT_WORD = re.compile(r"""\s*["'«“„(\[—–-]*\s*(\w*)""")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: After these a sentence goes on.
_GOES_ON = _words(
    "т т.е т.к т.н т.ч т.о е им ул д корп кв пер просп пл оф стр с рис табл гл п пп ст ч см ср "
    "напр проф акад доц канд д-р гр тов ред изд обл р-н пос дер о оз р св нач кон ок прим абз тел "
    "англ нем фр лат греч итал исп рус mr mrs ms dr prof st jr sr vs e.g i.e fig figs no nos vol "
    "pp ed eds cf al approx gen sen rep gov capt lt col sgt rev hon u.s u.k jan feb mar apr jun "
    "jul aug sep sept oct nov dec"
)
#: After these a sentence may end: it does when a capital follows.
_MAY_END = _words(
    "г гг в вв др пр проч руб коп долл тыс млн млрд трлн чел экз шт кг см мм км н.э до.н.э "
    "etc inc ltd corp co llc plc a.m p.m ph.d b.c a.d"
)
#: After "U.S." a capital may only be a name, unless it is one of these.
_STARTERS = _words(
    "the a an this that these those it we our he she they his her their its in on at as if for "
    "however but and or when while there such no not all"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) of the sentences, in order, without white space at either end.

    Together they cover every character that is not white space.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _ends(text):
        if end > start:
            spans.extend(_trimmed(text, start, end))
            start = end
    return spans


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    bare = piece.strip()
    if bare:
        start += len(piece) - len(piece.lstrip())
        yield start, start + len(bare)


def _ends(text: str) -> list[int]:
    ends = {match.end() for match in _END.finditer(text) if _is_end(text, match)}
    ends.update(match.start() for match in _LIST_LINE.finditer(text))
    ends.update(_row_ends(text))
    return [*sorted(ends), len(text)]


def _row_ends(text: str) -> Iterator[int]:
    """Line breaks next to a table row."""
    if " | " not in text:
        return
    end = 0
    row_before = False
    for line in text.splitlines(keepends=True):
        row = " | " in line
        if row or row_before:
            yield end
        end += len(line)
        row_before = row


def _is_end(text: str, match: re.Match[str]) -> bool:
    sign = match[0][0]
    if sign in "。！？" or sign.isspace():
        return True
    following = _NEXT_WORD.match(text, match.end())
    word = following[1] if following else ""
    if word[:1].islower():
        return False
    return match[0] != "." or _dot_ends(text[max(0, match.start() - 14) : match.start()], word)


def _dot_ends(before: str, following: str) -> bool:
    """Whether one dot after `before` ends a sentence when the word `following` comes next."""
    found = _WORD_BEFORE.search(before)
    if found is None:
        return True
    word = found[0]
    ahead = before[: found.start()].rstrip()
    if word.isdigit():
        return bool(ahead) and not before[: found.start()].endswith("\n")
    if len(word) == 1 and word.isupper():
        return False
    return _abbreviation_ends(word.casefold().strip("."), ahead, following)


def _abbreviation_ends(word: str, ahead: str, following: str) -> bool:
    if word in ("u.s", "u.k"):
        return following.casefold() in _STARTERS
    if word in ("г", "в", "см"):
        return ahead[-1:].isdigit() or ahead.endswith((")", "гг"))
    if word in _MAY_END:
        return True
    if word == "no":
        return not following[:1].isdigit()
    return word not in _GOES_ON
