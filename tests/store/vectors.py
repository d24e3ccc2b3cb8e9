"""Collections with many vectors, and what a search over them should find."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from app.domain.library.documents import Document, Locator, Passage
from app.domain.settings import Indexing
from app.store.index.graph_building import Builder, ChildBuilder
from app.store.index.passage_index import PassageIndex
from app.store.index.stored_vectors import StoredVectors
from app.store.index.vector_graph import Halves, Ids, build, trailer
from app.store.library.library import LibraryStore
from tests.store.rows import queued

DIMENSIONS = 16
#: A graph from 200 passages on; walks so wide that they miss nothing at this size.
SMALL = Indexing(exact_until=200, most_new=60, scope=40, expansion_search=4000)

Floats = np.ndarray[Any, np.dtype[np.float32]]


class DirectBuilder:
    """Builds on the index's own thread: a child a test would cost half a second each."""

    def build(
        self, blocks: Iterable[tuple[Ids, Halves]], dimensions: int, indexing: Indexing
    ) -> bytearray:
        read = list(blocks)
        ids = np.concatenate([ids for ids, _ in read])
        return build(read, dimensions, indexing) + trailer(ids)

    def stop(self) -> None:
        pass


def unit(count: int, random: "np.random.Generator", dimensions: int = DIMENSIONS) -> Floats:
    vectors = random.standard_normal((count, dimensions), np.float32)
    unit: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


class Shelf:
    """A collection that is filled, emptied, closed and opened again."""

    def __init__(self, folder: Path, key: bytes = b"v" * 32, model: str = "model") -> None:
        self.folder = folder
        self._key = key
        self.random = np.random.default_rng(7)
        self.store = LibraryStore(folder, key)
        self.store.set_fact("embedding-model", model)

    @property
    def file(self) -> Path:
        return self.folder / "index"

    def reopen(self) -> None:
        self.store.close()
        self.store = LibraryStore(self.folder, self._key)

    def index(self, builder: Builder | None = None, indexing: Indexing = SMALL) -> PassageIndex:
        chosen = builder or DirectBuilder()
        return PassageIndex(self.store.database, self.store.snapshot, indexing, chosen)

    def child_index(self) -> PassageIndex:
        return self.index(ChildBuilder())

    def save(self, vectors: Floats) -> tuple[Document, list[int]]:
        document = queued(self.store, "/v")
        pieces = [Passage(f"word{n}", "", Locator(0, 1)) for n in range(len(vectors))]
        return document, self.store.save(document, b"v", pieces, vectors.astype(np.float16))

    def fill(self, count: int) -> list[int]:
        return self.save(unit(count, self.random))[1]

    def query(self) -> Floats:
        query: Floats = unit(1, self.random)[0]
        return query

    def truth(
        self, query: Floats, limit: int, allowed: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """By looking at every vector in the database."""
        dimensions = StoredVectors(self.store.database).made().dimensions
        found = [
            (float(vector.astype(np.float64) @ query.astype(np.float64)), int(key))
            for ids, vectors in StoredVectors(self.store.database).blocks(dimensions)
            for key, vector in zip(ids, vectors, strict=True)
            if allowed is None or int(key) in set(allowed)
        ]
        found.sort(key=lambda each: (-each[0], each[1]))
        return [(key, score) for score, key in found[:limit]]

    def check(self, index: PassageIndex, limit: int = 10, times: int = 5) -> None:
        """The index finds what is there."""
        for _ in range(times):
            query = self.query()
            same(index, self, query, limit)


def same(
    index: PassageIndex, opened: Shelf, query: Floats, limit: int, allowed: list[int] | None = None
) -> None:
    scope = None if allowed is None else np.asarray(allowed, np.int64)
    found = index.by_meaning(query, limit, scope)
    wanted = opened.truth(query, limit, allowed)
    assert [hit.passage for hit in found] == [key for key, _ in wanted]
    assert np.allclose([hit.score for hit in found], [score for _, score in wanted], atol=1e-5)


def has_graph(index: PassageIndex) -> bool:
    layers = index._vectors._layers
    return layers is not None and layers.graph is not None
