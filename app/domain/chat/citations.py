"""Answer sentence ↔ passage: which claims their sources support, and where.

A claim is supported as `evidence.support` has it or, where question and source are in different
languages, when its figures stand there and its meaning is near enough.
Marks that fail are mended when another source clearly supports the claim, else they stay
unsupported; claims without a mark get one by the same rule (citing while writing is more precise,
afterwards covers more: arXiv 2509.21557).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.chat.conversation import Citation, Segment, Source
from app.domain.evidence.support import Support, figures_of, support
from app.domain.retrieval.passages import sentences

#: Models write [1], [1, 2], [1][2], and sometimes 【1】.
_MARK = re.compile(r"\s*[\[【]\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*[\]】]")
#: Commas that stood between marks which are gone: "…, , and." is no sentence.
_LEFT_OVER = re.compile(r"\s*,(?:\s*,)+(?:\s*(?:and|и))?\s*(\.|,|$)", re.MULTILINE)
#: "2. " before a list item is no number of the claim.
_LIST_NUMBER = re.compile(r"\s*\(?\d{1,3}[.)]\s+")

#: Share of a claim's stems that a source must hold for a mark that the program adds: a mistake
#: would be ours.
_ADDED_SHARE = 0.7

#: similarity(claim, [sentence, …]) → one number a sentence, above 0 when it means the same.
Similarity = Callable[[str, Sequence[str]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class _Claim:
    """A sentence of the answer without its marks; `end` is where a mark belongs."""

    text: str
    end: int
    marks: tuple[tuple[int, int], ...]


def check(
    answer: str,
    sources: Sequence[Source],
    similarity: Similarity | None = None,
    question: str = "",
) -> tuple[Citation, ...]:
    """Citations of an answer to a question in the order of their place; `at` counts characters of
    `answer`."""
    by_number = {source.number: source for source in sources}
    citations: list[Citation] = []
    for claim in _claims(answer):
        for number, at in claim.marks:
            cited = _cited(claim, number, at, by_number.get(number), sources, question, similarity)
            if not cited.supported and (mended := _attributed(claim, sources, question, at)):
                cited = mended
            if not _stands(citations, cited):
                citations.append(cited)
        if not claim.marks and (added := _attributed(claim, sources, question, claim.end)):
            citations.append(added)
    return tuple(citations)


def marked(answer: str, citations: Sequence[Citation]) -> str:
    """The answer with exactly the supported marks in it, as [n]; a text for plain output."""
    shown = render(
        answer, citations, lambda citation: f" [{citation.number}]" if citation.supported else ""
    )
    return _LEFT_OVER.sub(lambda match: match[1], shown)


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


def sentence_ends(answer: str) -> list[int]:
    """Where the sentences of an answer end, those without a word left out."""
    return [claim.end for claim in _claims(answer) if re.search(r"\w", claim.text)]


def unmarked(text: str) -> str:
    """Without marks."""
    return _MARK.sub("", text).strip()


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
    sources: Sequence[Source],
    question: str,
    similarity: Similarity | None,
) -> Citation:
    if source is None or not re.search(r"\w", claim.text):
        return Citation(number, at, "", 0, 0, supported=False)
    found = _supported(claim, source, sources, question)
    if not found.confirmed and similarity:
        found = _by_meaning(claim.text, source.segment.text, similarity)
    if not found.confirmed:
        return Citation(number, at, "", 0, 0, supported=False)
    quote = source.segment.text[found.start : found.end]
    return Citation(number, at, quote, found.start, found.end, supported=True)


def _supported(claim: _Claim, source: Source, sources: Sequence[Source], question: str) -> Support:
    segment = source.segment
    around = "\n".join(
        each.segment.text
        for each in sources
        if each is not source and each.segment.document == segment.document
    )
    near = _nearness(segment)
    return support(claim.text, segment.text, question, segment.header, near, around)


def _nearness(segment: Segment) -> list[float]:
    """How well each sentence of a segment meets the question; none where some were not read."""
    scores: list[float] = []
    for start, end in sentences(segment.text):
        met = [each.score for each in segment.sentences if each.start < end and each.end > start]
        if not met:
            return []
        scores.append(max(met))
    return scores


def _stands(citations: Sequence[Citation], cited: Citation) -> bool:
    return any(
        citation.at == cited.at and citation.number == cited.number for citation in citations
    )


def _attributed(
    claim: _Claim, sources: Sequence[Source], question: str, at: int
) -> Citation | None:
    """The source that best supports a claim without a right mark, if one clearly does."""
    best: Citation | None = None
    best_share = _ADDED_SHARE
    for source in sources:
        found = _supported(claim, source, sources, question)
        if found.confirmed and found.share >= best_share:
            quote = source.segment.text[found.start : found.end]
            best_share = found.share + 1e-6
            best = Citation(source.number, at, quote, found.start, found.end, True, added=True)
    return best


def _by_meaning(claim: str, text: str, similarity: Similarity) -> Support:
    """In another language the words themselves tell nothing but figures."""
    spans = sentences(text)
    if not spans or not set(figures_of(claim)) <= set(figures_of(text)):
        return Support(0.0, 0, 0, confirmed=False)
    scores = similarity(claim, [text[start:end] for start, end in spans])
    place = max(range(len(spans)), key=lambda each: scores[each])
    return Support(scores[place], *spans[place], confirmed=scores[place] > 0)
