"""The right passages for a question: both legs, fused, merged with their neighbours."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from app.domain import language
from app.domain.conversation import Segment
from app.domain.errors import OtherEmbeddingModel
from app.domain.library import BLOCK_BREAK, LineBox, Locator
from app.domain.ranking import Place, Ranked, fuse, merge
from app.domain.settings import Retrieval
from app.engines.base import Embedder
from app.store.library import LibraryStore, StoredPassage
from app.store.passage_index import PassageIndex

#: What names one thing exactly: quoted words, numbers, codes such as NP-42.
_EXACT = re.compile(r"[\"«“][^\"»”]+[\"»”]|\b\w*\d\w*\b")


@dataclass(frozen=True)
class OpenCollection:
    """A collection with its index; `id` is the collection's."""

    id: str
    library: LibraryStore
    index: PassageIndex


@dataclass(frozen=True, slots=True)
class Found:
    """Segments, the best first; whether the best is near enough to answer from; milliseconds."""

    segments: tuple[Segment, ...]
    evident: bool
    milliseconds: float


class Embedding(Protocol):
    """Who has the embedding model in use: ModelService, or one that measures."""

    def embedder(self) -> Embedder: ...


_Key = tuple[str, int]


class RetrievalService:
    def __init__(
        self, collections: Sequence[OpenCollection], models: Embedding, settings: Retrieval
    ) -> None:
        self._collections = {each.id: each for each in collections}
        self._models = models
        self._settings = settings

    def find(self, question: str, limit: int | None = None) -> Found:
        """Up to `limit` segments. `NoEmbeddingModel`, `DamagedModel`, `DamagedData`."""
        began = time.perf_counter()
        dense, keyword = self._legs(question)
        ranked = fuse(dense, keyword, self._dense_weight(question))
        segments = self._segments(ranked, limit or self._settings.segments)
        return Found(
            tuple(segments),
            bool(segments) and self._evident(question, segments[0]),
            (time.perf_counter() - began) * 1000,
        )

    def _evident(self, question: str, best: Segment) -> bool:
        same = language.of(question) == language.of(best.text)
        name = self._models.embedder().name
        return best.score >= self._settings.least_score(name, same_language=same)

    def _legs(self, question: str) -> tuple[dict[_Key, float], dict[_Key, float]]:
        """Nearness of every candidate of either leg, and the keyword score of those with words."""
        embedder = self._models.embedder()
        vector = embedder.embed_queries([question])[0]
        dense: dict[_Key, float] = {}
        keyword: dict[_Key, float] = {}
        for each in self._collections.values():
            self._check_model(each)
            near = each.index.by_meaning(vector, self._settings.candidates)
            cosines = {hit.passage: hit.score for hit in near}
            for hit in each.index.by_words(question, self._settings.candidates):
                keyword[each.id, hit.passage] = hit.score
            only_words = [key[1] for key in keyword if key[0] == each.id and key[1] not in cosines]
            cosines |= each.index.cosines(vector, only_words)
            for passage, cosine in cosines.items():
                dense[each.id, passage] = self._settings.nearness(embedder.name, cosine)
        return dense, keyword

    def _check_model(self, collection: OpenCollection) -> None:
        """Vectors of two models must not be compared. `OtherEmbeddingModel`."""
        name, stored = self._models.embedder().name, collection.library.fact("embedding-model")
        if stored is not None and stored != name:
            raise OtherEmbeddingModel(name=name, stored=stored)

    def _dense_weight(self, question: str) -> float:
        exact = bool(_EXACT.search(question))
        return self._settings.dense_weight_exact if exact else self._settings.dense_weight

    def _segments(self, ranked: list[Ranked[_Key]], limit: int) -> list[Segment]:
        """Hits in order, each widened by neighbours that join it, until there are `limit`."""
        best = ranked[: limit * 4]
        passages: dict[_Key, StoredPassage] = {}
        for collection in self._collections.values():
            ids = [key[1] for each in best if (key := each.passage)[0] == collection.id]
            for found in collection.library.passages(ids).values():
                passages[collection.id, found.id] = found
        hits = [each for each in best if each.passage in passages]
        at = {
            Place(passages[each.passage].document, passages[each.passage].ordinal): each
            for each in hits
        }
        windows = merge(list(at), self._settings.reach, self._joining(at))[:limit]
        segments = []
        for window in windows:
            hit = next(at[place] for place in at if place in window)
            segments.append(self._segment(hit, passages[hit.passage], window))
        return segments

    def _joining(self, at: Mapping[Place, Ranked[_Key]]) -> Callable[[Place, Place], bool]:
        """Whether a neighbour is itself near enough to the question to stand beside a hit."""
        share = self._settings.joins_from

        def joins(hit: Place, near: Place) -> bool:
            return near in at and at[near].score >= share * at[hit].score

        return joins

    def _segment(
        self, hit: Ranked[_Key], found: StoredPassage, window: tuple[Place, ...]
    ) -> Segment:
        ordinals = {place.ordinal for place in window}
        around = self._collections[hit.passage[0]].library.neighbours(found, self._settings.reach)
        parts = [each for each in around if each.ordinal in ordinals]
        first, last = parts[0].passage, parts[-1].passage
        return Segment(
            document=found.document,
            name=found.name,
            path=found.path,
            text=_joined(parts),
            header=found.passage.header,
            locator=Locator(
                first.locator.start,
                last.locator.end,
                found.passage.locator.page,
                found.passage.locator.heading,
                first.locator.line,
            ),
            best=found.passage.locator,
            passages=tuple(each.id for each in parts),
            score=hit.score,
            dense_score=hit.dense,
            keyword_score=hit.keyword,
            parts=tuple(each.passage.locator for each in parts),
            boxes=_boxes(parts),
        )


def _joined(parts: list[StoredPassage]) -> str:
    """The canonical text from the first part to the last: offsets stay exact."""
    text = parts[0].passage.text
    for before, part in pairwise(parts):
        gap = part.passage.locator.start - before.passage.locator.end
        text += (BLOCK_BREAK if gap >= len(BLOCK_BREAK) else " " * gap) + part.passage.text
    return text


def _boxes(parts: list[StoredPassage]) -> tuple[LineBox, ...]:
    origin = parts[0].passage.locator.start
    return tuple(
        LineBox(
            box.x0, box.y0, box.x1, box.y1,
            box.start + part.passage.locator.start - origin,
            box.end + part.passage.locator.start - origin,
        )
        for part in parts
        for box in part.passage.boxes
    )  # fmt: skip
