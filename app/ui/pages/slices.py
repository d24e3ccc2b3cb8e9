"""Work of the window's thread in steps: between two, keys are heard and frames are drawn."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Slices(QObject):
    """Steps wait in a line; each has a turn of the event loop to itself."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], object]] = deque()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._take_one)

    def take(self, *steps: Callable[[], object], rest: int = 0) -> None:
        """One after the other, with so many milliseconds before each. A step that fails is told of
        as any failure is, and the next ones follow."""
        self._waiting.extend(steps)
        self._timer.start(rest)

    def stop(self) -> None:
        """What waits is not done any more."""
        self._waiting.clear()
        self._timer.stop()

    def _take_one(self) -> None:
        step = self._waiting.popleft()
        if not self._waiting:
            self._timer.stop()
        step()
