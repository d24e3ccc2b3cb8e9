"""The nearest passages by meaning in one collection: kept in step with it, renewed in background.

The database is the truth, what lies here a view of it: at any doubt it is made again.
"""

import threading
import time
from collections.abc import Sequence

import numpy as np

from app import log
from app.domain.settings import Indexing
from app.store.database import Database
from app.store.index.graph_building import Builder, ChildBuilder
from app.store.index.index_snapshot import IndexSnapshot, Made
from app.store.index.stored_vectors import StoredVectors
from app.store.index.vector_graph import Floats, Ids, VectorGraph
from app.store.index.vector_layers import Layers
from app.store.index.vector_rows import VectorRows

#: Seconds that closing waits for a build to notice.
_PATIENCE = 1.0
#: After a failed build the next is tried when there are so many times more passages.
_LATER = 1.1


class VectorIndex:
    """Read at the first question. Safe to call from several threads."""

    def __init__(
        self,
        database: Database,
        snapshot: IndexSnapshot | None = None,
        indexing: Indexing | None = None,
        builder: Builder | None = None,
    ) -> None:
        self._stored = StoredVectors(database)
        self._snapshot = snapshot
        self._indexing = indexing or Indexing()
        self._builder = builder or ChildBuilder()
        self._lock = threading.RLock()
        self._layers: Layers | None = None
        self._made = Made("", 0)
        self._building: threading.Thread | None = None
        self._failed_at = 0.0
        self._closed = threading.Event()

    def nearest(
        self, query: Floats, limit: int, allowed: Ids | None = None
    ) -> list[tuple[int, float]]:
        """Up to `limit` ids with cosines, the nearest first; of `allowed` (ascending) if given."""
        layers = self._current()
        if limit < 1 or not len(layers):
            return []
        ids, scores = layers.nearest(_unit(query), limit, allowed)
        return list(zip(ids.tolist(), scores.tolist(), strict=True))

    def cosines(self, query: Floats, ids: Sequence[int]) -> dict[int, float]:
        """Exact cosines to `query` of these passages, as far as they have vectors."""
        layers = self._current()
        if not len(ids) or not len(layers):
            return {}
        found, scores = layers.cosines(_unit(query), np.unique(np.asarray(ids, np.int64)))
        return dict(zip(found.tolist(), scores.tolist(), strict=True))

    def added(self, ids: Sequence[int]) -> None:
        """These passages are in the database now."""
        with self._lock:
            if self._layers is None or not len(ids):
                return
            if self._stored.made() != self._made:
                self._layers = None  # another embedding model: all is read again when asked for
                return
            found, vectors = self._stored.of(ids, self._made.dimensions)
            self._layers = self._layers.with_added(VectorRows.of(found, vectors))
            self._renew_if_due()

    def removed(self, ids: Sequence[int]) -> None:
        """These passages are no longer in the database."""
        with self._lock:
            if self._layers is not None and len(ids):
                self._layers = self._layers.without(np.unique(np.asarray(ids, np.int64)))
                self._renew_if_due()

    def wait(self, seconds: float = 600.0) -> bool:
        """Until no graph is being built; whether that came about."""
        end = time.monotonic() + seconds
        while building := self._building:  # without the lock: reading a million takes seconds
            building.join(max(end - time.monotonic(), 0.0))
            if building.is_alive():
                return False
        return True

    def close(self) -> None:
        """Stop a build under way; it is taken up again at the next start. At most a second."""
        self._closed.set()
        self._builder.stop()
        self.wait(_PATIENCE)

    # -- reading ----------------------------------------------------------------------------------

    def _current(self) -> Layers:
        with self._lock:
            if self._layers is None:
                self._made = self._stored.made()
                restored = self._restored()
                self._layers = self._exact() if restored is None else restored
                self._renew_if_due()
            return self._layers

    def _exact(self) -> Layers:
        """Without a graph: 0.8 GB a million, asked for once."""
        size = len(self._stored.ids())
        empty = np.zeros(0, np.int64), np.zeros((0, self._made.dimensions), np.float16)
        rows = VectorRows.of(*empty, spare=size)
        if self._made.dimensions:
            for ids, vectors in self._stored.blocks(self._made.dimensions):
                rows = rows.with_added(ids, vectors)
        return Layers(rows, self._indexing)

    def _restored(self) -> Layers | None:
        """The snapshot, with what came and went since it was written."""
        if self._snapshot is None or not self._made.dimensions:
            return None
        live = self._stored.ids()
        if len(live) <= self._indexing.exact_until:
            self._snapshot.forget()
            return None
        graph = self._graph(self._snapshot.read(self._made))
        if graph is None:
            return None
        new = np.setdiff1d(live, graph.ids, assume_unique=True)
        ids, vectors = self._stored.of(new.tolist(), self._made.dimensions)
        alive = np.zeros(len(graph.ids), bool)
        alive[np.isin(graph.ids, live, assume_unique=True)] = True
        return Layers(VectorRows.of(ids, vectors), self._indexing, graph, alive)

    def _graph(self, content: bytearray | None) -> VectorGraph | None:
        if content is None:
            return None
        try:
            return VectorGraph(content, self._made.dimensions, self._indexing.expansion_search)
        except ValueError:
            if self._snapshot:
                self._snapshot.forget()
            return None

    # -- renewing ---------------------------------------------------------------------------------

    def _renew_if_due(self) -> None:
        """Start a build unless one runs or has just failed. Under the lock."""
        layers = self._layers
        if self._building or self._closed.is_set() or layers is None or not layers.due:
            return
        if len(layers) > self._failed_at * _LATER:
            building = threading.Thread(target=self._renew, name="graph", daemon=True)
            building.start()
            self._building = building  # only once it can be waited for

    def _renew(self) -> None:
        """A failure costs speed, not results: what is there is searched as before."""
        size = 0
        try:
            with self._lock:
                size = len(self._layers or ())
            if size <= self._indexing.exact_until:
                self._flatten()
            else:
                self._build()
            self._failed_at = 0.0
        except Exception as error:  # noqa: BLE001  whatever it was, the search goes on
            if self._going_on():
                log.trouble("no-graph")
                log.failure(error)
            self._failed_at = float(size)
        finally:
            with self._lock:
                self._building = None
                self._renew_if_due()

    def _flatten(self) -> None:
        """So much went that no graph is worth its while."""
        with self._lock:
            self._layers = self._exact()
        if self._snapshot:
            self._snapshot.forget()

    def _build(self) -> None:
        made = self._made
        blocks = self._stored.blocks(made.dimensions, going_on=self._going_on)
        content = self._builder.build(blocks, made.dimensions, self._indexing)
        graph = VectorGraph(content, made.dimensions, self._indexing.expansion_search)
        with self._lock:
            if self._closed.is_set() or self._layers is None or self._made != made:
                return
            self._layers = self._layers.over(graph)
        if self._snapshot:
            self._snapshot.write(made, content, self._going_on)

    def _going_on(self) -> bool:
        return not self._closed.is_set()


def _unit(query: Floats) -> Floats:
    return np.ascontiguousarray(query, np.float32)
