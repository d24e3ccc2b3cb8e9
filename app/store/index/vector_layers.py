"""What is searched by meaning: a graph that never changes, what went from it, what came after it.

As in a log-structured merge tree: USearch has lost, hidden and invented entries after removals
(#399, #445, #355), so nothing is ever added to or removed from a graph that is in use.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.domain.settings import Indexing
from app.store.index.vector_graph import Floats, Ids, VectorGraph
from app.store.index.vector_rows import VectorRows, candidates, common, cosines

Mask = np.ndarray[Any, np.dtype[np.bool_]]

#: Neighbours that a walk asks for at most before everything is looked at.
_LONGEST_WALK = 4096


@dataclass(frozen=True)
class Layers:
    """A value. `alive` has a row a vector of `graph`; `fresh` are the passages outside it."""

    fresh: VectorRows
    indexing: Indexing
    graph: VectorGraph | None = None
    alive: Mask | None = None

    def __len__(self) -> int:
        return len(self.fresh) + (0 if self.alive is None else int(self.alive.sum()))

    @property
    def due(self) -> bool:
        """Whether a new graph would be better."""
        if self.graph is None or self.alive is None:
            return len(self.fresh) > self.indexing.exact_until
        size, gone = len(self.alive), len(self.alive) - int(self.alive.sum())
        most_new = max(self.indexing.most_new, self.indexing.new_share * size)
        return len(self.fresh) > most_new or gone > self.indexing.gone_share * size

    def with_added(self, rows: VectorRows) -> "Layers":
        """Rows that the graph has are brought back instead: a build saw them before we heard."""
        if self.graph is None or self.alive is None:
            return replace(self, fresh=self.fresh.with_added(rows.ids, rows.vectors))
        known = common(rows.ids, self.graph.ids)
        new = np.setdiff1d(np.arange(len(rows)), known)
        alive = self.alive.copy()
        alive[common(self.graph.ids, rows.ids[known])] = True
        fresh = self.fresh.with_added(rows.ids[new], rows.vectors[new])
        return replace(self, fresh=fresh, alive=alive)

    def without(self, ids: Ids) -> "Layers":
        fresh = self.fresh.without(ids)
        if self.graph is None or self.alive is None:
            return replace(self, fresh=fresh)
        alive = self.alive.copy()
        alive[common(self.graph.ids, ids)] = False
        return replace(self, fresh=fresh, alive=alive)

    def over(self, graph: VectorGraph) -> "Layers":
        """The same passages over another graph, which may lack some and have some too many."""
        alive = np.zeros(len(graph.ids), bool)
        alive[common(graph.ids, self.ids())] = True
        fresh = self.fresh.without(graph.ids)
        if fresh is self.fresh:  # give the room back that it grew into
            fresh = VectorRows.of(fresh.ids, fresh.vectors)
        return replace(self, fresh=fresh, graph=graph, alive=alive)

    def ids(self) -> Ids:
        """The ids of all passages in the layers, ascending."""
        if self.graph is None or self.alive is None:
            return self.fresh.ids
        return np.sort(np.concatenate([self.graph.ids[self.alive], self.fresh.ids]))

    def nearest(self, query: Floats, limit: int, allowed: Ids | None) -> tuple[Ids, Floats]:
        """Ids and cosines, the nearest first, among equals the oldest."""
        fresh = None if allowed is None else common(self.fresh.ids, allowed)
        found = candidates(self.fresh.vectors, query, limit, fresh)
        ids, scores = self.fresh.ids[found], cosines(self.fresh.vectors[found], query)
        if self.graph is not None and self.alive is not None:
            rows = self._walked(
                self.graph, self._mask(self.graph, self.alive, allowed), query, limit
            )
            ids = np.concatenate([ids, self.graph.ids[rows]])
            scores = np.concatenate([scores, cosines(self.graph.vectors[rows], query)])
        order = np.lexsort((ids, -scores))[:limit]
        return ids[order], scores[order]

    def cosines(self, query: Floats, ids: Ids) -> tuple[Ids, Floats]:
        """Those of `ids` (ascending) that are here, and their cosines to `query`."""
        fresh = common(self.fresh.ids, ids)
        found, scores = self.fresh.ids[fresh], cosines(self.fresh.vectors[fresh], query)
        if self.graph is not None and self.alive is not None:
            rows = common(self.graph.ids, ids)
            rows = rows[self.alive[rows]]
            found = np.concatenate([found, self.graph.ids[rows]])
            scores = np.concatenate([scores, cosines(self.graph.vectors[rows], query)])
        return found, scores

    def _mask(self, graph: VectorGraph, alive: Mask, allowed: Ids | None) -> Mask:
        if allowed is None:
            return alive
        mask = np.zeros(len(alive), bool)
        rows = common(graph.ids, allowed)
        mask[rows] = alive[rows]
        return mask

    def _walked(self, graph: VectorGraph, mask: Mask, query: Floats, limit: int) -> Ids:
        """Rows within `mask` that hold its `limit` nearest. A walk that meets too few of them goes
        on further, at last over all: none is lost because others were nearer."""
        count = max(self.indexing.expansion_search, 2 * limit)
        size = int(mask.sum())
        if size > max(self.indexing.scope, limit):
            while count <= _LONGEST_WALK:
                rows = graph.nearest(query, count)
                rows = rows[mask[rows]]
                if len(rows) >= limit:
                    return rows
                count *= 4
        return candidates(graph.vectors, query, limit, np.flatnonzero(mask))
