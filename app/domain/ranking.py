"""Fuse what the two legs found, merge neighbours, judge the evidence. Numbers only, no text."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Ranked(Generic[K]):
    """A passage's fused score and that of each leg, all 0–1; `keyword` is None where no word of
    the question was found."""

    passage: K
    score: float
    dense: float
    keyword: float | None


def fuse(
    dense: Mapping[K, float], keyword: Mapping[K, float], dense_weight: float
) -> list[Ranked[K]]:
    """Convex combination of the legs, best first; both on absolute scales of 0–1 (see
    settings.Retrieval). `dense` knows every candidate, `keyword` those that have words.

    A convex combination beats reciprocal rank fusion on 16 of 18 BEIR sets (retrieval report,
    finding 3), and question words that no passage has weaken the keyword leg by themselves.
    """
    ranked = [
        Ranked(
            passage,
            dense_weight * nearness + (1 - dense_weight) * keyword.get(passage, 0.0),
            nearness,
            keyword.get(passage),
        )
        for passage, nearness in dense.items()
    ]
    return sorted(ranked, key=lambda each: -each.score)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: its document and its ordinal there."""

    document: str
    ordinal: int


def merge(
    hits: Sequence[Place],
    reach: int,
    joins: Callable[[Place, Place], bool] = lambda hit, near: True,
) -> list[tuple[Place, ...]]:
    """Windows of passages around the hits, best hit first, none twice.

    Each hit takes up to `reach` neighbours on either side that no earlier window took, as far as
    `joins(hit, neighbour)`; a hit that lies in an earlier window adds nothing of its own. The
    caller knows where a document ends.
    """
    taken: set[Place] = set()
    windows: list[tuple[Place, ...]] = []
    for hit in hits:
        if hit in taken:
            continue
        window = [hit]
        for direction in (-1, 1):
            for distance in range(1, reach + 1):
                place = Place(hit.document, hit.ordinal + direction * distance)
                if place in taken or not joins(hit, place):
                    break
                window.append(place)
        taken.update(window)
        windows.append(tuple(sorted(window, key=lambda place: place.ordinal)))
    return windows
