"""The passages that the bench makes up are what its docstring says."""

from collections import Counter

import numpy as np
import pytest

from app.bench.synthetic import SyntheticLibrary

pytestmark = pytest.mark.slow


def test_vectors_are_unit_and_clustered() -> None:
    ((_, vectors),) = SyntheticLibrary(64).documents(9000, 9000)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    nearest = np.sort(vectors[:50] @ vectors.T, axis=1)[:, -2]
    assert 0.5 < np.median(nearest) < 0.9


def test_words_follow_zipf() -> None:
    ((pieces, _),) = SyntheticLibrary(8).documents(2000, 2000)
    counts = Counter(word for piece in pieces for word in set(piece.text.split()))
    (_, most), *_ = counts.most_common(1)
    assert 0.3 < most / 2000 < 0.5
    assert len(counts) > 15_000


def test_the_same_seed_makes_the_same() -> None:
    one, other = (next(SyntheticLibrary(8).documents(10, 10)) for _ in range(2))
    assert one[0] == other[0]
    assert np.array_equal(one[1], other[1])
