"""Answer sentence ↔ passage: which claims their sources support, and where.

A claim is supported when every number in it stands in the source and enough of its content stems
do, or, where question and source are in different languages, when its meaning is near enough.
Marks that fail are mended when another source clearly supports the claim, else they stay
unsupported; claims without a mark get one by the same rule (citing while writing is more precise,
afterwards covers more: arXiv 2509.21557).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.chat.conversation import Citation, Source
from app.domain.retrieval.passages import sentences
from app.stems import stems

#: Models write [1], [1, 2], [1][2], and sometimes 【1】.
_MARK = re.compile(r"\s*[\[【]\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*[\]】]")
#: "2. " before a list item is no number of the claim.
_LIST_NUMBER = re.compile(r"\s*\(?\d{1,3}[.)]\s+")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")

#: Shares of a claim's stems that its source must hold: for a mark that the model wrote, and for one
#: that the program adds (there a mistake would be ours; a number that agrees is strong evidence).
_MARKED_SHARE = 0.5
_ADDED_SHARE = 0.7
_ADDED_SHARE_WITH_NUMBER = 0.55
_LEAST_STEMS = 2
#: A second sentence is quoted only when it adds this share of the claim's stems.
_SECOND_ADDS = 0.15

#: similarity(claim, [sentence, …]) → one number a sentence, above 0 when it means the same.
Similarity = Callable[[str, Sequence[str]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class _Claim:
    """A sentence of the answer without its marks; `end` is where a mark belongs."""

    text: str
    end: int
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Support:
    share: float
    start: int
    end: int


def check(
    answer: str, sources: Sequence[Source], similarity: Similarity | None = None
) -> tuple[Citation, ...]:
    """Citations of an answer in the order of their place; `at` counts characters of `answer`."""
    by_number = {source.number: source for source in sources}
    citations: list[Citation] = []
    for claim in _claims(answer):
        for number, at in claim.marks:
            cited = _cited(claim, number, at, by_number.get(number), similarity)
            if not cited.supported and (mended := _attributed(claim, sources, at)):
                cited = mended
            if not _stands(citations, cited):
                citations.append(cited)
        if not claim.marks and (added := _attributed(claim, sources, claim.end)):
            citations.append(added)
    return tuple(citations)


def marked(answer: str, citations: Sequence[Citation]) -> str:
    """The answer with exactly the supported marks in it, as [n]; a text for plain output."""
    return render(
        answer, citations, lambda citation: f" [{citation.number}]" if citation.supported else ""
    )


def render(answer: str, citations: Sequence[Citation], show: Callable[[Citation], str]) -> str:
    """The answer with its own marks taken out and `show(citation)` in each citation's place."""
    pieces: list[str] = []
    done = 0
    places: dict[int, list[Citation]] = {}
    for citation in citations:
        places.setdefault(citation.at, []).append(citation)
    starts = {match.start(): match.end() for match in _MARK.finditer(answer)}
    for at in sorted({*places, *starts}):
        pieces.append(answer[done:at])
        pieces.append("".join(show(each) for each in places.get(at, ())))
        done = max(done, starts.get(at, at))
    return "".join([*pieces, answer[done:]])


def unmarked(text: str) -> str:
    """Without marks."""
    return _MARK.sub("", text).strip()


def numbers(text: str) -> frozenset[str]:
    """Numbers in a form that can be compared: "1 577,0" and "1,577" are written differently."""
    return frozenset(
        re.sub(r"[,. \u00a0\u202f]", "", _without_zero_cents(match.group()))
        for match in _NUMBER.finditer(text)
    )


def _claims(answer: str) -> list[_Claim]:
    claims: list[_Claim] = []
    for start, end in _sentences_with_marks(answer):
        raw = answer[start:end]
        marks = tuple(
            (int(number), start + match.start())
            for match in _MARK.finditer(raw)
            for number in re.findall(r"\d+", match.group(1))
        )
        text = _MARK.sub("", raw)
        if item := _LIST_NUMBER.match(text):
            text = text[item.end() :]
        closing = len(raw.rstrip()) - len(raw.rstrip().rstrip(".!?…:;"))
        claims.append(_Claim(text.strip(), start + len(raw.rstrip()) - closing, marks))
    return claims


def _sentences_with_marks(answer: str) -> list[tuple[int, int]]:
    """Sentences; marks that follow a full stop belong to the sentence before them."""
    spans: list[tuple[int, int]] = []
    for start, end in sentences(answer):
        lead = re.match(r"(?:\s*[\[【]\s*\d[\d\s,;]*[\]】])+[.\s]*", answer[start:end])
        if lead and spans:
            spans[-1] = (spans[-1][0], start + lead.end())
            start += lead.end()
        if start < end and answer[start:end].strip():
            spans.append((start, end))
    return spans


def _cited(
    claim: _Claim,
    number: int,
    at: int,
    source: Source | None,
    similarity: Similarity | None,
) -> Citation:
    if source is None or not re.search(r"\w", claim.text):
        return Citation(number, at, "", 0, 0, supported=False)
    text = source.segment.text
    support = _support(claim.text, text)
    supported = support.share >= _MARKED_SHARE and numbers(claim.text) <= numbers(text)
    if not supported and similarity and numbers(claim.text) <= numbers(text):
        support, supported = _by_meaning(claim.text, text, similarity)
    if not supported:
        return Citation(number, at, "", 0, 0, supported=False)
    quote = text[support.start : support.end]
    return Citation(number, at, quote, support.start, support.end, supported=True)


def _stands(citations: Sequence[Citation], cited: Citation) -> bool:
    return any(
        citation.at == cited.at and citation.number == cited.number for citation in citations
    )


def _attributed(claim: _Claim, sources: Sequence[Source], at: int) -> Citation | None:
    """The source that best supports a claim without a right mark, if one clearly does."""
    best: Citation | None = None
    best_share = _ADDED_SHARE_WITH_NUMBER if numbers(claim.text) else _ADDED_SHARE
    for source in sources:
        text = source.segment.text
        support = _support(claim.text, text)
        if support.share >= best_share and numbers(claim.text) <= numbers(text):
            quote = text[support.start : support.end]
            best_share = support.share + 1e-6
            best = Citation(source.number, at, quote, support.start, support.end, True, added=True)
    return best


def _support(claim: str, text: str) -> _Support:
    """Share of the claim's stems in its best two neighbouring sentences of the source."""
    wanted = set(stems(claim))
    if len(wanted) < _LEAST_STEMS and not numbers(claim):
        return _Support(0.0, 0, 0)
    spans = sentences(text)
    found = [wanted & set(stems(text[start:end])) for start, end in spans]
    total = max(len(wanted), 1)
    best = max(
        (_Support(len(each) / total, *span) for each, span in zip(found, spans, strict=True)),
        key=lambda support: support.share,
        default=_Support(0.0, 0, 0),
    )
    for (first, second), (before, after) in zip(pairwise(found), pairwise(spans), strict=True):
        share = len(first | second) / total
        if share > best.share + _SECOND_ADDS:
            best = _Support(share, before[0], after[1])
    return best


def _by_meaning(claim: str, text: str, similarity: Similarity) -> tuple[_Support, bool]:
    spans = sentences(text)
    if not spans:
        return _Support(0.0, 0, 0), False
    scores = similarity(claim, [text[start:end] for start, end in spans])
    place = max(range(len(spans)), key=lambda each: scores[each])
    return _Support(scores[place], *spans[place]), scores[place] > 0


def _without_zero_cents(number: str) -> str:
    return re.sub(r"[.,]0{1,2}$", "", number)
