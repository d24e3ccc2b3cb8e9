"""The assistants of a workspace with what they were before; a deletion can be taken back."""

import time
from dataclasses import dataclass, replace

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from app.domain.chat.assistants import AdapterStrength, Assistant
from app.domain.chat.versions import AssistantVersion
from app.store.database import Database
from app.store.schema import assistant_versions, assistants

#: Versions of an assistant that are kept, the newest.
_KEPT = 50
_VERSION = assistant_versions.c


class AssistantStore:
    def __init__(self, workspace: Database) -> None:
        self._workspace = workspace

    def all(self) -> list[Assistant]:
        """Those that can be chosen, in the order in which they were made."""
        return self._found(archived=False)

    def archived(self) -> list[Assistant]:
        """Those that were put away, in the order in which they were made."""
        return self._found(archived=True)

    def _found(self, *, archived: bool) -> list[Assistant]:
        put_away = assistants.c.archived
        query = select(assistants.c.value).where(
            assistants.c.removed.is_(None),
            put_away.is_not(None) if archived else put_away.is_(None),
        )
        with self._workspace.transaction() as connection:
            rows = connection.execute(query.order_by(assistants.c.position)).scalars()
            return [_assistant(row) for row in rows]

    def keep(self, assistant: Assistant, by: str = "") -> None:
        """Store a new one behind the others, or a known one's new values as its next version, made
        by a profile."""
        value = msgspec.json.encode(assistant).decode()
        own = assistants.c.id == assistant.id
        with self._workspace.change() as connection:
            before = connection.execute(select(assistants.c.value).where(own)).scalar()
            if before is None:
                last = connection.execute(select(func.max(assistants.c.position))).scalar() or 0
                connection.execute(
                    insert(assistants).values(id=assistant.id, position=last + 1, value=value)
                )
            else:
                connection.execute(update(assistants).where(own).values(value=value))
            if before is None or _assistant(before) != assistant:
                _keep_version(connection, assistant.id, value, by)

    def versions(self, assistant: str) -> list[AssistantVersion]:
        """The newest first."""
        query = select(_VERSION.version, _VERSION.created, _VERSION.by, _VERSION.value).where(
            _VERSION.assistant == assistant
        )
        with self._workspace.transaction() as connection:
            rows = connection.execute(query.order_by(_VERSION.version.desc())).all()
        return [AssistantVersion(*row[:3], _assistant(row[3])) for row in rows]

    def archive(self, assistant: str, *, away: bool) -> None:
        """Put one away, or back among those that can be chosen."""
        moment = time.time() if away else None
        own = assistants.c.id == assistant
        with self._workspace.transaction() as connection:
            connection.execute(update(assistants).where(own).values(archived=moment))

    def remove(self, assistant: str) -> None:
        """Out of sight until `restore`, or until `purge` deletes it."""
        self._set_removed(assistant, time.time())

    def restore(self, assistant: str) -> None:
        self._set_removed(assistant, None)

    def purge(self, before: float) -> None:
        """Delete those that were removed before a moment, with all that belongs to them."""
        with self._workspace.transaction() as connection:
            connection.execute(delete(assistants).where(assistants.c.removed < before))

    def _set_removed(self, assistant: str, moment: float | None) -> None:
        own = assistants.c.id == assistant
        with self._workspace.transaction() as connection:
            connection.execute(update(assistants).where(own).values(removed=moment))


def _keep_version(connection: Connection, assistant: str, value: str, by: str) -> None:
    own = _VERSION.assistant == assistant
    last = connection.execute(select(func.max(_VERSION.version)).where(own)).scalar() or 0
    connection.execute(
        insert(assistant_versions).values(
            assistant=assistant, version=last + 1, created=time.time(), by=by, value=value
        )
    )
    oldest = last + 1 - _KEPT
    connection.execute(delete(assistant_versions).where(own, _VERSION.version <= oldest))


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
