"""Requests that wait for a thread: a lane for answers, one for adding, one for what is quick."""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.domain.access_keys import AccessKey
from app.domain.errors import Cancelled
from app.interface.limits import WAITING, WAITING_EACH
from app.interface.wire import Call
from app.services.interface.queue import FairQueue
from app.services.jobs import Job, Worker


def _nothing(_: object) -> None:
    pass


@dataclass(eq=False)
class Waiting:
    """A request that was let in; `begun` once a piece of its answer was sent. Its own Control, so
    that it can be stopped without the lane."""

    call: Call
    key: AccessKey
    begun: bool = False
    control: Job = field(default_factory=lambda: Job("", _nothing))


class Lane:
    """Performs one request after another, on a worker's thread; of each key one in turn."""

    def __init__(
        self,
        worker: Worker,
        perform: Callable[[Waiting], None],
        failed: Callable[[Waiting, BaseException], None],
    ) -> None:
        self._worker, self._perform, self._failed = worker, perform, failed
        self._queue: FairQueue[Waiting] = FairQueue(WAITING, WAITING_EACH)
        self._running: Waiting | None = None

    def put(self, waiting: Waiting) -> bool:
        """False where too many wait already."""
        if not self._queue.put(waiting.key.id, waiting):
            return False
        self._worker.run(lambda _: self._next(), on_error=self._on_error)
        return True

    def cancel(self, waiting: Waiting) -> None:
        """Nobody waits for it any more."""
        self._queue.drop(waiting)
        waiting.control.cancel()

    def _next(self) -> None:
        self._running = self._queue.take()
        if self._running is not None:
            self._running.control.check()
            self._perform(self._running)

    def _on_error(self, error: BaseException) -> None:
        """On the worker's own thread, before the next one."""
        if self._running is not None and not isinstance(error, Cancelled):
            self._failed(self._running, error)
