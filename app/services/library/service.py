"""Collections and their documents: add, list, remove, open."""

import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from app.documents.reading.reader import DocumentSource, known_suffixes
from app.documents.reading.sandbox import Sandbox
from app.domain.errors import (
    CollectionMissing,
    DocumentMissing,
    StorageDenied,
    UnknownFormat,
)
from app.domain.library.documents import (
    BLOCK_BREAK,
    AddReport,
    Collection,
    Document,
    DroppedFiles,
    FoundText,
    LineBox,
    PageImage,
    Passage,
    ReadDocument,
    StageTimes,
    Stretch,
    lines_of,
)
from app.domain.library.tables import Table
from app.domain.progress import Control, NoControl
from app.domain.roles import Act
from app.services.library import found_files
from app.services.library.aside import UNDO_SECONDS
from app.services.library.collection import LibraryCollection, ShelvedDocuments
from app.services.library.open_collections import OpenCollections
from app.services.profiles.access import Access
from app.store.files import disk_errors
from app.store.library.opened import OpenedFolder

#: Places of a text that a search shows.
_PLACES = 1000
#: Passages of a scanned document that it looks through.
_RECOGNISED = 20_000


class LibraryService:
    """What a user can do with documents. `viewing` is the sandbox that looks into them."""

    def __init__(
        self, collections: OpenCollections, viewing: Sandbox, access: Access, opened: OpenedFolder
    ) -> None:
        self.open_collections = collections
        self._viewing = viewing
        self._access = access
        self._opened = opened

    def allows(self, act: Act) -> bool:
        """Whether the open profile may do it; answers at once."""
        return self._access.allows(act)

    # -- collections ------------------------------------------------------------------------------

    def collections(self) -> list[Collection]:
        """Those that this profile may read, the oldest first, with their counts."""
        return [opened.counted() for opened in self.open_collections.shown()]

    def create(self, name: str, *, private: bool = False) -> Collection:
        """A new collection, for everybody or `private`. `NameTaken`, `AccessDenied`."""
        self._access.require(Act.ADD_DOCUMENTS)
        return self.open_collections.create(" ".join(name.split()), private=private)

    def rename(self, collection: str, name: str) -> None:
        """Give a collection another name. `CollectionMissing`, `NameTaken`, `AccessDenied`."""
        self._access.require(Act.ADD_DOCUMENTS)
        self.open_collections.rename(collection, " ".join(name.split()))

    def delete(self, collection: str) -> None:
        """A collection with everything in it; its key is destroyed. `CollectionMissing`,
        `AccessDenied`."""
        self._access.require(Act.REMOVE_DOCUMENTS)
        self.open_collections.delete(collection)

    def collection_named(self, name: str) -> str:
        """The id of the collection with that name. `CollectionMissing`."""
        for opened in self.open_collections.shown():
            if name in (opened.collection.name, opened.id):
                return opened.id
        raise CollectionMissing(name=name)

    # -- what is there ----------------------------------------------------------------------------

    def documents(
        self, collection: str | None = None, ids: Sequence[str] | None = None
    ) -> list[Document]:
        """The documents of one collection or of all, the newest first; only those of `ids`, if
        given. None that was set aside."""
        found = [
            document
            for opened in self._some(collection)
            for document in opened.store.documents(ids)
            if document.id not in opened.aside.ids
        ]
        return sorted(found, key=lambda document: (-document.added, document.name))

    def counts(self, collection: str | None = None) -> tuple[int, int]:
        """Documents and passages."""
        counts = [opened.store.counts() for opened in self._some(collection)]
        return sum(count[0] for count in counts), sum(count[1] for count in counts)

    def document(self, document_id: str) -> Document:
        """The document with that id. `DocumentMissing`."""
        return self._holding(document_id).store.document(document_id)

    # -- add --------------------------------------------------------------------------------------

    def add(
        self,
        paths: Iterable[Path],
        control: Control | None = None,
        collection: str | None = None,
    ) -> AddReport:
        """Add files and folders, and whatever an earlier run left waiting; returns when all of it
        was dealt with, in the order given. Errors as `queue` and `ingest`."""
        began = time.perf_counter()
        paths = list(paths)
        self.queue(paths, collection)
        report = self.ingest(control)
        opened = self.open_collections.any_one(collection)
        given = [file_seen.document for file_seen in opened.known(paths)]
        done = {document.id: document for document in report.documents}
        asked = {document.id: document for document in opened.store.documents(given)} | done
        earlier = [each for each in done if each not in given]
        documents = tuple(asked[each] for each in (*earlier, *given) if each in asked)
        seconds = time.perf_counter() - began
        return AddReport(documents, report.duplicates, seconds, report.times)

    def queue(self, paths: Iterable[Path], collection: str | None = None) -> tuple[str, ...]:
        """Note that files and folders are to be read, before all that waits already; ids of those
        that are new or changed. `AccessDenied`, `CollectionMissing`, `ReadOnlyCollection`."""
        self._access.require(Act.ADD_DOCUMENTS)
        return self.open_collections.any_one(collection).add(paths)

    def left_out(self, paths: Iterable[Path]) -> dict[str, int]:
        """How many files of these folders no reader knows, by their suffixes ("" for none)."""
        return found_files.left_out(paths)

    def ingest(self, control: Control | None = None) -> AddReport:
        """Read what waits, in all collections. One file's failure is a row, not an exception.
        `StorageFull`, `NoEmbeddingModel` and the like end it; what was confirmed stays, the rest
        waits for the next call."""
        self._access.require(Act.ADD_DOCUMENTS)
        control = control or NoControl()
        began = time.perf_counter()
        documents: list[Document] = []
        duplicates, times = 0, StageTimes()
        for opened in self.open_collections:
            done = opened.ingest(control)
            by_id = {
                document.id: document for document in opened.store.documents(list(done.documents))
            }
            documents += [by_id[document] for document in done.documents if document in by_id]
            duplicates, times = duplicates + done.duplicates, times + done.times
        return AddReport(tuple(documents), duplicates, time.perf_counter() - began, times)

    def unfinished(self) -> int:
        """How many files wait."""
        return sum(opened.store.queue.size()[0] for opened in self.open_collections)

    @property
    def paused(self) -> bool:
        """Whether what waits in any collection is to go on waiting."""
        return any(opened.paused for opened in self.open_collections)

    def pause(self, *, paused: bool = True) -> None:
        """Whether what waits is to go on waiting, also after a restart."""
        for opened in self.open_collections:
            opened.pause(paused=paused)

    def forget_unfinished(self, ids: Iterable[str] | None = None) -> list[DroppedFiles]:
        """Drop what still waits, or some of it: the user cancelled. What was dropped, by
        collection."""
        self._access.require(Act.ADD_DOCUMENTS)
        wanted = None if ids is None else list(ids)
        return [opened.forget_waiting(wanted) for opened in self.open_collections]

    def retry(self, ids: Iterable[str]) -> None:
        """Queue documents to be read again. `AccessDenied`."""
        self._access.require(Act.ADD_DOCUMENTS)
        wanted = list(ids)
        for opened in self.open_collections.shown():
            opened.again([document.id for document in opened.store.documents(wanted)])

    def reindex(self, control: Control | None = None) -> AddReport:
        """Read, split and embed everything anew from the originals kept inside. `AccessDenied`."""
        self._access.require(Act.ADD_DOCUMENTS)
        for opened in self.open_collections:
            opened.again()
        return self.ingest(control)

    # -- change -----------------------------------------------------------------------------------

    def remove(self, document_ids: Iterable[str]) -> None:
        """Delete documents with every trace. `DocumentMissing`, `AccessDenied`."""
        self._access.require(Act.REMOVE_DOCUMENTS)
        for opened, ids in self._parted(document_ids):
            opened.remove(ids)

    def set_aside(self, document_ids: Iterable[str]) -> None:
        """Hide documents that are to be removed, as long as that can be taken back: a search may
        still find them. `DocumentMissing`, `AccessDenied`."""
        self._access.require(Act.REMOVE_DOCUMENTS)
        for opened, ids in self._parted(document_ids):
            opened.aside.put(ids)
            opened.changed(ids)

    def take_back(self, document_ids: Iterable[str]) -> None:
        """Show documents again that were set aside. `DocumentMissing`, `AccessDenied`."""
        self._access.require(Act.REMOVE_DOCUMENTS)
        for opened, ids in self._parted(document_ids):
            opened.aside.take_back(ids)
            opened.changed(ids)

    def remove_aside(self, older: float = UNDO_SECONDS) -> None:
        """Delete with every trace what was set aside so many seconds ago. `AccessDenied`."""
        self._access.require(Act.REMOVE_DOCUMENTS)
        for opened in self.open_collections.shown():
            if ids := opened.aside.older(older):
                opened.remove(ids)

    def tag(
        self, document_ids: Iterable[str], add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> None:
        """Give documents tags and take some away. `DocumentMissing`, `AccessDenied`."""
        self._access.require(Act.ADD_DOCUMENTS)
        new = {name for each in add if (name := " ".join(each.split()))}
        for opened, ids in self._parted(document_ids):
            for document_id in ids:
                kept = set(opened.store.document(document_id).tags) - set(remove)
                opened.store.set_tags(document_id, kept | new)
            opened.changed(ids)

    # -- look -------------------------------------------------------------------------------------

    def original(self, document_id: str) -> bytes:
        """The file as it was added. `DocumentMissing`, `DamagedData`."""
        opened = self._holding(document_id)
        if not opened.store.content(document_id):
            raise DocumentMissing(name=document_id)
        return opened.store.original(document_id)

    def export(self, document_id: str, target: Path) -> None:
        """Write the original to `target`, unencrypted, as the user asked. `StorageDenied`,
        `StorageFull`."""
        self._access.require(Act.EXPORT)
        content = self.original(document_id)
        try:
            with disk_errors(target):
                target.write_bytes(content)
        except OSError as error:  # no such folder, or a folder of that name
            raise StorageDenied(path=str(target)) from error
        self._holding(document_id).record("export-document", document_id)

    def note_print(self, document_id: str) -> None:
        """A document goes onto paper: the journal says so, as it does of other ways out.
        `DocumentMissing`."""
        self._holding(document_id).record("print-document", document_id)

    def open_original(self, document_id: str) -> Path:
        """Decrypt the original into a private folder, for another program to show; it is deleted
        at the lock. `DocumentMissing`, `UnknownFormat`, `DamagedData`, `StorageDenied`,
        `StorageFull`."""
        self._access.require(Act.OPEN_ELSEWHERE)
        opened = self._holding(document_id)
        name = opened.store.document(document_id).name
        if not opened.store.content(document_id):
            raise DocumentMissing(name=name)
        if DocumentSource(name).suffix not in known_suffixes():
            raise UnknownFormat(name=name)
        path = self._opened.write(name, opened.store.original_parts(document_id))
        opened.record("open-original", document_id)
        return path

    def read_again(self, document_id: str, control: Control | None = None) -> ReadDocument:
        """The blocks of a stored document, for viewers of formats without pages."""
        document = self.document(document_id)
        source = DocumentSource(document.name, None, self.original(document_id))
        return self._viewing.read(source, control or NoControl())

    def passages(self, document_id: str, limit: int = 2000) -> list[Passage]:
        """The first passages of a document, as they are searched. `DocumentMissing`."""
        found = self._holding(document_id).store.passages_of(document_id, 0, limit - 1)
        return [stored_passage.passage for stored_passage in found]

    def around(self, document_id: str, offset: int, reach: int) -> Stretch:
        """The passage at a character of the canonical text with `reach` before and after it.
        `DocumentMissing`."""
        store = self._holding(document_id).store
        total = store.document(document_id).passages
        place = _first_of(store, document_id, total, lambda passage: passage.locator.end > offset)
        return self.stretch(document_id, place - reach, 2 * reach)

    def stretch(self, document_id: str, first: int, count: int) -> Stretch:
        """`count` passages from number `first` (from 0) on, moved so that they lie in the document.
        `DocumentMissing`."""
        store = self._holding(document_id).store
        total = store.document(document_id).passages
        first = max(min(first, total - count), 0)
        found = store.passages_of(document_id, first, first + count - 1)
        return Stretch(first, total, tuple(stored_passage.passage for stored_passage in found))

    def page_text(self, document_id: str, page: int) -> str:
        """What the passages of a page (1-based) say, joined; "" where there are none.
        `DocumentMissing`."""
        store = self._holding(document_id).store
        total = store.document(document_id).passages

        def begins(page: int) -> int:
            """Passages come in the order of pages, and none lies on two."""
            return _first_of(
                store, document_id, total, lambda passage: (passage.locator.page or 0) >= page
            )

        found = store.passages_of(document_id, begins(page), begins(page + 1) - 1)
        return BLOCK_BREAK.join(stored_passage.passage.text for stored_passage in found)

    def tables(self, document_id: str, control: Control | None = None) -> tuple[Table, ...]:
        """The typed tables of a stored spreadsheet, none of another document. `DocumentError`."""
        document = self.document(document_id)
        source = DocumentSource(document.name, None, self.original(document_id))
        return self._viewing.tables(source, control or NoControl())

    def page(
        self, document_id: str, page: int, scale: float, quote: str, boxes: tuple[LineBox, ...]
    ) -> PageImage:
        """Page `page` (1-based) at `scale` pixels a point, with the rectangles of `quote`."""
        return self._viewing.render(
            self._key(document_id), lambda: self.original(document_id), page, scale, quote, boxes
        )

    def _key(self, document_id: str) -> str:
        """The name of its original, another one with each change."""
        return self._holding(document_id).store.content(document_id) or document_id

    def find(
        self, document_id: str, text: str, control: Control | None = None
    ) -> tuple[FoundText, ...]:
        """Where `text` stands on the pages of a PDF or an image, in order; on recognised pages the
        lines that hold it. `DocumentError`."""
        control = control or NoControl()
        key, page = self._key(document_id), 1
        found: list[FoundText] = []
        while page and len(found) < _PLACES:
            some, page = self._viewing.find(
                key, lambda: self.original(document_id), text, page, control
            )
            found += some
        if self.document(document_id).recognised:
            printed = {found_text.page for found_text in found}
            passages = self.passages(document_id, _RECOGNISED)
            lines = [found_text for passage in passages for found_text in lines_of(passage, text)]
            found += [line for line in lines if line.page not in printed]
        return tuple(sorted(found, key=lambda found_text: found_text.page)[:_PLACES])

    # -- which collection -------------------------------------------------------------------------

    def _some(self, collection: str | None) -> list[LibraryCollection]:
        return (
            list(self.open_collections.shown())
            if collection is None
            else [self.open_collections.any_one(collection)]
        )

    def _holding(self, document_id: str) -> LibraryCollection:
        for opened in (*self.open_collections.everywhere(), *self.open_collections.joined()):
            if opened.store.documents([document_id]):
                return opened
        raise DocumentMissing(name=document_id)

    def _parted(self, document_ids: Iterable[str]) -> Iterator[tuple[LibraryCollection, list[str]]]:
        """By collection. `DocumentMissing` before anything is done."""
        parts: dict[str, tuple[LibraryCollection, list[str]]] = {}
        for document_id in document_ids:
            opened = self._holding(document_id)
            parts.setdefault(opened.collection.id, (opened, []))[1].append(document_id)
        yield from parts.values()


def _first_of(
    store: ShelvedDocuments, document_id: str, total: int, is_there: Callable[[Passage], bool]
) -> int:
    """The number of the first passage of which something is true that stays true from there on."""

    def there(number: int) -> bool:
        found = store.passages_of(document_id, number, number)
        return not found or is_there(found[0].passage)

    return bisect_left(range(total), True, key=there)
