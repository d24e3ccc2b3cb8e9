"""One test a known bug of USearch, that it cannot reach us; numbers are those of its issues."""

import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from usearch.index import Index

from app.domain.settings import Indexing
from app.store.index.graph_building import ChildBuilder
from app.store.index.vector_graph import VectorGraph, build, trailer
from app.store.index.vector_layers import Layers
from app.store.index.vector_rows import VectorRows
from tests.store.vectors import DIMENSIONS, DirectBuilder, Floats, Shelf, unit

INDEXING = Indexing(expansion_search=64)


def content(count: int, dimensions: int = DIMENSIONS, step: int = 3) -> tuple[bytearray, Floats]:
    vectors = unit(count, np.random.default_rng(5), dimensions)
    ids = np.arange(1, count + 1, dtype=np.int64) * step
    blocks = [
        (ids[begin : begin + 100], vectors[begin : begin + 100].astype(np.float16))
        for begin in range(0, count, 100)
    ]
    return build(blocks, dimensions, INDEXING) + trailer(ids), vectors


def graph(count: int) -> tuple[VectorGraph, Floats]:
    made, vectors = content(count)
    return VectorGraph(made, DIMENSIONS, 64), vectors


def layers(found: VectorGraph) -> Layers:
    nothing = VectorRows.of(np.zeros(0, np.int64), np.zeros((0, DIMENSIONS), np.float16))
    return Layers(nothing, INDEXING, found, np.ones(len(found.ids), bool))


def test_vectors_lie_in_the_content_as_they_were_added() -> None:
    found, vectors = graph(500)
    assert found.ids.tolist() == list(range(3, 1503, 3))
    assert np.array_equal(found.vectors, vectors.astype(np.float16))
    assert not found.vectors.flags.owndata, "a view, no copy"


def test_494_663_a_missing_key_gives_no_vector() -> None:
    found, vectors = graph(300)
    ids, scores = layers(found).cosines(vectors[9], np.array([1, 2, 30, 31, 901, 10**12]))
    assert ids.tolist() == [30]
    assert scores[0] == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("count", [1, 2, 5, 40])
@pytest.mark.parametrize("wanted", [1, 4, 5, 6, 1000])
def test_393_640_more_neighbours_than_there_are(count: int, wanted: int) -> None:
    found, vectors = graph(count)
    rows = found.nearest(vectors[0], wanted)
    assert len(set(rows.tolist())) == len(rows) <= min(count, wanted)
    assert all(0 <= row < count for row in rows)


class _Garbage:
    """What the issues saw: keys of nobody among the found, and fewer found than filled in."""

    keys = np.array([3, 2**64 - 1, 7, 6, 9, 9, 12], np.uint64)

    def __len__(self) -> int:
        return 6


def test_393_640_keys_of_nobody_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    found, vectors = graph(10)
    monkeypatch.setattr(Index, "search", lambda *_, **__: _Garbage())
    assert found.nearest(vectors[0], 7).tolist() == [0, 1, 2]


