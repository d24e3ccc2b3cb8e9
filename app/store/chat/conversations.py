"""The conversations of one profile: their titles, order, state; a deletion can be taken back."""

import time
import uuid
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, delete, select, text, update
from sqlalchemy import insert as insert_into

from app.domain.chat import titles
from app.domain.chat.conversation import Conversation, NamedBy
from app.store.database import Database
from app.store.schema import conversations, messages, searchable_messages, sent_prompts

_PREVIEW = 200


class ConversationStore:
    def __init__(self, profile: Database) -> None:
        self._profile = profile

    def all(self) -> list[Conversation]:
        """Pinned ones first, then the most recently changed, each with the beginning of the last
        turn of its branch. Deleted ones are left out."""
        query = _listed().where(conversations.c.removed.is_(None))
        order = (conversations.c.pinned.desc(), conversations.c.changed.desc())
        with self._profile.transaction() as connection:
            return [
                _conversation(row) for row in connection.execute(query.order_by(*order)).mappings()
            ]

    def one(self, conversation: str) -> Conversation | None:
        query = _listed().where(conversations.c.id == conversation)
        query = query.where(conversations.c.removed.is_(None))
        with self._profile.transaction() as connection:
            row = connection.execute(query).mappings().first()
        return _conversation(row) if row else None

    def create(self, title: str, assistant: str = "") -> str:
        key, now = uuid.uuid4().hex, time.time()
        values = {"id": key, "title": title, "created": now, "changed": now}
        with self._profile.transaction() as connection:
            connection.execute(insert_into(conversations).values(**values, assistant=assistant))
        return key

    def rename(self, conversation: str, title: str, named_by: NamedBy) -> None:
        self._set(conversation, title=title, named_by=named_by.value)

    def pin(self, conversation: str, *, pinned: bool) -> None:
        self._set(conversation, pinned=int(pinned))

    def archive(self, conversation: str, *, archived: bool) -> None:
        self._set(conversation, archived=int(archived))

    def choose_assistant(self, conversation: str, assistant: str) -> None:
        self._set(conversation, assistant=assistant)

    def remove(self, conversation: str) -> None:
        """Out of sight until `restore`, or until `purge` deletes it."""
        own = conversations.c.id == conversation
        with self._profile.deletion() as connection:
            connection.execute(update(conversations).where(own).values(removed=time.time()))

    def restore(self, conversation: str) -> None:
        self._set(conversation, removed=None)

    def expire(self, before: float) -> int:
        """Mark those that were last changed before a moment for `purge`; how many."""
        old = (conversations.c.changed < before, conversations.c.removed.is_(None))
        with self._profile.deletion() as connection:
            marked = connection.execute(update(conversations).where(*old).values(removed=0.0))
            return marked.rowcount

    def overwrite(self) -> None:
        """Leave nothing of what was deleted in the file's free pages."""
        self._profile.vacuum()
        self._profile.checkpoint()

    def purge(self, before: float) -> list[str]:
        """Delete every trace of those that were removed before a moment; their ids."""
        query = select(conversations.c.id).where(conversations.c.removed < before)
        with self._profile.deletion() as connection:
            gone = list(connection.execute(query).scalars())
            for key in gone:
                _delete(connection, key)
        return gone

    def _set(self, conversation: str, **values: Any) -> None:
        own = conversations.c.id == conversation
        with self._profile.transaction() as connection:
            connection.execute(update(conversations).where(own).values(**values))


def forget(connection: Connection, turns: "Select[Any]") -> None:
    """Delete the turns whose ids a query gives, with their prompts and words."""
    ids = list(connection.execute(turns).scalars())
    for key in ids:
        connection.execute(text("DELETE FROM message_words WHERE rowid = :key"), {"key": key})
    for table in (searchable_messages, sent_prompts):
        connection.execute(delete(table).where(table.c.message.in_(turns)))
    connection.execute(delete(messages).where(messages.c.id.in_(turns)))


def _delete(connection: Connection, key: str) -> None:
    forget(connection, select(messages.c.id).where(messages.c.conversation == key))
    connection.execute(delete(conversations).where(conversations.c.id == key))


def _listed() -> "Select[Any]":
    last = (
        select(messages.c.text)
        .where(messages.c.id == conversations.c.leaf)
        .correlate(conversations)
        .scalar_subquery()
    )
    return select(conversations, last.label("preview"))


def _conversation(row: RowMapping) -> Conversation:
    return Conversation(
        id=row["id"],
        title=row["title"],
        created=row["created"],
        changed=row["changed"],
        preview=titles.preview((row["preview"] or "")[: 2 * _PREVIEW])[:_PREVIEW],
        named_by=NamedBy(row["named_by"]),
        pinned=bool(row["pinned"]),
        archived=bool(row["archived"]),
        assistant=row["assistant"],
    )
