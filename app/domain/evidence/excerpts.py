"""Which stretches of the passages a model reads: the sentences that meet the question, with just
enough around them.

A prompt is read at a constant speed, so every sentence that says nothing costs the user time, and a
small model answers worse among them (results/answers.md).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.chat.conversation import Segment, SentenceScore, TextSpan

#: Sentences beside a chosen one that are read with it: what "he" and "there" stand for is said in
#: the one before.
_BEFORE, _AFTER = 1, 1
#: Of a sentence's worth, what its segment's place among the segments counts.
_SEGMENT = 0.5


@dataclass(frozen=True, slots=True)
class Choice:
    """For each segment, by its place, the stretches that are read, in order; none: it is not."""

    stretches: tuple[tuple[TextSpan, ...], ...]

    @property
    def read(self) -> list[int]:
        """The places of the segments that are read."""
        return [place for place, each in enumerate(self.stretches) if each]


def chosen(
    segments: Sequence[Segment], budget: int, count: Callable[[str], int], least: int = 1
) -> Choice:
    """As many of the best sentences as `budget` tokens hold with their headers, one at least; the
    best of each of the first `least` segments come before all others. Segments without scored
    sentences are read whole, in their place."""
    picked: list[set[int]] = [set() for _ in segments]
    sentences = [_sentences(segment) for segment in segments]
    left = budget
    for place, at in _by_worth(segments, sentences, least):
        wanted = _around(at, len(sentences[place])) - picked[place]
        spans = [sentences[place][each] for each in sorted(wanted)]
        cost = sum(count(segments[place].text[each.start : each.end]) for each in spans)
        cost += 0 if picked[place] else count(segments[place].header)
        forced = not any(picked)
        if cost > left and not forced:
            continue
        picked[place] |= wanted
        left -= cost
    return Choice(
        tuple(
            tuple(_joined([own[each] for each in sorted(kept)], segment.text))
            for segment, own, kept in zip(segments, sentences, picked, strict=True)
        )
    )


def worth_of(sentence: SentenceScore, segment: Segment) -> float:
    """What a sentence is worth among those of all segments."""
    return (1 - _SEGMENT) * sentence.score + _SEGMENT * segment.score


def _sentences(segment: Segment) -> list[SentenceScore]:
    return list(segment.sentences) or [SentenceScore(0, len(segment.text), segment.score)]


def _by_worth(
    segments: Sequence[Segment], sentences: Sequence[Sequence[SentenceScore]], least: int
) -> list[tuple[int, int]]:
    """(segment, sentence), the best sentence of the first segments, then the best of all."""
    worth = {
        (place, at): worth_of(each, segments[place])
        for place, own in enumerate(sentences)
        for at, each in enumerate(own)
    }
    order = sorted(worth, key=lambda key: -worth[key])
    firsts = [
        next(key for key in order if key[0] == place) for place in range(min(least, len(segments)))
    ]
    return [*firsts, *(key for key in order if key not in firsts)]


def _around(at: int, total: int) -> set[int]:
    return set(range(max(at - _BEFORE, 0), min(at + _AFTER + 1, total)))


def _joined(sentences: Sequence[SentenceScore], text: str) -> list[TextSpan]:
    """Sentences that follow each other become one stretch."""
    joined: list[TextSpan] = []
    for each in sentences:
        if joined and not text[joined[-1].end : each.start].strip():
            joined[-1] = TextSpan(joined[-1].start, each.end)
        else:
            joined.append(TextSpan(each.start, each.end))
    return joined
