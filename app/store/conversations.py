"""Conversations and messages of one profile."""

import time
import uuid
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import RowMapping, Text, cast, delete, insert, select, update

from app.domain.conversation import (
    AnswerState,
    Citation,
    Computed,
    Conversation,
    Message,
    Source,
    Speaker,
    Timings,
)
from app.domain.errors import ConversationMissing
from app.domain.exported import Placed, Whole
from app.store.database import Database
from app.store.schema import conversations, messages

_encode = msgspec.json.encode


class ConversationStore:
    def __init__(self, profile: Database) -> None:
        self._profile = profile

    def all(self) -> list[Conversation]:
        """The most recently changed first, each with the beginning of its last message."""
        last = (
            select(messages.c.text)
            .where(messages.c.conversation == conversations.c.id)
            .order_by(messages.c.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        query = select(conversations, last.label("preview")).order_by(
            conversations.c.changed.desc()
        )
        with self._profile.transaction() as connection:
            return [
                Conversation(
                    id=row["id"],
                    title=row["title"],
                    created=row["created"],
                    changed=row["changed"],
                    preview=(row["preview"] or "")[:200],
                )
                for row in connection.execute(query).mappings()
            ]

    def create(self, title: str) -> str:
        key, now = uuid.uuid4().hex, time.time()
        with self._profile.transaction() as connection:
            connection.execute(
                insert(conversations).values(id=key, title=title, created=now, changed=now)
            )
        return key

    def rename(self, conversation: str, title: str) -> None:
        with self._profile.transaction() as connection:
            connection.execute(
                update(conversations).where(conversations.c.id == conversation).values(title=title)
            )

    def remove(self, conversation: str) -> None:
        with self._profile.transaction() as connection:
            connection.execute(delete(messages).where(messages.c.conversation == conversation))
            connection.execute(delete(conversations).where(conversations.c.id == conversation))

    def messages(self, conversation: str) -> list[Message]:
        with self._profile.transaction() as connection:
            rows = connection.execute(
                select(messages)
                .where(messages.c.conversation == conversation)
                .order_by(messages.c.id)
            ).mappings()
            return [_message(row) for row in rows]

    def append(self, conversation: str, message: Message) -> Message:
        """Store a message after the last one; the same with its id."""
        with self._profile.transaction() as connection:
            parent = connection.execute(
                select(messages.c.id)
                .where(messages.c.conversation == conversation)
                .order_by(messages.c.id.desc())
                .limit(1)
            ).scalar_one_or_none()
            key = connection.execute(
                insert(messages).values(
                    conversation=conversation, parent=parent, **_columns(message)
                )
            ).inserted_primary_key
            connection.execute(
                update(conversations)
                .where(conversations.c.id == conversation)
                .values(changed=message.created)
            )
        assert key is not None
        return replace(message, id=key[0])

    def replace(self, message: Message) -> None:
        """Store a message's new text, state, citations and timings under its id."""
        with self._profile.transaction() as connection:
            connection.execute(
                update(messages).where(messages.c.id == message.id).values(**_columns(message))
            )

    def cited(self, document_id: str) -> tuple[int, float | None]:
        """How often answers cite a document with support, and when one did last."""
        sources = cast(messages.c.sources, Text)
        named = sources.contains(f'"{document_id}"', autoescape=True)
        columns = (messages.c.created, messages.c.sources, messages.c.citations)
        with self._profile.transaction() as connection:
            rows = connection.execute(select(*columns).where(named)).all()
        count, last = 0, None
        for created, stored, citations in rows:
            found = msgspec.json.decode(stored, type=tuple[Source, ...])
            own = {each.number for each in found if each.segment.document == document_id}
            told = msgspec.json.decode(citations, type=tuple[Citation, ...])
            times = sum(1 for each in told if each.supported and each.number in own)
            if times:
                count, last = count + times, max(created, last or 0.0)
        return count, last

    # -- whole conversations ----------------------------------------------------------------------

    def whole(self, conversation: str) -> Whole:
        """A conversation with all its branches. `ConversationMissing`."""
        with self._profile.transaction() as connection:
            head = connection.execute(
                select(conversations).where(conversations.c.id == conversation)
            ).mappings()
            found = head.first()
            rows = connection.execute(
                select(messages)
                .where(messages.c.conversation == conversation)
                .order_by(messages.c.id)
            ).mappings()
            placed = tuple(Placed(_message(row), row["parent"]) for row in rows)
        if found is None:
            raise ConversationMissing(name=conversation)
        return Whole(found["title"], found["created"], placed)

    def take_in(self, whole: Whole) -> str:
        """A new conversation, with ids of its own, all of it or nothing; its id."""
        key, ids = uuid.uuid4().hex, dict[int, int]()
        with self._profile.transaction() as connection:
            connection.execute(
                insert(conversations).values(
                    id=key, title=whole.title, created=whole.created, changed=time.time()
                )
            )
            for each in whole.messages:
                parent = None if each.parent is None else ids[each.parent]
                made = connection.execute(
                    insert(messages).values(
                        conversation=key, parent=parent, **_columns(each.message)
                    )
                ).inserted_primary_key
                assert made is not None
                ids[each.message.id] = made[0]
        return key


def _columns(message: Message) -> dict[str, Any]:
    return {
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
    }


def _message(row: RowMapping) -> Message:
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
    )
