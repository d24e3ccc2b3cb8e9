"""Rows that tests of the store begin with."""

from app.domain.library.documents import Document
from app.store.library.library import LibraryStore
from app.store.library.reading_queue import Waiting


def queued(store: LibraryStore, path: str = "/a.txt", size: int = 1) -> Document:
    """A file that waits."""
    (key,) = store.queue.add([Waiting(path, path.rsplit("/", 1)[-1], size)], 1.0)
    return store.document(key)
