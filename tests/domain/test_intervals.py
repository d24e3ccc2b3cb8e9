import pytest

from app.domain.intervals import wilson


@pytest.mark.parametrize(
    ("hits", "count", "interval"),
    [(0, 0, (0.0, 1.0)), (5, 10, (0.237, 0.763)), (0, 10, (0.0, 0.278)), (10, 10, (0.722, 1.0))],
)
def test_the_interval_is_the_published_one(
    hits: int, count: int, interval: tuple[float, float]
) -> None:
    """Figures of the R package binom, binom.confint(method="wilson")."""
    assert wilson(hits, count) == interval
