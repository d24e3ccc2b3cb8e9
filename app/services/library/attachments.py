"""Files that are attached to one conversation: kept apart from the library, read at once, deleted
with the conversation, or taken over into the library."""

import io
import time
from collections.abc import Iterable
from pathlib import Path

from app.domain.library.documents import Document
from app.domain.progress import Control
from app.domain.roles import Act
from app.services.library.open_collection import OpenCollection
from app.services.library.open_collections import OpenCollections
from app.services.models.service import ModelService
from app.services.profiles.access import Access
from app.store.library.reading_queue import Waiting


class Attachments:
    def __init__(self, collections: OpenCollections, models: ModelService, access: Access) -> None:
        self._collections = collections
        self._models = models
        self._access = access

    def allows(self, act: Act) -> bool:
        """Whether the open profile's role may do it."""
        return self._access.allows(act)

    def documents(self, conversation: str) -> list[Document]:
        """The documents that are attached to a conversation, in any state."""
        opened = self._collections.attached(conversation)
        return opened.store.documents() if opened else []

    def attach(self, conversation: str, paths: Iterable[Path], control: Control) -> list[Document]:
        """Read files and folders for one conversation; reports as LibraryService.ingest does. What
        cannot be read is in the list with its reason. `NoEmbeddingModel`, `StorageFull`."""
        self._access.require(Act.ATTACH)
        opened = self._collections.attached(conversation, create=True)
        assert opened is not None
        opened.add(paths)
        opened.ingest(control)
        return opened.store.documents()

    def detach(self, conversation: str, document_id: str) -> None:
        """Delete one of its files."""
        if opened := self._collections.attached(conversation):
            opened.remove([document_id])

    def opened(self, conversation: str, control: Control) -> OpenCollection | None:
        """The attachments of a conversation as a collection to search, read anew first where
        another embedding model has read them; None when nothing that can be searched is
        attached."""
        opened = self._collections.attached(conversation)
        if opened is None or not any(document.passages for document in opened.store.documents()):
            return None
        self._keep_up(opened, control)
        return opened

    def keep_in_library(
        self, conversation: str, document_id: str, collection: str | None = None
    ) -> None:
        """Let a file wait in a collection, the first without one, instead of here; it is read there
        with all that waits. `AccessDenied`, `DocumentMissing`, `CollectionMissing`."""
        self._access.require(Act.ADD_DOCUMENTS)
        opened, target = self._collections.attached(conversation), self._collections.one(collection)
        if opened is None:
            return
        document = opened.store.document(document_id)
        if target.store.with_content(opened.store.sha256(document_id)) is None:
            kept = target.store.originals.keep(io.BytesIO(opened.store.original(document_id)))
            path, modified = document.path, document.modified
            waiting = Waiting(path, document.name, kept.size, modified, content=kept.name)
            (added,) = target.store.queue.add([waiting], time.time())
            target.store.queue.again([added], time.time(), inside=True)
            target.changed([added])
        opened.remove([document_id])

    def forget(self, conversation: str) -> None:
        """The conversation was deleted for good."""
        self._collections.detach(conversation)

    def _keep_up(self, opened: OpenCollection, control: Control) -> None:
        stored = opened.store.fact("embedding-model")
        if stored is not None and stored != self._models.embedder().name:
            opened.again()
            opened.ingest(control)
