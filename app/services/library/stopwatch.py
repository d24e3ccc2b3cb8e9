"""Where the time of a thread goes: it is always in one stage, so that nothing is left out."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum

from app.domain.library.documents import StageTimes


class IngestStage(StrEnum):
    """The names of the fields of StageTimes."""

    READING = "reading"
    EMBEDDING = "embedding"
    STORING = "storing"
    WAITING = "waiting"


class Stopwatch:
    """Of one thread, from now on in STORING: what is no stage of its own is bookkeeping."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._stage = IngestStage.STORING
        self._since = clock()
        self._spent = dict.fromkeys(IngestStage, 0.0)

    @contextmanager
    def on(self, stage: IngestStage) -> Iterator[None]:
        """In this stage until the end of the block, then in the one before."""
        before = self._enter(stage)
        try:
            yield
        finally:
            self._enter(before)

    def times(self) -> StageTimes:
        """Until now."""
        self._enter(self._stage)
        return StageTimes(*(self._spent[ingest_stage] for ingest_stage in IngestStage))

    def _enter(self, stage: IngestStage) -> IngestStage:
        now, before = self._clock(), self._stage
        self._spent[before] += now - self._since
        self._since, self._stage = now, stage
        return before
