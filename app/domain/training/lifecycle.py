"""How a training moves from a draft to an adapter: state and event give the next state, or nothing.

              START            FINISHED             PUBLISHED
    DRAFT ───────────▶ RUNNING ─────────▶ TRAINED ───────────▶ DONE
      ▲   ▲              │  ▲                 │
      │   └── CANCELLED  │  │ START           │ REFUSED
      │    (all but DONE)│  │                 ▼
      │                  ├──┴─▶ PAUSED      FAILED ── START ──▶ RUNNING
      └── EDITED         │ SAVED              ▲
       (DRAFT, FAILED)   └──── BROKEN ────────┘

A training service applies these rules; whoever shows a training only reads its state.
"""

from enum import StrEnum

from app.domain.training.training import TrainingState, Trouble


class TrainingStep(StrEnum):
    """What happens to a training. EDITED: rows or settings change. STARTED: a process begins, or
    goes on from a checkpoint. SAVED: the run ended and can be gone on with. BROKEN: it ended and
    cannot. FINISHED: it has learned. PUBLISHED: its adapter was taken in and compared. REFUSED: the
    adapter is not what was trained. CANCELLED: what was learned is dropped, the rows stay."""

    EDITED = "edited"
    STARTED = "started"
    SAVED = "saved"
    BROKEN = "broken"
    FINISHED = "finished"
    PUBLISHED = "published"
    REFUSED = "refused"
    CANCELLED = "cancelled"


_DRAFT, _RUNNING, _PAUSED = TrainingState.DRAFT, TrainingState.RUNNING, TrainingState.PAUSED
_TRAINED, _DONE, _FAILED = TrainingState.TRAINED, TrainingState.DONE, TrainingState.FAILED

_RULES: dict[TrainingStep, dict[TrainingState, TrainingState]] = {
    TrainingStep.EDITED: {_DRAFT: _DRAFT, _FAILED: _FAILED},
    TrainingStep.STARTED: {_DRAFT: _RUNNING, _PAUSED: _RUNNING, _FAILED: _RUNNING},
    TrainingStep.SAVED: {_RUNNING: _PAUSED},
    TrainingStep.BROKEN: {_RUNNING: _FAILED},
    TrainingStep.FINISHED: {_RUNNING: _TRAINED},
    TrainingStep.PUBLISHED: {_TRAINED: _DONE},
    TrainingStep.REFUSED: {_TRAINED: _FAILED},
    TrainingStep.CANCELLED: dict.fromkeys((_DRAFT, _RUNNING, _PAUSED, _TRAINED, _FAILED), _DRAFT),
}

#: Troubles after which a run can be gone on with, from its last checkpoint.
_RESUMABLE = frozenset({Trouble.CRASHED, Trouble.MEMORY, Trouble.DISK, Trouble.BATTERY})


def after(state: TrainingState, step: TrainingStep) -> TrainingState | None:
    """The state that `step` leads to from `state`; None where it is refused."""
    return _RULES[step].get(state)


def ending(*, finished: bool, failed: bool, trouble: Trouble | None) -> TrainingStep:
    """What the end of a run is: with a result it has FINISHED; one that failed of something that
    does not pass is BROKEN; everything else, the program's end too, was SAVED."""
    if finished:
        return TrainingStep.FINISHED
    if failed and trouble not in _RESUMABLE:
        return TrainingStep.BROKEN
    return TrainingStep.SAVED
