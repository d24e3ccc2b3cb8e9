"""What waits is read, embedded and let into the search: two threads, the database between them.

One reads ahead (a child process parses) and stages passages, the other embeds what is staged, in
batches across documents. Both may be killed at any moment: what is staged stays staged.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app import log
from app.domain.errors import Cancelled, DocumentMissing, OtherEmbeddingModel
from app.domain.library.documents import AddProgress, Document, DocumentState, StageTimes
from app.domain.progress import Control, NoControl
from app.domain.settings import Ingesting
from app.engines.base import Embedder
from app.services.jobs import Worker, only_logged
from app.services.library.parsing import Parsing
from app.services.library.stopwatch import IngestStage, Stopwatch
from app.services.models.service import ModelService
from app.store.index.passage_index import PassageIndex
from app.store.library.library import LibraryStore
from app.store.library.staging import StagedPassage

#: Seconds that either side waits before it looks again whether the other did something.
_TICK = 0.05
#: Seconds before an estimate is worth telling.
_ESTIMATE_AFTER = 3.0


@dataclass(frozen=True, slots=True)
class Ingested:
    """Ids of the documents that were dealt with, in order, how many were there already, and where
    the time went."""

    documents: tuple[str, ...]
    duplicates: int
    times: StageTimes


class Ingest:
    """Of one collection. `ahead` is the thread that reads ahead."""

    def __init__(
        self,
        store: LibraryStore,
        index: PassageIndex,
        models: ModelService,
        parsing: Parsing,
        ahead: Worker,
        changed: Callable[[Sequence[str]], None],
        record: Callable[[str, str], None],
        settings: Ingesting,
    ) -> None:
        self._store = store
        self._index = index
        self._models = models
        self._parsing = parsing
        self._ahead = ahead
        self._changed = changed
        self._record = record
        self._settings = settings

    def run(self, control: Control) -> Ingested:
        """Until nothing waits, also of what is queued meanwhile. One file's failure is a row, not
        an exception. `StorageFull`, `NoEmbeddingModel` and the like end it; what was confirmed
        stays, the rest waits for the next run."""
        waiting, size = self._store.queue.size()
        if not waiting:
            return Ingested((), 0, StageTimes())
        embedder = self._usable_embedder()
        run = _IngestRun(control, waiting, size)
        self._ahead.run(lambda _: self._read_ahead(embedder, run), on_error=only_logged)
        try:
            while self._store.queue.size()[0]:
                if not self._embed(embedder, run):
                    with run.embedding.on(IngestStage.WAITING):
                        run.pause()
        finally:
            run.stop()
        log.event("ingest", documents=len(run.dealt_with), duplicates=run.duplicates, bytes=size)
        return Ingested(tuple(run.dealt_with), run.duplicates, run.times())

    # -- reading ahead ----------------------------------------------------------------------------

    def _read_ahead(self, embedder: Embedder, run: "_IngestRun") -> None:
        run.reading = watch = Stopwatch()
        try:
            while not run.cancelled:
                full = self._store.staging.count_wanting() >= self._settings.ahead
                document = None if full else self._store.queue.next()
                if document is None:
                    with watch.on(IngestStage.WAITING):
                        run.rest()
                else:
                    self._read(document, embedder, run)
        except Cancelled:
            pass
        except BaseException as error:  # noqa: BLE001  the side that embeds raises it
            run.failure = error
        finally:
            run.ended.set()

    def _read(self, document: Document, embedder: Embedder, run: "_IngestRun") -> None:
        run.enter(document, DocumentState.PARSING)

        def step(done: int, total: int) -> None:
            run.enter(document, DocumentState.PARSING, done / max(total, 1))

        parsed = self._parsing.parse(document, embedder, run, step, run.reading)
        self._index.removed(parsed.gone)
        if not parsed.staged:
            run.done(parsed.document, document.size, duplicate=parsed.document != document.id)
        if parsed.found:
            run.expect(*self._store.queue.size())
        self._changed([document.id, *parsed.found])

    # -- embedding --------------------------------------------------------------------------------

    def _embed(self, embedder: Embedder, run: "_IngestRun") -> bool:
        """The next batch, sorted by length so that short texts are not padded to long ones; and
        what is ready enters the search. Whether there was anything to do."""
        run.check()
        batch = self._store.staging.wanting(self._settings.batch)
        tokens = embedder.count([staged_passage.embedded for staged_passage in batch])
        order = sorted(range(len(batch)), key=tokens.__getitem__)
        for begin in range(0, len(order), self._settings.step):
            part = [batch[each] for each in order[begin : begin + self._settings.step]]
            self._embed_part(part, embedder, run)
        ready = self._store.staging.ready()
        for document_id in ready:
            run.check()
            self._finish(document_id, run)
        return bool(batch or ready)

    def _embed_part(
        self, part: Sequence[StagedPassage], embedder: Embedder, run: "_IngestRun"
    ) -> None:
        texts = [staged_passage.embedded for staged_passage in part]
        with run.embedding.on(IngestStage.EMBEDDING):
            found = embedder.embed_passages(texts, run.control).astype(np.float16)
        rows = zip(part, found, strict=True)
        self._store.staging.put(
            [(staged_passage.id, row.tobytes()) for staged_passage, row in rows]
        )
        document_id = part[-1].document
        done, total = self._store.staging.progress(document_id)
        for document in self._store.documents([document_id]):
            run.enter(document, DocumentState.EMBEDDING, done / max(total, 1))

    def _finish(self, document_id: str, run: "_IngestRun") -> None:
        try:
            done = self._store.finish(document_id)
        except DocumentMissing:
            return  # removed, or changed again, a moment ago
        self._index.removed(done.removed)
        self._index.added(done.added)
        self._record("add-document", document_id)
        for document in self._store.documents([document_id]):
            run.enter(document, DocumentState.EMBEDDING, 1.0)
            run.done(document_id, document.size)
        self._changed([document_id])

    def _usable_embedder(self) -> Embedder:
        """The embedder, whose vectors must be of the same model as those already stored."""
        embedder = self._models.embedder()
        stored = self._store.fact("embedding-model")
        if stored is None:
            self._store.set_fact("embedding-model", embedder.name)
        elif stored != embedder.name:
            raise OtherEmbeddingModel(name=embedder.name, stored=stored)
        return embedder


class _IngestRun(NoControl):
    """One run as both threads see it: progress, and the Control of the one that reads ahead."""

    def __init__(self, control: Control, waiting: int, size: int) -> None:
        self.control = control
        self.ended = threading.Event()
        self.failure: BaseException | None = None
        self.dealt_with: list[str] = []
        self.duplicates = 0
        self.reading, self.embedding = Stopwatch(), Stopwatch()
        self._stopped = threading.Event()
        self._began = time.monotonic()
        self._total, self._bytes = waiting, size
        self._bytes_done = 0
        self._lock = threading.Lock()

    @property
    def cancelled(self) -> bool:  # type: ignore[override]
        return self._stopped.is_set() or self.control.cancelled

    def times(self) -> StageTimes:
        """Of both sides, when both have ended."""
        return self.reading.times() + self.embedding.times()

    def check(self) -> None:
        """Raise what ended the other side, or `Cancelled`."""
        if self.failure:
            raise self.failure
        self.control.check()
        if self._stopped.is_set():
            raise Cancelled

    def rest(self) -> None:
        """The reading side has nothing to do."""
        self._stopped.wait(_TICK)

    def pause(self) -> None:
        """The embedding side has nothing to do."""
        self.check()
        self.ended.wait(_TICK)

    def stop(self) -> None:
        """End the reading side and wait for it: its child is killed in the middle of a file."""
        self._stopped.set()
        self.ended.wait()

    def expect(self, waiting: int, size: int) -> None:
        """More came: so many wait now, with so many bytes."""
        with self._lock:
            self._total, self._bytes = len(self.dealt_with) + waiting, self._bytes_done + size

    def done(self, document_id: str, size: int, *, duplicate: bool = False) -> None:
        with self._lock:
            self.dealt_with.append(document_id)
            self._total = max(self._total, len(self.dealt_with))
            self._bytes_done += size
            self.duplicates += duplicate

    def enter(self, document: Document, state: DocumentState, fraction: float = 0.0) -> None:
        with self._lock:
            done, total = len(self.dealt_with), self._total
            left = self._seconds_left(document.size * fraction * (state == DocumentState.EMBEDDING))
        self.control.report(
            AddProgress(
                done, max(total, done + 1), document.id, document.name, state, fraction, left
            )
        )

    def _seconds_left(self, of_this: float) -> float | None:
        passed, done = time.monotonic() - self._began, self._bytes_done + of_this
        if passed < _ESTIMATE_AFTER or not done:
            return None
        return passed * max(self._bytes - done, 0.0) / done
