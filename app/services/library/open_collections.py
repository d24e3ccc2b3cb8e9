"""The collections that are open: made, renamed, deleted, and found again by their ids."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

from app import log
from app.domain.errors import (
    CollectionMissing,
    CollectionOnServer,
    DamagedData,
    NameTaken,
    StorageDenied,
)
from app.domain.events import CollectionsChanged
from app.domain.library.documents import Collection
from app.domain.losses import LossKind
from app.services.events import Events
from app.services.library.collection import FarCollection, Joined, LibraryCollection
from app.services.library.open_collection import OpenCollection
from app.store.vault.unlocked import Unlocked

OpenOne = Callable[[Collection], OpenCollection]


class OpenCollections:
    """Safe to iterate over from one thread while another makes or deletes a collection."""

    def __init__(
        self,
        unlocked: Unlocked,
        open_one: OpenOne,
        open_attached: OpenOne,
        first: str,
        events: Events,
        joined: Joined = tuple,
    ) -> None:
        """Opens what the profile was granted; in an empty workspace makes the `first`.
        `open_attached` opens what is attached to a conversation, which must not wait for others;
        `joined` are those of a server, which are read and added to and belong to others."""
        self._unlocked = unlocked
        self._open = open_one
        self._open_attachments = open_attached
        self._events = events
        self.joined = joined
        self._lock = threading.Lock()
        self._attached: dict[str, OpenCollection] = {}
        self._collections: tuple[OpenCollection, ...] = ()
        self._closed: tuple[Collection, ...] = ()
        for collection in unlocked.collections():
            self._try(collection)
        if not self._collections:
            made = unlocked.create_collection(self._free(first))
            self._collections = (open_one(made),)

    def _try(self, collection: Collection) -> None:
        """A collection that cannot be opened is noted and left closed; all others open."""
        try:
            self._collections = (*self._collections, self._open(collection))
        except (DamagedData, StorageDenied) as error:
            log.failure(error)
            self._closed = (*self._closed, collection)
            self._unlocked.lost(LossKind.UNREADABLE, collection)

    def closed(self) -> tuple[Collection, ...]:
        """Those that could not be opened."""
        return self._closed

    def _free(self, name: str) -> str:
        """A name that no collection has: this one, or this one with a number."""
        taken = self._unlocked.names_taken()
        names = (name, *(f"{name} {number}" for number in range(2, len(taken) + 3)))
        return next(each for each in names if each.casefold() not in taken)

    def __iter__(self) -> Iterator[OpenCollection]:
        return iter(self._collections)

    def all(self) -> tuple[OpenCollection, ...]:
        """Those that are open at this moment."""
        return self._collections

    def shown(self) -> tuple[LibraryCollection, ...]:
        """Those of this workspace, then those of a server."""
        return (*self._collections, *self.joined())

    def any_one(self, collection: str | None) -> LibraryCollection:
        """The collection of that id wherever it lies, the first without one.
        `CollectionMissing`."""
        for opened in self.shown():
            if collection is None or opened.id == collection:
                return opened
        raise CollectionMissing(name=collection or "")

    def everywhere(self) -> tuple[OpenCollection, ...]:
        """The collections of the library and the attachments that are open."""
        return (*self._collections, *self._attached.values())

    def attached(self, conversation: str, *, create: bool = False) -> OpenCollection | None:
        """The collection of what is attached to a conversation, opened when it is first asked for.
        None when nothing is, unless `create` asks for a new one."""
        with self._lock:
            if conversation not in self._attached:
                known = self._unlocked.attachments().get(conversation)
                if known is None and not create:
                    return None
                made = known or self._unlocked.create_collection(conversation, conversation)
                self._attached = {**self._attached, conversation: self._open_attachments(made)}
            return self._attached[conversation]

    def detach(self, conversation: str) -> None:
        """Delete what is attached to a conversation."""
        with self._lock:
            opened = self._attached.get(conversation)
            self._attached = {k: v for k, v in self._attached.items() if k != conversation}
            if opened:
                opened.close()
            if known := self._unlocked.attachments().get(conversation):
                self._unlocked.delete_collection(known.id)

    def one(self, collection: str | None) -> OpenCollection:
        """The collection of that id in this workspace, the first without one.
        `CollectionMissing`, `CollectionOnServer`."""
        for open_collection in self._collections:
            if collection is None or open_collection.collection.id == collection:
                return open_collection
        for far in self.joined():
            if far.id == collection:
                raise CollectionOnServer(name=far.collection.name)
        raise CollectionMissing(name=collection or "")

    def create(self, name: str, *, private: bool = False) -> Collection:
        """Make a collection with a key of its own, and open it; a `private` one is shared by name
        alone. `NameTaken`."""
        with self._lock:
            self._check_name(name, "")
            opened = self._open(self._unlocked.create_collection(name, private=private))
            self._collections = (*self._collections, opened)
        self._unlocked.record("create-collection", name)
        self._events.publish(CollectionsChanged())
        return opened.collection

    def has(self, name: str) -> bool:
        """Whether a collection is called so, upper and lower case alike."""
        return name.casefold() in self._unlocked.names_taken()

    def take(self, made: Collection) -> None:
        """Open one that came into the workspace otherwise than by `create`."""
        with self._lock:
            self._collections = (*self._collections, self._open(made))
        self._events.publish(CollectionsChanged())

    def rename(self, collection: str, name: str) -> None:
        """Give a collection another name. `CollectionMissing`, `NameTaken`."""
        if far := self._far(collection):
            far.rename(name)
            return
        opened = self.one(collection)
        with self._lock:
            self._check_name(name, collection)
            self._unlocked.rename_collection(collection, name)
            self._unlocked.record("rename-collection", f"{opened.collection.name} → {name}")
            opened.collection = replace(opened.collection, name=name)
        self._events.publish(CollectionsChanged())

    def delete(self, collection: str) -> None:
        """`CollectionMissing`. The last one is followed by a new, empty one of its name."""
        if far := self._far(collection):
            far.delete()
            return
        opened = self.one(collection)
        with self._lock:
            self._collections = tuple(
                open_collection
                for open_collection in self._collections
                if open_collection is not opened
            )
            opened.close()
            self._unlocked.delete_collection(collection)
            if not self._collections:
                name = opened.collection.name
                self._collections = (self._open(self._unlocked.create_collection(name)),)
        self._unlocked.record("delete-collection", opened.collection.name)
        self._events.publish(CollectionsChanged())

    def close(self) -> None:
        """Close every collection that is open."""
        for open_collection in self.everywhere():
            open_collection.close()

    def _far(self, collection: str) -> FarCollection | None:
        return next((each for each in self.joined() if each.id == collection), None)

    def _check_name(self, name: str, own: str) -> None:
        if not name or self._unlocked.names_taken().get(name.casefold(), own) != own:
            raise NameTaken(name=name)
