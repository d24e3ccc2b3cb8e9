"""Full-text search over all turns of a profile. What is new since the last search is indexed when
somebody searches, so that an answer does not wait for it."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, insert, select, text

from app.domain.chat.conversation import MessageFilter, MessageHit, Speaker, TextSpan
from app.stems import normal, stem
from app.store.database import Database
from app.store.index import words
from app.store.schema import conversations, messages, searchable_messages

_BATCH = 500
_WORD = re.compile(r"[^\W_]+")
#: Characters of an excerpt, and of those how many stand before the first word that was found.
_EXCERPT, _BEFORE = 140, 40
_ADD = "INSERT INTO message_words(rowid, exact, stems) VALUES (:key, :exact, :stems)"


class MessageSearch:
    def __init__(self, profile: Database) -> None:
        self._profile = profile

    def find(self, query: str, among: MessageFilter, limit: int = 200) -> list[MessageHit]:
        """Turns that have every word of `query` in some form, the last word perhaps only begun;
        the newest first. Deleted conversations are left out."""
        self._index()
        asked = normal(query)
        if not (wanted := _WORD.findall(asked)):
            return []
        matching = text("SELECT rowid FROM message_words WHERE message_words MATCH :match")
        matching = matching.bindparams(match=_match(wanted))
        columns = (messages.c.id, messages.c.conversation, conversations.c.title)
        found = (
            select(*columns, messages.c.speaker, messages.c.created, messages.c.text)
            .join(conversations, conversations.c.id == messages.c.conversation)
            .where(messages.c.id.in_(matching.columns(messages.c.id)))
            .where(conversations.c.removed.is_(None), *_among(among))
            .order_by(messages.c.id.desc())
            .limit(limit)
        )
        with self._profile.transaction() as connection:
            rows = connection.execute(found).all()
        return [
            MessageHit(row[1], row[2], row[0], Speaker(row[3]), row[4], *_excerpt(row[5], wanted))
            for row in rows
        ]

    def tidy(self) -> None:
        """Let the words of deleted turns leave the index, where they stay as long as nothing is
        merged."""
        with self._profile.transaction() as connection:
            connection.execute(text("INSERT INTO message_words(message_words) VALUES ('optimize')"))
        self._profile.checkpoint()

    def _index(self) -> None:
        known = select(searchable_messages.c.message)
        query = select(messages.c.id, messages.c.text).where(messages.c.id.not_in(known))
        while True:
            with self._profile.change() as connection:
                rows = connection.execute(query.limit(_BATCH)).all()
                if not rows:
                    return
                added = [(key, *words.columns(written)) for key, written in rows]
                values = [dict(zip(("key", "exact", "stems"), each, strict=True)) for each in added]
                connection.execute(text(_ADD), values)
                connection.execute(insert(searchable_messages), [{"message": e[0]} for e in rows])


def marks(written: str, query: str) -> tuple[TextSpan, ...]:
    """Where words of `query` stand in a text, in any of their forms."""
    return tuple(_marks(written, _WORD.findall(normal(query))))


def _match(wanted: list[str]) -> str:
    terms = []
    for place, word in enumerate(wanted):
        begun = f' OR exact : "{word}" *' if place == len(wanted) - 1 else f' OR exact : "{word}"'
        terms.append(f'(stems : "{stem(word)}"{begun})')
    return " AND ".join(terms)


def _among(chosen: MessageFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if chosen.assistant:
        found.append(conversations.c.assistant == chosen.assistant)
    if chosen.since is not None:
        found.append(messages.c.created >= chosen.since)
    if chosen.document:
        sources: Any = cast(messages.c.sources, Text)
        found.append(sources.contains(f'"{chosen.document}"', autoescape=True))
    return found


def _marks(written: str, wanted: list[str]) -> Iterator[TextSpan]:
    stems = {stem(word) for word in wanted}
    begun = wanted[-1] if wanted else ""
    for found in _WORD.finditer(written):
        word = normal(found.group())
        if stem(word) in stems or word in wanted or (begun and word.startswith(begun)):
            yield TextSpan(found.start(), found.end())


def _excerpt(written: str, wanted: list[str]) -> tuple[str, tuple[TextSpan, ...]]:
    first = next(_marks(written, wanted), TextSpan(0, 0))
    start = max(first.start - _BEFORE, 0)
    start = written.rfind(" ", 0, start) + 1 if start else 0
    shown = " ".join(written[start : start + 2 * _EXCERPT].split())[:_EXCERPT]
    lead = "…" if start else ""
    return lead + shown, tuple(_marks(lead + shown, wanted))
