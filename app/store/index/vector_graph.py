"""An HNSW graph over f16 vectors: built once, then only looked at. The only user of USearch.

Its content is what USearch serializes, then the passage ids, ascending, as they were added, then
their number. Ids and vectors are read out of the content itself and never asked of USearch: `get`
of a missing key returned garbage (USearch #494, #663), iterating `keys` did not end (#539).
"""

import threading
import zlib
from collections.abc import Iterable
from typing import Any

import numpy as np

from app.domain.settings import Indexing

Halves = np.ndarray[Any, np.dtype[np.float16]]
Floats = np.ndarray[Any, np.dtype[np.float32]]
Ids = np.ndarray[Any, np.dtype[np.int64]]

#: USearch 2 begins with rows and bytes a row, 32 bits each, then come the vectors in their order.
_MATRIX_AT = 8
_COUNT_BYTES = 8


class VectorGraph:
    """The graph, and its `ids` (ascending) with their `vectors`, row by row: views of `content`."""

    def __init__(self, content: bytearray, dimensions: int, expansion: int) -> None:
        """`content` has to be authenticated: USearch crashes on a damaged one. `ValueError` when it
        is laid out otherwise than described above."""
        from usearch.index import Index

        count = int.from_bytes(content[-_COUNT_BYTES:], "little")
        graph_end = len(content) - _COUNT_BYTES - 8 * count
        if graph_end < _MATRIX_AT + 2 * dimensions * count:
            raise ValueError("no vector graph")
        rows, row_bytes = np.frombuffer(content, "<u4", 2).tolist()
        if (rows, row_bytes) != (count, 2 * dimensions):
            raise ValueError("a vector graph of another shape")
        self.content = content
        self.ids: Ids = np.frombuffer(content, "<i8", count, graph_end).astype(np.int64)
        flat = np.frombuffer(content, "<f2", count * dimensions, _MATRIX_AT)
        self.vectors: Halves = flat.reshape(count, dimensions)
        # A view: no second copy in memory, and nothing can be added or removed.
        restored = Index.restore(
            memoryview(content)[:graph_end],
            view=True,
            enable_key_lookups=False,
            expansion_search=expansion,
        )
        if restored is None or len(restored) != count or restored.ndim != dimensions:
            raise ValueError("USearch reads another graph")
        self._index = restored
        self._lock = threading.Lock()

    def nearest(self, query: Floats, count: int) -> Ids:
        """Rows of about the `count` nearest; fewer when the walk found fewer."""
        # One at a time: a search on one thread always works in the index's first scratch space.
        with self._lock:
            matches = self._index.search(query, min(count, len(self.ids)), threads=1)
        # Near the size of the graph USearch returned keys that do not exist (#393, #640).
        keys = np.asarray(matches.keys, np.uint64)[: len(matches)].astype(np.int64)
        rows = np.minimum(np.searchsorted(self.ids, keys), len(self.ids) - 1)
        return np.unique(rows[self.ids[rows] == keys]).astype(np.int64)


def build(blocks: Iterable[tuple[Ids, Halves]], dimensions: int, indexing: Indexing) -> bytearray:
    """What USearch serializes after adding all blocks; ids ascend. `ValueError` when this version
    lays it out otherwise than `VectorGraph` reads it. Holds a core for minutes; the lock of the
    interpreter, too, in some versions: call it in a process of its own.
    """
    from usearch.index import Index

    index = Index(
        ndim=dimensions,
        metric="ip",
        dtype="f16",
        connectivity=indexing.connectivity,
        expansion_add=indexing.expansion_build,
        expansion_search=indexing.expansion_search,
    )
    added = 0
    for ids, vectors in blocks:
        # One thread, so that slots come in the order of the ids.
        index.add(ids.astype(np.uint64), vectors, threads=1)
        added = zlib.crc32(vectors.tobytes(), added)
    serialized = index.save()
    assert isinstance(serialized, bytearray)
    end = _MATRIX_AT + 2 * dimensions * len(index)
    if zlib.crc32(memoryview(serialized)[_MATRIX_AT:end]) != added:
        raise ValueError("USearch lays vectors out otherwise")
    return serialized


def trailer(ids: Ids) -> bytes:
    """What follows the serialized graph in a content."""
    return ids.astype("<i8").tobytes() + len(ids).to_bytes(_COUNT_BYTES, "little")
