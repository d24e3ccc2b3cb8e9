"""Files that are attached to one conversation: kept apart from the library, read at once, deleted
with the conversation, or taken over into the library."""

import io
import time
from collections.abc import Iterable
from pathlib import Path

from app.domain.library.documents import Document
from app.domain.progress import Control
from app.domain.roles import Act
from app.services.library.open_collection import Shelf
from app.services.library.open_collections import Shelves
from app.services.models.service import ModelService
from app.services.profiles.access import Access
from app.services.retrieval.service import OpenCollection
from app.store.library.reading_queue import Waiting


class Attachments:
    def __init__(self, shelves: Shelves, models: ModelService, access: Access) -> None:
        self._shelves = shelves
        self._models = models
        self._access = access

    def documents(self, conversation: str) -> list[Document]:
        """What is attached, in any state."""
        shelf = self._shelves.attached(conversation)
        return shelf.store.documents() if shelf else []

    def attach(self, conversation: str, paths: Iterable[Path], control: Control) -> list[Document]:
        """Read files and folders for one conversation; reports as LibraryService.ingest does. What
        cannot be read is in the list with its reason. `NoEmbeddingModel`, `StorageFull`."""
        self._access.require(Act.ASK)
        shelf = self._shelves.attached(conversation, create=True)
        assert shelf is not None
        shelf.add(paths)
        shelf.ingest(control)
        return shelf.store.documents()

    def detach(self, conversation: str, document_id: str) -> None:
        """Delete one of its files."""
        if shelf := self._shelves.attached(conversation):
            shelf.remove([document_id])

    def opened(self, conversation: str, control: Control) -> OpenCollection | None:
        """To be searched; read anew first where another embedding model has read it. None when
        nothing that can be searched is attached."""
        shelf = self._shelves.attached(conversation)
        if shelf is None or not any(each.passages for each in shelf.store.documents()):
            return None
        self._keep_up(shelf, control)
        return shelf.opened

    def keep_in_library(
        self, conversation: str, document_id: str, collection: str | None = None
    ) -> None:
        """Let a file wait in a collection, the first without one, instead of here; it is read there
        with all that waits. `AccessDenied`, `DocumentMissing`, `CollectionMissing`."""
        self._access.require(Act.ADD_DOCUMENTS)
        shelf, target = self._shelves.attached(conversation), self._shelves.one(collection)
        if shelf is None:
            return
        document = shelf.store.document(document_id)
        if target.store.with_content(shelf.store.sha256(document_id)) is None:
            kept = target.store.originals.keep(io.BytesIO(shelf.store.original(document_id)))
            path, modified = document.path, document.modified
            waiting = Waiting(path, document.name, kept.size, modified, content=kept.name)
            (added,) = target.store.queue.add([waiting], time.time())
            target.store.queue.again([added], time.time(), inside=True)
            target.changed([added])
        shelf.remove([document_id])

    def forget(self, conversation: str) -> None:
        """The conversation was deleted for good."""
        self._shelves.detach(conversation)

    def _keep_up(self, shelf: Shelf, control: Control) -> None:
        stored = shelf.store.fact("embedding-model")
        if stored is not None and stored != self._models.embedder().name:
            shelf.again()
            shelf.ingest(control)
