"""Controls that do something when somebody who waits asks whether to stop."""

import multiprocessing
import os
import signal

from app.domain.errors import Cancelled
from app.domain.progress import NoControl


def running() -> list[int]:
    """The ids of the processes that embed."""
    children = multiprocessing.active_children()
    return [each.pid for each in children if each.name == "embedding" and each.pid]


class Stopping(NoControl):
    """Cancelled at the check after so many."""

    def __init__(self, after: int) -> None:
        self._left = after

    def check(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Cancelled


class Killing(NoControl):
    """Kills the process that is asked, so many times."""

    def __init__(self, times: int) -> None:
        self.left = times

    def check(self) -> None:
        if self.left and (found := running()):
            self.left -= 1
            for process in found:
                os.kill(process, signal.SIGKILL)
