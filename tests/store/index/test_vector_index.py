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
def opened(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path / "collection")
    yield made
    made.store.close()


def built(opened: Shelf) -> PassageIndex:
    index = opened.index()
    index.by_meaning(opened.query(), 1)
    assert index.wait(60)
    return index


def test_few_passages_are_looked_at_one_by_one(opened: Shelf) -> None:
    opened.fill(200)
    index = built(opened)
    assert not has_graph(index)
    assert not opened.file.exists()
    opened.check(index)


def test_many_passages_get_a_graph(opened: Shelf) -> None:
    opened.fill(2000)
    index = built(opened)
    assert has_graph(index)
    opened.check(index, limit=30)


def test_it_is_built_in_a_child_process(opened: Shelf) -> None:
    opened.fill(500)
    index = opened.child_index()
    opened.check(index)
    assert index.wait(60)
    assert has_graph(index)
    opened.check(index)
    index.close()


@pytest.mark.parametrize("seed", range(6))
def test_any_history_gives_the_same_results(tmp_path: Path, seed: int) -> None:
    """Documents come and go, the program is started again, graphs are built in between."""
    random = np.random.default_rng(seed)
    opened = Shelf(tmp_path / "collection")
    index = opened.index()
    documents: dict[str, list[int]] = {}
    for act in random.choice(["add", "add", "remove", "restart", "wait", "ask"], 60):
        if act == "add":
            document, ids = opened.save(unit(int(random.integers(1, 120)), random))
            documents[document.id] = ids
            index.added(ids)
        elif act == "remove" and documents:
            gone = str(random.choice(list(documents)))
            index.removed(opened.store.remove(gone))
            del documents[gone]
        elif act == "restart":
            index.close()
            opened.reopen()
            index = opened.index()
        elif act == "wait":
            index.wait()
        opened.check(index, limit=15, times=1)
    index.wait()
    opened.check(index, limit=15)
    index.close()
    opened.store.close()


def test_equal_vectors_come_oldest_first_wherever_they_stand(opened: Shelf) -> None:
    one = unit(1, opened.random)
    _, first = opened.save(one)
    opened.fill(300)
    _, second = opened.save(one)
    index = built(opened)
    assert has_graph(index)
    _, third = opened.save(one)
    index.added(third)
    hits = index.by_meaning(one[0], 3)
    assert [hit.passage for hit in hits] == [*first, *second, *third]
    assert len({hit.score for hit in hits}) == 1


def test_a_saved_document_takes_the_place_of_its_former_passages(opened: Shelf) -> None:
    opened.fill(300)
    index = built(opened)
    document, old = opened.save(unit(20, opened.random))
    index.added(old)
    assert opened.store.passage_ids(document.id) == old
    pieces = [each.passage for each in opened.store.passages_of(document.id)]
    vectors = unit(20, opened.random).astype(np.float16)
    new = opened.store.save(document, b"v", pieces, vectors)
    index.removed(old)
    index.added(new)
    assert min(new) > max(old)
    opened.check(index)


def test_so_many_went_that_no_graph_is_needed(opened: Shelf) -> None:
    document, _ = opened.save(unit(280, opened.random))
    opened.fill(150)
    index = built(opened)
    assert has_graph(index)
    index.removed(opened.store.remove(document.id))
    index.wait()
    assert not has_graph(index)
    assert not opened.file.exists()
    opened.check(index)


def test_a_new_graph_comes_when_many_came_or_went(opened: Shelf) -> None:
    opened.fill(300)
    document, _ = opened.save(unit(60, opened.random))
    index = built(opened)
    first = index._vectors._layers
    assert first is not None
    index.added(opened.fill(60))
    index.wait()
    assert index._vectors._layers.graph is first.graph, "not yet"  # type: ignore[union-attr]
    index.added(opened.fill(1))
    index.wait()
    second = index._vectors._layers
    assert second is not None
    assert (len(second.fresh), len(second)) == (0, 421)
    index.removed(opened.store.remove(document.id))
    index.wait()
    opened.check(index)


