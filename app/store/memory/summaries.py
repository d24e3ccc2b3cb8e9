"""Summaries of one profile's conversations, and which conversations wait for one."""

import time
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from app.domain.memory.summaries import Summary
from app.store.database import Database
from app.store.memory.memory_vectors import forget
from app.store.schema import conversations, summaries


class SummaryStore:
    def __init__(self, profile: Database) -> None:
        self._profile = profile

    def all(self) -> list[Summary]:
        """The newest first; removed ones are left out."""
        query = select(summaries.c.value).where(summaries.c.removed.is_(None))
        with self._profile.transaction() as connection:
            found = connection.execute(query.order_by(summaries.c.created.desc())).scalars()
            return [_summary(value) for value in found]

    def one(self, summary: str) -> Summary | None:
        query = select(summaries.c.value).where(summaries.c.id == summary)
        with self._profile.transaction() as connection:
            value = connection.scalar(query.where(summaries.c.removed.is_(None)))
        return _summary(value) if value else None

    def last(self) -> Summary | None:
        """The newest."""
        query = select(summaries.c.value).where(summaries.c.removed.is_(None))
        with self._profile.transaction() as connection:
            value = connection.scalar(query.order_by(summaries.c.created.desc()).limit(1))
        return _summary(value) if value else None

    def of(self, conversation: str) -> Summary | None:
        """The newest of a conversation."""
        query = select(summaries.c.value).where(summaries.c.conversation == conversation)
        query = query.where(summaries.c.removed.is_(None)).order_by(summaries.c.created.desc())
        with self._profile.transaction() as connection:
            value = connection.scalar(query.limit(1))
        return _summary(value) if value else None

    def keep(self, summary: Summary) -> None:
        """A new one, or in place of the one under its id."""
        with self._profile.transaction() as connection:
            _put(connection, summary)

    def keep_written(self, summary: Summary | None, conversation: str, covered: int) -> None:
        """What was drawn from a conversation's turns up to `covered`, which then need no summary
        any more; None where they gave nothing."""
        own = conversations.c.id == conversation
        with self._profile.transaction() as connection:
            if summary:
                _put(connection, summary)
            connection.execute(update(conversations).where(own).values(covered=covered))

    def join(self, kept: Summary, gone: Sequence[str]) -> None:
        """`kept` in place of itself and of those that were merged into it."""
        with self._profile.transaction() as connection:
            _put(connection, kept)
            connection.execute(delete(summaries).where(summaries.c.id.in_(list(gone))))
            forget(connection, gone)

    def remove(self, summary: str) -> None:
        """Out of sight until `restore`, or until `purge` deletes it."""
        self._set_removed(summary, time.time())

    def restore(self, summary: str) -> None:
        self._set_removed(summary, None)

    def purge(self, before: float) -> None:
        """Delete every trace of those that were removed before a moment."""
        query = select(summaries.c.id).where(summaries.c.removed < before)
        with self._profile.deletion() as connection:
            _delete(connection, list(connection.execute(query).scalars()))

    def remove_of(self, conversation: str) -> None:
        """Every trace of a conversation that is gone."""
        query = select(summaries.c.id).where(summaries.c.conversation == conversation)
        with self._profile.deletion() as connection:
            _delete(connection, list(connection.execute(query).scalars()))

    # -- what waits -------------------------------------------------------------------------------

    def waiting(self) -> list[str]:
        """Conversations with turns that no summary knows, the most recently changed first."""
        query = (
            select(conversations.c.id)
            .where(conversations.c.removed.is_(None))
            .where(conversations.c.leaf > conversations.c.covered)
            .order_by(conversations.c.changed.desc())
        )
        with self._profile.transaction() as connection:
            return list(connection.execute(query).scalars())

    def covered(self, conversation: str) -> int:
        """The last turn of it that was summarised, 0 for none."""
        query = select(conversations.c.covered).where(conversations.c.id == conversation)
        with self._profile.transaction() as connection:
            return connection.scalar(query) or 0

    def _set_removed(self, summary: str, moment: float | None) -> None:
        own = summaries.c.id == summary
        with self._profile.deletion() as connection:
            connection.execute(update(summaries).where(own).values(removed=moment))


def _put(connection: Connection, summary: Summary) -> None:
    connection.execute(
        insert(summaries)
        .prefix_with("OR REPLACE")
        .values(
            id=summary.id,
            conversation=summary.conversation,
            created=summary.created,
            value=msgspec.json.encode(summary).decode(),
        )
    )


def _delete(connection: Connection, ids: Sequence[str]) -> None:
    connection.execute(delete(summaries).where(summaries.c.id.in_(list(ids))))
    forget(connection, ids)


def _summary(value: str) -> Summary:
    return msgspec.json.decode(value, type=Summary)
