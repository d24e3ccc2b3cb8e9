"""A conversation as JSON and back: one schema with a version; what comes back is checked."""

from dataclasses import dataclass, replace

import msgspec

from app.domain.chat.conversation import (
    AnswerState,
    Citation,
    Computed,
    Feedback,
    Message,
    Source,
    Speaker,
    Timings,
)
from app.domain.chat.exported import Whole
from app.domain.errors import DamagedTranscript, NewerTranscript, TranscriptTooLarge

_SCHEMA, _VERSION = "larets-conversation", 1
#: A thousand long answers with their sources take 20 MB.
MOST_BYTES = 64 * 1024 * 1024
#: Seconds since 1970: the year 3000, the last that every system can show.
_LATEST = 32_503_680_000.0


@dataclass(frozen=True, slots=True)
class _Head:
    schema: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class _JsonTurn:
    """A message as the file has it; `parent` is the id of an earlier one, None for a beginning."""

    id: int
    parent: int | None
    speaker: Speaker
    text: str
    created: float
    state: AnswerState
    model: str = ""
    searched: str = ""
    sources: tuple[Source, ...] = ()
    citations: tuple[Citation, ...] = ()
    timings: Timings | None = None
    computed: Computed | None = None
    feedback: Feedback = Feedback.NONE
    correction: str = ""


@dataclass(frozen=True, slots=True)
class _File:
    schema: str
    version: int
    title: str
    created: float
    messages: tuple[_JsonTurn, ...]


def write(whole: Whole) -> bytes:
    """Indented UTF-8."""
    turns = tuple(_turn(message) for message in whole.messages)
    file = _File(_SCHEMA, _VERSION, whole.title, whole.created, turns)
    return msgspec.json.format(msgspec.json.encode(file), indent=2) + b"\n"


def read(data: bytes, name: str) -> Whole:
    """`name` is the file's. `DamagedTranscript`, `NewerTranscript`, `TranscriptTooLarge`."""
    if len(data) > MOST_BYTES:
        raise TranscriptTooLarge(name=name, limit=f"{MOST_BYTES // 1024**2} MB")
    try:
        head = msgspec.json.decode(data, type=_Head)
        if head.schema == _SCHEMA and head.version > _VERSION:
            raise NewerTranscript(name=name, found=head.version)
        file = msgspec.json.decode(data, type=_File)
        data.decode()
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise DamagedTranscript(name=name) from error
    if (file.schema, file.version) != (_SCHEMA, _VERSION) or not _hangs_together(file):
        raise DamagedTranscript(name=name)
    title = " ".join(file.title.split())
    return Whole(title, file.created, tuple(_message(message) for message in file.messages))


def _hangs_together(file: _File) -> bool:
    """Whether ids are given once, parents come before their children, and times are times."""
    known: set[int] = set()
    for message in file.messages:
        if message.id in known or not (message.parent is None or message.parent in known):
            return False
        known.add(message.id)
    return all(0 <= each < _LATEST for each in (file.created, *(m.created for m in file.messages)))


def _turn(message: Message) -> _JsonTurn:
    return _JsonTurn(
        id=message.id,
        parent=message.parent,
        speaker=message.speaker,
        text=message.text,
        created=message.created,
        state=_ended(message.state),
        model=message.model,
        searched=message.searched,
        sources=message.sources,
        citations=message.citations,
        timings=message.timings,
        computed=message.computed,
        feedback=message.feedback,
        correction=message.correction,
    )


def _message(turn: _JsonTurn) -> Message:
    return Message(
        id=turn.id,
        speaker=turn.speaker,
        text=turn.text,
        created=turn.created,
        state=_ended(turn.state),
        sources=turn.sources,
        citations=tuple(_honest(citation, turn) for citation in turn.citations),
        timings=turn.timings,
        model=turn.model,
        searched=turn.searched,
        computed=turn.computed,
        parent=turn.parent,
        feedback=turn.feedback,
        correction=turn.correction,
    )


def _ended(state: AnswerState) -> AnswerState:
    return AnswerState.STOPPED if state == AnswerState.WRITING else state


def _honest(citation: Citation, turn: _JsonTurn) -> Citation:
    """A citation within its answer, and supported only where its source says what it quotes."""
    at = min(max(citation.at, 0), len(turn.text))
    start, end = citation.quote_start, citation.quote_end
    stands = any(
        source.number == citation.number
        and 0 <= start <= end <= len(source.segment.text)
        and source.segment.text[start:end] == citation.quote
        for source in turn.sources
    )
    if citation.supported and not stands:
        return Citation(citation.number, at, "", 0, 0, supported=False)
    return replace(citation, at=at)
