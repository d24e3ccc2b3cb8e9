"""A run that learns nothing and says everything: for tests of what stands around the process."""

import threading
from collections.abc import Iterator

from app.domain.training import Sample, Trouble
from app.engines.training import (
    AtStrength,
    Begun,
    Exporting,
    Failed,
    Finished,
    Measured,
    News,
    Rehearsed,
    Sampled,
    Saved,
    Stepped,
    TrainingTask,
)

_STEPS = 8


class FakeTraining:
    """Satisfies `TrainingProcess`: eight steps, each waits until `go` is set."""

    def __init__(self, task: TrainingTask, checkpoint: bytes | None = None) -> None:
        self.task, self.go = task, threading.Event()
        self.go.set()
        self.trouble: Trouble | None = None
        self._begin = int(checkpoint or b"0")
        self._pause, self._dead = threading.Event(), threading.Event()
        self._finish = threading.Event()

    def news(self) -> Iterator[News]:
        if self.task.rehearsal:
            yield Rehearsed(_STEPS, 4000, 400, 1e-3, 5e-4, 2**30, 2**29, 1.0)
            return
        yield Begun(_STEPS, 4000, "cpu")
        for step in range(self._begin, _STEPS):
            while not self.go.wait(0.01) and not self._dead.is_set() and not self._pause.is_set():
                pass
            if self._dead.is_set() or self.trouble:
                yield Failed(self.trouble or Trouble.CRASHED)
                return
            if self._pause.is_set():
                yield Saved(step, str(step).encode(), paused=True)
                return
            if self._finish.is_set():
                break
            yield Stepped(step + 1, 2.0 - step / 10, 500, 0.5, 2**30)
            yield Measured(step + 1, 2.1 - step / 10)
        yield Sampled(Sample(_STEPS, "How many?", "Some.", "Three [1]."))
        yield Exporting()
        yield Finished(b"GGUF adapter", _STEPS, 1e-5, 1e-4, 2.1, 3.0, (AtStrength(1.0, 1.4, 3.01),))

    def pause(self) -> None:
        self._pause.set()

    def finish(self) -> None:
        self._finish.set()

    def kill(self) -> None:
        self._dead.set()
