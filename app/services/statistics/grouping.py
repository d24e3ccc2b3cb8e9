"""Questions that mean about the same, put together by average linkage over the cosines of their
vectors (Sokal and Michener 1958): always with the same result."""

from typing import Any

import numpy as np

Vectors = np.ndarray[Any, np.dtype[np.float32]]


def groups(vectors: Vectors, least: float) -> list[list[int]]:
    """Places of the rows of `vectors`, unit vectors of shape (questions, dimensions), in groups
    whose cosines are `least` in the mean; the largest group first, the most typical row of each
    first."""
    cosines = vectors @ vectors.T
    members = _merged(cosines.astype(np.float64), least)
    typical = [_by_typicality(cosines, group) for group in members]
    return sorted(typical, key=lambda group: (-len(group), min(group)))


def _merged(near: Any, least: float) -> list[list[int]]:
    """`near` is changed: a row that was merged into another is far from everything."""
    members = [[place] for place in range(len(near))]
    np.fill_diagonal(near, -np.inf)
    while len(near):
        one, other = sorted(divmod(int(np.argmax(near)), len(near)))
        if near[one, other] < least:
            break
        sizes = len(members[one]), len(members[other])
        mean = (near[one] * sizes[0] + near[other] * sizes[1]) / sum(sizes)
        near[one], near[:, one] = mean, mean
        near[one, one] = -np.inf
        near[other], near[:, other] = -np.inf, -np.inf
        members[one] += members[other]
        members[other] = []
    return [group for group in members if group]


def _by_typicality(cosines: Any, group: list[int]) -> list[int]:
    means = cosines[np.ix_(group, group)].mean(axis=1)
    order = sorted(range(len(group)), key=lambda place: (-float(means[place]), group[place]))
    return [group[place] for place in order]
