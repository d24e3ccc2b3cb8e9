"""However a collection's index came about, it finds what looking at every vector would."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.domain.settings import Indexing
from app.store.index.graph_building import Blocks, BuildFailed, ChildBuilder
from app.store.index.passage_index import PassageIndex
from tests.store.vectors import SMALL, DirectBuilder, Shelf, has_graph, same, unit


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path / "collection")
    yield made
    made.store.close()


def built(shelf: Shelf) -> PassageIndex:
    index = shelf.index()
    index.by_meaning(shelf.query(), 1)
    assert index.wait(60)
    return index


def test_few_passages_are_looked_at_one_by_one(shelf: Shelf) -> None:
    shelf.fill(200)
    index = built(shelf)
    assert not has_graph(index)
    assert not shelf.file.exists()
    shelf.check(index)


def test_many_passages_get_a_graph(shelf: Shelf) -> None:
    shelf.fill(2000)
    index = built(shelf)
    assert has_graph(index)
    shelf.check(index, limit=30)


def test_it_is_built_in_a_child_process(shelf: Shelf) -> None:
    shelf.fill(500)
    index = shelf.child_index()
    shelf.check(index)
    assert index.wait(60)
    assert has_graph(index)
    shelf.check(index)
    index.close()


@pytest.mark.parametrize("seed", range(6))
def test_any_history_gives_the_same_results(tmp_path: Path, seed: int) -> None:
    """Documents come and go, the program is started again, graphs are built in between."""
    random = np.random.default_rng(seed)
    shelf = Shelf(tmp_path / "collection")
    index = shelf.index()
    documents: dict[str, list[int]] = {}
    for act in random.choice(["add", "add", "remove", "restart", "wait", "ask"], 60):
        if act == "add":
            document, ids = shelf.save(unit(int(random.integers(1, 120)), random))
            documents[document.id] = ids
            index.added(ids)
        elif act == "remove" and documents:
            gone = str(random.choice(list(documents)))
            index.removed(shelf.store.remove(gone))
            del documents[gone]
        elif act == "restart":
            index.close()
            shelf.reopen()
            index = shelf.index()
        elif act == "wait":
            index.wait()
        shelf.check(index, limit=15, times=1)
    index.wait()
    shelf.check(index, limit=15)
    index.close()
    shelf.store.close()


def test_equal_vectors_come_oldest_first_wherever_they_stand(shelf: Shelf) -> None:
    one = unit(1, shelf.random)
    _, first = shelf.save(one)
    shelf.fill(300)
    _, second = shelf.save(one)
    index = built(shelf)
    assert has_graph(index)
    _, third = shelf.save(one)
    index.added(third)
    hits = index.by_meaning(one[0], 3)
    assert [hit.passage for hit in hits] == [*first, *second, *third]
    assert len({hit.score for hit in hits}) == 1


def test_a_saved_document_takes_the_place_of_its_former_passages(shelf: Shelf) -> None:
    shelf.fill(300)
    index = built(shelf)
    document, old = shelf.save(unit(20, shelf.random))
    index.added(old)
    assert shelf.store.passage_ids(document.id) == old
    pieces = [each.passage for each in shelf.store.passages_of(document.id)]
    vectors = unit(20, shelf.random).astype(np.float16)
    new = shelf.store.save(document, b"v", pieces, vectors)
    index.removed(old)
    index.added(new)
    assert min(new) > max(old)
    shelf.check(index)


def test_so_many_went_that_no_graph_is_needed(shelf: Shelf) -> None:
    document, _ = shelf.save(unit(280, shelf.random))
    shelf.fill(150)
    index = built(shelf)
    assert has_graph(index)
    index.removed(shelf.store.remove(document.id))
    index.wait()
    assert not has_graph(index)
    assert not shelf.file.exists()
    shelf.check(index)


def test_a_new_graph_comes_when_many_came_or_went(shelf: Shelf) -> None:
    shelf.fill(300)
    document, _ = shelf.save(unit(60, shelf.random))
    index = built(shelf)
    first = index._vectors._layers
    assert first is not None
    index.added(shelf.fill(60))
    index.wait()
    assert index._vectors._layers.graph is first.graph, "not yet"  # type: ignore[union-attr]
    index.added(shelf.fill(1))
    index.wait()
    second = index._vectors._layers
    assert second is not None
    assert (len(second.fresh), len(second)) == (0, 421)
    index.removed(shelf.store.remove(document.id))
    index.wait()
    shelf.check(index)


# -- within a scope -------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 10, 39, 41, 300, 1500])
def test_a_scope_loses_nothing(shelf: Shelf, count: int) -> None:
    shelf.fill(1500)
    index = shelf.index(indexing=replace(SMALL, expansion_search=64))
    index.by_meaning(shelf.query(), 1)
    index.wait()
    index.added(shelf.fill(50))
    everything = [key for key, _ in shelf.truth(shelf.query(), 2000)]
    for _ in range(5):
        allowed = sorted(shelf.random.choice(everything, count, replace=False).tolist())
        same(index, shelf, shelf.query(), 10, allowed)


def test_a_scope_far_from_the_question_loses_nothing(shelf: Shelf) -> None:
    shelf.fill(1500)
    index = shelf.index(indexing=replace(SMALL, expansion_search=16))
    query = shelf.query()
    index.by_meaning(query, 1)
    index.wait()
    farthest = sorted(key for key, _ in shelf.truth(query, 1500)[-400:])
    same(index, shelf, query, 20, farthest)


def test_an_empty_or_unknown_scope_finds_nothing(shelf: Shelf) -> None:
    shelf.fill(300)
    index = built(shelf)
    for allowed in ([], [10**6, 10**7]):
        assert index.by_meaning(shelf.query(), 5, np.asarray(allowed, np.int64)) == []


def test_cosines_with_a_graph(shelf: Shelf) -> None:
    ids = shelf.fill(300)
    index = built(shelf)
    new = shelf.fill(10)
    index.added(new)
    query = shelf.query()
    truth = dict(shelf.truth(query, 1000))
    found = index.cosines(query, [new[3], ids[7], 10**6, ids[100], ids[7]])
    assert set(found) == {new[3], ids[7], ids[100]}
    for key, score in found.items():
        assert score == pytest.approx(truth[key], abs=1e-5)
    hits = {hit.passage: hit.score for hit in index.by_meaning(query, 310)}
    assert all(hits[key] == score for key, score in found.items())


# -- builds that fail, and threads ----------------------------------------------------------------


class Broken(DirectBuilder):
    """Fails so many times, then builds."""

    def __init__(self, failures: int) -> None:
        self.failures, self.tries = failures, 0

    def build(self, blocks: Blocks, dimensions: int, indexing: Indexing) -> bytearray:
        self.tries += 1
        if self.tries <= self.failures:
            raise BuildFailed("no")
        return super().build(blocks, dimensions, indexing)


def test_a_failed_build_costs_speed_only(shelf: Shelf) -> None:
    shelf.fill(400)
    builder = Broken(1)
    index = shelf.index(builder)
    shelf.check(index)
    index.wait()
    index.added(shelf.fill(5))
    index.wait()
    assert builder.tries == 1, "not again for every document"
    shelf.check(index)
    index.added(shelf.fill(60))
    index.wait()
    assert has_graph(index)
    shelf.check(index)


def test_what_came_and_went_during_a_build_is_right_afterwards(shelf: Shelf) -> None:
    reading, go_on = threading.Event(), threading.Event()

    class Slow(DirectBuilder):
        def build(self, blocks: Blocks, dimensions: int, indexing: Indexing) -> bytearray:
            read = list(blocks)
            reading.set()
            go_on.wait(30)
            return super().build(read, dimensions, indexing)

    document, _ = shelf.save(unit(50, shelf.random))
    shelf.fill(300)
    index = shelf.index(Slow())
    index.by_meaning(shelf.query(), 1)
    assert reading.wait(30)
    index.removed(shelf.store.remove(document.id))
    index.added(shelf.fill(40))
    shelf.check(index)
    go_on.set()
    index.wait()
    assert has_graph(index)
    shelf.check(index)


class Watched(ChildBuilder):
    """Says when the child runs."""

    def pid(self) -> int:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            with self._lock:
                if self._process and self._process.pid:
                    return self._process.pid
            time.sleep(0.005)
        raise AssertionError("no child")


def test_a_killed_child_leaves_the_search_as_it_was(shelf: Shelf) -> None:
    import psutil

    shelf.fill(2000)
    builder = Watched()
    index = shelf.index(builder)
    index.by_meaning(shelf.query(), 1)
    psutil.Process(builder.pid()).kill()
    assert index.wait(30)
    assert not has_graph(index)
    assert not shelf.file.exists()
    shelf.check(index)
    index.close()


def test_closing_ends_a_build_at_once(shelf: Shelf) -> None:
    shelf.fill(2000)
    builder = Watched()
    index = shelf.index(builder)
    index.by_meaning(shelf.query(), 1)
    builder.pid()
    began = time.monotonic()
    index.close()
    assert time.monotonic() - began < 1.5
    assert index.wait(5)
    assert not shelf.file.exists()
    assert [each.name for each in shelf.folder.glob(".tmp-*")] == []


def test_searching_while_documents_come_and_go(shelf: Shelf) -> None:
    shelf.fill(300)
    lasting = shelf.fill(50)
    vectors = {key: shelf.query() for key in lasting[:3]}
    index = built(shelf)
    failures: list[str] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            for query in vectors.values():
                hits = index.by_meaning(query, 400)
                ids = [hit.passage for hit in hits]
                scores = [hit.score for hit in hits]
                if len(set(ids)) != len(ids) or scores != sorted(scores, reverse=True):
                    failures.append("order")
                if not set(lasting) <= {*ids, *index.cosines(query, lasting)}:
                    failures.append("lost")

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for each in threads:
        each.start()
    try:
        for _ in range(12):
            document, ids = shelf.save(unit(40, shelf.random))
            index.added(ids)
            index.removed(shelf.store.remove(document.id))
            index.added(shelf.fill(20))
    finally:
        stop.set()
        for each in threads:
            each.join()
    assert failures == []
    index.wait()
    shelf.check(index)


def test_another_embedding_model_starts_anew(shelf: Shelf) -> None:
    shelf.fill(300)
    index = built(shelf)
    shelf.store.set_fact("embedding-model", "other")
    for document in shelf.store.documents():
        index.removed(shelf.store.remove(document.id))
    _, ids = shelf.save(unit(10, shelf.random, dimensions=24))
    index.added(ids)
    query = unit(1, shelf.random, dimensions=24)[0]
    same(index, shelf, query, 5)
