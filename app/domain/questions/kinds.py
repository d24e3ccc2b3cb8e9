"""Which kind of a question it is, as far as its wording tells. Whether there is a set of documents
to be listed or compared, the library decides (`document_sets`)."""

import re
from dataclasses import dataclass

from app.domain.chat.conversation import QuestionKind
from app.domain.questions.whole import asks_about_whole
from app.stems import PART, STOP, normal, stem, stems

_MORE = (
    r"больше|меньше|дороже|дешевле|раньше|позже|позднее|дольше|короче|выше|ниже|лучше|хуже|старше"
    r"|новее|earlier|later|sooner|more|less|longer|shorter|cheaper|higher|lower|larger|smaller|newer"
    r"|older|better"
)
_COMPARES = re.compile(
    r"\b(?:сравни\w*|сопоставь\w*|(?:чем|как) отлича\w+|различа\w+|различи\w+|разниц\w+|отличи\w+"
    r"|compar\w+|differ\w*|versus|vs)\b"
    rf"|\b(?:как(?:ой|ая|ое|ие|им|ом|их)|котор\w+|у кого|где|which|what|who)\b.*\b(?:{_MORE})\b",
    re.IGNORECASE,
)
#: What comes after these words is listed or counted.
_LISTS = re.compile(
    r"\b(?:перечисли\w*|назови\w*\s+все\w*|список|перечень|выпиши\w*|list|enumerate|name\s+all)\b",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"\b(?:сколько|количество|число|how\s+many|number\s+of)\b", re.IGNORECASE)
_WHICH = re.compile(
    r"\b(?:какие|каких|каким|в\s+каких|по\s+каким|с\s+какими|which)\b", re.IGNORECASE
)
#: Words between those and what is meant: "сколько у нас всего договоров".
_BETWEEN = frozenset(
    stem(word) for word in "всего все всех у нас есть имеется существует total all our the".split()
)
#: Codes, numbers and quoted names: what a side is called.
_NAMED = re.compile(r"[«\"“]([^»\"”]{2,60})[»\"”]|(?<![\w-])((?=[\w/-]*\d)\w+(?:[-/]\w+)*)")
_BETWEEN_TWO = re.compile(
    r"(?:отлича\w+|между|сравни\w*|сопоставь\w*|between|compare)\s+(?P<one>[^,?]+?)\s+(?:и|от|с|со|and|with|to|vs\.?)"
    r"\s+(?P<other>[^,?]+?)\s*[?.]?$",
    re.IGNORECASE,
)

_COMPARED = re.compile(
    r"\b(?:сравни\w*|сопоставь\w*|compare)\s+(?:the\s+)?(?P<what>[^?.]+?)"
    r"\s+(?:по|в|во|у|между|для|из|of|in|for|between)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a question's words say of its kind. `of` are the stems that what is listed or counted
    begins with, none where any may; `counts`: a number is asked for; `named` are its sides where it
    names them."""

    kind: QuestionKind
    of: frozenset[str] = frozenset()
    counts: bool = False
    named: tuple[str, ...] = ()


def wording(question: str) -> Wording:
    """By rules, the most telling first."""
    if asks_about_whole(question):
        return Wording(QuestionKind.DOCUMENT)
    if _COMPARES.search(question):
        return Wording(QuestionKind.SIDES, named=named_sides(question))
    if found := _COUNTS.search(question):
        return Wording(QuestionKind.LIST, _first(question[found.end() :]), counts=True)
    if _LISTS.search(question):
        return Wording(QuestionKind.LIST)
    if found := _WHICH.search(question):
        return Wording(QuestionKind.LIST, _first(question[found.end() :]))
    return Wording(QuestionKind.LOOKUP)


def named_sides(question: str) -> tuple[str, ...]:
    """At least two names of things that a question compares, or none."""
    found = [one or other for one, other in _NAMED.findall(question)]
    sides = [each for each in dict.fromkeys(found) if not _is_year_or_count(each)]
    if len(sides) > 1:
        return tuple(sides)
    two = _BETWEEN_TWO.search(question)
    return (two["one"].strip(), two["other"].strip()) if two else ()


def attributes(question: str) -> tuple[str, ...]:
    """What is compared: "арендную плату", "срок" of "Сравни арендную плату и срок по договорам …";
    none where that cannot be told."""
    found = _COMPARED.search(question)
    if found is None:
        return ()
    parts = [each.strip() for each in re.split(r",\s*|\s+(?:и|and)\s+", found["what"])]
    return tuple(each for each in parts if stems(each))


def without_others(question: str, side: str, sides: tuple[str, ...]) -> str:
    """The question as it is asked of one side: the names of the others are taken out."""
    asked = question
    for other in sides:
        if other != side:
            asked = re.sub(
                rf"(?:\s+(?:и|с|and|with|,))?\s*[«\"“]?{re.escape(other)}[»\"”]?", " ", asked
            )
    return " ".join(asked.split())


def _is_year_or_count(name: str) -> bool:
    return bool(re.fullmatch(r"\d{1,2}|(?:19|20)\d\d", name))


def _first(rest: str) -> frozenset[str]:
    """The stem of the first word that is meant."""
    for word in PART.findall(normal(rest)):
        own = stem(word)
        if word not in STOP and own not in _BETWEEN:
            return frozenset([own])
    return frozenset(stems(rest)[:1])
