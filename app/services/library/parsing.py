"""A file that waits becomes staged passages, or a reason why not: hash, read, split, stage."""

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from app import log
from app.documents.limits import FILE_BYTES, MB
from app.documents.reading.reader import (
    DocumentSource,
    is_archive,
    is_container,
    is_long_table,
    is_page,
    known_suffixes,
)
from app.documents.reading.sandbox import Sandbox
from app.documents.source import Part
from app.documents.steps import Step
from app.domain.errors import (
    DamagedFile,
    DocumentError,
    EmptyDocument,
    FileChanging,
    FileMissing,
    FileTooLarge,
)
from app.domain.library.documents import (
    BLOCK_BREAK,
    BlockKind,
    Document,
    DocumentState,
    Passage,
    ReadDocument,
)
from app.domain.library.reading import NOTHING_READ, ReadingReport, UnreadPart
from app.domain.library.watching import FileSeen
from app.domain.progress import Control
from app.domain.retrieval import passages
from app.domain.settings import Ingesting, Splitting
from app.domain.text import language
from app.domain.text.encoded import is_encoded
from app.engines.base import Embedder
from app.heap import trim_heap
from app.services.library.found_files import file_errors, place_of, queue_files
from app.services.library.held_parts import queue_parts
from app.services.library.stopwatch import IngestStage, Stopwatch
from app.store.library.library import LibraryStore
from app.store.library.originals import Kept
from app.store.library.staging import StagedFacts

#: Characters that tell the language of a document.
_SAMPLE = 20_000
#: Passages of a document that leave much memory behind.
_MANY = 1000
#: Passages a transaction.
_BLOCK = 500


@dataclass(frozen=True, slots=True)
class Parsed:
    """`document` is the id under which the content is kept, another's when it was there already;
    `staged`: its passages wait for vectors; `found` are ids of what was queued because of it,
    `gone` those of passages that are no longer there."""

    document: str
    staged: bool = False
    found: tuple[str, ...] = ()
    gone: tuple[int, ...] = ()


