"""Fit system text, history and passages into the token budget, append-only.

What was sent once is sent again letter for letter, so that the model's cache of it stays valid: the
system text first, then the turns as they were, then only passages that are not in the conversation
yet, the question last. No date, no list that changes.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.domain.chat.conversation import Segment, Source
from app.domain.text.injection import fenced

#: Marks that close a passage must not come from inside it.
_FORGED = re.compile(r"<(?=\s*/?\s*passage)", re.IGNORECASE)


#: Prompts of a question about passages and of one about a document as a whole.
QUESTION, WHOLE = "question", "question-whole"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One past turn: the question, the sources that it brought in, and the answer as generated;
    `prompt` is the one that it was asked with."""

    question: str
    sources: tuple[Source, ...]
    answer: str
    prompt: str = QUESTION


def passages_text(sources: Sequence[Source], fence: str, omitted: str) -> str:
    """Numbered passages as a prompt holds them; what looks like an order to the model stands in the
    place "{text}" of `fence`, `omitted` in place of forged marks."""
    return "\n\n".join(_block(source, fence, omitted) for source in sources)


def _block(source: Source, fence: str, omitted: str) -> str:
    title = fenced(source.segment.header, fence, omitted)
    title = _FORGED.sub("‹", title).replace('"', "'").replace("\n", " ")
    text = _FORGED.sub("‹", fenced(source.read, fence, omitted))
    return f'<passage id="{source.number}" source="{title}">\n{text}\n</passage>'


class SourceNumbers:
    """Gives segments their numbers: the old one if the conversation has it, else the next after
    `given` and all of the history's."""

    def __init__(self, history: Sequence[Exchange], given: int = 0) -> None:
        self._known = {
            (source.segment.document, source.segment.passages): source.number
            for exchange in history
            for source in exchange.sources
        }
        self._next = max([given, *self._known.values()]) + 1

    def of(self, segment: Segment) -> Source:
        key = (segment.document, segment.passages)
        if key not in self._known:
            self._known[key], self._next = self._next, self._next + 1
        return Source(self._known[key], segment)


def number(
    segments: Sequence[Segment], history: Sequence[Exchange], given: int = 0
) -> list[Source]:
    """Segments under their numbers, see SourceNumbers."""
    numbers = SourceNumbers(history, given)
    return [numbers.of(segment) for segment in segments]


def next_number(sources: Sequence[Source], history: Sequence[Exchange]) -> int:
    """One that no source of the conversation has."""
    past = [source for exchange in history for source in exchange.sources]
    return max((source.number for source in [*past, *sources]), default=0) + 1


def fresh(sources: Sequence[Source], history: Sequence[Exchange]) -> list[Source]:
    """Those whose text, as far as it is read, is not in the conversation yet."""
    seen: dict[int, list[Source]] = {}
    for exchange in history:
        for source in exchange.sources:
            seen.setdefault(source.number, []).append(source)
    return [
        source
        for source in sources
        if not any(_covers(earlier, source) for earlier in seen.get(source.number, ()))
    ]


def _covers(earlier: Source, source: Source) -> bool:
    """Whether all that is read of a source was read before."""
    if not earlier.excerpt:
        return True
    return bool(source.excerpt) and all(
        any(each.start <= span.start and span.end <= each.end for each in earlier.excerpt)
        for span in source.excerpt
    )


def within(segments: Sequence[Segment], budget: int, count: Callable[[str], int]) -> list[Segment]:
    """The best segments, in order, as far as `budget` tokens reach; always at least one."""
    kept: list[Segment] = []
    left = budget
    for segment in segments:
        left -= count(segment.header) + count(segment.text)
        if kept and left < 0:
            break
        kept.append(segment)
    return kept


def fitted(
    history: Sequence[Exchange], room: int, cost: Callable[[Exchange], int]
) -> list[Exchange]:
    """What of the history goes into a prompt of `room` tokens, oldest first.

    When it no longer fits, the oldest turns first lose their passages, then they go; down to half
    of the room at once. Worked through turn by turn, so that the next prompts begin as this one
    does and its cache stays valid until the room is full again.
    """
    kept: list[Exchange] = []
    for exchange in history:
        kept.append(exchange)
        if sum(map(cost, kept)) > room:
            kept = _shrunk(kept, room // 2, cost)
    return kept


def _shrunk(
    history: Sequence[Exchange], room: int, cost: Callable[[Exchange], int]
) -> list[Exchange]:
    kept = list(history)
    costs = [cost(each) for each in kept]
    for place, exchange in enumerate(kept):
        if sum(costs) <= room:
            return kept
        kept[place] = replace(exchange, sources=())
        costs[place] = cost(kept[place])
    while sum(costs) > room and kept:
        del kept[0], costs[0]
    return kept
