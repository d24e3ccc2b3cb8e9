"""Conversations as files: out as documents for people or as JSON, and JSON back in."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec

from app.documents.export import docx, markdown, pdf, transcript_json
from app.documents.export.layout import Layout, laid_out
from app.domain.chat.conversation import Message, Speaker
from app.domain.chat.exported import Exported, ExportWords, Whole
from app.domain.errors import AnswerMissing, FileMissing, OtherExport
from app.domain.roles import Act
from app.services.assistants.service import AssistantService
from app.services.conversations.service import ConversationService
from app.services.profiles.access import Access
from app.store.chat.messages import MessageStore
from app.store.files import save_for_user

#: What the names of files end in, and with it the format.
SUFFIXES = (".docx", ".pdf", ".md", ".json")


class TranscriptService:
    def __init__(
        self,
        conversations: ConversationService,
        messages: MessageStore,
        assistants: AssistantService,
        access: Access,
        record: Callable[[str, str], None],
        resources: Path,
    ) -> None:
        self._conversations = conversations
        self._messages = messages
        self._assistants = assistants
        self._access = access
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
        found = self._conversations.one(conversation)
        whole = Whole(found.title, found.created, tuple(self._messages.all(conversation)))
        turns = tuple(self._conversations.messages(conversation))
        if answer is not None:
            turns = _exchange(whole, answer)
            whole = replace(whole, messages=_chained(turns))
        if suffix == ".json":
            data = transcript_json.write(_without_paths(whole))
        else:
            assistant = self._assistants.get(found.assistant)
            named = assistant.name if assistant else ""
            exported = Exported(whole.title, whole.created, turns, named)
            words = export_words(self._resources, language)
            data = self._written(laid_out(exported, words), suffix)
        save_for_user(path, data)
        self._record("export-conversation", conversation)

    def import_file(self, path: Path) -> str:
        """A conversation that was exported as JSON, as a new one; its id. `FileMissing`,
        `DamagedTranscript`, `NewerTranscript`, `TranscriptTooLarge`."""
        self._access.require(Act.KEEP)
        try:
            with path.open("rb") as file:
                data = file.read(transcript_json.MOST_BYTES + 1)
        except OSError as error:
            raise FileMissing(name=path.name) from error
        whole = transcript_json.read(data, path.name)
        conversation = self._messages.take_in(whole.title, whole.created, whole.messages)
        self._record("import-conversation", conversation)
        self._conversations.changed(conversation)
        return conversation

    def _written(self, layout: Layout, suffix: str) -> bytes:
        if suffix == ".pdf":
            return pdf.write(layout, self._resources / "fonts")
        return docx.write(layout) if suffix == ".docx" else markdown.write(layout)


def export_words(resources: Path, language: str) -> ExportWords:
    text = (resources / f"export.{language}.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), ExportWords)


def _exchange(whole: Whole, answer: int) -> tuple[Message, ...]:
    """The answer with the question that it follows. `AnswerMissing`."""
    turns = {message.id: message for message in whole.messages}
    chosen = turns.get(answer)
    if chosen is None or chosen.speaker != Speaker.ASSISTANT:
        raise AnswerMissing(name=whole.title)
    asked = turns.get(chosen.parent) if chosen.parent is not None else None
    return (asked, chosen) if asked else (chosen,)


def _chained(turns: tuple[Message, ...]) -> tuple[Message, ...]:
    parents = (None, *(turn.id for turn in turns))
    return tuple(replace(turn, parent=parent) for turn, parent in zip(turns, parents, strict=False))


def _without_paths(whole: Whole) -> Whole:
    """Where documents lie on this computer is nobody else's business."""

    def bare(message: Message) -> Message:
        sources = (
            replace(source, segment=replace(source.segment, path=source.segment.name))
            for source in message.sources
        )
        return replace(message, sources=tuple(sources))

    return replace(whole, messages=tuple(map(bare, whole.messages)))