class Parsing:
    def __init__(
        self,
        store: LibraryStore,
        sandbox: Sandbox,
        splitting: Splitting,
        settings: Ingesting,
    ) -> None:
        self._store = store
        self._sandbox = sandbox
        self._splitting = splitting
        self._settings = settings

    def parse(
        self,
        document: Document,
        embedder: Embedder,
        control: Control,
        step: Step,
        watch: Stopwatch,
    ) -> Parsed:
        """Deal with one waiting document. A DocumentError becomes the row's reason; what ends the
        whole run is raised: `StorageFull`, `Cancelled`."""
        self._store.begin_parsing(document.id)
        try:
            with watch.on(IngestStage.READING), self._found(document) as found:
                if found.known:
                    return self._known(document, found.known, found)
                return self._taken(document, found, _ParsingRun(embedder, control, step, watch))
        except DocumentError as error:
            log.failure(error)
            self._store.queue.set_failed(document.id, error.code, error.facts)
            return Parsed(document.id)

    def _known(self, document: Document, same: Document, found: "_Content") -> Parsed:
        """The same content is here: the file is one more place of it, or the one it moved to."""
        if found.place:
            self._store.places.put([replace(found.place, document=same.id)])
        if same.id == document.id:
            self._store.queue.settle(document.id, found.sha256, DocumentState.INDEXED)
            return Parsed(document.id)
        self._mark_missing(same.id)
        self._store.places.settle(same.id)
        return Parsed(same.id, gone=tuple(self._store.remove(document.id)))

    def _mark_missing(self, document_id: str) -> None:
        places = self._store.places.of(document_id)
        gone = [replace(place, missing=True) for place in places if not os.path.exists(place.path)]
        self._store.places.put(gone)

    def _taken(self, document: Document, found: "_Content", act: "_ParsingRun") -> Parsed:
        data = found.source.data or b""
        held = _HeldParts()
        if is_container(document.name, data):
            held = self._unpacked(document, found, act)
        if is_archive(document.name, data):
            state, reading = DocumentState.INDEXED, held.reading
            self._store.queue.settle(document.id, found.sha256, state, reading)
            if found.place:
                self._store.places.put([found.place])
            return Parsed(document.id, found=held.queued, gone=held.gone)
        with act.watch.on(IngestStage.STORING):
            kept = found.kept()
        try:
            facts = self._staged(document, found, kept, act)
            facts = replace(facts, reading=facts.reading + held.reading)
        except BaseException:
            self._store.forget_staged(document.id)
            if not found.inside:
                self._store.originals.discard(kept.name)
            raise
        with act.watch.on(IngestStage.STORING):
            self._store.staging.complete(document.id, facts, found.place)
        linked = self._linked(document, found, act) if is_page(document.name) else ()
        return Parsed(document.id, staged=True, found=(*held.queued, *linked), gone=held.gone)

    def _staged(
        self, document: Document, found: "_Content", kept: Kept, act: "_ParsingRun"
    ) -> StagedFacts:
        """Stage what the reader finds, section by section."""
        facts = StagedFacts("", kept.sha256, kept.size, kept.name, modified=found.modified)
        cutter = _Cutter(document.name, self._splitting)
        count = 0
        for section in self._sandbox.sections(found.source, act.control, act.step):
            counter = act.embedder.count
            if count >= self._settings.table_vectors and _is_rows(section):
                counter = _by_length  # nobody embeds these
            pieces = cutter.pieces(section, counter)
            with act.watch.on(IngestStage.STORING):
                self._stage(document.id, count, pieces)
            count += len(pieces)
            facts = replace(
                facts,
                title=cutter.title,
                pages=section.pages or facts.pages,
                language=facts.language or language.of(cutter.text[:_SAMPLE]),
                reading=facts.reading + section.reading,
            )
            if count > _MANY:
                trim_heap()
        if not count:
            raise EmptyDocument(name=document.name)
        return facts

    def _stage(self, document_id: str, first: int, pieces: Sequence[Passage]) -> None:
        """Rows of a very long table (see Ingesting.table_vectors) and data in letters are found by
        their words alone."""
        most = self._settings.table_vectors
        for begin in range(0, len(pieces), _BLOCK):
            block = pieces[begin : begin + _BLOCK]
            place = first + begin
            vectors = [
                (not passage.locator.cells or place + at < most) and not is_encoded(passage.text)
                for at, passage in enumerate(block)
            ]
            self._store.staging.add(document_id, place, block, vectors)

    # -- what it holds and what it leads to -------------------------------------------------------

    def _unpacked(self, document: Document, found: "_Content", act: "_ParsingRun") -> "_HeldParts":
        held = _HeldParts()
        parts = held.taken(self._sandbox.parts(found.source, act.control))
        before = self._store.inside(document.id)
        held.queued, held.gone = queue_parts(self._store, document.path, parts, before, document.id)
        return held

    def _linked(self, document: Document, found: "_Content", act: "_ParsingRun") -> tuple[str, ...]:
        """Queue the local pages that a saved page links to, in its own folder and below."""
        if found.inside:
            return ()
        folder = Path(document.path).parent
        pages: list[Path] = []
        for link in self._sandbox.links(found.source, act.control):
            page = Path(os.path.normpath(folder / link))
            if page.is_relative_to(folder) and page.suffix.lower() in known_suffixes():
                pages.append(page)
        return queue_files(self._store, [path for path in pages if path.is_file()], time.time())

    # -- where the content comes from -------------------------------------------------------------

    @contextmanager
    def _found(self, document: Document) -> Iterator["_Content"]:
        if self._store.queue.is_inside(document.id):
            data = self._store.original(document.id)
            name = self._store.content(document.id)
            kept = Kept(name, self._store.sha256(document.id), len(data))
            same = self._twin(document, kept.sha256)
            yield _Content(
                DocumentSource(document.name, None, data), kept.sha256, document.modified,
                lambda: kept, inside=True, known=same,
            )  # fmt: skip
            return
        yield self._on_disk(document)

    def _twin(self, document: Document, sha256: str) -> Document | None:
        """Another document with this content, for one that is not searchable yet."""
        same = self._store.with_content(sha256)
        return same if same and same.id != document.id and not document.passages else None

    def _on_disk(self, document: Document) -> "_Content":
        path = Path(document.path)
        with file_errors(path):
            facts = path.stat()
            source = _source(document.name, path, facts)
            with source.open() as file:
                sha256 = _sha256(file)
        place = place_of(path, facts, document.id)

        def kept() -> Kept:
            with file_errors(path), source.open() as file:
                kept = self._store.originals.keep(file)
            if kept.sha256 != sha256 or path.stat().st_mtime != facts.st_mtime:
                self._store.originals.discard(kept.name)
                raise FileChanging(name=document.name)
            return kept

        known = self._store.with_content(sha256)
        return _Content(source, sha256, facts.st_mtime, kept, place=place, known=known)


