"""One collection on a department's server, with the acts that one of this computer has."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from app.documents.limits import FILE_BYTES, MB
from app.domain.department import SharedCollection
from app.domain.errors import FileTooLarge, ReadOnlyCollection
from app.domain.events import LibraryChanged
from app.domain.library.documents import Collection
from app.domain.library.watching import FileSeen
from app.services.events import Events
from app.services.library.aside import Aside
from app.services.library.found_files import documents_in, file_errors
from app.store.department.index import DepartmentIndex
from app.store.department.library import DepartmentLibrary
from app.store.department.sending import Sending
from app.store.department.server import Server
from app.store.department.shared_rows import DocumentFacts


class CollectionActs(Protocol):
    """What happens to a collection as a whole."""

    def rename(self, collection: str, name: str) -> None: ...

    def delete(self, collection: str) -> None: ...


class DepartmentCollection:
    """Open as long as its key is known and the server answers."""

    def __init__(
        self,
        server: Server,
        shared: SharedCollection,
        key: bytes,
        events: Events,
        record: Callable[[str, str], None],
        acts: CollectionActs,
    ) -> None:
        self.shared, self.key, self._acts = shared, key, acts
        self.store = DepartmentLibrary(server, shared, key)
        self.index = DepartmentIndex(self.store)
        self.sending = Sending(self.store)
        self.aside = Aside(self.store)
        self.record = record
        self._events = events

    @property
    def id(self) -> str:
        """The collection's id, the same for all members."""
        return self.shared.id

    @property
    def collection(self) -> Collection:
        """As it was when it was opened."""
        shared = self.shared
        return Collection(
            shared.id,
            shared.name,
            shared.documents,
            shared.passages,
            private=True,
            may_add=shared.adds,
            server=self.store.server.address.shown,
        )

    def counted(self) -> Collection:
        """With the numbers of its documents and passages as they are now."""
        documents, passages = self.store.counts()
        documents -= len(self.aside.ids)
        return replace(self.collection, documents=documents, passages=passages)

    def add(self, paths: Iterable[Path]) -> tuple[str, ...]:
        """Send files, and those of folders, to the server, where a worker reads them; ids of those
        whose content was not there yet. `ReadOnlyCollection`, `FileMissing` and its like,
        `DepartmentFull`: what was sent before stays."""
        if not self.shared.adds:
            raise ReadOnlyCollection(name=self.shared.name)
        sent = [self._sent(path) for path in documents_in(paths)]
        new = tuple(each for each in sent if each is not None)
        self.changed(new)
        return new

    def known(self, paths: Iterable[Path]) -> list[FileSeen]:
        """The documents that came from these paths, in their order."""
        names = [str(path) for path in documents_in(paths)]
        found = {each.path: each for each in self.store.documents()}
        return [
            FileSeen(name, found[name].id, found[name].size, found[name].modified or 0.0, "")
            for name in names
            if name in found
        ]

    def again(self, ids: Iterable[str] | None = None) -> None:
        """Let documents be read anew by a worker."""
        wanted = [each.id for each in self.store.documents(None if ids is None else list(ids))]
        self.sending.again(wanted)
        self.changed(wanted)

    def remove(self, ids: Sequence[str]) -> None:
        """Delete documents with every trace, and what was taken out of them.
        `DepartmentDenied`."""
        self.store.remove(ids)
        self.aside.take_back(ids)
        for document_id in ids:
            self.record("remove-document", document_id)
        self.changed(ids)

    def rename(self, name: str) -> None:
        """For all members. `NameTaken`, `DepartmentDenied`."""
        self._acts.rename(self.id, name)

    def delete(self) -> None:
        """With everything in it, for all members. `DepartmentDenied`."""
        self._acts.delete(self.id)

    def changed(self, ids: Sequence[str] = ()) -> None:
        """Tell whoever shows this collection that these documents, or all, are others now."""
        self._events.publish(LibraryChanged(self.id, tuple(ids)))

    def _sent(self, path: Path) -> str | None:
        with file_errors(path):
            facts = path.stat()
            if facts.st_size > FILE_BYTES:
                raise FileTooLarge(name=path.name, limit=f"{FILE_BYTES // MB} MB")
            content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        told = DocumentFacts(path.name, str(path), digest, 0, modified=facts.st_mtime)
        return self.sending.queue(told, content)
