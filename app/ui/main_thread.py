"""The one bridge from any thread to the window's: post(call). Also collects garbage here.

Python's cycle collector runs on whichever thread allocates and may destroy widgets off the window
thread; so it is switched off and run by a timer on this one.
"""

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

_COLLECT_EVERY_MS = 10_000
#: Seconds that a frame may be held up unseen.
_NOTICED = 0.02
#: Objects made since the last collection beyond which they are those of a library that was loaded
#: (results/window.md).
_LIBRARY = 100_000


class MainThread(QObject):
    """Make and destroy it on the window's thread."""

    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)
        gc.disable()
        #: Whether the models' libraries are loaded.
        self._brought = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_COLLECT_EVERY_MS)

    def post(self, call: Callable[[], None]) -> None:
        """Have `call` run on the window's thread, in the order of posting. From any thread."""
        self._posted.emit(call)

    def collect(self) -> None:
        """Once the models' libraries are loaded their objects make this take up to half a second;
        what has survived then stays, and is not looked at again. The first time that so many came
        at once that it can only be these libraries, they are set aside unseen."""
        if not self._brought and gc.get_count()[0] > _LIBRARY:
            self._brought = True
            gc.freeze()
            return
        began = time.perf_counter()
        gc.collect()
        if time.perf_counter() - began > _NOTICED:
            gc.freeze()

    def thaw(self) -> None:
        """What was set aside may go: the profile was locked."""
        gc.unfreeze()

    def close(self) -> None:
        self._timer.stop()
        self._posted.disconnect(self._run)
        gc.enable()

    def _run(self, call: Callable[[], None]) -> None:
        call()
