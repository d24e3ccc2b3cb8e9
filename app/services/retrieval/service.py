"""The right passages for a question: dense and sparse, fused, merged with their neighbours."""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from app.domain.chat.conversation import Segment, SentenceScore
from app.domain.errors import DepartmentError, OtherEmbeddingModel
from app.domain.evidence.quotation import is_answered
from app.domain.library.documents import Scope
from app.domain.retrieval.ranking import (
    PassagePosition,
    Ranked,
    TermCounts,
    boosted_by_document,
    fuse,
    merge,
    score_margin,
    word_shares,
)
from app.domain.settings import Retrieval
from app.domain.text import language
from app.domain.text.duplicates import Shingles, shingles
from app.engines.base import Embedder
from app.services.retrieval.reranking import RerankingService
from app.services.retrieval.rereading import Rereading
from app.services.retrieval.segments import segment_of
from app.services.searchable import FarServer, SearchableCollection, Vector
from app.store.library.library import StoredPassage

#: What names one thing exactly: quoted words, numbers, codes such as NP-42.
_EXACT = re.compile(r"[\"«“][^\"»”]+[\"»”]|\b\w*\d\w*\b")


@dataclass(frozen=True, slots=True)
class RetrievalResult:
    """Segments, the best first; whether the best is near enough to answer from, or `doubtful`: an
    answer from it counts only if it is confirmed. `sure`: that it is, the readers found themselves,
    whatever the user chose; milliseconds; names of collections that were `not_searched`, since
    their server does not answer."""

    segments: tuple[Segment, ...] = ()
    sufficient: bool = False
    doubtful: bool = False
    sure: bool = False
    milliseconds: float = 0.0
    not_searched: tuple[str, ...] = ()


class Embedding(Protocol):
    """Who has the embedding model in use: ModelService, or one that measures."""

    def embedder(self) -> Embedder: ...


_Key = tuple[str, int]


