"""How fast a department's server finds and how fast its queue moves, beside bare SQL.

Everything is real but the passages, which are synthetic: PostgreSQL, rights, encryption, words,
graph. The database must be empty; a superuser's address is needed to found the department.
"""

import multiprocessing
import statistics
import threading
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from sqlalchemy import text

from app import paths
from app.bench.synthetic import Floats, SyntheticLibrary, SyntheticQuestion
from app.domain.department import ServerAddress
from app.domain.library.documents import Locator, Passage
from app.domain.settings import Retrieval
from app.services.session import Begin
from app.stems import stems
from app.store.department import keyed_words
from app.store.department.founding import Founding
from app.store.department.index import DepartmentIndex
from app.store.department.library import DepartmentLibrary
from app.store.department.people import People, make_role
from app.store.department.queue import WorkQueue
from app.store.department.sending import Sending, WholeDocument
from app.store.department.server import Server
from app.store.department.shared_rows import DocumentFacts

_COLLECTION, _MODEL, _SECRET = "bench", "synthetic", b"a secret of the bench, 32 bytes."
_A_DOCUMENT, _CLAIMED = 200, 8
_QUESTIONS, _WARM_UP, _DEPTH = 200, 20, 10


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds."""

    p50: float
    p95: float


def measure(begin: Begin, arguments: Namespace, note: Callable[[str], None]) -> dict[str, object]:
    address = ServerAddress.of(arguments.url)
    owner = Server(address)
    try:
        Founding(owner, paths.find().resources / "department").found()
        made = make_role(owner, "bench")
        bench = _Bench(owner, replace(address, user=made.role, password=made.password), note)
        try:
            found = bench.searches(arguments.passages, arguments.dimensions, arguments.clients)
            return found | bench.queue(arguments.files, arguments.workers)
        finally:
            bench.close()
    finally:
        owner.close()


class _Bench:
    def __init__(self, owner: Server, address: ServerAddress, note: Callable[[str], None]) -> None:
        self._owner, self._address, self._note = owner, address, note
        self._server = Server(address)
        self._people = People(self._server, _SECRET)
        self._people.enter("bench")

    def close(self) -> None:
        self._server.close()

    # -- searching --------------------------------------------------------------------------------

    def searches(self, passages: int, dimensions: int, clients: int) -> dict[str, object]:
        key = self._people.create(_COLLECTION, _COLLECTION, _MODEL, dimensions, words=True)
        made = SyntheticLibrary(dimensions)
        began = time.perf_counter()
        self._fill(key, made, passages)
        filled = time.perf_counter()
        self._note("building")
        self._sending(key).end_many()
        built = time.perf_counter()
        questions = made.questions(_QUESTIONS + _WARM_UP)
        self._note("asking")
        ours, bare = self._ways(key, questions)
        return {
            "passages": passages,
            "fill_seconds": round(filled - began, 1),
            "build_seconds": round(built - filled, 1),
            "table_bytes": self._size("pg_table_size"),
            "index_bytes": self._size("pg_indexes_size"),
            "search_ms": asdict(ours),
            "bare_ms": asdict(bare),
            "ratio": round(ours.p50 / bare.p50, 2),
            f"search_ms_{clients}_clients": asdict(self._many(key, questions, clients)),
            "recall@10": self._recall(key, questions),
        }

    def _library(self, key: bytes, server: Server | None = None) -> DepartmentLibrary:
        shared = next(each for each in self._people.collections() if each.id == _COLLECTION)
        return DepartmentLibrary(server or self._server, shared, key)

    def _sending(self, key: bytes) -> Sending:
        return Sending(self._library(key))

    def _fill(self, key: bytes, made: SyntheticLibrary, passages: int) -> None:
        sending = self._sending(key)
        sending.begin_many()
        documents = made.documents(passages, _A_DOCUMENT)
        for number, (pieces, vectors) in enumerate(documents):
            facts = DocumentFacts(f"{number}.txt", f"/{number}.txt", f"digest {number}", 0)
            halves = [row.tobytes() for row in vectors.astype(np.float16)]
            sending.put(WholeDocument(facts, 1, pieces, halves))
            if number % 100 == 0:
                self._note(f"{number * _A_DOCUMENT} of {passages} passages")

    def _ways(self, key: bytes, questions: Sequence[SyntheticQuestion]) -> tuple[Spread, Spread]:
        """Ours and bare SQL, each question in turn, so that other work weighs on both alike."""
        library = self._library(key)
        index, limit = DepartmentIndex(library), Retrieval().candidates
        bare = _Bare(self._owner, library, limit)
        ours: list[float] = []
        plain: list[float] = []
        for question in questions:
            for spent, ask in ((plain, bare.search), (ours, lambda q: _search(index, q, limit))):
                began = time.perf_counter()
                ask(question)
                spent.append((time.perf_counter() - began) * 1000)
        return _spread(ours[_WARM_UP:]), _spread(plain[_WARM_UP:])

    def _many(self, key: bytes, questions: Sequence[SyntheticQuestion], clients: int) -> Spread:
        """So many at once, each with a connection and an index of his own, as on laptops; a
        question every two seconds from each, which is more than people ask."""
        spent: list[float] = []
        begun = threading.Barrier(clients)

        def ask(number: int) -> None:
            server = Server(self._address, connections=1)
            try:
                index = DepartmentIndex(self._library(key, server))
                own = questions[number % len(questions) :: clients][:4] or questions[:1]
                _search(index, own[0], Retrieval().candidates)
                begun.wait()
                time.sleep(2.0 * number / clients)
                for question in own:
                    began = time.perf_counter()
                    _search(index, question, Retrieval().candidates)
                    spent.append((time.perf_counter() - began) * 1000)
                    time.sleep(max(0.0, 2.0 - (time.perf_counter() - began)))
            finally:
                server.close()

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return _spread(spent)

    def _recall(self, key: bytes, questions: Sequence[SyntheticQuestion]) -> float:
        """The share of the ten truly nearest that a search finds."""
        library = self._library(key)
        index = DepartmentIndex(library)
        exact = text(
            "SELECT id FROM larets.passages WHERE collection = :collection "
            "ORDER BY (vector <=> CAST(:query AS halfvec)) + 0 LIMIT :limit"
        )
        shares = []
        for question in questions[:50]:
            values = {"collection": _COLLECTION, "query": _written(question.vector),
                      "limit": _DEPTH}  # fmt: skip
            with self._server.transaction() as connection:
                true = {int(row[0]) for row in connection.execute(exact, values)}
            found = {hit.passage for hit in index.nearest_of(question.vector, _DEPTH)}
            shares.append(len(true & found) / _DEPTH)
        return round(statistics.fmean(shares), 4)

    def _size(self, function: str) -> int:
        query = text(
            f"SELECT sum({function}(inhrelid)) FROM pg_inherits "
            "WHERE inhparent = 'larets.passages'::regclass"
        )
        with self._server.transaction() as connection:
            return int(connection.execute(query).scalar_one())

    # -- the queue --------------------------------------------------------------------------------

    def queue(self, files: int, workers: int) -> dict[str, object]:
        """Files that are read at once and have one passage: what the queue itself takes."""
        if not files:
            return {}
        key = self._people.key(_COLLECTION)
        sending = self._sending(key)
        began = time.perf_counter()
        for number in range(files):
            facts = DocumentFacts(f"q{number}", f"/q{number}", f"queued {number}", 0)
            sending.queue(facts, b"content")
        queued = time.perf_counter()
        self._note(f"{files} files wait")
        rates = {}
        half = files // 2
        for count, limit in ((1, half), (workers, files - half)):
            rates[count] = self._worked(key, count, limit)
        return {
            "queue_files": files,
            "queued_per_second": round(files / (queued - began)),
            "files_per_second_1_worker": round(rates[1]),
            f"files_per_second_{workers}_workers": round(rates[workers]),
        }

    def _worked(self, key: bytes, workers: int, files: int) -> float:
        context = multiprocessing.get_context("spawn")
        each = [files // workers + (number < files % workers) for number in range(workers)]
        ready, go = context.Semaphore(0), context.Event()
        processes = [
            context.Process(target=_work, args=(self._address, key, count, ready, go))
            for count in each
        ]
        for process in processes:
            process.start()
        for _ in processes:
            ready.acquire()
        began = time.perf_counter()
        go.set()
        for process in processes:
            process.join()
        return files / (time.perf_counter() - began)


def _work(address: ServerAddress, key: bytes, files: int, ready: Any, go: Any) -> None:
    """A worker whose reader and embedder take no time."""
    server = Server(address)
    people = People(server, _SECRET)
    shared = next(each for each in people.collections() if each.id == _COLLECTION)
    sending = Sending(DepartmentLibrary(server, shared, key))
    random = np.random.default_rng()
    passage = Passage("content", "", Locator(0, 7))
    with WorkQueue(server).worker() as line:
        ready.release()
        go.wait()
        while files > 0:
            claimed = line.claim(_MODEL, min(_CLAIMED, files))
            with server.transaction() as connection:
                for each in claimed:
                    facts = sending.opened(each.id, each.sealed)
                    vector = random.normal(size=shared.dimensions).astype(np.float16)
                    read = WholeDocument(facts, 7, [passage], [vector.tobytes()])
                    sending.finish(connection, each.id, line.number, read, "indexed")
            files -= len(claimed)
            if not claimed:
                break
    server.close()


class _Bare:
    """The shortest search that PostgreSQL allows whoever may everything: one query of the graph,
    one of the words, ranked by its own function."""

    def __init__(self, owner: Server, library: DepartmentLibrary, limit: int) -> None:
        self._server, self._library, self._limit = owner, library, limit
        dimensions = library.collection.dimensions
        self._near = text(
            "SELECT id FROM larets.passages WHERE collection = :collection ORDER BY "
            f"vector::halfvec({dimensions}) <=> CAST(:query AS halfvec({dimensions})) LIMIT :limit"
        )
        self._words = text(
            "SELECT id FROM larets.passages WHERE collection = :collection "
            "AND words @@ CAST(:words AS tsquery) "
            "ORDER BY ts_rank(words, CAST(:words AS tsquery)) DESC LIMIT :limit"
        )

    def search(self, question: SyntheticQuestion) -> object:
        any_of = keyed_words.query(self._library.sealing, stems(question.text), every=False)
        values = {"collection": _COLLECTION, "limit": self._limit}
        with self._server.transaction() as connection:
            near = connection.execute(
                self._near, values | {"query": _written(question.vector)}
            ).all()
            return near, connection.execute(self._words, values | {"words": any_of}).all()


def _search(index: DepartmentIndex, question: SyntheticQuestion, limit: int) -> object:
    """Both retrievers, as a search asks them."""
    near = index.nearest_of(question.vector, limit)
    return near, index.by_words(question.text, limit)


def _written(vector: Floats) -> str:
    return "[" + ",".join(f"{number:.6g}" for number in vector.tolist()) + "]"


def _spread(spent: Sequence[float]) -> Spread:
    return Spread(round(statistics.median(spent), 2), round(float(np.percentile(spent, 95)), 2))
