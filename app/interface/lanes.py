"""Requests that wait for a thread: a lane for answers, one for adding, one for what is quick."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from app.domain.access_keys import AccessKey
from app.domain.errors import Cancelled
from app.interface.limits import WAITING, WAITING_EACH
from app.interface.wire import Call
from app.services.interface.queue import FairQueue
from app.services.jobs import Job, Worker, only_logged


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
    """Performs one request after another, on a worker's thread; of each key one in turn. Between
    two of them comes what others want of that worker: whoever sits at the window waits for one
    request and not for all."""

    def __init__(
        self,
        worker: Worker,
        perform: Callable[[Waiting], None],
        failed: Callable[[Waiting, BaseException], None],
    ) -> None:
        self._worker, self._perform, self._failed = worker, perform, failed
        self._queue: FairQueue[Waiting] = FairQueue(WAITING, WAITING_EACH)
        self._turn = threading.Lock()
        self._begun = False

    def put(self, waiting: Waiting) -> bool:
        """False where too many wait already."""
        if not self._queue.put(waiting.key.id, waiting):
            return False
        with self._turn:
            if not self._begun:
                self._begin()
        return True

    def cancel(self, waiting: Waiting) -> None:
        """Nobody waits for it any more."""
        self._queue.drop(waiting)
        waiting.control.cancel()

    def _begin(self) -> None:
        self._begun = True
        self._worker.run(lambda _: self._next(), on_error=only_logged)

    def _next(self) -> None:
        waiting = self._queue.take()
        try:
            if waiting is not None:
                waiting.control.check()
                self._perform(waiting)
        except Cancelled:
            raise
        except BaseException as error:
            if waiting is not None:
                self._failed(waiting, error)
            raise
        finally:
            with self._turn:
                self._begun = False
                if self._queue.waits:
                    self._begin()