class _Cutter:
    """Splits the sections of one document, one after the other; `text` is that of the last."""

    def __init__(self, name: str, splitting: Splitting) -> None:
        self._name = name
        self._splitting = splitting
        self._origin = 0
        self._above: passages.Headings = ()
        self.title = self.text = ""

    def pieces(self, section: ReadDocument, counter: passages.CountTokens) -> list[Passage]:
        self.title = self.title or section.title
        found = passages.split(
            replace(section, title=self.title), self._name, counter,
            self._splitting.target, self._splitting.limit, self._origin, self._above,
        )  # fmt: skip
        self.text = passages.canonical_text(section)
        self._origin += len(self.text) + len(BLOCK_BREAK)
        self._above = passages.headings_after(section.blocks, self._above)
        return found


@dataclass(slots=True)
class _HeldParts:
    """Files that came out of a document: ids of those `queued`, passages that are `gone`, and what
    is to be reported of it."""

    queued: tuple[str, ...] = ()
    gone: tuple[int, ...] = ()
    reading: ReadingReport = NOTHING_READ

    def taken(self, parts: Iterable[Part]) -> Iterator[Part]:
        """Those that have data; each is noted."""
        for part in parts:
            if part.refused is None:
                self.reading += ReadingReport(read_parts=1)
                yield part
            else:
                refused = UnreadPart(part.refused, part.name)
                self.reading += ReadingReport(refused_parts=1, unread=(refused,))


@dataclass(frozen=True, slots=True)
class _ParsingRun:
    embedder: Embedder
    control: Control
    step: Step
    watch: Stopwatch


@dataclass(frozen=True, slots=True)
class _Content:
    """What is to be parsed; `kept` makes sure that its original is inside. `known` is the document
    that has the same content already."""

    source: DocumentSource
    sha256: str
    modified: float | None
    kept: Callable[[], Kept]
    place: FileSeen | None = None
    inside: bool = False
    known: Document | None = None


def _is_rows(section: ReadDocument) -> bool:
    return all(block.cells and block.kind is BlockKind.TABLE for block in section.blocks)


def _by_length(texts: Sequence[str]) -> list[int]:
    """Tokens as far as characters tell: a multilingual tokenizer takes three of rows for one."""
    return [len(text) // 3 + 1 for text in texts]


def _sha256(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := file.read(MB):
        digest.update(piece)
    return digest.hexdigest()


def _source(name: str, path: Path, facts: os.stat_result) -> DocumentSource:
    """Held in memory, or read from the disk by the reader itself where that is too long."""
    if not stat.S_ISREG(facts.st_mode):
        raise FileMissing(name=name) if not stat.S_ISDIR(facts.st_mode) else DamagedFile(name=name)
    if is_long_table(name, facts.st_size):
        return DocumentSource(name, str(path))
    if facts.st_size > FILE_BYTES:
        raise FileTooLarge(name=name, limit=f"{FILE_BYTES // MB} MB")
    return DocumentSource(name, None, path.read_bytes())
