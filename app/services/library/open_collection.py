"""One open collection: what waits in it is ingested, what is in it is changed and removed."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from app import log
from app.documents.reading.sandbox import Sandbox
from app.domain.errors import ReadOnlyCollection, StorageFull
from app.domain.events import LibraryChanged
from app.domain.library.documents import Collection, Document, DocumentState, DroppedFiles
from app.domain.library.watching import FileSeen
from app.domain.progress import Control
from app.domain.roles import Act
from app.domain.settings import Ingesting, Splitting
from app.services.events import Events
from app.services.jobs import Worker
from app.services.library.aside import Aside
from app.services.library.found_files import documents_in, queue_files
from app.services.library.ingest import Ingest, Ingested
from app.services.library.parsing import Parsing
from app.services.models.service import ModelService
from app.store.index.passage_index import PassageIndex
from app.store.library.library import LibraryStore

#: Before what a user added: nobody waits for the whole collection to be read anew.
_REINDEX = 0.0
_PAUSED = "paused"


class OpenCollection:
    """A collection with its database and its index, while the profile that may read it is open."""

    def __init__(
        self,
        collection: Collection,
        store: LibraryStore,
        models: ModelService,
        sandbox: Sandbox,
        ahead: Worker,
        events: Events,
        record: Callable[[str, str], None],
    ) -> None:
        """`sandbox` parses on the thread `ahead`."""
        self.collection = collection
        self.store = store
        self.index = PassageIndex(store.database, store.snapshot)
        self.aside = Aside(store)
        self._models = models
        self._events = events
        self.record = record
        settings = Ingesting()
        parsing = Parsing(self.store, sandbox, Splitting(), settings)
        self._ingest = Ingest(
            store, self.index, models, parsing, ahead, self.changed, record, settings
        )

    @property
    def id(self) -> str:
        """The collection's id."""
        return self.collection.id

    def add(self, paths: Iterable[Path]) -> tuple[str, ...]:
        """Queue files and folders before all that waits; ids of what is to be read.
        `ReadOnlyCollection`."""
        if not self.collection.may_add:
            self.record("refused", f"{Act.ADD_DOCUMENTS.value}: {self.collection.name}")
            raise ReadOnlyCollection(name=self.collection.name)
        paths = list(paths)
        if hidden := self.aside.ids:  # added again is not removed
            again = {file_seen.document for file_seen in self.known(paths)} & hidden
            self.aside.take_back(again)
            self.changed(list(again))
        ids = queue_files(self.store, documents_in(paths), time.time())
        self.changed(ids)
        return ids

    def known(self, paths: Iterable[Path]) -> list[FileSeen]:
        """Where the files that these paths stand for were found, in their order."""
        names = [str(path) for path in documents_in(paths)]
        found = self.store.places.at(names)
        return [found[name] for name in names if name in found]

    def counted(self) -> Collection:
        """The collection with the numbers of its documents and passages as they are now."""
        documents, passages = self.store.counts()
        documents -= len(self.aside.ids)
        return replace(self.collection, documents=documents, passages=passages)

    def ingest(self, control: Control) -> Ingested:
        """Read what waits; see Ingest.run."""
        return self._ingest.run(control)

    @property
    def paused(self) -> bool:
        """Whether what waits is to go on waiting, also after a restart."""
        return self.store.fact(_PAUSED) == "1"

    def pause(self, *, paused: bool) -> None:
        """Whether what waits is to go on waiting, also after a restart."""
        self.store.set_fact(_PAUSED, "1" if paused else "0")

    def forget_waiting(self, ids: Iterable[str] | None = None) -> DroppedFiles:
        """Drop what waits, or some of it; what is searchable stays as it was. The files that can be
        queued anew: not what was taken out of another one, which brings it again."""
        wanted = None if ids is None else set(ids)
        dropped = [each for each in self.store.queue.all() if wanted is None or each.id in wanted]
        for document in dropped:
            if document.passages:
                self._leave(document)
            else:
                self.forget(document.id)
        self.changed([each.id for each in dropped])
        return DroppedFiles(self.id, tuple(each.path for each in dropped if not each.container))

    def _leave(self, document: Document) -> None:
        self.store.forget_staged(document.id)
        sha256 = self.store.sha256(document.id)
        self.store.queue.settle(document.id, sha256, DocumentState.INDEXED)
        # Its file has changed and was not read: the next look at the folder shall find it so.
        self.store.places.forget(file_seen.path for file_seen in self.store.places.of(document.id))

    def again(self, ids: Iterable[str] | None = None) -> None:
        """Queue documents, or all that are held, to be read anew: from the originals inside, or
        from the disk where there are none."""
        chosen = self.store.documents(None if ids is None else list(ids))
        inside = [document.id for document in chosen if self.store.content(document.id)]
        others = [
            document.id for document in chosen if document.id not in set(inside) and document.error
        ]
        self.store.queue.again(inside, _REINDEX, inside=True)
        self.store.queue.again(others, time.time())
        if ids is None:
            self._use_present_model()  # at last: a kill in between leaves all vectors as they were
        self.changed([*inside, *others])

    def _use_present_model(self) -> None:
        """Vectors of two models must never stand side by side: those of another go first, and
        until its new ones are there a document is found by its words."""
        name = self._models.embedder().name
        stored = self.store.fact("embedding-model")
        if stored is not None and stored != name:
            gone = self.store.forget_vectors(name)
            self.index.removed(gone)

    def forget(self, document_id: str) -> None:
        """Every trace of a document and of what was taken out of it."""
        for part in self.store.inside(document_id):
            self.forget(part.id)
        self.index.removed(self.store.remove(document_id))

    def remove(self, ids: Sequence[str]) -> None:
        """Delete documents with every trace, and what was taken out of them."""
        for document_id in ids:
            self.forget(document_id)
            self.record("remove-document", document_id)
        self.aside.take_back(ids)
        try:
            self.store.tidy()
        except StorageFull as error:  # the documents are gone; the next deletion tidies as well
            log.failure(error)
        self.changed(ids)

    def changed(self, ids: Sequence[str] = ()) -> None:
        """Tell whoever shows this collection that these documents, or all, are others now."""
        self._events.publish(LibraryChanged(self.collection.id, tuple(ids)))

    def close(self) -> None:
        """Close its index and its database."""
        self.index.close()
        self.store.close()
