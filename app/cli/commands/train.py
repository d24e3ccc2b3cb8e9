"""larets train: an adapter from rows in a file, for the chat model in use."""

import time
from pathlib import Path

from app.cli.output import Output
from app.cli.session import Session
from app.domain.errors import LaretsError, TrainingMissing, TrainingStopped
from app.domain.progress import NoControl, Progress
from app.domain.training.training import PRESETS, Preset, RunStatus, Training, TrainingState
from app.services.session import Services

#: Seconds between two looks at the run.
_LOOK = 0.5


def run(session: Session, output: Output) -> None:
    with session.opened() as services:
        training = _watched(services, _started(session, services), output)
        if training.state != TrainingState.TRAINED:
            raise TrainingStopped(name=training.name, reason=_reason(training))
        compared = _Silent() if session.arguments.no_answers else _TrainProgress(output)
        training = services.training.publish(training.id, compared)
        if training.report is None:
            raise TrainingStopped(name=training.name, reason=_reason(training))
        told = _told(services, training)
    output.result(told, "\n".join(f"{name}: {value}" for name, value in told.items()))


def _started(session: Session, services: Services) -> Training:
    """A draft that cannot be trained does not stay."""
    training = _prepared(session, services)
    try:
        services.training.start(training.id)
    except LaretsError:
        if training.state == TrainingState.DRAFT:
            services.training.remove(training.id)
        raise
    return training


def _prepared(session: Session, services: Services) -> Training:
    """The paused one of that name, or a draft with the file's rows."""
    arguments = session.arguments
    if arguments.resume:
        for each in services.training.all():
            if each.name == arguments.name and each.state == TrainingState.PAUSED:
                return each
        raise TrainingMissing(name=arguments.name)
    file: Path = arguments.dataset
    rows = services.datasets.read(file).rows
    training = services.training.create(arguments.name)
    services.training.add_rows(training.id, rows)
    preset = Preset(arguments.preset)
    services.training.choose(training.id, preset, PRESETS[preset])
    return services.training.one(training.id)


def _watched(services: Services, training: Training, output: Output) -> Training:
    """As it is when the run has ended; Ctrl-C pauses it."""
    shown = -1
    try:
        while (training := services.training.one(training.id)).state == TrainingState.RUNNING:
            if training.status.step > shown:
                shown = training.status.step
                output.note(_line(training.status))
            time.sleep(_LOOK)
    except KeyboardInterrupt:
        services.training.pause(training.id)
        while services.training.one(training.id).state == TrainingState.RUNNING:
            time.sleep(_LOOK)
        raise
    return training


def _line(status: RunStatus) -> str:
    loss = next(
        (point.loss for point in reversed(status.curve) if point.loss is not None),
        None,
    )
    held_out = next(
        (point.held_out for point in reversed(status.curve) if point.held_out is not None),
        None,
    )
    parts = [f"step {status.step} of {status.steps}"]
    parts += [f"loss {loss:.3f}"] if loss is not None else []
    parts += [f"held-out {held_out:.3f}"] if held_out is not None else []
    parts += [f"{status.tokens_per_second:.1f} tokens/s"] if status.step else []
    parts += [f"{status.left / 60:.0f} min left"] if status.left else []
    return " · ".join(parts)


def _told(services: Services, training: Training) -> dict[str, object]:
    """`advice` and what it rests on stand beside the fields of the contract."""
    report, status = training.report, training.status
    assert report is not None
    name = next(
        adapter.name for adapter in services.adapters.all() if adapter.id == training.adapter
    )
    losses = [point.loss for point in status.curve if point.loss is not None]
    return {
        "adapter": name,
        "steps": status.step,
        "train_loss": losses[-1] if losses else None,
        "heldout_loss_before": report.held_out_before,
        "heldout_loss_after": report.held_out_after,
        "export_kl": report.export_kl,
        "seconds": round(status.seconds, 1),
        "tokens_per_second": round(status.tokens_per_second, 2),
        "peak_memory": status.memory,
        "forgetting": report.forgetting,
        "advice": report.advice.value,
        "strength": report.strength,
        "citation_precision": {
            "base": report.base.precise if report.base else None,
            "adapter": report.adapted.precise if report.adapted else None,
        },
        "refused": {
            "base": report.base.refused if report.base else None,
            "adapter": report.adapted.refused if report.adapted else None,
        },
    }


def _reason(training: Training) -> str:
    return training.trouble.value if training.trouble else training.state.value


class _TrainProgress(NoControl):
    """Names each held-out question on standard error when its turn comes."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def report(self, progress: object) -> None:
        if isinstance(progress, Progress) and progress.name:
            self._output.note(f"[{progress.done + 1}/{progress.total}] {progress.name}")


class _Silent(NoControl):
    """Leaves the held-out questions unasked."""

    cancelled = True
