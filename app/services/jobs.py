"""Slow work: one plain thread, one queue, callbacks through `post`. No other threads exist."""

import threading
import time
from collections import deque
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from app import log
from app.domain.errors import Cancelled

R = TypeVar("R")
Post = Callable[[Callable[[], None]], None]
#: Seconds; work that was done sooner is worth a line in the log only when a fault is looked for.
_QUICK = 0.2


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job:
    """A piece of work in a Worker; also the Control that the work gets."""

    def __init__(self, title: str, report: Callable[[object], None]) -> None:
        self.title = title
        self.state = JobState.WAITING
        self._report = report
        self._cancelled = threading.Event()
        self._on_cancel: list[Callable[[], None]] = []
        self._lock = threading.RLock()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked this work to stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop; from any thread, any number of times."""
        with self._lock:
            self._cancelled.set()
            calls, self._on_cancel = self._on_cancel, []
            for call in calls:
                call()

    def report(self, progress: object) -> None:
        """Hand a value to `on_progress`, on the thread of whoever started the work."""
        self._report(progress)

    def check(self) -> None:
        """Raise `Cancelled` when somebody asked this work to stop."""
        if self.cancelled:
            raise Cancelled

    def on_cancel(self, call: Callable[[], None]) -> None:
        """Have `call` run when the work is asked to stop, at once if it was already."""
        with self._lock:
            if not self.cancelled:
                self._on_cancel.append(call)
                return
        call()

    def end(self, state: JobState) -> None:
        """The work is over: cancelling it now must not stop what runs after it."""
        with self._lock:
            self.state = state
            self._on_cancel = []


def _nothing(_: Any) -> None:
    pass


def only_logged(_: BaseException) -> None:
    """For work that nobody waits for: its failure stands in the log, where the worker writes it."""


class Worker:
    """Runs work in the order it came, on a thread of its own that starts with the first work."""

    def __init__(self, name: str, post: Post) -> None:
        """`post` brings a callback to the thread that owns the callers."""
        self._name = name
        self._post = post
        self._queue: deque[tuple[Job, Callable[[], None]]] = deque()
        self._wake = threading.Condition()
        self._running: Job | None = None
        self._closed = False
        self._thread: threading.Thread | None = None

    def run(
        self,
        work: Callable[[Job], R],
        *,
        on_error: Callable[[BaseException], None],
        title: str = "",
        on_progress: Callable[[Any], None] = _nothing,
        on_done: Callable[[R], None] = _nothing,
    ) -> Job:
        """Queue `work(control)`. Of the callbacks on_done and on_error one comes, and comes last;
        neither after `close`, when nothing is queued: a page that is about to go may still
        ask. A cancelled job gives on_error a `Cancelled`. There is no silent default: whoever
        starts work decides who hears that it failed."""

        def report(value: object) -> None:
            self._deliver(lambda: on_progress(value))

        job = Job(title, report)

        def step() -> None:
            began = time.monotonic()
            try:
                job.check()
                job.state = JobState.RUNNING
                result = work(job)
            except BaseException as error:  # noqa: BLE001  every failure belongs to its owner
                failure = error
                stopped = isinstance(error, Cancelled)
                job.end(JobState.CANCELLED if stopped else JobState.FAILED)
                log.failure(error)
                self._deliver(lambda: on_error(failure))
            else:
                job.end(JobState.DONE)
                self._deliver(lambda: on_done(result))
            self._note(job, time.monotonic() - began)

        with self._wake:
            if self._closed:
                job.cancel()
                job.end(JobState.CANCELLED)
                return job
            self._queue.append((job, step))
            if self._thread is None:
                self._thread = threading.Thread(target=self._loop, name=self._name, daemon=True)
                self._thread.start()
            self._wake.notify()
        return job

    def jobs(self) -> list[Job]:
        """The job that runs and those that wait, in their order."""
        with self._wake:
            running = [self._running] if self._running else []
            return running + [job for job, _ in self._queue]

    def close(self, timeout: float = 5.0) -> bool:
        """Cancel everything, wait for the thread, drop late callbacks. False if work is stuck."""
        with self._wake:
            self._closed = True
            waiting = [job for job, _ in self._queue]
            self._queue.clear()
            running, thread = self._running, self._thread
            self._wake.notify()
        for job in [*waiting, *([running] if running else [])]:
            job.cancel()
        if thread is None or thread is threading.current_thread():
            return True
        thread.join(timeout)
        return not thread.is_alive()

    def _note(self, job: Job, seconds: float) -> None:
        """In the log. A title is a user's word unless it was made a code."""
        named: dict[str, log.Fact] = {"title": job.title} if isinstance(job.title, log.Code) else {}
        quick = job.state == JobState.DONE and seconds < _QUICK
        note = log.detail if quick else log.event
        note("job", worker=log.Code(self._name), outcome=job.state, seconds=seconds, **named)

    def _deliver(self, call: Callable[[], None]) -> None:
        def unless_closed() -> None:
            if not self._closed:
                call()

        self._post(unless_closed)

    def _loop(self) -> None:
        while True:
            with self._wake:
                while not self._queue and not self._closed:
                    self._wake.wait()
                if self._closed:
                    return
                self._running, step = self._queue.popleft()
            step()
            with self._wake:
                self._running = None