class RetrievalService:
    def __init__(
        self,
        collections: Callable[[], Sequence[SearchableCollection]],
        models: Embedding,
        settings: Retrieval,
        rereading: Rereading | None = None,
        reranking: RerankingService | None = None,
        far: FarServer | None = None,
    ) -> None:
        """`collections` are those that are open at that moment, some of them on a server that is
        `far`."""
        self._opened = collections
        self._models = models
        self._rereading = rereading
        self._reranking = reranking
        self._far = far
        self._settings = settings
        self._always = ""

    def with_attached(self, attached: SearchableCollection) -> "RetrievalService":
        """The same over one collection more, which no scope leaves out."""
        wider = RetrievalService(
            lambda: (*self._opened(), attached),
            self._models,
            self._settings,
            self._rereading,
            self._reranking,
            self._far,
        )
        wider._always = attached.id
        return wider

    def find(
        self,
        question: str,
        limit: int | None = None,
        scope: Scope | None = None,
    ) -> RetrievalResult:
        """Up to `limit` segments from within `scope`. A server that goes away meanwhile is done
        without. `NoEmbeddingModel`, `DamagedModel`, `DamagedData`."""
        try:
            found = self._found(question, limit, scope)
        except DepartmentError as error:
            if self._far is None:
                raise
            self._far.lose(error)
            found = self._found(question, limit, scope)
        return replace(found, not_searched=self._far.away()) if self._far else found

    def _found(self, question: str, limit: int | None, scope: Scope | None) -> RetrievalResult:
        began = time.perf_counter()
        dense = self._nearness(question, scope or Scope())
        fused = fuse(dense, self._shares(question, dense), self._dense_weight(question))
        ranked = boosted_by_document(fused, self._documents(dense), self._settings.document_boost)
        segments = self._segments(question, ranked, limit or self._settings.segments)
        stands_out = score_margin(list(dense.values()))
        evidence = self._settings.evidence(ranked[0].own, stands_out) if ranked else 0.0
        sufficient, doubtful = self._judged(question, segments, evidence)
        took = (time.perf_counter() - began) * 1000
        return RetrievalResult(tuple(segments), sufficient, doubtful, sufficient, took)

    def of_document(self, document: str, limit: int | None = None) -> RetrievalResult:
        """Up to `limit` passages of one document in its order: how it begins, then from all over
        it. For questions that name nothing to be searched for."""
        began = time.perf_counter()
        most = limit or self._settings.segments
        for opened in self._opened():
            for held in opened.store.documents([document]):
                places = spread_over(held.passages, most)
                found = [opened.store.passages_of(document, at, at) for at in places]
                segments = tuple(segment_of(each, each[0]) for each in found if each)
                took = (time.perf_counter() - began) * 1000
                return RetrievalResult(segments, bool(segments), milliseconds=took)
        return RetrievalResult()

    def _judged(
        self, question: str, segments: Sequence[Segment], evidence: float
    ) -> tuple[bool, bool]:
        """Whether there is enough to answer from, or so much that an answer may be tried, which
        counts if a passage confirms it: where the two readers are not of one mind, or the evidence
        is nearly enough (results/calibration.md). A sentence that answers by itself ends the doubt
        (results/answers.md)."""
        if not segments:
            return False, False
        calibration, best = self._models.embedder().calibration, segments[0]
        same = language.of(question) == language.of(best.text)
        needed = calibration.needed(same_language=same, in_table=bool(best.best.cells))
        met = max((each.score for segment in segments for each in segment.sentences), default=None)
        if met is None:
            return evidence >= needed, False
        nearly = evidence >= needed - self._settings.nearly and met >= calibration.least_met
        tried = nearly or met >= calibration.surely_met
        enough = evidence >= needed and met >= calibration.least_met
        sufficient = enough or (tried and is_answered(segments, question))
        return sufficient, tried and not sufficient

    def _nearness(self, question: str, scope: Scope) -> dict[_Key, float]:
        """By meaning, of every candidate of either retriever."""
        embedder = self._models.embedder()
        vector = embedder.embed_queries([question])[0]
        nearness: dict[_Key, float] = {}
        for opened in self._opened():
            always = opened.id == self._always
            if scope.collections and opened.id not in scope.collections and not always:
                continue
            self._check_model(opened)
            within = Scope() if always else scope
            for passage, cosine in self._candidates(opened, question, vector, within).items():
                nearness[opened.id, passage] = embedder.calibration.nearness(cosine)
        # In one order, whatever way the index came about: of equal scores the older passage wins.
        return dict(sorted(nearness.items()))

    def _candidates(
        self, collection: SearchableCollection, question: str, vector: Vector, scope: Scope
    ) -> dict[int, float]:
        """Cosines of what either retriever finds in one collection."""
        index, limit = collection.index, self._settings.candidates
        documents = None
        if scope != replace(Scope(), collections=scope.collections):
            documents = [
                document.id for document in collection.store.documents() if scope.fits(document)
            ]
        cosines = {hit.passage: hit.score for hit in index.nearest_of(vector, limit, documents)}
        by_words = [hit.passage for hit in index.by_words(question, limit, documents)]
        cosines |= index.cosines(vector, [key for key in by_words if key not in cosines])
        # Rows far down a long table have no vectors: they are held to be as far as the farthest.
        farthest = min(cosines.values(), default=0.0)
        return {key: farthest for key in by_words if key not in cosines} | cosines

    def _shares(self, question: str, candidates: Iterable[_Key]) -> dict[_Key, float]:
        """By words: the share of the best possible BM25 of those candidates that have any."""
        found: dict[_Key, TermCounts] = {}
        terms: list[str] = []
        for opened, passages in self._by_collection(candidates):
            terms, read = opened.index.terms(question, passages)
            found |= {(opened.id, passage): words for passage, words in read.items()}
        return word_shares(found, terms)

    def _documents(self, candidates: Iterable[_Key]) -> dict[_Key, str]:
        return {
            (collection.id, passage): document
            for collection, passages in self._by_collection(candidates)
            for passage, document in collection.store.documents_of(passages).items()
        }

    def _by_collection(
        self, keys: Iterable[_Key]
    ) -> Iterator[tuple[SearchableCollection, list[int]]]:
        """The passages that are of each collection, of those that have any."""
        passages: dict[str, list[int]] = {}
        for collection, passage in keys:
            passages.setdefault(collection, []).append(passage)
        for opened in self._opened():
            if own := passages.get(opened.id):
                yield opened, own

    def _check_model(self, collection: SearchableCollection) -> None:
        """Vectors of two models must not be compared. `OtherEmbeddingModel`."""
        name, stored = self._models.embedder().name, collection.store.fact("embedding-model")
        if stored is not None and stored != name:
            raise OtherEmbeddingModel(name=name, stored=stored)

    def _dense_weight(self, question: str) -> float:
        exact = bool(_EXACT.search(question))
        return self._settings.dense_weight_exact if exact else self._settings.dense_weight

    def _segments(self, question: str, ranked: list[Ranked[_Key]], limit: int) -> list[Segment]:
        """Hits in order, each widened by neighbours that join it, until there are `limit`; what
        says the same as a better hit is named there and left out."""
        best = ranked[: limit * 4]
        passages = self._stored(best)
        hits = [each for each in best if each.passage in passages]
        told: Mapping[_Key, tuple[SentenceScore, ...]] = {}
        if self._rereading:
            texts = {key: each.passage for key, each in passages.items()}
            reread = self._rereading.read(question, hits, texts)
            hits, told = reread.ranked, reread.sentences
        if self._reranking:
            read = {key: f"{e.passage.header}\n{e.passage.text}" for key, e in passages.items()}
            hits = self._reranking.reordered(question, hits, read.__getitem__)
        at = {_place(passages[each.passage]): each for each in hits}
        copies = _copies([passages[each.passage] for each in hits])
        firsts = [place for place in at if place not in copies]
        segments = []
        for window in merge(firsts, self._settings.neighbour_window, self._joining(at))[:limit]:
            hit = at[next(place for place in firsts if place in window)]
            segment = self._segment(hit, passages[hit.passage], window)
            inside = [
                (passages[at[each].passage], told.get(at[each].passage, ()))
                for each in window
                if each in at
            ]
            segment = replace(segment, sentences=_moved(segment, inside))
            own = [name for first, name in copies.values() if first in window]
            names = dict.fromkeys(name for name in own if name != segment.name)
            segments.append(replace(segment, also_in=tuple(names)))
        return segments

    def _stored(self, ranked: Iterable[Ranked[_Key]]) -> dict[_Key, StoredPassage]:
        return {
            (collection.id, passage): found
            for collection, passages in self._by_collection(each.passage for each in ranked)
            for passage, found in collection.store.passages(passages).items()
        }

    def _joining(
        self, at: Mapping[PassagePosition, Ranked[_Key]]
    ) -> Callable[[PassagePosition, PassagePosition], bool]:
        """Whether a neighbour is itself near enough to the question to stand beside a hit."""
        share = self._settings.neighbour_ratio

        def joins(hit: PassagePosition, near: PassagePosition) -> bool:
            return near in at and at[near].own >= share * at[hit].own

        return joins

    def _segment(
        self, hit: Ranked[_Key], found: StoredPassage, window: tuple[PassagePosition, ...]
    ) -> Segment:
        parts = [found]
        if len(window) > 1:
            ordinals = {place.ordinal for place in window}
            library = next(e.store for e in self._opened() if e.id == hit.passage[0])
            around = library.neighbours(found, self._settings.neighbour_window)
            parts = [
                stored_passage for stored_passage in around if stored_passage.ordinal in ordinals
            ]
        bare = segment_of(parts, found)
        score = min(max(hit.score, 0.0), 1.0)
        return replace(bare, score=score, dense_score=hit.dense, keyword_score=hit.keyword)


