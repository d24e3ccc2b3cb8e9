"""Every state and every event: what follows, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.training.lifecycle import TrainingStep, after, ending
from app.domain.training.training import TrainingState, Trouble

DRAFT, RUNNING, PAUSED = TrainingState.DRAFT, TrainingState.RUNNING, TrainingState.PAUSED
TRAINED, DONE, FAILED = TrainingState.TRAINED, TrainingState.DONE, TrainingState.FAILED
ALLOWED = {
    (DRAFT, TrainingStep.EDITED): DRAFT,
    (FAILED, TrainingStep.EDITED): FAILED,
    (DRAFT, TrainingStep.STARTED): RUNNING,
    (PAUSED, TrainingStep.STARTED): RUNNING,
    (FAILED, TrainingStep.STARTED): RUNNING,
    (RUNNING, TrainingStep.SAVED): PAUSED,
    (RUNNING, TrainingStep.BROKEN): FAILED,
    (RUNNING, TrainingStep.FINISHED): TRAINED,
    (TRAINED, TrainingStep.PUBLISHED): DONE,
    (TRAINED, TrainingStep.REFUSED): FAILED,
    (DRAFT, TrainingStep.CANCELLED): DRAFT,
    (RUNNING, TrainingStep.CANCELLED): DRAFT,
    (PAUSED, TrainingStep.CANCELLED): DRAFT,
    (TRAINED, TrainingStep.CANCELLED): DRAFT,
    (FAILED, TrainingStep.CANCELLED): DRAFT,
}


@pytest.mark.parametrize("step", TrainingStep)
@pytest.mark.parametrize("state", TrainingState)
def test_every_pair_of_state_and_step(state: TrainingState, step: TrainingStep) -> None:
    assert after(state, step) == ALLOWED.get((state, step))


@given(st.lists(st.sampled_from(TrainingStep), max_size=12))
def test_what_is_done_stays_done(steps: list[TrainingStep]) -> None:
    state = DRAFT
    for step in steps:
        following = after(state, step)
        assert not (state == DONE and following is not None)
        state = following or state


@pytest.mark.parametrize(
    ("finished", "failed", "trouble", "step"),
    [
        (True, False, None, TrainingStep.FINISHED),
        (True, True, Trouble.RISING, TrainingStep.FINISHED),  # stopped early, with a result
        (False, True, Trouble.CRASHED, TrainingStep.SAVED),
        (False, True, Trouble.BATTERY, TrainingStep.SAVED),
        (False, True, Trouble.NOT_FINITE, TrainingStep.BROKEN),
        (False, True, Trouble.ROWS, TrainingStep.BROKEN),
        (False, False, Trouble.CUT_OFF, TrainingStep.SAVED),
        (False, False, None, TrainingStep.SAVED),
    ],
)
def test_how_a_run_ends(
    finished: bool, failed: bool, trouble: Trouble | None, step: TrainingStep
) -> None:
    assert ending(finished=finished, failed=failed, trouble=trouble) == step