# -- within a scope -------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 10, 39, 41, 300, 1500])
def test_a_scope_loses_nothing(opened: Shelf, count: int) -> None:
    opened.fill(1500)
    index = opened.index(indexing=replace(SMALL, expansion_search=64))
    index.by_meaning(opened.query(), 1)
    index.wait()
    index.added(opened.fill(50))
    everything = [key for key, _ in opened.truth(opened.query(), 2000)]
    for _ in range(5):
        allowed = sorted(opened.random.choice(everything, count, replace=False).tolist())
        same(index, opened, opened.query(), 10, allowed)


def test_a_scope_far_from_the_question_loses_nothing(opened: Shelf) -> None:
    opened.fill(1500)
    index = opened.index(indexing=replace(SMALL, expansion_search=16))
    query = opened.query()
    index.by_meaning(query, 1)
    index.wait()
    farthest = sorted(key for key, _ in opened.truth(query, 1500)[-400:])
    same(index, opened, query, 20, farthest)


def test_an_empty_or_unknown_scope_finds_nothing(opened: Shelf) -> None:
    opened.fill(300)
    index = built(opened)
    for allowed in ([], [10**6, 10**7]):
        assert index.by_meaning(opened.query(), 5, np.asarray(allowed, np.int64)) == []


def test_cosines_with_a_graph(opened: Shelf) -> None:
    ids = opened.fill(300)
    index = built(opened)
    new = opened.fill(10)
    index.added(new)
    query = opened.query()
    truth = dict(opened.truth(query, 1000))
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


def test_a_failed_build_costs_speed_only(opened: Shelf) -> None:
    opened.fill(400)
    builder = Broken(1)
    index = opened.index(builder)
    opened.check(index)
    index.wait()
    index.added(opened.fill(5))
    index.wait()
    assert builder.tries == 1, "not again for every document"
    opened.check(index)
    index.added(opened.fill(60))
    index.wait()
    assert has_graph(index)
    opened.check(index)


def test_what_came_and_went_during_a_build_is_right_afterwards(opened: Shelf) -> None:
    reading, go_on = threading.Event(), threading.Event()

    class Slow(DirectBuilder):
        def build(self, blocks: Blocks, dimensions: int, indexing: Indexing) -> bytearray:
            read = list(blocks)
            reading.set()
            go_on.wait(30)
            return super().build(read, dimensions, indexing)

    document, _ = opened.save(unit(50, opened.random))
    opened.fill(300)
    index = opened.index(Slow())
    index.by_meaning(opened.query(), 1)
    assert reading.wait(30)
    index.removed(opened.store.remove(document.id))
    index.added(opened.fill(40))
    opened.check(index)
    go_on.set()
    index.wait()
    assert has_graph(index)
    opened.check(index)


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


def test_a_killed_child_leaves_the_search_as_it_was(opened: Shelf) -> None:
    import psutil

    opened.fill(2000)
    builder = Watched()
    index = opened.index(builder)
    index.by_meaning(opened.query(), 1)
    psutil.Process(builder.pid()).kill()
    assert index.wait(30)
    assert not has_graph(index)
    assert not opened.file.exists()
    opened.check(index)
    index.close()


def test_closing_ends_a_build_at_once(opened: Shelf) -> None:
    opened.fill(2000)
    builder = Watched()
    index = opened.index(builder)
    index.by_meaning(opened.query(), 1)
    builder.pid()
    began = time.monotonic()
    index.close()
    assert time.monotonic() - began < 1.5
    assert index.wait(5)
    assert not opened.file.exists()
    assert [each.name for each in opened.folder.glob(".tmp-*")] == []


def test_searching_while_documents_come_and_go(opened: Shelf) -> None:
    opened.fill(300)
    lasting = opened.fill(50)
    vectors = {key: opened.query() for key in lasting[:3]}
    index = built(opened)
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
            document, ids = opened.save(unit(40, opened.random))
            index.added(ids)
            index.removed(opened.store.remove(document.id))
            index.added(opened.fill(20))
    finally:
        stop.set()
        for each in threads:
            each.join()
    assert failures == []
    index.wait()
    opened.check(index)


def test_another_embedding_model_starts_anew(opened: Shelf) -> None:
    opened.fill(300)
    index = built(opened)
    opened.store.set_fact("embedding-model", "other")
    for document in opened.store.documents():
        index.removed(opened.store.remove(document.id))
    _, ids = opened.save(unit(10, opened.random, dimensions=24))
    index.added(ids)
    query = unit(1, opened.random, dimensions=24)[0]
    same(index, opened, query, 5)