#: Passages that tell what a document is.
_OPENING = 2


def spread_over(count: int, most: int) -> list[int]:
    """Places of `most` of `count` things: the first ones, then evenly over the rest, so that the
    whole is met even where the last of them are cut off."""
    if count <= most:
        return list(range(count))
    opening = min(_OPENING, most)
    rest, left = most - opening, count - opening
    return [*range(opening), *(opening + left * each // rest for each in range(rest))]


def _moved(
    segment: Segment, inside: Iterable[tuple[StoredPassage, tuple[SentenceScore, ...]]]
) -> tuple[SentenceScore, ...]:
    """The sentences of a segment's passages, at their places in its text."""
    origin = segment.locator.start
    return tuple(
        SentenceScore(
            each.start + found.passage.locator.start - origin,
            each.end + found.passage.locator.start - origin,
            each.score,
        )
        for found, told in inside
        for each in told
    )


def _place(found: StoredPassage) -> PassagePosition:
    return PassagePosition(found.document, found.ordinal)


def _copies(
    passages: Sequence[StoredPassage],
) -> dict[PassagePosition, tuple[PassagePosition, str]]:
    """Of each passage that says the same as an earlier one: that one, and its own document."""
    firsts: list[tuple[PassagePosition, Shingles]] = []
    copies: dict[PassagePosition, tuple[PassagePosition, str]] = {}
    for passage in passages:
        said = shingles(passage.passage.text)
        first = next((place for place, other in firsts if said.same_as(other)), None)
        if first is None:
            firsts.append((_place(passage), said))
        else:
            copies[_place(passage)] = (first, passage.name)
    return copies
