"""The sentences of the documents that are shown before any model has spoken."""

from collections.abc import Sequence

from app.domain.chat.conversation import Quotation, Segment, SentenceScore, Source, TextSpan

#: Characters of a quotation, and what its segment's score counts beside a sentence's own.
_LONGEST, _SEGMENT = 450, 0.5


def quotation(sources: Sequence[Source]) -> Quotation | None:
    """The sentence that meets the question best, with those around it while they meet it too and
    there is room; None where nothing was read a second time."""
    best: tuple[float, Source, int] | None = None
    for source in sources:
        for at, each in enumerate(source.segment.sentences):
            worth = (1 - _SEGMENT) * each.score + _SEGMENT * source.segment.score
            if best is None or worth > best[0]:
                best = worth, source, at
    if best is None:
        return None
    _, source, at = best
    first, last = _widened(source.segment, at)
    start, end = source.segment.sentences[first].start, source.segment.sentences[last].end
    return Quotation(" ".join(source.segment.text[start:end].split()), source.number, start, end)


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
            if 0 <= side < len(own) and _length(own, min(first, side), max(last, side)) <= _LONGEST
        ]
        if not sides:
            return first, last
        side = max(sides)[1]
        first, last = min(first, side), max(last, side)


def _length(own: Sequence[SentenceScore], first: int, last: int) -> int:
    return own[last].end - own[first].start
