"""Refused requests in the audit log: the first at once, the others counted, so that a program
that asks a thousand times with a wrong key cannot fill it."""

import threading
import time
from collections import Counter
from collections.abc import Callable

_ACT = "refuse-key"
#: Seconds between two rows of one key.
_PAUSE = 60.0


class Refusals:
    """By the name of a key, "?" for a secret that is none's. From any thread."""

    def __init__(
        self, record: Callable[[str, str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._record, self._clock = record, clock
        self._turn = threading.Lock()
        self._told: dict[str, float] = {}
        self._counted: Counter[str] = Counter()

    def note(self, name: str) -> None:
        with self._turn:
            self._counted[name] += 1
            now = self._clock()
            last = self._told.get(name)
            if last is None or now - last >= _PAUSE:
                self._told[name] = now
                self._tell(name)

    def close(self) -> None:
        """Write down what was only counted."""
        with self._turn:
            for name in list(self._counted):
                self._tell(name)

    def _tell(self, name: str) -> None:
        self._record(_ACT, f"{name} × {self._counted.pop(name)}")
