"""Vectors beside their passage ids in memory, and the exact search over them."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from app.store.index.vector_graph import Floats, Halves, Ids

#: Rows looked at in one go: picked ones are copied first, 25 MB of 384 dimensions.
_BLOCK = 32_768
#: Beyond what rounding the question can do: sums in another order differ by less.
_SLACK = 1e-6


@dataclass(frozen=True)
class VectorRows:
    """Ids, ascending, and a vector each. A value: what is added lies behind what others see."""

    ids: Ids
    vectors: Halves
    _room: tuple[Ids, Halves]

    @classmethod
    def of(cls, ids: Ids, vectors: Halves, spare: int = 0) -> Self:
        """Rows of these ids and vectors, with room for `spare` more before anything has to be
        copied."""
        size = len(ids) + spare
        room_ids: Ids = np.empty(size, np.int64)
        room: Halves = np.empty((size, vectors.shape[1]), np.float16)
        room_ids[: len(ids)] = ids
        room[: len(ids)] = vectors
        return cls(room_ids[: len(ids)], room[: len(ids)], (room_ids, room))

    def __len__(self) -> int:
        return len(self.ids)

    def with_added(self, ids: Ids, vectors: Halves) -> Self:
        """Call it on the newest value only: the room behind is shared."""
        if not len(ids):
            return self
        if len(self) and ids[0] <= self.ids[-1]:
            return self._with_mixed(ids, vectors)
        room_ids, room = self._room
        end = len(self) + len(ids)
        if end > len(room_ids):
            # A quarter more each time, so that adding n rows one by one costs n copies in all.
            roomy = VectorRows.of(self.ids, self.vectors, end // 4 + len(ids))
            room_ids, room = roomy._room
        room_ids[len(self) : end] = ids
        room[len(self) : end] = vectors
        return type(self)(room_ids[:end], room[:end], (room_ids, room))

    def without(self, ids: Ids) -> Self:
        kept = np.ones(len(self), bool)
        kept[common(self.ids, ids)] = False
        return self if kept.all() else type(self).of(self.ids[kept], self.vectors[kept])

    def _with_mixed(self, ids: Ids, vectors: Halves) -> Self:
        new = ~np.isin(ids, self.ids)
        together = np.concatenate([self.ids, ids[new]])
        order = np.argsort(together)
        joined = np.concatenate([self.vectors, vectors[new]])
        return type(self).of(together[order], joined[order])


def common(ids: Ids, wanted: Ids) -> Ids:
    """Rows of `ids` whose id is wanted, ascending. Both ascend."""
    if not len(ids) or not len(wanted):
        return np.zeros(0, np.int64)
    if len(wanted) < len(ids):
        rows = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
        return np.unique(rows[ids[rows] == wanted])
    places = np.minimum(np.searchsorted(wanted, ids), len(wanted) - 1)
    return np.flatnonzero(wanted[places] == ids)


def candidates(vectors: Halves, query: Floats, limit: int, rows: Ids | None = None) -> Ids:
    """Rows, of these if given, among which are the `limit` nearest of unit vectors; a few more,
    because the question is rounded to f16 for it: a cosine is off by the norm of what that takes.
    """
    rounded = query.astype(np.float16)
    slack = 2 * float(np.linalg.norm(query - rounded.astype(np.float32))) + _SLACK
    scores = _scores(vectors, rounded, rows)
    if len(scores) > limit:
        last = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        found = np.flatnonzero(scores >= last - slack)
    else:
        found = np.arange(len(scores))
    return found if rows is None else rows[found]


def cosines(vectors: Halves, query: Floats) -> Floats:
    """Of unit vectors, each row summed in the same order wherever it stands: equal vectors have
    equal scores, and a passage's score does not depend on where it was found."""
    found: Floats = np.einsum("ij,j->i", vectors.astype(np.float32), query)
    return found


def _scores(vectors: Halves, query: Halves, rows: Ids | None) -> Floats:
    """50,000 × 384 on one core: 8 ms; NumPy 11 ms from f32, twice the memory, and 50 from f16."""
    import numkong

    count = len(vectors) if rows is None else len(rows)
    scores: Floats = np.empty(count, np.float32)
    for begin in range(0, count, _BLOCK):
        end = begin + _BLOCK
        block = vectors[begin:end] if rows is None else vectors[rows[begin:end]]
        found = numkong.cdist(query[None], np.ascontiguousarray(block), "dot")
        scores[begin:end] = np.asarray(found)[0]
    return scores
