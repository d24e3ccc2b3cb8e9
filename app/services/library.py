"""Documents: add, list, remove, open. One transaction a document, so nothing is half there."""

import hashlib
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from app.documents.reader import Source, known_suffixes
from app.documents.sandbox import Sandbox
from app.domain import passages
from app.domain.errors import (
    DocumentError,
    FileDenied,
    FileMissing,
    FileTooLarge,
    OtherEmbeddingModel,
    StorageDenied,
)
from app.domain.events import LibraryChanged
from app.domain.library import (
    AddProgress,
    AddReport,
    Document,
    DocumentState,
    LineBox,
    PageImage,
    Passage,
    ReadDocument,
)
from app.domain.progress import Control, NoControl
from app.domain.roles import Act
from app.domain.settings import Splitting
from app.domain.tables import Table
from app.engines.base import Embedder
from app.services.access import Access
from app.services.events import Events
from app.services.models import ModelService
from app.services.retrieval import OpenCollection
from app.store.files import disk_errors

Halves = np.ndarray[Any, np.dtype[np.float16]]

#: Larger originals would have to be held in memory whole, by the reader too.
_LARGEST = 512 * 1024 * 1024
#: Passages a step of embedding: progress moves and a stop is heard about once a second.
_STEP = 32


class LibraryService:
    """One collection's documents. `sandbox` parses what is added, `viewing` what is looked at."""

    def __init__(
        self,
        collection: OpenCollection,
        models: ModelService,
        sandbox: Sandbox,
        viewing: Sandbox,
        access: Access,
        record: Callable[[str, str], None],
        events: Events,
    ) -> None:
        self._collection = collection
        self._store = collection.library
        self._models = models
        self._sandbox = sandbox
        self._viewing = viewing
        self._access = access
        self._record = record
        self._events = events
        self._splitting = Splitting()

    def documents(self) -> list[Document]:
        return self._store.documents()

    def counts(self) -> tuple[int, int]:
        """Documents and passages in the collection."""
        return self._store.counts()

    def unfinished(self) -> int:
        """How many files an earlier run left waiting."""
        return len(self._store.unfinished())

    # -- add --------------------------------------------------------------------------------------

    def add(self, paths: Iterable[Path], control: Control | None = None) -> AddReport:
        """Add files and folders, and whatever an earlier run left waiting.

        One file's failure is a row, not an exception. `StorageFull`, `NoEmbeddingModel` and the
        like end it; what was confirmed stays, the rest waits for the next call. `AccessDenied`.
        """
        self._access.require(Act.ADD_DOCUMENTS)
        control = control or NoControl()
        began = time.perf_counter()
        waiting = self._queue(paths)
        self._changed()
        embedder = self._usable_embedder() if waiting else None
        results: list[Document] = []
        duplicates = 0
        for place, document in enumerate(waiting):
            control.check()
            step = _Step(place, len(waiting), document, control)
            assert embedder is not None
            done = self._add_one(document, embedder, step)
            duplicates += done.id != document.id
            results.append(done)
            self._changed()
        return AddReport(tuple(results), duplicates, time.perf_counter() - began)

    def forget_unfinished(self) -> None:
        """Drop the files that still wait: the user cancelled."""
        for document in self._store.unfinished():
            self._forget(document.id)
        self._changed()

    def reindex(self, control: Control | None = None) -> AddReport:
        """Read, split and embed everything anew from the originals kept inside. `AccessDenied`."""
        self._access.require(Act.ADD_DOCUMENTS)
        control = control or NoControl()
        began = time.perf_counter()
        embedder = self._models.embedder()
        self._store.set_fact("embedding-model", embedder.name)
        indexed = [each for each in self._store.documents() if each.passages]
        for place, document in enumerate(indexed):
            control.check()
            step = _Step(place, len(indexed), document, control)
            self._index(document, self._store.original(document.id), embedder, step)
        self._changed()
        done = tuple(self._store.document(each.id) for each in indexed)
        return AddReport(done, 0, time.perf_counter() - began)

    def _queue(self, paths: Iterable[Path]) -> list[Document]:
        """Rows for all files first, so that a killed run can be taken up again."""
        waiting = {each.path: each for each in self._store.unfinished()}
        for path in _files(paths):
            name = str(path)
            if name in waiting:
                continue
            known = self._store.at_path(name)
            waiting[name] = known or self._queue_one(path)
        return list(waiting.values())

    def _queue_one(self, path: Path) -> Document:
        try:
            facts = path.stat()
        except OSError:  # it becomes a row that says so
            return self._store.queue(str(path), path.name, 0)
        size = facts.st_size if path.is_file() else 0
        return self._store.queue(str(path), path.name, size, facts.st_mtime)

    def _add_one(self, document: Document, embedder: Embedder, step: "_Step") -> Document:
        try:
            content = _read(Path(document.path))
            sha256 = hashlib.sha256(content).hexdigest()
            if same := self._store.with_content(sha256):
                if same.id != document.id:
                    self._forget(document.id)
                return same
            changed = os.stat(document.path).st_mtime
            self._index(replace(document, modified=changed), content, embedder, step)
        except DocumentError as error:
            self._store.set_failed(document.id, error.code, error.facts)
        return self._store.document(document.id)

    def _index(self, document: Document, content: bytes, embedder: Embedder, step: "_Step") -> None:
        self._enter(document, DocumentState.PARSING, step)
        read = self._sandbox.read(Source(document.name, None, content), step.control)
        pieces = self._split(read, document.name, embedder)
        self._enter(document, DocumentState.EMBEDDING, step)
        vectors = self._embed(pieces, embedder, step)
        updated = replace(document, title=read.title, pages=read.pages)
        former = self._store.passage_ids(document.id)
        new = self._store.save(updated, content, pieces, vectors)
        self._collection.index.removed(former)
        self._collection.index.added(new)
        self._record("add-document", document.id)

    def _enter(self, document: Document, state: DocumentState, step: "_Step") -> None:
        step.enter(state)
        # What is indexed stays so until its new content is there: a stop must not cost the old.
        if document.state != DocumentState.INDEXED:
            self._store.set_state(document.id, state)

    def _split(self, read: ReadDocument, name: str, embedder: Embedder) -> list[Passage]:
        return passages.split(
            read, name, embedder.count, self._splitting.target, self._splitting.limit
        )

    def _embed(self, pieces: list[Passage], embedder: Embedder, step: "_Step") -> Halves:
        texts = [f"{piece.header}\n{piece.text}" for piece in pieces]
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        vectors: Halves = np.zeros((len(texts), 0), np.float16)
        for begin in range(0, len(order), _STEP):
            rows = order[begin : begin + _STEP]
            part = embedder.embed_passages([texts[row] for row in rows], step.control)
            if begin == 0:
                vectors = np.zeros((len(texts), part.shape[1]), np.float16)
            vectors[rows] = part.astype(np.float16)
            step.enter(DocumentState.EMBEDDING, (begin + len(rows)) / len(order))
        return vectors

    def _usable_embedder(self) -> Embedder:
        """The embedder, whose vectors must be of the same model as those already stored."""
        embedder = self._models.embedder()
        stored = self._store.fact("embedding-model")
        if stored is None:
            self._store.set_fact("embedding-model", embedder.name)
        elif stored != embedder.name:
            raise OtherEmbeddingModel(name=embedder.name, stored=stored)
        return embedder

    # -- the rest ---------------------------------------------------------------------------------

    def remove(self, document_ids: Iterable[str]) -> None:
        """Delete documents with every trace. `DocumentMissing`, `AccessDenied`."""
        self._access.require(Act.REMOVE_DOCUMENTS)
        for document_id in document_ids:
            self._store.document(document_id)
            self._forget(document_id)
            self._record("remove-document", document_id)
        self._store.database.vacuum()
        self._changed()

    def tag(
        self, document_ids: Iterable[str], add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> None:
        """Give documents tags and take some away. `DocumentMissing`, `AccessDenied`."""
        self._access.require(Act.ADD_DOCUMENTS)
        new = {name for each in add if (name := " ".join(each.split()))}
        for document_id in document_ids:
            kept = set(self._store.document(document_id).tags) - set(remove)
            self._store.set_tags(document_id, kept | new)
        self._changed()

    def _forget(self, document_id: str) -> None:
        self._collection.index.removed(self._store.remove(document_id))

    def document(self, document_id: str) -> Document:
        """`DocumentMissing`."""
        return self._store.document(document_id)

    def original(self, document_id: str) -> bytes:
        """The file as it was added. `DocumentMissing`, `DamagedData`."""
        self._store.document(document_id)
        return self._store.original(document_id)

    def export(self, document_id: str, target: Path) -> None:
        """Write the original to `target`, unencrypted, as the user asked. `StorageDenied`,
        `StorageFull`."""
        content = self.original(document_id)
        try:
            with disk_errors(target):
                target.write_bytes(content)
        except OSError as error:  # no such folder, or a folder of that name
            raise StorageDenied(path=str(target)) from error
        self._record("export-document", document_id)

    def read_again(self, document_id: str, control: Control | None = None) -> ReadDocument:
        """The blocks of a stored document, for viewers of formats without pages."""
        document = self._store.document(document_id)
        source = Source(document.name, None, self._store.original(document_id))
        return self._viewing.read(source, control or NoControl())

    def tables(self, document_id: str, control: Control | None = None) -> tuple[Table, ...]:
        """The typed tables of a stored spreadsheet, none of another document. `DocumentError`."""
        document = self._store.document(document_id)
        source = Source(document.name, None, self._store.original(document_id))
        return self._viewing.tables(source, control or NoControl())

    def page(
        self, document_id: str, page: int, scale: float, quote: str, boxes: tuple[LineBox, ...]
    ) -> PageImage:
        """Page `page` (1-based) at `scale` pixels a point, with the rectangles of `quote`."""
        return self._viewing.render(
            document_id, lambda: self._store.original(document_id), page, scale, quote, boxes
        )

    def _changed(self) -> None:
        self._events.publish(LibraryChanged(self._collection.id))


class _Step:
    """Where an `add` is: turns a document's stages into AddProgress reports."""

    def __init__(self, done: int, total: int, document: Document, control: Control) -> None:
        self._done, self._total, self._document = done, total, document
        self.control = control

    def enter(self, state: DocumentState, fraction: float = 0.0) -> None:
        self.control.report(
            AddProgress(
                self._done, self._total, self._document.id, self._document.name, state, fraction
            )
        )


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise FileTooLarge(name=path.name, limit=f"{_LARGEST >> 20} MB")
        return path.read_bytes()
    except PermissionError as error:
        raise FileDenied(name=path.name) from error
    except OSError as error:
        raise FileMissing(name=path.name) from error


def _files(paths: Iterable[Path]) -> list[Path]:
    """Files as they are given; of folders all that a reader knows, hidden ones left out."""
    found: list[Path] = []
    for path in paths:
        path = path.absolute()
        if path.is_dir():
            found += _inside(path)
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _inside(folder: Path) -> list[Path]:
    known = known_suffixes()
    found: list[Path] = []

    def denied(error: OSError) -> None:
        found.append(Path(error.filename))  # becomes a row that says so

    for root, folders, names in os.walk(folder, onerror=denied):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [
            Path(root) / name
            for name in sorted(names)
            if Path(name).suffix.lower() in known and not name.startswith((".", "~$"))
        ]
    return found
