"""A conversation on its way out of the program or back in, and the words around it."""

from dataclasses import dataclass

from app.domain.chat.conversation import Message


@dataclass(frozen=True, slots=True)
class Exported:
    """What a document shows: turns in their order. `assistant` is "" where none was chosen."""

    title: str
    created: float
    turns: tuple[Message, ...]
    assistant: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """A conversation with all its branches; every message comes after its parent."""

    title: str
    created: float
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class ExportWords:
    """What stands around questions and answers, in one language; {places} are filled in.

    `language` as "ru-RU", `decimal` the sign in 0.5, `months` as they stand in a date.
    """

    language: str
    decimal: str
    months: tuple[str, ...]
    day: str
    moment: str
    untitled: str
    question: str
    answer: str
    written: str
    written_by: str
    quoted_only: str
    sources: str
    nearest: str
    quote: str
    page: str
    line: str
    cells: str
    computed: str
    query: str
    nothing: str
    footer: str
    stopped: str
    failed: str
    abstained: str
    nothing_near: str
    quoted: str
    unconfirmed: str
