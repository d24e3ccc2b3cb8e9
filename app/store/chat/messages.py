"""The turns of conversations, with what their answers rest on and what was sent for them."""

import time
import uuid
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, ScalarSelect, Text, cast, insert, select, update

from app.domain.chat.branches import Branches, Node, RemovedTurns
from app.domain.chat.conversation import (
    AnswerState,
    Citation,
    Computed,
    Feedback,
    LookedAt,
    Message,
    NamedBy,
    QuestionKind,
    Quotation,
    SentPrompt,
    Source,
    Speaker,
    Timings,
)
from app.domain.statistics import FIRST_DAY, cited_documents, outcome
from app.store.chat.conversations import forget
from app.store.database import Database
from app.store.schema import conversations, messages, searchable_messages, sent_prompts

_encode = msgspec.json.encode
_OUTLINE = (messages.c.id, messages.c.parent, messages.c.speaker, messages.c.size)


class MessageStore:
    def __init__(self, profile: Database) -> None:
        self._profile = profile

    def outline(self, conversation: str) -> tuple[Branches, int | None]:
        """All turns without their texts, and the leaf of the branch that is shown."""
        query = select(*_OUTLINE).where(messages.c.conversation == conversation)
        leaf = select(conversations.c.leaf).where(conversations.c.id == conversation)
        with self._profile.transaction() as connection:
            rows = connection.execute(query.order_by(messages.c.id)).all()
            chosen = connection.execute(leaf).scalar_one_or_none()
        nodes = [Node(row[0], row[1], Speaker(row[2]), row[3]) for row in rows]
        return Branches(nodes), chosen

    def load(self, ids: Sequence[int]) -> list[Message]:
        """Whole turns, in the order of `ids`; those that are gone are left out."""
        query = select(messages).where(messages.c.id.in_(list(ids)))
        with self._profile.transaction() as connection:
            found = {row["id"]: message_of(row) for row in connection.execute(query).mappings()}
        return [found[key] for key in ids if key in found]

    def home(self, turn: int) -> str | None:
        """The conversation that a turn stands in; None for one that is gone."""
        query = select(messages.c.conversation).where(messages.c.id == turn)
        with self._profile.transaction() as connection:
            return connection.scalar(query)

    def branch(self, conversation: str) -> list[Message]:
        """The branch that is shown, whole."""
        branches, leaf = self.outline(conversation)
        return self.load([node.id for node in branches.path(leaf)])

    def all(self, conversation: str) -> list[Message]:
        """The turns of all branches, oldest first."""
        query = select(messages).where(messages.c.conversation == conversation)
        with self._profile.transaction() as connection:
            rows = connection.execute(query.order_by(messages.c.id)).mappings()
            return [message_of(row) for row in rows]

    def append(self, conversation: str, message: Message) -> Message:
        """Store a turn after `message.parent`; the same with its id. The branch that it ends is the
        one that is shown from now on."""
        with self._profile.transaction() as connection:
            key = connection.execute(
                insert(messages).values(
                    conversation=conversation, assistant=_asked(conversation), **_columns(message)
                )
            ).inserted_primary_key
            assert key is not None
            connection.execute(
                update(conversations)
                .where(conversations.c.id == conversation)
                .values(changed=message.created, leaf=key[0])
            )
        return replace(message, id=key[0])

    def replace(self, message: Message) -> None:
        """Store a turn's new values under its id."""
        highest = max((source.number for source in message.sources), default=0)
        own = select(messages.c.conversation).where(messages.c.id == message.id).scalar_subquery()
        with self._profile.transaction() as connection:
            connection.execute(
                update(messages).where(messages.c.id == message.id).values(**_columns(message))
            )
            connection.execute(
                update(conversations)
                .where(conversations.c.id == own, conversations.c.numbers < highest)
                .values(numbers=highest)
            )
            _forget_words(connection, message.id)

    def numbers(self, conversation: str) -> int:
        """The highest number that a source of it has, on any branch."""
        query = select(conversations.c.numbers).where(conversations.c.id == conversation)
        with self._profile.transaction() as connection:
            return int(connection.execute(query).scalar_one_or_none() or 0)

    def show(self, conversation: str, leaf: int | None) -> None:
        """Which branch is shown."""
        with self._profile.transaction() as connection:
            _show(connection, conversation, leaf)

    def judge(self, message: int, feedback: Feedback, correction: str) -> None:
        """What the user thinks of an answer."""
        values = {"feedback": feedback.value, "correction": correction}
        with self._profile.transaction() as connection:
            connection.execute(update(messages).where(messages.c.id == message).values(**values))

    def remove(self, conversation: str, turns: Sequence[int], leaf: int | None) -> RemovedTurns:
        """Delete turns; what follows them stands where the first of them stood. `leaf` is shown
        from now on."""
        branches, before = self.outline(conversation)
        removed = tuple(self.load(turns))
        gone = {message.id for message in removed}
        parent = next((message.parent for message in removed if message.parent not in gone), None)
        adopted = branches.children(gone)
        with self._profile.deletion() as connection:
            parents = select(messages.c.id, messages.c.parent).where(messages.c.id.in_(adopted))
            kept = tuple((row[0], row[1]) for row in connection.execute(parents))
            _adopt(connection, [(key, parent) for key in adopted])
            _show(connection, conversation, leaf)
            forget(connection, select(messages.c.id).where(messages.c.id.in_(gone)))
        return RemovedTurns(conversation, removed, kept, before)

    def restore(self, removed: RemovedTurns) -> None:
        """Put back what `remove` took out, unless the conversation is gone too."""
        with self._profile.change() as connection:
            own = select(conversations.c.id).where(conversations.c.id == removed.conversation)
            if connection.execute(own).first() is None:
                return
            for message in sorted(removed.turns, key=lambda turn: turn.id):
                values = {
                    "id": message.id,
                    "conversation": removed.conversation,
                    "assistant": _asked(removed.conversation),
                    **_columns(message),
                }
                connection.execute(insert(messages).values(**values))
            _adopt(connection, removed.adopted)
            _show(connection, removed.conversation, removed.leaf)

    def take_in(self, title: str, created: float, turns: Sequence[Message]) -> str:
        """A new conversation of these turns, each after its parent, under ids of their own, all of
        it or nothing; its id."""
        key, ids = uuid.uuid4().hex, dict[int | None, int | None]({None: None})
        numbers = [source.number for turn in turns for source in turn.sources]
        with self._profile.change() as connection:
            connection.execute(
                insert(conversations).values(
                    id=key,
                    title=title,
                    created=created,
                    changed=time.time(),
                    named_by=NamedBy.USER.value,
                    numbers=max(numbers, default=0),
                )
            )
            for message in turns:
                placed = replace(message, parent=ids[message.parent])
                made = connection.execute(
                    insert(messages).values(conversation=key, **_columns(placed))
                ).inserted_primary_key
                assert made is not None
                ids[message.id] = made[0]
            _show(
                connection,
                key,
                max((identifier for identifier in ids.values() if identifier), default=None),
            )
        return key

    def keep_draft(self, message: int, text: str) -> None:
        """What is there of an answer that is being written; one that has ended stays as it is."""
        own, writing = messages.c.id == message, messages.c.state == AnswerState.WRITING.value
        with self._profile.transaction() as connection:
            connection.execute(update(messages).where(own, writing).values(text=text))
            _forget_words(connection, message)

    def keep_prompt(self, message: int, prompt: SentPrompt) -> None:
        """What was sent for an answer, in place of what was sent for it before."""
        data = zlib.compress(_encode(prompt))
        with self._profile.transaction() as connection:
            connection.execute(
                insert(sent_prompts).prefix_with("OR REPLACE").values(message=message, data=data)
            )

    def prompt(self, message: int) -> SentPrompt | None:
        query = select(sent_prompts.c.data).where(sent_prompts.c.message == message)
        with self._profile.transaction() as connection:
            data = connection.execute(query).scalar_one_or_none()
        return None if data is None else msgspec.json.decode(zlib.decompress(data), type=SentPrompt)

    def cited(self, document_id: str) -> tuple[int, float | None]:
        """How often answers cite a document with support, and when one did last."""
        named = cast(messages.c.sources, Text).contains(f'"{document_id}"', autoescape=True)
        columns = (messages.c.created, messages.c.sources, messages.c.citations)
        shown = messages.c.conversation.in_(
            select(conversations.c.id).where(conversations.c.removed.is_(None))
        )
        with self._profile.transaction() as connection:
            rows = connection.execute(select(*columns).where(named, shown)).all()
        count, last = 0, None
        for created, stored, citations in rows:
            found = msgspec.json.decode(stored, type=tuple[Source, ...])
            own = {source.number for source in found if source.segment.document == document_id}
            told = msgspec.json.decode(citations, type=tuple[Citation, ...])
            times = sum(1 for citation in told if citation.supported and citation.number in own)
            if times:
                count, last = count + times, max(created, last or 0.0)
        return count, last


