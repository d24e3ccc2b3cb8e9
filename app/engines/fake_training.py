"""A run that learns nothing and says everything: for tests of what stands around the process."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.domain.training.training import Sample, Trouble
from app.engines.training_messages import (
    AtStrength,
    CostProfile,
    ExportBegun,
    Measured,
    Sampled,
    Saved,
    Stepped,
    TrainingBegun,
    TrainingEvent,
    TrainingFailed,
    TrainingFinished,
    TrainingTask,
)

STEPS = 8
CRASHED = TrainingFailed(Trouble.CRASHED)
COST_PROFILE = CostProfile(STEPS, 4000, 400, 1e-3, 5e-4, 2**30, 2**29, 1.0)
FINISHED = TrainingFinished(
    b"GGUF adapter", STEPS, 1e-5, 1e-4, 2.1, 3.0, (AtStrength(1.0, 1.4, 3.01),)
)


@dataclass
class FakeTrainer:
    """Satisfies `StartTraining`. Runs of eight steps; before step `hold` each waits until `go` is
    set, at step `fails` it ends with `failure`, after step `saves` it gives a checkpoint. A
    profiling that tells nothing waits to be killed."""

    hold: int = -1
    fails: int = -1
    failure: TrainingFailed = CRASHED
    saves: int = -1
    profiled: CostProfile | None = COST_PROFILE
    finished: TrainingFinished = FINISHED
    go: threading.Event = field(default_factory=threading.Event)
    runs: list["FakeTraining"] = field(default_factory=list)

    def __call__(self, task: TrainingTask, checkpoint: bytes | None = None) -> "FakeTraining":
        self.runs.append(FakeTraining(self, task, checkpoint))
        return self.runs[-1]


class FakeTraining:
    """Satisfies `TrainingProcess`. A checkpoint is its step and, as a real one does, knows what
    was learned."""

    def __init__(self, script: FakeTrainer, task: TrainingTask, checkpoint: bytes | None) -> None:
        self._script, self.task = script, task
        self.begin = int((checkpoint or b"0").split()[0])
        self._pause, self._dead = threading.Event(), threading.Event()
        self._finish = threading.Event()
        self.held = False

    def events(self) -> Iterator[TrainingEvent]:
        if self.task.profiling:
            yield self._profiled()
            return
        yield TrainingBegun(STEPS, 4000, "cpu")
        for step in range(self.begin, STEPS):
            if (end := self._end(step)) is not None:
                yield end
                return
            if self._finish.is_set():
                break
            yield Stepped(step + 1, 2.0 - step / 10, 500, 0.5, 2**30)
            yield Measured(step + 1, 2.1 - step / 10)
            if step + 1 == self._script.saves:
                yield self._saved(step + 1, paused=False)
        example = (self.task.held_out or self.task.train)[0]
        yield Sampled(Sample(STEPS, example.question, "Some.", example.answer))
        yield ExportBegun()
        yield self._script.finished

    def _end(self, step: int) -> TrainingEvent | None:
        script = self._script
        if step == script.hold:
            self.held = True  # all that was told before has been taken
            while not (script.go.wait(0.01) or self.dead or self._pause.is_set()):
                pass
        if self.dead or step == script.fails:
            return CRASHED if self.dead else script.failure
        return self._saved(step, paused=True) if self._pause.is_set() else None

    def _profiled(self) -> TrainingEvent:
        told = self._script.profiled
        while told is None and not self._dead.wait(0.01):
            pass
        return told or CRASHED

    def _saved(self, step: int, *, paused: bool) -> Saved:
        return Saved(step, f"{step} {self.task.train[0].answer}".encode(), paused)

    @property
    def dead(self) -> bool:
        return self._dead.is_set()

    def pause(self) -> None:
        self._pause.set()

    def finish(self) -> None:
        self._finish.set()

    def kill(self) -> None:
        self._dead.set()
