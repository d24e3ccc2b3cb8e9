"""Conversations as files: out as documents for people or as JSON, and JSON back in."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec

from app.documents.export import docx, markdown, pdf, transcript_json
from app.documents.export.layout import Layout, laid_out
from app.domain.conversation import Message, Speaker
from app.domain.errors import AnswerMissing, FileMissing, OtherExport, StorageDenied
from app.domain.events import ConversationsChanged
from app.domain.exported import Exported, ExportWords, Placed, Whole
from app.domain.roles import Act
from app.services.access import Access
from app.services.events import Events
from app.store.conversations import ConversationStore
from app.store.files import atomic

#: What the names of files end in, and with it the format.
SUFFIXES = (".docx", ".pdf", ".md", ".json")


class TranscriptService:
    def __init__(
        self,
        store: ConversationStore,
        access: Access,
        events: Events,
        record: Callable[[str, str], None],
        resources: Path,
    ) -> None:
        self._store = store
        self._access = access
        self._events = events
        self._record = record
        self._resources = resources

    def export(
        self, conversation: str, path: Path, language: str, answer: int | None = None
    ) -> None:
        """Write a conversation to `path`, unencrypted, in the format of its suffix; of `answer`, a
        message's id, only this and its question. `language` ("ru") is that of the words around.

        `ConversationMissing`, `AnswerMissing`, `OtherExport`, `StorageDenied`, `StorageFull`.
        """
        self._access.require(Act.ASK)
        suffix = path.suffix.lower()
        if suffix not in SUFFIXES:
            raise OtherExport(name=path.name)
        whole = self._store.whole(conversation)
        turns = tuple(self._store.messages(conversation))
        if answer is not None:
            turns = _exchange(whole, answer)
            whole = replace(whole, messages=_chained(turns))
        if suffix == ".json":
            data = transcript_json.write(whole)
        else:
            exported = Exported(whole.title, whole.created, turns)
            data = self._written(laid_out(exported, self._words(language)), suffix)
        _save(path, data)
        self._record("export-conversation", conversation)

    def import_file(self, path: Path) -> str:
        """A conversation that was exported as JSON, as a new one; its id. `FileMissing`,
        `DamagedTranscript`, `NewerTranscript`, `TranscriptTooLarge`."""
        self._access.require(Act.ASK)
        try:
            with path.open("rb") as file:
                data = file.read(transcript_json.MOST_BYTES + 1)
        except OSError as error:
            raise FileMissing(name=path.name) from error
        conversation = self._store.take_in(transcript_json.read(data, path.name))
        self._record("import-conversation", conversation)
        self._events.publish(ConversationsChanged(conversation))
        return conversation

    def _written(self, layout: Layout, suffix: str) -> bytes:
        if suffix == ".pdf":
            return pdf.write(layout, self._resources / "fonts")
        return docx.write(layout) if suffix == ".docx" else markdown.write(layout)

    def _words(self, language: str) -> ExportWords:
        text = (self._resources / f"export.{language}.toml").read_text("utf-8")
        return msgspec.convert(tomllib.loads(text), ExportWords)


def _exchange(whole: Whole, answer: int) -> tuple[Message, ...]:
    """The answer with the question that it follows. `AnswerMissing`."""
    placed = {each.message.id: each for each in whole.messages}
    chosen = placed.get(answer)
    if chosen is None or chosen.message.speaker != Speaker.ASSISTANT:
        raise AnswerMissing(name=whole.title)
    asked = placed.get(chosen.parent) if chosen.parent is not None else None
    return (asked.message, chosen.message) if asked else (chosen.message,)


def _chained(turns: tuple[Message, ...]) -> tuple[Placed, ...]:
    parents = (None, *(each.id for each in turns))
    return tuple(Placed(each, parent) for each, parent in zip(turns, parents, strict=False))


def _save(path: Path, data: bytes) -> None:
    """Whole or not at all. `StorageDenied`, `StorageFull`."""
    if not path.parent.is_dir():
        raise StorageDenied(path=str(path))
    try:
        with atomic(path) as file:
            file.write(data)
    except OSError as error:  # a folder of that name
        raise StorageDenied(path=str(path)) from error
