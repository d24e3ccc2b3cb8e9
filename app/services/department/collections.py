"""The collections of a department that are open: connected, watched, away when the server is."""

import threading
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress

from app import log
from app.domain.department import SharedCollection
from app.domain.errors import (
    CollectionMissing,
    DamagedData,
    DepartmentError,
    DepartmentUnreachable,
    OtherKey,
)
from app.domain.events import CollectionsChanged
from app.services.department.collection import DepartmentCollection
from app.services.department.membership import MembershipService
from app.services.events import Events
from app.services.models.service import ModelService
from app.store.keys import derive
from app.store.settings import SettingsStore

_PINNED = "department-keys"


class DepartmentCollections:
    """`answers`: whether the server did when it was asked last. `pins` keeps which key each
    collection had when it was first opened: whoever runs the server could hand out another one,
    whose texts he reads."""

    def __init__(
        self,
        membership: MembershipService,
        models: ModelService,
        pins: SettingsStore,
        events: Events,
        record: Callable[[str, str], None],
    ) -> None:
        self._membership, self._models = membership, models
        self._pins, self._events, self._record = pins, events, record
        self._lock = threading.Lock()
        self._open: tuple[DepartmentCollection, ...] = ()
        self._away: tuple[str, ...] = ()
        self.answers = False
        self._states: dict[str, tuple[int, int]] = {}

    def all(self) -> Sequence[DepartmentCollection]:
        """Those that are open at this moment; answers at once."""
        return self._open

    def away(self) -> tuple[str, ...]:
        """The names of those that were open and are not, since the server does not answer."""
        return self._away

    def connect(self) -> None:
        """Open what this person may read, and close what he may no longer; nothing where he joined
        no department. `DepartmentUnreachable` and its like: then none is open."""
        if not self._membership.is_member:
            self._forget()
            return
        try:
            with self._lock:
                self._refresh()
            self.answers = True
        except DepartmentError as error:
            self.answers = False
            self._part_with(error)
            raise

    def look(self) -> None:
        """See what others changed since, and try again where the server did not answer; a failure
        is shown by what `away` says."""
        try:
            self.connect()
            for each in self._open:
                state = each.store.state()
                if self._states.get(each.id, state) != state:
                    each.changed()
                self._states[each.id] = state
        except DepartmentError as error:
            self._part_with(error)

    def lose(self, error: DepartmentError) -> None:
        """A search failed by the server: one that does not answer is done without, and what this
        person may no longer read is closed."""
        self._part_with(error)
        if not isinstance(error, DepartmentUnreachable):
            with suppress(DepartmentError):
                self.connect()

    def _part_with(self, error: DepartmentError) -> None:
        if isinstance(error, DepartmentUnreachable) and self._open:
            log.failure(error)
            self._away = tuple(each.shared.name for each in self._open)
            self._open = ()
            self._tell()

    def create(self, name: str, *, words: bool = True) -> DepartmentCollection:
        """A collection of the department with a key of its own, which this person manages; without
        `words` the server keeps no index of words. `NameTaken`, `NoEmbeddingModel`."""
        embedder = self._models.embedder()
        dimensions = embedder.embed_queries(["."]).shape[1]
        made = uuid.uuid4().hex
        self._membership.people().create(made, name, embedder.name, dimensions, words=words)
        self._record("create-collection", name)
        self.connect()
        return self.one(made)

    def rename(self, collection: str, name: str) -> None:
        """Give a collection another name. `CollectionMissing`, `NameTaken`, `DepartmentDenied`."""
        opened = self.one(collection)
        self._membership.people().rename(collection, name)
        self._record("rename-collection", f"{opened.shared.name} → {name}")
        self.connect()

    def delete(self, collection: str) -> None:
        """With everything in it. `CollectionMissing`, `DepartmentDenied`."""
        opened = self.one(collection)
        self._membership.people().drop(collection)
        self._record("delete-collection", opened.shared.name)
        self.connect()

    def one(self, collection: str) -> DepartmentCollection:
        """The open one of that id or name. `CollectionMissing`."""
        for each in self._open:
            if collection in (each.id, each.shared.name):
                return each
        raise CollectionMissing(name=collection)

    def close(self) -> None:
        """Forget the keys, close the connection."""
        self._open = ()
        self._membership.close()

    def _refresh(self) -> None:
        found = self._membership.people().collections()
        known = {each.id: each for each in self._open}
        opened = []
        for shared in found:
            before = known.get(shared.id)
            if before and _same(before.shared, shared):
                opened.append(before)
            elif made := self._opened(shared):
                opened.append(made)
        changed = opened != list(self._open)
        self._open, was_away, self._away = tuple(opened), self._away, ()
        if changed or was_away:
            self._tell()

    def _opened(self, shared: SharedCollection) -> DepartmentCollection | None:
        try:
            key = self._key(shared)
        except (OtherKey, DamagedData) as error:
            log.failure(error)
            return None
        server = self._membership.server()
        return DepartmentCollection(server, shared, key, self._events, self._record, self)

    def _key(self, shared: SharedCollection) -> bytes:
        key = self._membership.people().key(shared.id)
        pins: dict[str, str] = self._pins.get(_PINNED, {}, dict[str, str])
        mark = derive(key, "department/pin").hex()[:32]
        if shared.id not in pins:
            self._pins.set(_PINNED, pins | {shared.id: mark})
        elif pins[shared.id] != mark:
            raise OtherKey(name=shared.name)
        return key

    def _forget(self) -> None:
        if self._open or self._away:
            self._open, self._away = (), ()
            self._tell()

    def _tell(self) -> None:
        self._events.publish(CollectionsChanged())


def _same(one: SharedCollection, other: SharedCollection) -> bool:
    return (one.name, one.adds, one.manages) == (other.name, other.adds, other.manages)
