"""What is kept of a conversation: its summary, and notes; and how both are recalled later."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.chat.conversation import Message

#: Days after which something unused counts half as much, and what no age takes it below.
_HALF_LIFE, _LEAST_FRESHNESS = 90.0, 0.5
#: What e times as many uses add.
_USE_ADDS = 0.05
_DAY = 86_400.0


class PointKind(StrEnum):
    """A KEY point is the model's own words, a DECISION the user's, a FACT a claim of an answer with
    the passage that supports it."""

    KEY = "key"
    DECISION = "decision"
    FACT = "fact"


class SummaryState(StrEnum):
    """PENDING: there are turns that it does not know yet. FAILED: writing it ended in an error."""

    PENDING = "pending"
    WRITTEN = "written"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Point:
    """`message` is the turn that supports it; `source` the number of that answer's source, None
    where it rests on the conversation alone; `own` is what the user wrote, without either."""

    kind: PointKind
    text: str
    message: int | None = None
    source: int | None = None

    @property
    def own(self) -> bool:
        return self.message is None


@dataclass(frozen=True, slots=True)
class Digest:
    """What was drawn from some turns: `questions` stayed open."""

    title: str = ""
    points: tuple[Point, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """Of one conversation, or of several that were merged. `covered` is the last turn that it
    knows, `asked` how many questions; `documents` are the names of those it rests on; `language` is
    the conversation's. `used` in so many answers, at last at `last_used`; `remembered` False keeps
    it out of them. `trouble` is the name of the error that ended its writing, "" for none.
    """

    id: str
    conversation: str
    created: float
    changed: float
    digest: Digest
    language: str = "en"
    assistant: str = ""
    asked: int = 0
    covered: int = 0
    documents: tuple[str, ...] = ()
    pinned: bool = False
    edited: bool = False
    remembered: bool = True
    used: int = 0
    last_used: float | None = None
    state: SummaryState = SummaryState.WRITTEN
    trouble: str = ""

    @property
    def title(self) -> str:
        return self.digest.title

    def of_kind(self, kind: PointKind) -> tuple[Point, ...]:
        return tuple(point for point in self.digest.points if point.kind == kind)


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of all summaries: how many, of how many questions, with how many decisions, from how many
    documents; `used` is how often answers rested on them."""

    summaries: int
    questions: int
    decisions: int
    documents: int
    used: int


def statistics(summaries: Sequence[Summary]) -> Statistics:
    """Those that are still to be written do not count."""
    written = [summary for summary in summaries if summary.covered]
    return Statistics(
        summaries=len(written),
        questions=sum(summary.asked for summary in written),
        decisions=sum(len(summary.of_kind(PointKind.DECISION)) for summary in written),
        documents=len({name for summary in written for name in summary.documents}),
        used=sum(summary.used for summary in written),
    )


@dataclass(frozen=True, slots=True)
class Note:
    """A fact that the user keeps, or is asked whether to: `accepted` None until then, False where
    it was declined, so that it is not proposed again. `summaries` are the ids of those that it
    recurs in."""

    id: str
    text: str
    created: float
    accepted: bool | None = True
    summaries: tuple[str, ...] = ()
    remembered: bool = True
    used: int = 0
    last_used: float | None = None


@dataclass(frozen=True, slots=True)
class StoredExchange:
    """A question and its answer as they are stored."""

    asked: Message
    answer: Message


@dataclass(frozen=True, slots=True)
class Recalled:
    """What an earlier conversation has to say to a question: `owner` is a summary's or a note's id,
    `title` empty for a note; `nearness` (0–1) its nearest point's, `weight` what age and use make
    of that: the order in which they come."""

    owner: str
    title: str
    text: str
    created: float
    nearness: float
    weight: float

    @property
    def is_note(self) -> bool:
        return not self.title


def freshness(age: float, used: int) -> float:
    """What age (seconds) and use make of nearness, 0.5–1.2: half as much after 90 days, never less,
    more for what answers often rested on."""
    aged = max(math.exp2(-max(age, 0.0) / _DAY / _HALF_LIFE), _LEAST_FRESHNESS)
    return aged * (1 + min(_USE_ADDS * math.log1p(used), 0.2))
