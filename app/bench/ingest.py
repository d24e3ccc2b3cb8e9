"""How fast files become searchable, and what the reader and the bare model would take alone."""

import gc
import threading
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

from app.bench.workspace import scratch
from app.documents.reading.sandbox import Sandbox
from app.documents.source import DocumentSource
from app.domain.errors import DocumentError
from app.domain.library.documents import AddProgress, Document, DocumentState, StageTimes
from app.domain.progress import NoControl
from app.services.library.found_files import documents_in
from app.services.library.service import LibraryService
from app.services.models.service import ModelService
from app.services.session import Begin

#: Seconds between two looks at the memory: one takes the system 50 ms of a core.
_SAMPLED_EVERY = 1.0
_ALL = 2**31


@dataclass(frozen=True, slots=True)
class IngestReport:
    """`pages`, `passages` and `characters` of what was indexed. `reading_pages` a second with
    nothing but the reader at work, `floor` passages a second through the bare model, `memory` the
    bytes that the program and its children held at most."""

    documents: int
    failed: int
    pages: int
    passages: int
    characters: int
    seconds: float
    times: StageTimes
    memory: int
    reading_pages: float
    floor: float

    def per_second(self, count: int) -> float:
        return count / max(self.seconds, 1e-9)

    def share(self, stage: str) -> float:
        """Of the time of both sides."""
        spent = {field.name: float(getattr(self.times, field.name)) for field in fields(self.times)}
        return spent[stage] / max(sum(spent.values()), 1e-9)


class IngestBench:
    """In an open workspace that has nothing in it."""

    def __init__(
        self, library: LibraryService, models: ModelService, note: Callable[[str], None]
    ) -> None:
        self._library = library
        self._models = models
        self._note = note

    def measure(self, path: Path, limit: int | None) -> IngestReport:
        """Of a file or a folder the first `limit` files. Errors as `LibraryService.ingest`."""
        files = documents_in([path])[:limit]
        self._models.embedder()
        with _peak() as memory:
            report = self._library.add(files, _IngestProgress(self._note))
        indexed = [document for document in self._library.documents() if document.passages]
        texts = self._texts(indexed)
        return IngestReport(
            documents=len(indexed),
            failed=sum(bool(document.error) for document in report.documents),
            pages=sum(document.pages or 0 for document in indexed),
            passages=len(texts),
            characters=sum(map(len, texts)),
            seconds=report.seconds,
            times=report.times,
            memory=memory(),
            reading_pages=self._reading(files),
            floor=self._floor(texts),
        )

    def _texts(self, documents: Sequence[Document]) -> list[str]:
        """As the model is given them."""
        found = [passage for one in documents for passage in self._library.passages(one.id, _ALL)]
        return [f"{passage.header}\n{passage.text}" for passage in found]

    def _reading(self, files: Sequence[Path]) -> float:
        """The reader alone; files inside others are left out."""
        self._note("reading alone")
        sandbox = Sandbox()
        sandbox.warm()
        began, pages = time.perf_counter(), 0
        try:
            for path in files:
                pages += _pages(sandbox, path)
        finally:
            sandbox.close()
        return pages / max(time.perf_counter() - began, 1e-9)

    def _floor(self, texts: Sequence[str]) -> float:
        self._note("the model alone")
        embedder = self._models.embedder()
        began = time.perf_counter()
        embedder.embed_passages(sorted(texts, key=len), NoControl())
        return len(texts) / max(time.perf_counter() - began, 1e-9)


class _IngestProgress(NoControl):
    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note

    def report(self, progress: object) -> None:
        if not isinstance(progress, AddProgress) or progress.fraction:
            return
        if progress.state == DocumentState.PARSING:
            self._note(f"{progress.done + 1}/{progress.total} {progress.name}")


def _pages(sandbox: Sandbox, path: Path) -> int:
    try:
        sections = sandbox.sections(DocumentSource(path.name, str(path)))
        return max((section.pages or 0 for section in sections), default=0)  # each tells of all
    except DocumentError:
        return 0  # counted as failed already


@contextmanager
def _peak() -> Iterator[Callable[[], int]]:
    """Samples in the background what this process and its children hold."""
    gc.collect()
    ended = threading.Event()
    most = [_held()]

    def sample() -> None:
        while not ended.wait(_SAMPLED_EVERY):
            most.append(max(most.pop(), _held()))

    thread = threading.Thread(target=sample, name="memory", daemon=True)
    thread.start()
    try:
        yield lambda: most[-1]
    finally:
        ended.set()
        thread.join()


def _held() -> int:
    """Bytes; pages that processes share are counted once where the system tells of them."""
    import psutil

    own = psutil.Process()
    total = 0
    for process in (own, *own.children(recursive=True)):
        try:
            full = process.memory_full_info()
            total += int(getattr(full, "pss", 0) or full.rss)
        except psutil.Error:
            continue  # it ended in between
    return total


_STAGES = ("reading", "embedding", "storing", "waiting")


def measure(begin: Begin, arguments: Namespace, note: Callable[[str], None]) -> dict[str, object]:
    """Add PATH with the product's defaults and the models of the kit."""
    with scratch(begin) as services:
        services.warm()
        bench = IngestBench(services.library, services.models, note)
        report = bench.measure(arguments.path, arguments.limit)
    return _values(report)


def _values(report: IngestReport) -> dict[str, object]:
    passages = report.per_second(report.passages)
    return {
        "documents": report.documents,
        "failed": report.failed,
        "pages": report.pages,
        "passages": report.passages,
        "characters": report.characters,
        "seconds": round(report.seconds, 2),
        "pages_per_second": round(report.per_second(report.pages), 2),
        "passages_per_second": round(passages, 2),
        "characters_per_second": round(report.per_second(report.characters), 1),
        "stage_share": {stage: round(report.share(stage), 4) for stage in _STAGES},
        "reading_pages_per_second": round(report.reading_pages, 2),
        "peak_memory": report.memory,
        "embedding_floor_passages_per_second": round(report.floor, 2),
        "ratio_to_floor": round(passages / max(report.floor, 1e-9), 4),
    }