def test_539_keys_are_never_iterated(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_: Any) -> Any:
        raise AssertionError("iterated")

    monkeypatch.setattr(Index, "keys", property(endless))
    monkeypatch.setattr(Index, "get", endless)
    monkeypatch.setattr(Index, "vectors", property(endless))
    found, vectors = graph(300)
    assert found.ids[layers(found).nearest(vectors[4], 1, None)[0] // 3 - 1].tolist() == [15]


def test_duplicate_keys_raise_and_never_come(tmp_path: Path) -> None:
    vectors = unit(2, np.random.default_rng(1)).astype(np.float16)
    twice = np.array([5, 5], np.int64)
    with pytest.raises((RuntimeError, ValueError)):
        build([(twice, vectors)], DIMENSIONS, INDEXING)
    opened = Shelf(tmp_path / "collection")
    ids = opened.fill(300)
    index = opened.index()
    index.by_meaning(opened.query(), 1)
    index.added(ids)
    index.added(ids[:5])
    index.wait()
    index.added(ids[-5:])
    opened.check(index, limit=400)
    opened.store.close()


def test_399_445_removed_and_added_again_hides_nobody(tmp_path: Path) -> None:
    """The same vectors under new ids; the graph in use is the same object all along."""
    opened = Shelf(tmp_path / "collection")
    vectors = unit(20, opened.random)
    document, _ = opened.save(vectors)
    opened.fill(400)
    index = opened.index()
    index.by_meaning(opened.query(), 1)
    index.wait()
    before = index._vectors._layers
    assert before is not None
    for _ in range(3):
        index.removed(opened.store.remove(document.id))
        document, ids = opened.save(vectors)
        index.added(ids)
        assert index.by_meaning(vectors[0], 1)[0].passage == ids[0]
        opened.check(index, limit=30, times=2)
    after = index._vectors._layers
    assert after is not None
    assert after.graph is before.graph
    opened.store.close()


def test_a_view_cannot_be_changed() -> None:
    found, vectors = graph(50)
    with pytest.raises((RuntimeError, ValueError)):
        found._index.add(999, vectors[0])
    with pytest.raises((RuntimeError, ValueError)):
        found._index.remove(3)
    assert len(found.nearest(vectors[0], 50)) == 50


@pytest.mark.parametrize("change", [b"", b"\0" * 8, b"\xff" * 8, b"\1" + b"\0" * 7, bytes(200)])
def test_what_is_no_graph_is_refused_before_usearch_sees_it(
    change: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def seen(*_: object, **__: object) -> None:
        raise AssertionError("USearch saw it")

    monkeypatch.setattr(Index, "restore", staticmethod(seen))
    with pytest.raises(ValueError, match="graph"):
        VectorGraph(bytearray(change), DIMENSIONS, 64)
    made, _ = content(50)
    for wrong in (made[:-8] + change[:8], made[8:], made[:-9]):
        if wrong != made and len(change) >= 8:
            with pytest.raises(ValueError, match="graph"):
                VectorGraph(wrong, DIMENSIONS, 64)
    with pytest.raises(ValueError, match="graph"):
        VectorGraph(made, DIMENSIONS * 2, 64)


def test_adding_does_not_starve_other_threads() -> None:
    """USearch has held the interpreter's lock while adding: a build is another process."""
    vectors = unit(4000, np.random.default_rng(1), 64).astype(np.float16)
    ids = np.arange(1, 4001, dtype=np.int64)
    made: list[bytearray] = []
    thread = threading.Thread(
        target=lambda: made.append(ChildBuilder().build([(ids, vectors)], 64, INDEXING))
    )
    thread.start()
    longest, last = 0.0, time.perf_counter()
    while thread.is_alive():
        time.sleep(0.002)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    thread.join()
    assert len(VectorGraph(made[0], 64, 64).ids) == 4000
    assert longest < 0.5, "on a machine that is shared"


def test_a_child_and_this_process_build_the_same() -> None:
    vectors = unit(300, np.random.default_rng(1)).astype(np.float16)
    blocks = [(np.arange(1, 301, dtype=np.int64), vectors)]
    ours = DirectBuilder().build(blocks, DIMENSIONS, INDEXING)
    assert ChildBuilder().build(blocks, DIMENSIONS, INDEXING) == ours


def test_recall_on_clusters() -> None:
    """At the settings that the program uses; 0.97 is what is asked for."""
    random = np.random.default_rng(3)
    centres = unit(100, random, 64)
    rows = centres[random.integers(0, 100, 5000)] + 0.08 * random.standard_normal((5000, 64))
    vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)
    ids = np.arange(1, 5001, dtype=np.int64)
    made = build([(ids, vectors)], 64, Indexing()) + trailer(ids)
    found = VectorGraph(made, 64, Indexing().expansion_search)
    hits = 0
    for query in vectors[:200].astype(np.float32):
        exact = set(np.argsort(-(vectors.astype(np.float32) @ query))[:10].tolist())
        near = found.nearest(query, 256)
        best = near[np.argsort(-(found.vectors[near].astype(np.float32) @ query))[:10]]
        hits += len(exact & set(best.tolist()))
    assert hits / 2000 >= 0.97
