"""How the program serves: figures over the answers of one profile, and what its library lacks."""

from dataclasses import astuple, dataclass
from datetime import date
from enum import StrEnum
from operator import add

from app.domain.chat.conversation import AnswerState, Feedback, Message

#: Days are stored as their number after this one.
FIRST_DAY = date(1970, 1, 1).toordinal()


class Outcome(StrEnum):
    """What became of a question. ANSWERED has at least one sentence that a passage confirms,
    UNSUPPORTED none; QUOTED are the documents' own sentences; ABSTAINED says that the documents do
    not answer; STOPPED by the user, by a lock or a crash; FAILED by an error."""

    ANSWERED = "answered"
    UNSUPPORTED = "unsupported"
    QUOTED = "quoted"
    ABSTAINED = "abstained"
    STOPPED = "stopped"
    FAILED = "failed"


_BY_STATE = {
    AnswerState.WRITING: Outcome.STOPPED,
    AnswerState.STOPPED: Outcome.STOPPED,
    AnswerState.FAILED: Outcome.FAILED,
    AnswerState.ABSTAINED: Outcome.ABSTAINED,
    AnswerState.QUOTED: Outcome.QUOTED,
}


def outcome(answer: Message) -> Outcome:
    """Of one answer; what was stopped counts as that, whatever of it was confirmed."""
    usual = Outcome.ANSWERED if answer.confirmed else Outcome.UNSUPPORTED
    return _BY_STATE.get(answer.state, usual)


def cited_documents(answer: Message) -> tuple[str, ...]:
    """Ids of the documents that support something in it, each once; notes and summaries are none
    of the library."""
    found = (source.segment for source in answer.cited if not source.segment.memory)
    return tuple(dict.fromkeys(segment.document for segment in found))


@dataclass(frozen=True, slots=True)
class Selection:
    """Which answers are looked at: of a day and later, of an assistant by its id ("" for none in
    particular), that cite one of the documents by their ids. None leaves it open."""

    since: date | None = None
    assistant: str | None = None
    documents: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """Questions by their outcome, in the order of `Outcome`; then what the user thought of the
    answers, and the tokens that were read and written."""

    answered: int = 0
    unsupported: int = 0
    quoted: int = 0
    abstained: int = 0
    stopped: int = 0
    failed: int = 0
    liked: int = 0
    disliked: int = 0
    read_tokens: int = 0
    written_tokens: int = 0

    @property
    def questions(self) -> int:
        """Asking the same again counts again."""
        return sum(getattr(self, each.value) for each in Outcome)

    def __add__(self, other: "Served") -> "Served":
        return Served(*map(add, astuple(self), astuple(other)))


@dataclass(frozen=True, slots=True)
class Counted:
    """What was served on each day, where the user was, and by each assistant's id, "" for none."""

    days: tuple[tuple[date, Served], ...]
    assistants: tuple[tuple[str, Served], ...]


@dataclass(frozen=True, slots=True)
class Citing:
    """Answers with one outcome and judgement: how many rest on the same documents, by their ids."""

    outcome: Outcome
    feedback: Feedback
    documents: tuple[tuple[tuple[str, ...], int], ...]

    def served(self, answers: int) -> "Served":
        """So many of them."""
        liked = answers if self.feedback is Feedback.UP else 0
        disliked = answers if self.feedback is Feedback.DOWN else 0
        return Served(**{self.outcome.value: answers}, liked=liked, disliked=disliked)


@dataclass(frozen=True, slots=True)
class Middle:
    """The median and the 95th percentile of times in milliseconds, over so many answers."""

    median: float
    most: float
    answers: int


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """How many answers rest on a document; the name and collection that it has now."""

    document: str
    name: str
    collection: str
    answers: int


@dataclass(frozen=True, slots=True)
class NamedServed:
    """What an assistant served, or answers that rest on a collection, under the name that it has
    now: "" where it is gone, as where `id` is "", no assistant in particular."""

    id: str
    name: str
    served: Served


@dataclass(frozen=True, slots=True)
class Report:
    """`first` is the time until something useful stood there, `whole` until the answer ended, None
    where no answer was timed; `untimed` answers are older than the measurement of `first`.
    `collections` are those whose documents were cited; a question that nothing was cited for
    belongs to none."""

    served: Served
    first: Middle | None
    whole: Middle | None
    untimed: int
    days: tuple[tuple[date, Served], ...]
    assistants: tuple[NamedServed, ...]
    collections: tuple[NamedServed, ...]
    documents: tuple[CitedDocument, ...]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that the documents did not answer, and when it was put, in seconds since 1970."""

    text: str
    created: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions without an answer that mean about the same, the most typical first."""

    questions: tuple[Unanswered, ...]