def _adopt(connection: Connection, parents: Sequence[tuple[int, int | None]]) -> None:
    for key, parent in parents:
        connection.execute(update(messages).where(messages.c.id == key).values(parent=parent))


def _show(connection: Connection, conversation: str, leaf: int | None) -> None:
    own = conversations.c.id == conversation
    connection.execute(update(conversations).where(own).values(leaf=leaf))


def _forget_words(connection: Connection, message: int) -> None:
    """It is searched anew when somebody searches."""
    own = searchable_messages.c.message == message
    if connection.execute(searchable_messages.delete().where(own)).rowcount:
        connection.exec_driver_sql("DELETE FROM message_words WHERE rowid = ?", (message,))


def _asked(conversation: str) -> "ScalarSelect[str]":
    """The assistant that a conversation is held with at the moment."""
    own = conversations.c.id == conversation
    return select(conversations.c.assistant).where(own).scalar_subquery()


def _columns(message: Message) -> dict[str, Any]:
    return {
        "parent": message.parent,
        "speaker": message.speaker.value,
        "text": message.text,
        "created": message.created,
        "state": message.state.value,
        "model": message.model,
        "sources": _encode(message.sources),
        "citations": _encode(message.citations),
        "timings": _encode(message.timings),
        "searched": message.searched,
        "computed": _encode(message.computed).decode(),
        "feedback": message.feedback.value,
        "correction": message.correction,
        "kind": message.kind.value,
        "quotation": _encode(message.quotation).decode(),
        "looked_at": _encode(message.looked_at).decode(),
        "size": len(message.text),
        **_served(message),
    }


