"""A run as the program sees it: the process is started, listened to, paused, killed."""

import multiprocessing
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from multiprocessing.connection import Connection
from typing import Any

import msgspec

from app import log
from app.domain.training.training import Trouble, WeightForm
from app.engines import hardware, parts
from app.engines.training import wire
from app.engines.training_messages import (
    FINISH,
    PAUSE,
    CostProfile,
    Saved,
    TrainingEvent,
    TrainingFailed,
    TrainingFinished,
    TrainingTask,
)

#: The exit status of a process that the system killed because memory ran out.
_KILLED = -9


class Trainer:
    """Satisfies `TrainingProcess`."""

    def __init__(
        self, task: TrainingTask, checkpoint: bytes | None = None, *, plain: bool = False
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe(duplex=True)
        self._stderr = stderr = log.ChildStderr(context, log.Code("training"))
        self._process = context.Process(
            target=_plain_child if plain else _child,
            args=(theirs, stderr.theirs),
            name="training",
            daemon=True,
        )
        self._process.start()
        theirs.close()
        stderr.started()
        self._lock = threading.Lock()
        self._killed = False
        self._ours.send_bytes(wire.encode_task(task))
        self._ours.send_bytes(checkpoint or b"")

    def events(self) -> Iterator[TrainingEvent]:
        try:
            while True:
                event = self._next()
                yield event
                if isinstance(event, TrainingFinished | CostProfile | TrainingFailed):
                    return
                if isinstance(event, Saved) and event.paused:
                    return
        finally:
            status = self._process.exitcode
            self.kill()
            self._process.join()
            self._stderr.end(status)
            self._ours.close()

    def _next(self) -> TrainingEvent:
        self._stderr.drain()
        try:
            message = self._ours.recv_bytes()
            carried = self._ours.recv_bytes() if wire.carries(message) else b""
            return wire.decode(message, carried)
        except (EOFError, OSError, msgspec.DecodeError, KeyError):
            self._process.join(1.0)
            short = self._process.exitcode == _KILLED and not self._killed
            return TrainingFailed(Trouble.MEMORY if short else Trouble.CRASHED)

    def pause(self) -> None:
        self._wish(PAUSE)

    def finish(self) -> None:
        self._wish(FINISH)

    def _wish(self, wish: bytes) -> None:
        with self._lock, suppress(OSError):
            self._ours.send_bytes(wish)

    def kill(self) -> None:
        with self._lock:
            self._killed = True
            with suppress(ValueError):  # reaped already
                self._process.kill()


def require_trainable(path: str) -> None:
    """`OtherArchitecture`, `OtherQuantisation`, `DamagedModel`; by the file's header."""
    from app.engines.gguf import families

    families.require_trainable(path)


def weight_forms() -> tuple[WeightForm, ...]:
    """Those that this computer can train with; none where the part with torch is not installed."""
    if not parts.has_training():
        return ()
    everywhere = WeightForm.PACKED, WeightForm.DENSE
    if find_spec("bitsandbytes") is None or not hardware.has_cuda():
        return everywhere
    return (*everywhere, WeightForm.FOUR_BIT)


def plain_trainer(task: TrainingTask, checkpoint: bytes | None = None) -> Trainer:
    """The loop without the application, to measure against."""
    return Trainer(task, checkpoint, plain=True)


def _child(connection: "Connection[Any, Any]", stderr: "Connection[Any, Any] | None") -> None:
    log.send_stderr(stderr)
    _wait_asleep()
    from app.engines.training import process

    process.main(connection)


def _plain_child(connection: "Connection[Any, Any]", stderr: "Connection[Any, Any] | None") -> None:
    log.send_stderr(stderr)
    _wait_asleep()
    from app.engines.training import plain_training

    plain_training.main(connection)


def _wait_asleep() -> None:
    """Threads that wait for each other by turning round lose a core to every other program: a step
    beside one busy core took 67 s with that, 12 s without. Sleeping at once costs a third of the
    speed on a free computer, so libgomp turns a few thousand times (some 10 µs) first: 7.5 s free
    and 12.8 s beside a busy core, against 6.3 and 16.9 or 9.0 and 12.1. Read when torch is loaded.
    """
    os.environ["OMP_WAIT_POLICY"] = "PASSIVE"
    os.environ["GOMP_SPINCOUNT"] = "2000"
