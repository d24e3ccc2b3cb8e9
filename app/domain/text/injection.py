"""Finds text in documents that speaks to the model: orders, forged marks, hidden or encoded ones.

Rules, not judgement: what they find was written for a model, or quotes such a text. Much that is
meant for a model they do not find; the prompt alone has to withstand that.
"""

import base64
import binascii
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from app.domain.text import injection_patterns as patterns
from app.domain.text.sentences import sentences


class SuspicionKind(StrEnum):
    """OVERRIDE lifts earlier instructions, ROLE gives the model another part, MARK forges a mark of
    the chat or of the prompt, SYSTEM speaks as the system, DICTATED says what the answer shall be,
    CONCEALED what it shall hide, LINK what it shall link to, ADDRESSED speaks to a model by name;
    ENCODED and DISGUISED hide such an order."""

    OVERRIDE = "override"
    ROLE = "role"
    MARK = "mark"
    SYSTEM = "system"
    DICTATED = "dictated"
    CONCEALED = "concealed"
    LINK = "link"
    ADDRESSED = "addressed"
    ENCODED = "encoded"
    DISGUISED = "disguised"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Characters `start` to `end` of the text."""

    start: int
    end: int
    kind: SuspicionKind


@dataclass(frozen=True, slots=True)
class Order:
    """Characters `start` to `end` of the text; `forged`: a mark of the chat stands in them."""

    start: int
    end: int
    forged: bool


#: Longest Base64 run that is decoded, in characters.
_DECODED = 4000
_BASE64 = re.compile(r"[A-Za-z0-9+/]{32,}={0,2}")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
#: Where a word goes over into the other alphabet.
_CHANGE = re.compile("[A-Za-z][А-Яа-яЁё]|[А-Яа-яЁё][A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")
_LEET = re.compile(
    r"(?<![\w@$])(?=[\w@$]{4,30}(?![\w@$]))[A-Za-z@$01345]*[A-Za-z][@$01345][A-Za-z@$01345]*"
)
_LOOKS_LATIN = str.maketrans("АВЕКМНОРСТУХаекорсух", "ABEKMHOPCTYXaekopcyx")
_LOOKS_CYRILLIC = str.maketrans("ABEKMHOPCTYXaekopcyx", "АВЕКМНОРСТУХаекорсух")
_LEET_LETTERS = str.maketrans("01345@$", "oieasas")
_QUOTES = str.maketrans("«»[]", "“”()")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_] {1,3}){9,}[^\W\d_](?!\w)")


def suspicious(text: str) -> tuple[Suspicion, ...]:
    """The stretches of `text` that look like orders to a model, in order, none within another.
    Takes time in proportion to the text."""
    found = [*_plain(text), *_spaced(text), *_encoded(text)]
    for disguise in _undisguised(text):
        seen = {(suspicion.start, suspicion.end) for suspicion in found}
        found += [
            Suspicion(suspicion.start, suspicion.end, SuspicionKind.DISGUISED)
            for suspicion in _plain(disguise)
            if (suspicion.start, suspicion.end) not in seen
        ]
    return _apart(found)


def fenced(text: str, fence: str, omitted: str) -> str:
    """`text` with each suspicious stretch, and what follows it in its sentence or table cell, in
    the place "{text}" of `fence`: what an order wants stands after it, what a document tells
    before it. Quotation marks and brackets in a stretch become others, so that it cannot end its
    own fence. Only what holds forged marks is left out, with `omitted` in its place: nobody writes
    these honestly, and a fence does not withstand them (results/injection.md)."""
    kept, place = [], 0
    for order in orders(text):
        stretch = text[order.start : order.end].translate(_QUOTES)
        kept.append(text[place : order.start])
        kept.append(omitted if order.forged else fence.replace("{text}", stretch))
        place = order.end
    return "".join([*kept, text[place:]])


def orders(text: str) -> list[Order]:
    """The suspicious stretches in order, each with what goes on with it, none within another."""
    found = suspicious(text)
    if not found:
        return []
    stretches = [(suspicion.start, suspicion.end) for suspicion in found]
    marks = [suspicion for suspicion in found if suspicion.kind == SuspicionKind.MARK]
    if marks:  # what stands between forged marks is forged with them
        stretches.append((marks[0].start, max(mark.end for mark in marks)))
    spans = sentences(text)
    joined: list[tuple[int, int]] = []
    for start, last in sorted(stretches):
        if joined and last <= joined[-1][1]:
            continue
        end = _order_end(text, last, spans)
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return [
        Order(start, end, any(start <= mark.start < end for mark in marks)) for start, end in joined
    ]


def _order_end(text: str, last: int, spans: list[tuple[int, int]]) -> int:
    """Where the sentence or cell ends that `last` stands in, and those that go on with it."""
    place = bisect_left(spans, last, key=lambda span: span[1])
    if place == len(spans):
        return last
    end = spans[place][1]
    border = text.find(" | ", last, end)
    if border >= 0:
        return border
    while place + 1 < len(spans) and patterns.CONTINUED.match(text, spans[place + 1][0]):
        place += 1
        end = spans[place][1]
    return end


def _plain(text: str) -> Iterator[Suspicion]:
    """Zero-width characters do not part a word: they are looked through."""
    if not _UNSEEN.search(text):
        yield from _matches(text)
        return
    places = [place for place, sign in enumerate(text) if not _UNSEEN.match(sign)]
    for match in _matches("".join(text[place] for place in places)):
        yield Suspicion(places[match.start], places[match.end - 1] + 1, match.kind)


def _matches(text: str) -> Iterator[Suspicion]:
    lower = text.lower()
    for name, (words, rules) in patterns.RULES.items():
        if any(word in lower for word in words):
            for rule in rules:
                for match in rule.finditer(text):
                    yield Suspicion(match.start(), match.end(), SuspicionKind(name))


def _undisguised(text: str) -> Iterator[str]:
    """The text with look-alikes of another alphabet, or of digits, as what they look like; each
    as long as the text itself."""
    if _CHANGE.search(text):
        for alike in (_LOOKS_LATIN, _LOOKS_CYRILLIC):
            yield _WORD.sub(partial(_in_one, alike=alike), text)
    if _LEET.search(text):
        yield _LEET.sub(lambda word: word[0].translate(_LEET_LETTERS), text)


def _in_one(word: re.Match[str], alike: dict[int, int]) -> str:
    return word[0].translate(alike) if _CHANGE.search(word[0]) else word[0]


def _spaced(text: str) -> Iterator[Suspicion]:
    """L e t t e r s   a p a r t; titles are set so too, therefore only words of an order count."""
    for match in _SPACED.finditer(text):
        if patterns.SQUEEZED.search(match[0].replace(" ", "")):
            yield Suspicion(match.start(), match.end(), SuspicionKind.DISGUISED)


def _encoded(text: str) -> Iterator[Suspicion]:
    for match in _BASE64.finditer(text):
        plain = _decoded(match[0][:_DECODED])
        if plain and next(_matches(plain), None):
            yield Suspicion(match.start(), match.end(), SuspicionKind.ENCODED)


def _decoded(run: str) -> str:
    bare = run.rstrip("=")
    try:
        return base64.b64decode(bare[: len(bare) // 4 * 4]).decode("utf-8", "ignore")
    except (binascii.Error, ValueError):
        return ""


def _apart(found: list[Suspicion]) -> tuple[Suspicion, ...]:
    kept: list[Suspicion] = []
    for each in sorted(found, key=lambda suspicion: (suspicion.start, -suspicion.end)):
        if not kept or each.end > kept[-1].end:
            kept.append(each)
    return tuple(kept)
