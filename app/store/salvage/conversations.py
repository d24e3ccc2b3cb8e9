"""What a profile's database still gives: conversations, summaries, notes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import Table

from app.domain.chat.branches import Branches, Node
from app.domain.chat.conversation import Message
from app.domain.memory.summaries import Note, Summary
from app.store.chat.messages import message_of
from app.store.salvage.damaged import DamagedDatabase, Row
from app.store.schema import conversations, messages, notes, summaries

#: What SQLite calls the index of a primary key that is a text.
_OWN_INDEX = "sqlite_autoindex_{}_1"


_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class SalvagedConversation:
    """The turns of the branch that was shown; all that is left, where some are `lost`."""

    id: str
    title: str
    created: float
    turns: tuple[Message, ...]
    lost: int


@dataclass(frozen=True, slots=True)
class SalvagedMemory(Generic[_Kept]):
    """Summaries or notes, and how many more an index tells of."""

    kept: tuple[_Kept, ...]
    lost: int


def conversations_in(database: DamagedDatabase) -> list[SalvagedConversation]:
    """Those that were not deleted; one whose row is lost has no title."""
    told = {row["id"]: row for row in database.rows(conversations)}
    turns: dict[str, dict[int, Message]] = {}
    for row in database.rows(messages):
        if message := _read(message_of, row):
            turns.setdefault(row["conversation"], {})[row["id"]] = message
    outline: dict[str, set[int]] = {key: set() for key in turns}
    for key, turn in database.indexed(messages, "messages_outline", "conversation", "id"):
        outline.setdefault(key, set()).add(turn)
    for (key,) in database.indexed(conversations, _OWN_INDEX.format("conversations"), "id"):
        outline.setdefault(key, set())
    gone = {key for key, row in told.items() if row["removed"] is not None}
    return [
        _conversation(key, told.get(key), turns.get(key, {}), known)
        for key, known in outline.items()
        if key not in gone
    ]


def _conversation(
    key: str, row: Row | None, turns: dict[int, Message], known: set[int]
) -> SalvagedConversation:
    lost = len(known - turns.keys())
    shown = sorted(turns)
    if row and not lost:
        nodes = [
            Node(each.id, each.parent, each.speaker, len(each.text)) for each in turns.values()
        ]
        shown = [node.id for node in Branches(nodes).path(row["leaf"])]
    kept = tuple(turns[each] for each in shown)
    created = row["created"] if row else min((each.created for each in kept), default=0.0)
    return SalvagedConversation(key, row["title"] if row else "", created, kept, lost)


def summaries_in(database: DamagedDatabase) -> SalvagedMemory[Summary]:
    return _memory(database, summaries, Summary)


def notes_in(database: DamagedDatabase) -> SalvagedMemory[Note]:
    return _memory(database, notes, Note)


def _memory(database: DamagedDatabase, table: Table, kind: type[_Kept]) -> SalvagedMemory[_Kept]:
    rows = {row["id"]: row for row in database.rows(table)}
    known = database.indexed(table, _OWN_INDEX.format(table.name), "id")
    kept = _decoded((row for row in rows.values() if row["removed"] is None), kind)
    broken = sum(row["removed"] is None for row in rows.values()) - len(kept)
    return SalvagedMemory(tuple(kept), len({key for (key,) in known} - rows.keys()) + broken)


def _decoded(rows: Iterable[Row], kind: type[_Kept]) -> list[_Kept]:
    found = (_read(lambda row: msgspec.json.decode(row["value"], type=kind), row) for row in rows)
    return [each for each in found if each is not None]


def _read(read: Callable[[Any], _Kept], row: Row) -> _Kept | None:
    """None for a row that is not what this version writes."""
    try:
        return read(row)
    except (msgspec.MsgspecError, ValueError, TypeError):
        return None
