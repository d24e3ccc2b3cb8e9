"""The collections that are open: made, renamed, deleted, and found again by their ids."""

import threading
from collections.abc import Callable, Iterator

from app.domain.errors import CollectionMissing, NameTaken
from app.domain.events import CollectionsChanged
from app.domain.library.documents import Collection
from app.services.events import Events
from app.services.library.open_collection import Shelf
from app.services.retrieval.service import OpenCollection
from app.store.vault.vault import Unlocked

Open = Callable[[Collection], Shelf]


class Shelves:
    """Safe to iterate over from one thread while another makes or deletes a collection."""

    def __init__(
        self,
        unlocked: Unlocked,
        open_shelf: Open,
        open_attached: Open,
        first: str,
        events: Events,
    ) -> None:
        """Opens what the profile was granted; in an empty workspace makes the `first`.
        `open_attached` opens what is attached to a conversation, which must not wait for others."""
        self._unlocked = unlocked
        self._open = open_shelf
        self._open_attached = open_attached
        self._events = events
        self._lock = threading.Lock()
        self._attached: dict[str, Shelf] = {}
        present = unlocked.collections() or [unlocked.create_collection(first)]
        self._shelves: tuple[Shelf, ...] = ()
        for each in present:
            self._shelves = (*self._shelves, open_shelf(each))

    def __iter__(self) -> Iterator[Shelf]:
        return iter(self._shelves)

    def opened(self) -> tuple[OpenCollection, ...]:
        """As a search sees them."""
        return tuple(each.opened for each in self._shelves)

    def everywhere(self) -> tuple[Shelf, ...]:
        """With those of attachments that are open."""
        return (*self._shelves, *self._attached.values())

    def attached(self, conversation: str, *, create: bool = False) -> Shelf | None:
        """What is attached to a conversation, opened when it is first asked for; None when nothing
        is, unless it is to be made."""
        with self._lock:
            if conversation not in self._attached:
                known = self._unlocked.attachments().get(conversation)
                if known is None and not create:
                    return None
                made = known or self._unlocked.create_collection(conversation, conversation)
                self._attached = {**self._attached, conversation: self._open_attached(made)}
            return self._attached[conversation]

    def detach(self, conversation: str) -> None:
        """Delete what is attached to a conversation."""
        with self._lock:
            shelf = self._attached.get(conversation)
            self._attached = {k: v for k, v in self._attached.items() if k != conversation}
            if shelf:
                shelf.close()
            if known := self._unlocked.attachments().get(conversation):
                self._unlocked.delete_collection(known.id)

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
        for each in self.everywhere():
            each.close()

    def _check_name(self, name: str, own: str) -> None:
        for each in self._shelves:
            same = each.collection.name.casefold() == name.casefold()
            if not name or (same and each.collection.id != own):
                raise NameTaken(name=name)
