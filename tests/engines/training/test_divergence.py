"""Which losses are a run that diverges."""

import math

import pytest

from app.engines.training.divergence import Divergence


def _diverged(before: float, *losses: float) -> bool:
    watch = Divergence(before)
    return any(watch.seen(loss) for loss in losses)


@pytest.mark.parametrize("before", [1.0, math.nan])
def test_a_loss_that_climbs_is_a_run_that_diverges(before: float) -> None:
    assert _diverged(before, *[1.0] * 10, *[6.0] * 10)


def test_it_is_seen_when_the_first_steps_climb_already() -> None:
    assert _diverged(1.0, 1.0, 4.0, 8.0, 9.0, *[9.0] * 20)


@pytest.mark.parametrize("before", [1.0, math.nan])
def test_easy_rows_before_hard_ones_are_none(before: float) -> None:
    assert not _diverged(before, *[1.0] * 10, *[0.2] * 30, *[1.2] * 30)


def test_a_run_that_learns_nothing_is_none() -> None:
    assert not _diverged(2.0, *[2.0, 1.5, 2.5] * 20)
