"""Passages that nobody wrote, for measuring: pseudo-words after Zipf's law, vectors in clusters.

All of it is synthetic. Words follow Zipf and Mandelbrot with an offset of 20, as text without stop
words does: the commonest stands in four of ten passages. Vectors are Gaussian clusters on the unit
sphere, neighbours at a cosine of about 0.67, as an embedding model's topics are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from app.domain.library.documents import Locator, Passage

Floats = np.ndarray[Any, np.dtype[np.float32]]

_CONSONANTS, _VOWELS = "бвгдзклмнпрст", "аеиоу"
_VOCABULARY, _OFFSET = 30_000, 20
_CLUSTERS, _SPREAD = 3000, 0.7
_WORDS_A_PASSAGE, _WORDS_A_QUESTION = 80, 6


@dataclass(frozen=True)
class SyntheticQuestion:
    """Words and a vector that are near a passage's."""

    text: str
    vector: Floats


class SyntheticLibrary:
    """The same passages for the same seed."""

    def __init__(self, dimensions: int, seed: int = 1) -> None:
        self._random = np.random.default_rng(seed)
        self._centres = self._normal(_CLUSTERS, dimensions)
        syllables = ["".join(each) for each in product(_CONSONANTS, _VOWELS)]
        names = ("".join(each) + "к" for each in product(syllables, repeat=3))
        self._words = np.array([name for name, _ in zip(names, range(_VOCABULARY), strict=False)])
        self._random.shuffle(self._words)
        weights = 1 / (np.arange(_VOCABULARY) + 1 + _OFFSET)
        self._shares = np.cumsum(weights / weights.sum())

    def documents(self, passages: int, each: int) -> Iterator[tuple[list[Passage], Floats]]:
        """Documents of `each` passages with their vectors, until there are so many."""
        for begin in range(0, passages, each):
            count = min(each, passages - begin)
            texts = self._texts(count, _WORDS_A_PASSAGE)
            yield [Passage(text, "", Locator(0, len(text))) for text in texts], self._vectors(count)

    def questions(self, count: int) -> list[SyntheticQuestion]:
        texts = self._texts(count, _WORDS_A_QUESTION)
        return [SyntheticQuestion(*each) for each in zip(texts, self._vectors(count), strict=True)]

    def _texts(self, count: int, length: int) -> list[str]:
        drawn = np.searchsorted(self._shares, self._random.random((count, length)))
        return [" ".join(row) for row in self._words[np.minimum(drawn, _VOCABULARY - 1)]]

    def _vectors(self, count: int) -> Floats:
        centres = self._centres[self._random.integers(0, _CLUSTERS, count)]
        vectors = centres + _SPREAD * self._normal(count, centres.shape[1])
        unit: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def _normal(self, count: int, dimensions: int) -> Floats:
        return self._random.standard_normal((count, dimensions), np.float32)
