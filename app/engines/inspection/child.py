"""A child process that answers a question or two, and does not outlive them."""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from app import log
from app.domain.progress import Control, NoControl

#: Seconds between two looks at whether to go on waiting.
_LOOK = 0.1
_LONGEST_ANSWER = 2**20


@dataclass(frozen=True)
class Child:
    """A running child, seen from its parent."""

    pid: int
    connection: "Connection[Any, Any]"

    def answer(
        self, seconds: float, control: Control | None = None, memory: int | None = None
    ) -> bytes | None:
        """What it sends next; None for a crash, for one that hangs, and for one that takes more
        than `memory` bytes. `Cancelled`."""
        control, end = control or NoControl(), time.monotonic() + seconds
        look = _LOOK if memory is None else _LOOK / 5
        try:
            while not self.connection.poll(look):
                control.check()
                if time.monotonic() > end or (memory and _resident(self.pid) > memory):
                    return None
            return self.connection.recv_bytes(_LONGEST_ANSWER)
        except (EOFError, OSError):
            return None


@contextmanager
def started(
    target: Callable[..., None], arguments: tuple[object, ...], name: str
) -> Iterator[Child]:
    """A fresh process that runs `target(connection, *arguments)`; killed at the end."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    stderr = log.ChildStderr(context, log.Code(name))
    process = context.Process(
        target=_run, args=(target, stderr.theirs, theirs, *arguments), name=name, daemon=True
    )
    process.start()
    theirs.close()
    stderr.started()
    try:
        yield Child(process.pid or 0, ours)
    finally:
        ours.close()
        status = process.exitcode
        process.kill()
        process.join()
        stderr.end(status)
        with suppress(ValueError):  # reaped by a thread that starts a child of its own just now
            process.close()


def _run(
    target: Callable[..., None], stderr: "Connection[Any, Any] | None", *arguments: object
) -> None:
    """In the child."""
    log.send_stderr(stderr)
    target(*arguments)


def _resident(pid: int) -> int:
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
