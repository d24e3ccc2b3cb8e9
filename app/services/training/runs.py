"""Runs that are under way. They outlive a lock: a run holds what it needs, and a key of its own for
what it leaves on the disk; nothing of the profile."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import msgspec

from app import log
from app.domain.errors import TooFewRows, VaultError
from app.domain.progress import Control
from app.domain.training.training import CurvePoint, Phase, RunStatus, Trouble
from app.engines.training_messages import (
    ExportBegun,
    Measured,
    Sampled,
    Saved,
    StartTraining,
    Stepped,
    TrainingBegun,
    TrainingEvent,
    TrainingFailed,
    TrainingFinished,
    TrainingProcess,
    TrainingTask,
)
from app.services.jobs import Worker, only_logged
from app.services.training.watch import Watch
from app.store.models.trainings import RunFiles

#: Seconds between two looks at memory, disk and battery, and two events that are published.
_WATCH, _TELL = 5.0, 0.25
#: Of the latest step in the speed.
_NEW = 0.2


class TrainingRun:
    """One of them. Everything here may be called from any thread."""

    def __init__(self, training: str, files: RunFiles, status: RunStatus) -> None:
        """It goes on from `status`."""
        self.training = training
        self.status = status
        self.ended: TrainingFinished | TrainingFailed | Saved | None = None
        self.listener: Callable[[], None] | None = None
        self._files = files
        self._process: TrainingProcess | None = None
        self._trouble: Trouble | None = None
        self._cancelled = self._paused = False
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._published = 0.0

    @property
    def trouble(self) -> Trouble | None:
        """Why it ended by itself."""
        return self._trouble

    def pause(self, trouble: Trouble | None = None) -> None:
        """Have it save and end."""
        with self._lock:
            self._paused, self._trouble = True, trouble or self._trouble
            process = self._process
        if process:
            process.pause()

    def finish(self) -> None:
        """Have it make the adapter of the best so far."""
        with self._lock:
            process = self._process
        if process:
            process.finish()

    def cancel(self) -> None:
        """End it at once; what was kept stays, and nothing is written after that."""
        with self._lock:
            self._cancelled = True
            process = self._process
        if process:
            process.kill()
        with self._writing:
            pass

    def follow(self, start: Callable[[], TrainingProcess]) -> None:
        """Start the process and listen until it ends."""
        watch, looked = Watch(self._files), time.monotonic()
        try:
            for event in self._begun(start).events():
                self._take(event)
                if time.monotonic() - looked > _WATCH:
                    looked = time.monotonic()
                    if (trouble := watch.trouble()) and not self._paused:
                        self.pause(trouble)
        except VaultError:  # what it saved has no place on the disk
            self._end(TrainingFailed(Trouble.DISK))
        finally:
            if self._process:
                self._process.kill()
            if self.ended is None:
                self._end(TrainingFailed(Trouble.CRASHED))
            self.tell()

    def _begun(self, start: Callable[[], TrainingProcess]) -> TrainingProcess:
        process = start()
        with self._lock:
            self._process = process
        if self._cancelled:
            process.kill()
        elif self._paused:
            process.pause()
        return process

    def _take(self, event: TrainingEvent) -> None:
        self.status = _moved(self.status, event)
        if isinstance(event, Saved):
            self._keep("checkpoint", event.data)
        if isinstance(event, TrainingFinished):
            self._keep("result", msgspec.msgpack.encode(event))
        if isinstance(event, Saved | Measured | TrainingFinished):
            self._keep("status", msgspec.json.encode(self.status))
        if isinstance(event, TrainingFinished | TrainingFailed) or (
            isinstance(event, Saved) and event.paused
        ):
            self._end(event)
        if time.monotonic() - self._published > _TELL or not isinstance(event, Stepped):
            self.tell()

    def _keep(self, name: str, data: bytes) -> None:
        with self._writing:
            if not self._cancelled:
                self._files.keep(name, data)

    def _end(self, event: TrainingFinished | TrainingFailed | Saved) -> None:
        if isinstance(event, TrainingFailed) and not self._cancelled:
            other = Trouble.ROWS if event.code == TooFewRows.code else Trouble.MODEL
            self._trouble = event.trouble or (other if event.code else self._trouble)
        self.ended = event
        log.event("training-ended", event=type(event), trouble=self._trouble)

    def tell(self) -> None:
        """Let the listener know that the status has changed."""
        self._published = time.monotonic()
        if listener := self.listener:
            listener()


class TrainingRuns:
    """One at a time; the others wait their turn."""

    def __init__(self, start: StartTraining) -> None:
        self._start = start
        self._worker = Worker("training", lambda call: call())
        self._runs: dict[str, TrainingRun] = {}

    def begin(self, run: TrainingRun, task: TrainingTask, checkpoint: bytes | None) -> TrainingRun:
        """Queue a run with its task, from a checkpoint if there is one, behind those that wait."""
        self._runs[run.training] = run

        def work(_: Control) -> None:
            run.follow(lambda: self._start(task, checkpoint))

        self._worker.run(work, title=run.training, on_error=only_logged)
        return run

    def get(self, training: str) -> TrainingRun | None:
        """The one that is under way or has just ended."""
        return self._runs.get(training)

    def forget(self, training: str) -> None:
        """It was taken note of, or is no longer wanted."""
        if run := self._runs.pop(training, None):
            run.cancel()

    def close(self) -> None:
        """The program ends: what runs is saved as far as that takes no time."""
        for run in self._runs.values():
            run.listener = None
            if run.ended is None:
                run.pause()
        deadline = time.monotonic() + 2.0
        while any(run.ended is None for run in self._runs.values()):
            if time.monotonic() > deadline:
                break
            time.sleep(0.02)
        for run in self._runs.values():
            run.cancel()
        self._worker.close()


def _moved(status: RunStatus, event: TrainingEvent) -> RunStatus:
    match event:
        case TrainingBegun():
            return replace(status, phase=Phase.TRAINING, steps=event.steps, too_long=event.too_long)
        case Stepped():
            return _stepped(status, event)
        case Measured():
            curve = _with(status.curve, CurvePoint(event.step, None, event.held_out))
            return replace(status, curve=curve, overfitting=event.overfitting)
        case Sampled():
            return replace(status, sample=event.sample)
        case ExportBegun():
            return replace(status, phase=Phase.EXPORTING, left=None)
    return status


def _stepped(status: RunStatus, event: Stepped) -> RunStatus:
    speed = event.tokens / max(event.seconds, 1e-9)
    known = status.tokens_per_second
    a_step = status.left / max(status.steps - status.step, 1) if status.left else event.seconds
    a_step += _NEW * (event.seconds - a_step)
    return replace(
        status,
        step=event.step,
        curve=_with(status.curve, CurvePoint(event.step, event.loss)),
        tokens_per_second=known + _NEW * (speed - known) if known else speed,
        left=a_step * (status.steps - event.step),
        memory=max(status.memory, event.memory),
        seconds=status.seconds + event.seconds,
    )


def _with(curve: tuple[CurvePoint, ...], point: CurvePoint) -> tuple[CurvePoint, ...]:
    """A step's loss and held-out loss are one point; steps after a checkpoint are taken again."""
    while curve and curve[-1].step > point.step:
        curve = curve[:-1]
    if curve and curve[-1].step == point.step:
        last = curve[-1]
        loss = last.loss if point.loss is None else point.loss
        held_out = last.held_out if point.held_out is None else point.held_out
        return (*curve[:-1], CurvePoint(point.step, loss, held_out))
    return (*curve, point)
