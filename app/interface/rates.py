"""How often a key may ask."""

import time
from collections.abc import Callable

from app.domain.errors import TooManyRequests
from app.interface.limits import A_MINUTE

_MINUTE = 60.0


class Rates:
    """A bucket for each key that holds a minute's requests and fills again as time goes by."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}

    def spend(self, key: str) -> None:
        """`TooManyRequests`."""
        now = self._clock()
        left, since = self._left.get(key, (float(A_MINUTE), now))
        left = min(left + (now - since) * A_MINUTE / _MINUTE, float(A_MINUTE))
        if left < 1:
            raise TooManyRequests(seconds=1)
        self._left[key] = (left - 1, now)
