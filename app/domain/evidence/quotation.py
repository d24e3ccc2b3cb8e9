"""The sentences of the documents that are shown before any model has spoken."""

import re
from collections.abc import Sequence

from app.domain.chat.conversation import Quotation, Segment, SentenceScore, Source, TextSpan
from app.domain.evidence.excerpts import worth_of
from app.stems import stems

#: Characters of a quotation.
_LONGEST = 450
#: A neighbour stands in the quotation when it meets the question so well, beside the best sentence.
_JOINS = 0.7
#: A sentence answers by itself when it meets the question so well, with such a share of the
#: question's stems in it or its heading: the better the one, the less of the other.
_ANSWERS = ((1.0, 0.0), (0.8, 0.34), (0.65, 0.55), (0.5, 0.6))


#: How a sentence begins that is about something said in the one before it.
_REFERS = re.compile(
    r"[\W_]*(?:вс[её] это|эт(?:о|от|а|и|ого|ой|их|ому|ими?)|та(?:кой|кая|кое|кие|кого)|он[аио]?|"
    r"его|её|их|там|тогда|поэтому|потом|however|therefore|this|that|these|those|such|he|she|it|"
    r"they|his|her|its|their|there|then)\b",
    re.IGNORECASE,
)


def quotation(sources: Sequence[Source], question: str = "") -> Quotation | None:
    """The sentence that meets the question best, with those around it that meet it too while there
    is room; None where nothing was read a second time."""
    found = [
        (worth_of(each, source.segment), place, at)
        for place, source in enumerate(sources)
        for at, each in enumerate(source.segment.sentences)
    ]
    if not found:
        return None
    _, place, at = max(found, key=lambda each: each[0])
    source, own = sources[place], sources[place].segment.sentences
    first, last = _with_referent(source.segment, *_widened(source.segment, at))
    text = source.segment.text[own[first].start : own[last].end]
    return Quotation(
        " ".join(text.split()),
        source.number,
        own[first].start,
        own[last].end,
        answers=_answers(question, text, source.segment.header, own[at].score),
        met=own[at].score,
    )


def is_answered(segments: Sequence[Segment], question: str) -> bool:
    """Whether the best sentence of these answers by itself."""
    shown = quotation([Source(0, each) for each in segments], question)
    return shown is not None and shown.answers


def _answers(question: str, text: str, header: str, met: float) -> bool:
    asked = set(stems(question))
    shared = len(asked & set(stems(f"{header} {text}"))) / max(len(asked), 1)
    return any(met >= well and shared >= share for well, share in _ANSWERS)


def best_stretch(segment: Segment) -> TextSpan | None:
    """The sentence of one segment that meets the question best; None where none was read."""
    if not segment.sentences:
        return None
    best = max(segment.sentences, key=lambda each: each.score)
    return TextSpan(best.start, best.end)


def _widened(segment: Segment, at: int) -> tuple[int, int]:
    """The sentences from first to last: the better neighbour joins first."""
    own = segment.sentences
    first = last = at
    while True:
        sides = [
            (own[side].score, side)
            for side in (first - 1, last + 1)
            if 0 <= side < len(own)
            and own[side].score >= _JOINS * own[at].score
            and _length(own, min(first, side), max(last, side)) <= _LONGEST
        ]
        if not sides:
            return first, last
        side = max(sides)[1]
        first, last = min(first, side), max(last, side)


def _with_referent(segment: Segment, first: int, last: int) -> tuple[int, int]:
    """With the sentence before, where the first one refers to it and there is room for both."""
    own = segment.sentences
    refers = _REFERS.match(segment.text[own[first].start : own[first].end])
    if first and refers and _length(own, first - 1, last) <= _LONGEST:
        return first - 1, last
    return first, last


def _length(own: Sequence[SentenceScore], first: int, last: int) -> int:
    return own[last].end - own[first].start
