"""Fuse two retrievers, merge neighbours, judge the evidence. Numbers only, no text."""

import math
import statistics
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

#: BM25's saturation and length normalisation, as in FTS5 and Lucene.
_K1, _B = 1.2, 0.75
#: Passages that speak for their document.
_SUPPORT = 3
#: Ranks of the passages that the nearest one should stand out from, and their usual nearness, which
#: small collections are filled up with (means of four sets: 0.05 across languages, 0.21 to 0.57).
_CROWD, _USUAL_CROWD = range(5, 30), 0.35


def idf(count: int, total: int) -> float:
    """BM25's weight of a term that `count` of `total` passages have; at least 0."""
    return math.log(1 + max(total - count + 0.5, 0.5) / (count + 0.5))


@dataclass(frozen=True, slots=True)
class TermCounts:
    """How often a passage has each of the question's terms, and its length in terms."""

    counts: Mapping[str, int]
    length: int


@dataclass(frozen=True, slots=True)
class Ranked(Generic[K]):
    """A passage's score by which it is ranked, its `own` without what its document adds, and that
    of each retriever, all 0–1; `keyword` is None where no word of the question was found."""

    passage: K
    score: float
    own: float
    dense: float
    keyword: float | None


def word_shares(candidates: Mapping[K, TermCounts], terms: Collection[str]) -> dict[K, float]:
    """BM25 of every candidate that has a term, as a share of what one could reach that had all
    terms again and again.

    A term weighs by its idf among the candidates, not in the collection: in the one long document
    that a question is about, its subject stands in every passage and tells none from another
    (results/retrieval.md).
    """
    total = len(candidates)
    weights = {
        term: idf(sum(term in candidate.counts for candidate in candidates.values()), total)
        for term in terms
    }
    ideal = sum(weights.values()) * (_K1 + 1)
    usual = sum(candidate.length for candidate in candidates.values()) / max(total, 1)
    shares: dict[K, float] = {}
    for key, term_counts in candidates.items():
        if term_counts.counts and ideal:
            damping = _K1 * (1 - _B + _B * term_counts.length / max(usual, 1))
            score = sum(
                weights[term] * count * (_K1 + 1) / (count + damping)
                for term, count in term_counts.counts.items()
            )
            shares[key] = score / ideal
    return shares


def score_margin(nearness: Sequence[float]) -> float:
    """How far the nearest passage stands out from those that are merely about the same matter:
    its nearness above the mean of the 6th to 30th."""
    ordered = sorted(nearness, reverse=True)[: _CROWD.stop]
    if not ordered:
        return 0.0
    crowd = ordered[_CROWD.start :]
    crowd += [_USUAL_CROWD] * (_CROWD.start - len(crowd))
    return ordered[0] - statistics.fmean(crowd)


def fuse(
    dense: Mapping[K, float], keyword: Mapping[K, float], dense_weight: float
) -> list[Ranked[K]]:
    """The convex combination of both retrievers, best first; both on absolute scales of 0–1.
    `dense` knows every candidate, `keyword` those that have words.

    A convex combination beats reciprocal rank fusion (Bruch et al., arXiv 2210.11934;
    results/retrieval.md), and question words that no passage has weaken the sparse one by
    themselves.
    """
    ranked = []
    for passage, nearness in dense.items():
        share = keyword.get(passage)
        own = dense_weight * nearness + (1 - dense_weight) * (share or 0.0)
        ranked.append(Ranked(passage, own, own, nearness, share))
    return sorted(ranked, key=lambda each: -each.score)


def boosted_by_document(
    ranked: Sequence[Ranked[K]], document: Mapping[K, str], weight: float
) -> list[Ranked[K]]:
    """Ranked anew: a passage is the likelier the better the three best of its document are, which
    count `weight` beside its own score of 1. Candidates that have no document go."""
    best: dict[str, list[float]] = {}
    kept = [each for each in ranked if each.passage in document]
    for each in sorted(kept, key=lambda each: -each.own):
        of_document = best.setdefault(document[each.passage], [])
        if len(of_document) < _SUPPORT:
            of_document.append(each.own)
    support = {name: sum(scores) / _SUPPORT for name, scores in best.items()}
    again = [
        replace(
            each,
            score=(each.own + weight * support[document[each.passage]]) / (1 + weight),
        )
        for each in kept
    ]
    return sorted(again, key=lambda each: -each.score)


@dataclass(frozen=True, slots=True)
class PassagePosition:
    """Where a passage stands: its document and its ordinal there."""

    document: str
    ordinal: int


def merge(
    hits: Sequence[PassagePosition],
    reach: int,
    joins: Callable[[PassagePosition, PassagePosition], bool] = lambda hit, near: True,
) -> list[tuple[PassagePosition, ...]]:
    """Windows of passages around the hits, best hit first, none twice.

    Each hit takes up to `reach` neighbours on either side that no earlier window took, as far as
    `joins(hit, neighbour)`; a hit that lies in an earlier window adds nothing of its own. The
    caller knows where a document ends.
    """
    taken: set[PassagePosition] = set()
    windows: list[tuple[PassagePosition, ...]] = []
    for hit in hits:
        if hit in taken:
            continue
        window = [hit]
        for direction in (-1, 1):
            for distance in range(1, reach + 1):
                place = PassagePosition(hit.document, hit.ordinal + direction * distance)
                if place in taken or not joins(hit, place):
                    break
                window.append(place)
        taken.update(window)
        windows.append(tuple(sorted(window, key=lambda place: place.ordinal)))
    return windows
