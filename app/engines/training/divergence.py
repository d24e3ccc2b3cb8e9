"""When a training only makes things worse."""

import math

#: Losses that tell how the rows stand before much is learned from them.
_FIRST = 5
#: Weight of a new loss in the smoothed one: some ten steps count.
_SMOOTH = 0.1
#: A run has diverged when its smoothed loss is so many times what it began with: rows held out may
#: be three times easier than others, and a model that falls apart writes at 5 nats and more.
_RISEN = 3.0


class Divergence:
    """Watches the losses of a run against how the untrained base did, not against the least that
    they were: rows differ in difficulty, and at one row a step a few easy ones in a row would make
    any hard one look like a rise."""

    def __init__(self, before: float) -> None:
        """`before` is the held-out loss of the base, nats a token; NaN without held-out rows."""
        self._before = before
        self._first: list[float] = []
        self._smooth = math.nan

    def seen(self, loss: float) -> bool:
        """Take a step's loss, nats a token; whether the run has diverged."""
        if len(self._first) < _FIRST:
            self._first.append(loss)
        least = min(self._first)  # a first step that is too wide shows in the second already
        start = least if math.isnan(self._before) else max(least, self._before)
        old = loss if math.isnan(self._smooth) else self._smooth
        self._smooth = old + _SMOOTH * (loss - old)
        return self._smooth > _RISEN * start