def _served(message: Message) -> dict[str, Any]:
    """What statistics count of an answer; a question has nothing of it."""
    if message.speaker != Speaker.ASSISTANT:
        return {}
    times, moment = message.timings or Timings(), datetime.fromtimestamp(message.created, UTC)
    return {
        "day": moment.astimezone().toordinal() - FIRST_DAY,
        "outcome": outcome(message).value,
        "first_ms": round(times.first_useful_ms) or None,
        "total_ms": round(times.total_ms) or None,
        "read_tokens": times.prompt_tokens,
        "written_tokens": times.generated_tokens,
        "cited": " ".join(cited_documents(message)),
    }


def message_of(row: Mapping[Any, Any]) -> Message:
    """A row of the table as a value."""
    return Message(
        id=row["id"],
        speaker=Speaker(row["speaker"]),
        text=row["text"],
        created=row["created"],
        state=AnswerState(row["state"]),
        model=row["model"],
        sources=msgspec.json.decode(row["sources"], type=tuple[Source, ...]),
        citations=msgspec.json.decode(row["citations"], type=tuple[Citation, ...]),
        timings=msgspec.json.decode(row["timings"], type=Timings | None),
        searched=row["searched"],
        computed=msgspec.json.decode(row["computed"], type=Computed | None),
        parent=row["parent"],
        feedback=Feedback(row["feedback"]),
        correction=row["correction"],
        kind=QuestionKind(row["kind"]),
        quotation=msgspec.json.decode(row["quotation"], type=Quotation | None),
        looked_at=msgspec.json.decode(row["looked_at"], type=LookedAt | None),
    )
