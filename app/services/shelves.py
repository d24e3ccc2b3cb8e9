"""The collections that are open: made, renamed, deleted, and found again by their ids."""

import threading
from collections.abc import Callable, Iterator

from app.domain.errors import CollectionMissing, NameTaken
from app.domain.events import CollectionsChanged
from app.domain.library import Collection
from app.services.events import Events
from app.services.retrieval import OpenCollection
from app.services.shelf import Shelf
from app.store.vault import Unlocked

Open = Callable[[Collection], Shelf]


class Shelves:
    """Safe to iterate over from one thread while another makes or deletes a collection."""

    def __init__(self, unlocked: Unlocked, open_shelf: Open, first: str, events: Events) -> None:
        """Opens what the profile was granted; in an empty workspace makes the `first`."""
        self._unlocked = unlocked
        self._open = open_shelf
        self._events = events
        self._lock = threading.Lock()
        present = unlocked.collections() or [unlocked.create_collection(first)]
        self._shelves: tuple[Shelf, ...] = ()
        for each in present:
            self._shelves = (*self._shelves, open_shelf(each))

    def __iter__(self) -> Iterator[Shelf]:
        return iter(self._shelves)

    def opened(self) -> tuple[OpenCollection, ...]:
        """As a search sees them."""
        return tuple(each.opened for each in self._shelves)

    def one(self, collection: str | None) -> Shelf:
        """The collection of that id, the first without one. `CollectionMissing`."""
        for each in self._shelves:
            if collection is None or each.collection.id == collection:
                return each
        raise CollectionMissing(name=collection or "")

    def create(self, name: str) -> Collection:
        """`NameTaken`."""
        with self._lock:
            self._check_name(name, "")
            shelf = self._open(self._unlocked.create_collection(name))
            self._shelves = (*self._shelves, shelf)
        self._events.publish(CollectionsChanged())
        return shelf.collection

    def rename(self, collection: str, name: str) -> None:
        """`CollectionMissing`, `NameTaken`."""
        shelf = self.one(collection)
        with self._lock:
            self._check_name(name, collection)
            self._unlocked.rename_collection(collection, name)
            shelf.collection = Collection(collection, name)
        self._events.publish(CollectionsChanged())

    def delete(self, collection: str) -> None:
        """`CollectionMissing`. The last one is followed by a new, empty one of its name."""
        shelf = self.one(collection)
        with self._lock:
            self._shelves = tuple(each for each in self._shelves if each is not shelf)
            shelf.close()
            self._unlocked.delete_collection(collection)
            if not self._shelves:
                name = shelf.collection.name
                self._shelves = (self._open(self._unlocked.create_collection(name)),)
        self._events.publish(CollectionsChanged())

    def close(self) -> None:
        for each in self._shelves:
            each.close()

    def _check_name(self, name: str, own: str) -> None:
        for each in self._shelves:
            same = each.collection.name.casefold() == name.casefold()
            if not name or (same and each.collection.id != own):
                raise NameTaken(name=name)
