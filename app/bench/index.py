"""How fast and how exact the index over many passages is, beside bare USearch and FTS5.

Everything is real but the passages, which are synthetic: database, encryption, words, graph.
"""

import gc
import statistics
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from app.bench.synthetic import Floats, SyntheticLibrary, SyntheticQuestion
from app.domain.models.model import Calibration
from app.domain.progress import Control
from app.domain.settings import Indexing, Retrieval
from app.engines.base import SecondReader
from app.services.retrieval.service import RetrievalService
from app.services.session import Begin
from app.stems import stems
from app.store.index.bare_search import BareSearch
from app.store.index.passage_index import PassageIndex
from app.store.library.library import LibraryStore
from app.store.library.reading_queue import Waiting

_PASSAGES_A_DOCUMENT = 1000
_QUESTIONS, _WARM_UP = 300, 20
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds."""

    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class IndexReport:
    """`build` and `fill` in seconds, `memory` and `file_size` in bytes. `search` is by meaning as
    the program does it, `exact` and `graph` the two ways on their own, `words` the sparse
    retriever, `hybrid` all of a search but the question's embedding, `bare` a query of USearch and
    one of FTS5."""

    fill: float
    build: float
    memory: int
    file_size: int
    recall: float
    search: Spread
    exact: Spread
    graph: Spread
    words: Spread
    hybrid: Spread
    bare: Spread

    @property
    def ratio(self) -> float:
        return self.hybrid.p95 / self.bare.p95


class IndexBench:
    """In a scratch collection under `folder`."""

    def __init__(self, folder: Path, note: Callable[[str], None]) -> None:
        self._store = LibraryStore(folder / "collection", bytes(32))
        self._folder = folder / "collection"
        self._note = note

    def measure(self, vectors: int, dimensions: int) -> IndexReport:
        try:
            library = SyntheticLibrary(dimensions)
            fill = self._fill(library, vectors)
            always = replace(Indexing(), exact_until=0)
            build = self._build(always)
            before = _resident()
            graph = self._opened(always)
            memory = _resident() - before
            exact = self._opened(replace(Indexing(), exact_until=vectors), kept=False)
            usual = exact if vectors <= Indexing().exact_until else graph
            questions = library.questions(_QUESTIONS + _WARM_UP)
            times = self._times(questions, usual, exact, graph)
            return IndexReport(
                fill=fill,
                build=build,
                memory=memory,
                file_size=(self._folder / "index").stat().st_size,
                recall=_recall(graph, exact, questions),
                **times,
            )
        finally:
            self._store.close()

    def _fill(self, library: SyntheticLibrary, vectors: int) -> float:
        began, done = time.perf_counter(), 0
        self._store.set_fact("embedding-model", _Given.name)
        for pieces, embedded in library.documents(vectors, _PASSAGES_A_DOCUMENT):
            waiting = Waiting(f"/synthetic/{done}", f"{done}.txt", 1)
            (key,) = self._store.queue.add([waiting], time.time())
            document = self._store.document(key)
            self._store.save(document, b"synthetic", pieces, embedded.astype(np.float16))
            done += len(pieces)
            if done % 20_000 == 0:
                self._note(f"{done} of {vectors} passages")
        self._store.database.checkpoint()
        return time.perf_counter() - began

    def _build(self, indexing: Indexing) -> float:
        self._note("building")
        began = time.perf_counter()
        index = self._opened(indexing)
        index.wait(24 * 3600)
        index.close()
        del index
        gc.collect()
        return time.perf_counter() - began

    def _opened(self, indexing: Indexing, *, kept: bool = True) -> PassageIndex:
        index = PassageIndex(self._store.database, self._store.snapshot if kept else None, indexing)
        index.cosines(np.zeros(1, np.float32), [0])  # reads what it needs
        return index

    def _times(
        self,
        questions: Sequence[SyntheticQuestion],
        usual: PassageIndex,
        exact: PassageIndex,
        graph: PassageIndex,
    ) -> dict[str, Spread]:
        """Every way asks every question in turn, so that other work weighs on all alike."""
        self._note("asking")
        given, limit = _Given(), Retrieval().candidates
        collection = _Collection("synthetic", self._store, usual)
        retrieval = RetrievalService(lambda: [collection], given, Retrieval())
        bare = BareSearch(self._store.database, self._store.snapshot)
        ways: dict[str, Callable[[SyntheticQuestion], object]] = {
            "search": lambda question: usual.by_meaning(question.vector, limit),
            "exact": lambda question: exact.by_meaning(question.vector, limit),
            "graph": lambda question: graph.by_meaning(question.vector, limit),
            "words": lambda question: usual.by_words(question.text, limit),
            "hybrid": lambda question: retrieval.find(question.text),
            "bare": lambda question: bare.search(question.vector, stems(question.text), limit),
        }
        times: dict[str, list[float]] = {name: [] for name in ways}
        for question in questions:
            given.vector = question.vector
            for name, ask in ways.items():
                began = time.perf_counter()
                ask(question)
                times[name].append((time.perf_counter() - began) * 1000)
        return {name: _spread(spent[_WARM_UP:]) for name, spent in times.items()}


@dataclass(frozen=True)
class _Collection:
    id: str
    store: LibraryStore
    index: PassageIndex


class _Given:
    """An embedder that was told the question's vector: its own time is none of the index's."""

    name = "synthetic"
    calibration = Calibration()

    def __init__(self) -> None:
        self.vector: Floats = np.zeros(0, np.float32)

    def embedder(self) -> "_Given":
        return self

    def embed_queries(self, texts: Sequence[str]) -> Floats:
        return self.vector.reshape(1, -1)

    def embed_passages(self, texts: Sequence[str], control: Control) -> Floats:
        raise NotImplementedError

    def count(self, texts: Sequence[str]) -> list[int]:
        raise NotImplementedError

    def second_reader(self, adapter: str) -> SecondReader:
        raise NotImplementedError


def _recall(
    graph: PassageIndex, exact: PassageIndex, questions: Sequence[SyntheticQuestion]
) -> float:
    """The share of the ten truly nearest that the graph finds."""

    def ten(index: PassageIndex, question: SyntheticQuestion) -> set[int]:
        return {hit.passage for hit in index.by_meaning(question.vector, _DEPTH)}

    found = [len(ten(graph, question) & ten(exact, question)) for question in questions]
    return statistics.fmean(found) / _DEPTH


def _spread(times: list[float]) -> Spread:
    ordered = sorted(times)
    return Spread(statistics.median(ordered), ordered[int(len(ordered) * 0.95)])


def _resident() -> int:
    import psutil

    gc.collect()
    found: Any = psutil.Process().memory_info().rss
    return int(found)


def measure(_begin: Begin, arguments: Namespace, note: Callable[[str], None]) -> dict[str, object]:
    """Fill a scratch collection with `--vectors` passages, build its index and ask it."""
    with tempfile.TemporaryDirectory(prefix="larets-bench-") as folder:
        bench = IndexBench(Path(folder), note)
        report = bench.measure(arguments.vectors, arguments.dimensions)
    return {
        "vectors": arguments.vectors,
        "fill_seconds": round(report.fill, 1),
        "build_seconds": round(report.build, 1),
        "memory": report.memory,
        "file_size": report.file_size,
        "search_ms": _milliseconds(report.search),
        "exact_ms": _milliseconds(report.exact),
        "graph_ms": _milliseconds(report.graph),
        "words_ms": _milliseconds(report.words),
        "hybrid_ms": _milliseconds(report.hybrid),
        "bare_ms": _milliseconds(report.bare),
        "hybrid_ratio": round(report.ratio, 3),
        "recall@10": round(report.recall, 4),
    }


def _milliseconds(spread: Spread) -> dict[str, float]:
    return {"p50": round(spread.p50, 2), "p95": round(spread.p95, 2)}
