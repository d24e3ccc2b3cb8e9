"""Controls for tests: keep what was reported, stop at a chosen report."""

from collections.abc import Callable
from typing import Any

from app.domain.errors import Cancelled
from app.domain.progress import NoControl


class Recording(NoControl):
    """Keeps reports in `seen`; asks to stop once `until` is true of one."""

    def __init__(self, until: Callable[[Any], bool] = lambda report: False) -> None:
        self.seen: list[Any] = []
        self.cancelled = False
        self._until = until

    def report(self, progress: object) -> None:
        self.seen.append(progress)
        self.cancelled = self.cancelled or self._until(progress)

    def check(self) -> None:
        if self.cancelled:
            raise Cancelled
