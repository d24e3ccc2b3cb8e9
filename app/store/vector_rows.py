"""Vectors beside their passage ids in memory, and the exact search over them."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from app.store.vector_graph import Floats, Halves, Ids

#: Rows that are turned from f16 into f32 at a time: 12 MB of 384 dimensions.
_BLOCK = 8192
#: Sums of f32 in another order differ by less; what is this near to the last place is looked at.
_SLACK = 1e-5

AnyFloats = Halves | Floats


@dataclass(frozen=True)
class Rows:
    """Ids, ascending, and a vector each. A value: what is added lies behind what others see.

    Up to `widest` rows are kept as f32, which is searched three times as fast; above, as f16.
    """

    ids: Ids
    vectors: AnyFloats
    widest: int
    _room: tuple[Ids, AnyFloats]

    @classmethod
    def of(cls, ids: Ids, vectors: AnyFloats, widest: int, spare: int = 0) -> Self:
        """With room for `spare` more rows before anything has to be copied."""
        size = len(ids) + spare
        kind = np.float32 if size <= widest else np.float16
        room_ids = np.empty(size, np.int64)
        room: AnyFloats = np.empty((size, vectors.shape[1]), kind)
        room_ids[: len(ids)] = ids
        room[: len(ids)] = vectors
        return cls(room_ids[: len(ids)], room[: len(ids)], widest, (room_ids, room))

    def __len__(self) -> int:
        return len(self.ids)

    def with_added(self, ids: Ids, vectors: AnyFloats) -> Self:
        """Call it on the newest value only: the room behind is shared."""
        if not len(ids):
            return self
        if len(self) and ids[0] <= self.ids[-1]:
            return self._with_mixed(ids, vectors)
        room_ids, room = self._room
        end = len(self) + len(ids)
        if end > len(room_ids):
            # A quarter more each time, so that adding n rows one by one costs n copies in all.
            roomy = Rows.of(self.ids, self.vectors, self.widest, end // 4 + len(ids))
            room_ids, room = roomy._room
        room_ids[len(self) : end] = ids
        room[len(self) : end] = vectors
        return type(self)(room_ids[:end], room[:end], self.widest, (room_ids, room))

    def without(self, ids: Ids) -> Self:
        kept = np.ones(len(self), bool)
        kept[common(self.ids, ids)] = False
        return (
            self if kept.all() else type(self).of(self.ids[kept], self.vectors[kept], self.widest)
        )

    def _with_mixed(self, ids: Ids, vectors: AnyFloats) -> Self:
        new = ~np.isin(ids, self.ids)
        together = np.concatenate([self.ids, ids[new]])
        order = np.argsort(together)
        joined = np.concatenate([self.vectors, vectors[new].astype(self.vectors.dtype)])
        return type(self).of(together[order], joined[order], self.widest)


def common(ids: Ids, wanted: Ids) -> Ids:
    """Rows of `ids` whose id is wanted, ascending. Both ascend."""
    if not len(ids) or not len(wanted):
        return np.zeros(0, np.int64)
    if len(wanted) < len(ids):
        rows = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
        return np.unique(rows[ids[rows] == wanted])
    places = np.minimum(np.searchsorted(wanted, ids), len(wanted) - 1)
    return np.flatnonzero(wanted[places] == ids)


def candidates(vectors: AnyFloats, query: Floats, limit: int, rows: Ids | None = None) -> Ids:
    """Rows, of these if given, that hold the `limit` nearest; a few more where scores are equal."""
    scores = _scores(vectors, query, rows)
    if len(scores) > limit:
        last = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        found = np.flatnonzero(scores >= last - _SLACK)
    else:
        found = np.arange(len(scores))
    return found if rows is None else rows[found]


def cosines(vectors: AnyFloats, query: Floats) -> Floats:
    """Of unit vectors, each row summed in the same order wherever it stands: equal vectors have
    equal scores, and a passage's score does not depend on where it was found."""
    found: Floats = np.einsum("ij,j->i", vectors.astype(np.float32), query)
    return found


def _scores(vectors: AnyFloats, query: Floats, rows: Ids | None) -> Floats:
    if rows is None and vectors.dtype == np.float32:
        return np.asarray(vectors @ query, np.float32)
    count = len(vectors) if rows is None else len(rows)
    scores: Floats = np.empty(count, np.float32)
    for begin in range(0, count, _BLOCK):
        end = begin + _BLOCK
        block = vectors[begin:end] if rows is None else vectors[rows[begin:end]]
        scores[begin:end] = block.astype(np.float32) @ query
    return scores
