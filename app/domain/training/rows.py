"""Rows that an adapter is trained from: a question, its passages, the answer to be learned."""

from dataclasses import dataclass, field
from enum import StrEnum


class RowOrigin(StrEnum):
    DOCUMENTS = "documents"
    CHATS = "chats"
    IMPORTED = "imported"


class RowFault(StrEnum):
    """Why a row that was written or read is not taken."""

    QUOTE = "quote-not-in-passage"
    LEAK = "question-names-its-source"
    DISAGREES = "second-reading-disagrees"
    DUPLICATE = "near-duplicate"
    EMPTY = "empty"
    TOO_LONG = "too-long"
    UNREADABLE = "unreadable"


class RowWarning(StrEnum):
    """What a person should look at before a row is trained on."""

    PERSONAL = "personal-data"
    LONG = "long-answer"
    LANGUAGE = "other-language"
    DUPLICATE = "near-duplicate"


@dataclass(frozen=True, slots=True)
class RowPassage:
    """What the model is shown: the passage's header line and its text."""

    header: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One example. `answer` cites `passages` as [1], [2] in their order; a row without passages
    teaches manner alone. `answered` is False where the passages do not hold the answer and the
    row says so. `quote` are the words of a passage that the answer rests on, "" where there are
    none. `group` is what a split must not tear: a document, a conversation; "" for the row alone.
    `used` is False for a row that was looked over and put aside; `id` 0 until it is stored.
    """

    question: str
    answer: str
    passages: tuple[RowPassage, ...] = ()
    quote: str = ""
    answered: bool = True
    group: str = ""
    origin: RowOrigin = RowOrigin.IMPORTED
    used: bool = True
    id: int = 0


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that were taken, and how many were not, by reason."""

    rows: tuple[Row, ...]
    rejected: dict[RowFault, int] = field(default_factory=dict)
