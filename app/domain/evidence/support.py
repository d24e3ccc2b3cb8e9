"""Whether a passage says what a sentence of an answer says: not only that its words occur there,
but that they are said of each other.

A claim is confirmed when
- every figure of it, with dates and numerals read alike however they are written, stands in the
  sentences that support it, and every name stands there, in the sentence before or in the heading;
- enough of its other stems do, those that tell this sentence from its neighbours counting most;
- what it adds to the question (the answer proper) stands in a sentence that is about the question,
  not in one that merely stands nearby while another meets the question better;
- neither is negated where the other is not, and neither says the opposite ("before", "after").

Such rules confirm nothing that a reader would have to infer; that is meant. How often they err is
measured by tests/bench/claims.py (results/support.md).
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.domain.text.sentences import sentences
from app.stems import STOP, normal, stem, stems

#: Least weighted share of a claim's stems in its sentences; and of the question's stems, where the
#: claim is a mere answer to it.
_SHARE, _ASKED_SHARE = 0.7, 0.45
#: By how much another sentence may be more about the question than the one that holds the answer.
_NEARER = 0.2
#: The same where a second reader has read: its scores lie closer, and know other wordings.
_READ_NEARER, _READ_SHARE = 0.02, 0.2
#: A claim of fewer stems of its own than this is read as an answer to the question.
_SHORT = 4
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?")
#: Figures as a whole, words with what is joined to them by an apostrophe.
_TOKEN = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?|[^\W\d_]+(?:['’]t\b)?")
_DATE = re.compile(r"\b(\d{1,2})[./](0?[1-9]|1[0-2])[./]((?:19|20)\d\d)\b")
_MONTH_NAMES = (
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
)
_YEAR = re.compile(r"#(?:1[5-9]|20)\d\d")
#: What stands before the first word of a sentence.
_BEGINS = re.compile(r"(?:^|[.!?…:]\s|\n)[\s\"'«“„(—–*•-]*$")
_NEGATION = frozenset(
    "не нет ни никогда нельзя без невозможно not no never without cannot neither nor none".split()
)
_NEGATED_REACH = 2
#: Tokens around a figure or a name of the claim that must be found within so many around it in the
#: passage, and their least share.
_NEAR, _FAR, _AGREEING = 3, 9, 0.4
#: From this share on a claim is the passage's own wording: a name or figure that differs was put
#: in its place.
_VERBATIM = 0.75
#: A sentence of two that says so much of a claim is heard alone too.
_MOST = 0.5
#: A second sentence joins only when it adds this share of the claim; the weight of a stem that no
#: sentence of the passage has.
_SECOND_ADDS, _UNKNOWN = 0.15, 1.0
#: Pairs of which a claim must not say one where the passage says only the other.
_OPPOSITES = tuple(
    (frozenset(map(stem, one.split())), frozenset(map(stem, other.split())))
    for one, other in (
        ("больше более свыше выше", "меньше менее ниже"),
        ("увеличился увеличилась увеличить рост вырос выросла растет повысился повысить",
         "уменьшился уменьшилась уменьшить снижение снизился снизилась падает сократился снизить"),
        ("раньше прежде", "позже позднее"),
        ("первый первая первое", "последний последняя последнее"),
        ("минимум минимальный", "максимум максимальный"),
        ("разрешено разрешается", "запрещено запрещается"),
        ("начало начался началась", "окончание закончился закончилась"),
        ("дольше длиннее", "короче"),
        ("longer", "shorter"),
        ("открыт открыта открыто", "закрыт закрыта закрыто"),
        ("open opens opened", "closed closes"),
        ("more above over", "less fewer below under"),
        ("increased increase rose grew higher", "decreased decrease fell declined lower"),
        ("before earlier", "after later"),
        ("first", "last"),
        ("minimum least", "maximum most"),
        ("allowed permitted", "forbidden prohibited"),
        ("largest biggest highest", "smallest lowest"),
    )
)  # fmt: skip
MONTHS = {
    stem(name): str(number)
    for names in (
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
_NUMERALS = {
    stem(word): str(number)
    for number, words in enumerate(
        (
            "ноль zero", "один одна одно одного одной one", "два две двух two", "три трёх three",
            "четыре четырёх four", "пять пяти five", "шесть шести six", "семь семи seven",
            "восемь восьми eight", "девять девяти nine", "десять десяти ten",
            "одиннадцать eleven", "двенадцать twelve",
        )
    )
    for word in normal(words).split()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Support:
    """The stretch of the passage that a claim rests on, how much of it stands there (0–1), and
    whether that confirms it."""

    share: float
    start: int
    end: int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class _Said:
    """What a stretch of text says: its stems and figures ("#12") in their order without stop words,
    and which of them are names or stand under a negation."""

    tokens: tuple[str, ...]
    names: frozenset[str]
    negated: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        return frozenset(self.tokens)

    @property
    def figures(self) -> frozenset[str]:
        return frozenset(each for each in self.tokens if each.startswith("#"))


def support(
    claim: str,
    text: str,
    question: str = "",
    header: str = "",
    nearness: Sequence[float] = (),
    around: str = "",
) -> Support:
    """How a passage, `text` below `header`, supports a claim that answers `question`. `nearness`:
    how well each sentence of the text meets the question, where a second reader knows; `around`:
    what else was read of the document, which says who "he" is."""
    return _support(claim, text, question, header, tuple(nearness), around)


@lru_cache(maxsize=512)
def _support(
    claim: str, text: str, question: str, header: str, nearness: tuple[float, ...], around: str
) -> Support:
    spans = sentences(text)
    said = _said(claim)
    if not spans or not said.tokens:
        return Support(0.0, 0, 0, confirmed=False)
    told = [_said(text[start:end], first=True) for start, end in spans]
    # A claim's first word is a name where the passage has it as one.
    names = frozenset().union(*(each.names for each in told))
    said = replace(said, names=said.names | (_said(claim, first=True).names & names))
    inner = frozenset().union(*(_said(text[start:end]).names for start, end in spans))
    named = _Named(inner | _said(around).names, names | _said(around).names)
    case = _Case(said, _said(question), told, frozenset(stems(header)), nearness, named)
    best = Support(0.0, *spans[0], confirmed=False)
    singles = [(place, place) for place in range(len(spans))]
    pairs = [(place, place + 1) for place in range(len(spans) - 1)]
    for first, last in (*singles, *pairs):
        share = case.share(first, last)
        if last > first and share <= best.share + _SECOND_ADDS:
            continue
        confirmed = case.holds(first, last, share)
        if (confirmed, share) > (best.confirmed, best.share):
            best = Support(share, spans[first][0], spans[last][1], confirmed)
    return best


@dataclass(frozen=True, slots=True)
class _Named:
    """Names of a document: those within its sentences, and those with the first words of sentences,
    some of which are none."""

    within: frozenset[str]
    all: frozenset[str]


class _Case:
    """One claim before one passage."""

    def __init__(
        self,
        said: _Said,
        asked: _Said,
        told: Sequence[_Said],
        above: frozenset[str],
        nearness: tuple[float, ...],
        named: _Named,
    ) -> None:
        self._said, self._asked, self._told, self._above = said, asked, told, above
        self._names = named
        self._weights = _weights(told)
        self._short = len(said.all) < _SHORT
        self._nearness = nearness if len(nearness) == len(told) else ()

    def share(self, first: int, last: int) -> float:
        """Of what the claim says, by weight, in these sentences and the heading. Words that it
        only repeats from the question are looked for by `_answers`."""
        proper = self._said.all - self._asked.all
        return self._of(proper or self._said.all, self._window(first, last).all | self._above)

    def holds(self, first: int, last: int, share: float) -> bool:
        """Whether the sentences confirm the claim."""
        window = self._window(first, last)
        return (
            share >= _SHARE
            and self._named(first, window, share)
            and self._agree(window)
            and not self._opposed(first, last)
            and self._answers(first, last, window)
        )

    def _window(self, first: int, last: int) -> _Said:
        own = self._told[first : last + 1]
        return _Said(
            tuple(token for each in own for token in each.tokens),
            frozenset().union(*(each.names for each in own)),
            frozenset().union(*(each.negated for each in own)),
        )

    def _named(self, first: int, window: _Said, share: float) -> bool:
        """Figures stand in the sentences; names do, or a claim that is worded freely may take them
        from the sentence before, which says who "he" is, or from the question."""
        if not self._said.figures <= window.all:
            return False
        known = window.all | self._above
        if share < _VERBATIM:
            known |= self._asked.all | (self._told[first - 1].all if first else frozenset())
        missing = self._said.names - known
        return not missing or self._meant(missing, window)

    def _meant(self, missing: frozenset[str], window: _Said) -> bool:
        """Whether sentences that name nobody else ("he was born in …") may be about names that the
        question asks about and the document has elsewhere."""
        others = (window.names & self._names.within) - self._said.names - self._asked.all
        return missing <= self._asked.all & (self._names.all | self._above) and not others

    def _agree(self, window: _Said) -> bool:
        """Whether what stands around each figure and name of the claim stands around it in the
        passage too."""
        said = self._said.tokens
        anchors = self._said.figures | (self._said.names & window.all)
        for anchor in anchors:
            places = [at for at, each in enumerate(said) if each == anchor]
            around = {
                each
                for at in places
                for each in said[max(at - _NEAR, 0) : at + _NEAR + 1]
                if each not in anchors
            }
            if self._short:
                around |= self._asked.all - self._above
            there = [at for at, each in enumerate(window.tokens) if each == anchor]
            best = max(
                (
                    self._of(
                        frozenset(around) & frozenset(self._weights),
                        frozenset(window.tokens[max(at - _FAR, 0) : at + _FAR + 1]) | self._above,
                    )
                    for at in there
                ),
                default=0.0,
            )
            if around and best < _AGREEING:
                return False
        return True

    def _opposed(self, first: int, last: int) -> bool:
        """Whether a sentence that says most of the claim says it the other way round."""
        return any(
            _opposed(self._said, self._told[place])
            for place in range(first, last + 1)
            if first == last or self.share(place, place) >= _MOST
        )

    def _answers(self, first: int, last: int, window: _Said) -> bool:
        """Whether what the claim adds to the question stands where the passage is about what is
        asked."""
        asked, told = self._asked.all, self._told
        about = asked if self._short else self._said.all & asked
        if not about:
            return True
        added = self._said.all - asked
        stems_met = [self._of(about - self._above, each.all) for each in told]
        nearness, least = self._nearness or stems_met, _READ_NEARER if self._nearness else _NEARER
        holding = [
            nearness[place]
            for place in range(first, last + 1)
            if not added or added & told[place].all
        ]
        if not holding or max(holding) < max(nearness) - least:
            return False
        here = window.all | (told[first - 1].all if first else frozenset()) | self._above
        if any(_YEAR.fullmatch(each) for each in self._asked.figures - here):
            return False  # of another year than was asked for
        asked_share = self._of(about, here)
        return asked_share >= (_READ_SHARE if self._nearness else _ASKED_SHARE)

    def _of(self, wanted: frozenset[str], found: frozenset[str]) -> float:
        """The weighted share of `wanted` that is in `found`."""
        total = sum(self._weights.get(each, _UNKNOWN) for each in wanted)
        held = sum(self._weights.get(each, _UNKNOWN) for each in wanted & found)
        return held / total if total else 1.0


def _opposed(said: _Said, window: _Said) -> bool:
    """Whether one denies what the other says of the same words, or says its opposite."""
    denied = (said.negated & window.all) | (window.negated & said.all)
    if denied and not said.negated & window.negated:
        return True
    return any(
        said.all & mine and not said.all & theirs and window.all & theirs and not window.all & mine
        for one, other in _OPPOSITES
        for mine, theirs in ((one, other), (other, one))
    )


def _weights(told: Sequence[_Said]) -> dict[str, float]:
    """What stands in every sentence tells none of them from the others."""
    counts = Counter(each for sentence in told for each in sentence.all)
    total = len(told)
    return {
        each: 0.3 + 0.7 * math.log((1 + total) / count) / math.log(1 + total)
        for each, count in counts.items()
    }


@lru_cache(maxsize=4096)
def _said(text: str, *, first: bool = False) -> _Said:
    """`first`: the first word may be a name too."""
    tokens: list[str] = []
    names: set[str] = set()
    negated: set[str] = set()
    reach = 0
    for match in _TOKEN.finditer(_DATE.sub(_apart, text)):
        word = match.group()
        if word[0].isdigit():
            tokens += [f"#{each}" for each in figures_of(word)]
            continue
        plain = normal(word)
        if plain in _NEGATION or plain.endswith(("n't", "n’t")):
            reach = _NEGATED_REACH
            continue
        own = stem(plain)
        if own in MONTHS and word[0].islower() | (own != stem("may")):
            tokens.append(f"#m{MONTHS[own]}")
            continue
        if own in _NUMERALS:
            tokens.append(f"#{_NUMERALS[own]}")
            continue
        if plain in STOP:
            continue
        tokens.append(own)
        if reach > 0:
            negated.add(own)
            reach -= 1
        if word[0].isupper() and (first or not _BEGINS.search(text[: match.start()])):
            names.add(own)
    return _Said(tuple(tokens), frozenset(names), frozenset(negated))


def _apart(date: re.Match[str]) -> str:
    month = _MONTH_NAMES[int(date[2]) - 1]
    return f"{int(date[1])} {month} {date[3]}"


def figures_of(text: str) -> list[str]:
    """Figures in a form that can be compared: thousands are not parted, decimals have a dot, zeros
    after it are left out."""
    found: list[str] = []
    for match in _NUMBER.finditer(text):
        plain = re.sub(r"(?<=\d)[,.\u00a0\u202f ](?=\d{3}(?!\d))", "", match.group())
        found.append(re.sub(r"\.0+$", "", plain.replace(",", ".")).lstrip("0") or "0")
    return found
