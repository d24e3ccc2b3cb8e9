"""The assistants of a workspace; a deletion can be taken back."""

import time
from dataclasses import dataclass, replace

import msgspec
from sqlalchemy import delete, func, insert, select, update

from app.domain.chat.assistants import AdapterStrength, Assistant
from app.store.database import Database
from app.store.schema import assistants


class AssistantStore:
    def __init__(self, workspace: Database) -> None:
        self._workspace = workspace

    def all(self) -> list[Assistant]:
        """In the order in which they were made, without deleted ones."""
        query = select(assistants.c.value).where(assistants.c.removed.is_(None))
        with self._workspace.transaction() as connection:
            rows = connection.execute(query.order_by(assistants.c.position)).scalars()
            return [_assistant(row) for row in rows]

    def keep(self, assistant: Assistant) -> None:
        """Store a new one behind the others, or a known one's new values."""
        value = msgspec.json.encode(assistant).decode()
        own = assistants.c.id == assistant.id
        with self._workspace.change() as connection:
            if connection.execute(update(assistants).where(own).values(value=value)).rowcount:
                return
            last = connection.execute(select(func.max(assistants.c.position))).scalar() or 0
            connection.execute(
                insert(assistants).values(id=assistant.id, position=last + 1, value=value)
            )

    def remove(self, assistant: str) -> None:
        """Out of sight until `restore`, or until `purge` deletes it."""
        self._set_removed(assistant, time.time())

    def restore(self, assistant: str) -> None:
        self._set_removed(assistant, None)

    def purge(self, before: float) -> None:
        """Delete those that were removed before a moment."""
        with self._workspace.transaction() as connection:
            connection.execute(delete(assistants).where(assistants.c.removed < before))

    def _set_removed(self, assistant: str, moment: float | None) -> None:
        own = assistants.c.id == assistant
        with self._workspace.transaction() as connection:
            connection.execute(update(assistants).where(own).values(removed=moment))


@dataclass(frozen=True)
class _OneAdapter:
    """What assistants had before they could speak with several."""

    adapter: str = ""
    strength: float = 1.0


def _assistant(value: str) -> Assistant:
    found = msgspec.json.decode(value, type=Assistant)
    old = msgspec.json.decode(value, type=_OneAdapter)
    if not old.adapter or found.adapters:
        return found
    return replace(found, adapters=(AdapterStrength(old.adapter, old.strength),))
