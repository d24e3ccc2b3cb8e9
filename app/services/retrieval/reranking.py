"""The best candidates ordered anew by a cross-encoder, if one is installed: as many as this machine
reads while nobody minds."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from app.domain.retrieval.ranking import Ranked
from app.domain.settings import Reranking
from app.services.models.service import ModelService

K = TypeVar("K")


class RerankingService:
    def __init__(self, models: ModelService, settings: Reranking) -> None:
        self._models = models
        self._settings = settings
        self._seconds_a_pair = 0.0

    def reordered(
        self, question: str, ranked: Sequence[Ranked[K]], text: Callable[[K], str]
    ) -> list[Ranked[K]]:
        """The first few by the cross-encoder's score, above 0.5, then the others as they were,
        below. `DamagedModel`, `ModelChanged`."""
        reranker = self._models.reranker()
        if reranker is None or len(ranked) < 2:
            return list(ranked)
        count = min(self._affordable(), len(ranked))
        first, rest = ranked[:count], ranked[count:]
        began = time.perf_counter()
        scores = reranker.scores(question, [text(each.passage) for each in first])
        self._seconds_a_pair = (time.perf_counter() - began) / count
        again = [
            replace(each, score=0.5 + score / 2) for each, score in zip(first, scores, strict=True)
        ]
        again.sort(key=lambda each: -each.score)
        return again + [replace(each, score=each.score / 2) for each in rest]

    def _affordable(self) -> int:
        """Pairs within the time allowed, by how long the last ones took."""
        if not self._seconds_a_pair:
            return self._settings.least
        count = int(self._settings.seconds / self._seconds_a_pair)
        return min(max(count, self._settings.least), self._settings.most)
