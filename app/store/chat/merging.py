"""What an earlier state of a profile's database has and the present one has not, brought over.

What is there stays as it is: an earlier state must not undo what was written since.
"""

from collections.abc import Mapping
from dataclasses import replace

import msgspec
from sqlalchemy import Connection, RowMapping, Table, insert, select, update

from app.domain.memory.summaries import Summary
from app.store.database import Database
from app.store.schema import (
    conversations,
    memory_vectors,
    messages,
    notes,
    passage_sets,
    sent_prompts,
    summaries,
    templates,
)


def bring_missing(then: Database, now: Database) -> int:
    """Conversations with their turns, summaries, notes, passages that were kept, and templates, all
    of it or nothing; how many conversations. What was in the bin then stays away, and so do the
    settings."""
    with then.transaction() as source, now.change() as target:
        threads = _missing(source, target, conversations)
        turns: dict[int, int] = {}
        for thread in threads:
            turns |= _bring_thread(source, target, thread)
        for row in _missing(source, target, passage_sets):
            message = turns.get(row["message"])
            target.execute(insert(passage_sets).values({**row, "message": message}))
        for row in _missing(source, target, summaries):
            told = msgspec.json.decode(row["value"], type=Summary)
            told = replace(told, covered=_present(told.covered, turns))
            value = msgspec.json.encode(told).decode()
            target.execute(insert(summaries).values({**row, "value": value}))
            _bring_vectors(source, target, row["id"])
        for row in _missing(source, target, notes):
            target.execute(insert(notes).values(**row))
            _bring_vectors(source, target, row["id"])
        for row in _missing(source, target, templates):
            target.execute(insert(templates).values(**row))
    return len(threads)


def _missing(source: Connection, target: Connection, table: Table) -> list[RowMapping]:
    query = select(table)
    if "removed" in table.c:
        query = query.where(table.c.removed.is_(None))
    there = set(target.execute(select(table.c.id)).scalars())
    return [row for row in source.execute(query).mappings().all() if row["id"] not in there]


def _bring_thread(source: Connection, target: Connection, thread: RowMapping) -> dict[int, int]:
    """A conversation; the ids that its turns had, each with the one that it has now."""
    target.execute(insert(conversations).values({**thread, "leaf": None}))
    query = select(messages).where(messages.c.conversation == thread["id"]).order_by(messages.c.id)
    ids: dict[int, int] = {}
    for row in source.execute(query).mappings().all():
        values = {name: value for name, value in row.items() if name != "id"}
        values["parent"] = ids.get(row["parent"])
        made = target.execute(insert(messages).values(values)).inserted_primary_key
        assert made is not None
        ids[row["id"]] = made[0]
    own = conversations.c.id == thread["id"]
    places = {"leaf": ids.get(thread["leaf"]), "covered": _present(thread["covered"], ids)}
    target.execute(update(conversations).where(own).values(places))
    prompts = select(sent_prompts).where(
        sent_prompts.c.message.in_(
            select(messages.c.id).where(messages.c.conversation == thread["id"])
        )
    )
    for message, data in source.execute(prompts).all():
        target.execute(insert(sent_prompts).values(message=ids[message], data=data))
    return ids


def _present(covered: int, ids: Mapping[int, int]) -> int:
    """The last turn that a summary knows, under its present id; 0 where it is not there: the
    summary is written anew when the conversation goes on."""
    return ids.get(covered, 0)


def _bring_vectors(source: Connection, target: Connection, owner: str) -> None:
    query = select(memory_vectors).where(memory_vectors.c.owner == owner)
    for row in source.execute(query).mappings().all():
        target.execute(insert(memory_vectors).values(**row))
