"""What is being added: queued at once, read in the background, paused, gone on with, dropped."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import AccessDenied, Cancelled
from app.domain.library.documents import AddProgress, AddReport
from app.services.jobs import Job, Worker
from app.services.session import Services

#: Watched folders are looked at so often.
_LOOK_MS = 60_000


class Adding(QObject):
    """One for all collections. `progressed` gives an AddProgress, `ended` an AddReport or None,
    `failed` an error, `waiting` how many files wait while nothing runs, and whether by wish."""

    began = Signal()
    progressed = Signal(object)
    ended = Signal(object)
    failed = Signal(object)
    waiting = Signal(int, bool)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._job: Job | None = None
        self._queueing = self._dropping = 0
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self.look)

    def begin(self) -> None:
        """Go on with what an earlier run left, and keep an eye on watched folders."""
        self._go_on_if_anything_waits()
        self.look()
        self._look.start()

    @property
    def busy(self) -> bool:
        return self._job is not None or self._queueing + self._dropping > 0

    def add(self, paths: Sequence[Path], collection: str) -> None:
        self._queue(lambda: self._services.library.queue(paths, collection or None))

    def add_database(self, url: str, query: tuple[str, str] | None, collection: str) -> None:
        databases = self._services.databases
        self._queue(
            lambda: databases.queue(url, query, collection or None), self._services.background
        )

    def retry(self, ids: Sequence[str]) -> None:
        self._queue(lambda: self._services.library.retry(ids))

    def run(self) -> None:
        """Read what waits; an ingest under way takes up what came meanwhile."""
        if self._job is None:
            self._job = self._services.indexing.run(
                self._services.library.ingest,
                on_progress=self._progress,
                on_done=self._done,
                on_error=self._stopped,
            )

    def pause(self) -> None:
        """Stop reading; what waits goes on waiting until `resume`, also after a restart."""
        library = self._services.library
        self._services.reading.run(
            lambda _: library.pause(),
            on_done=lambda _: self._rest(),
            on_error=self.failed.emit,
        )

    def resume(self) -> None:
        self._queue(lambda: self._services.library.pause(paused=False))

    def cancel(self) -> None:
        """Stop; what was finished stays, what waits is dropped."""
        self._cancel_job()
        self._dropping += 1
        library = self._services.library

        def drop(_: object) -> None:
            library.forget_unfinished()
            library.pause(paused=False)

        def dropped(_: object) -> None:
            self._dropping -= 1
            self.ended.emit(None)

        def refused(error: BaseException) -> None:
            self._dropping -= 1
            self.failed.emit(error)

        self._services.indexing.run(drop, on_done=dropped, on_error=refused)

    def look(self) -> None:
        """See what changed in watched folders."""

        def look(_: object) -> int:
            try:
                return self._services.watching.scan().queued
            except AccessDenied:
                return 0  # readers watch nothing

        self._services.background.run(
            look, on_done=lambda found: self.run() if found else None, on_error=self.failed.emit
        )

    def _queue(self, act: Callable[[], object], worker: Worker | None = None) -> None:
        """Something that makes files wait, on a worker if it is not short; then they are read."""
        self._queueing += 1
        self.began.emit()

        def queued(_: object) -> None:
            self._queueing -= 1
            self.run()

        def refused(error: BaseException) -> None:
            self._queueing -= 1
            self.failed.emit(error)

        (worker or self._services.reading).run(lambda _: act(), on_done=queued, on_error=refused)

    def _cancel_job(self) -> None:
        if self._job:
            self._job.cancel()

    def _rest(self) -> None:
        """The user sees at once that it is paused; the file at hand may take a second to stop."""
        self._cancel_job()
        self._ask(lambda state: self.waiting.emit(*state))

    def _progress(self, progress: AddProgress) -> None:
        if self._job and not self._job.cancelled:
            self.progressed.emit(progress)

    def _done(self, report: AddReport) -> None:
        self._job = None
        self.ended.emit(report)
        self._go_on_if_anything_waits()

    def _stopped(self, error: BaseException) -> None:
        self._job = None
        self.ended.emit(None)
        if isinstance(error, AccessDenied):
            return  # what waits is for those who may add
        if not isinstance(error, Cancelled):
            self.failed.emit(error)
        elif not self._dropping:
            self._go_on_if_anything_waits()

    def _go_on_if_anything_waits(self) -> None:
        """Something may have been queued at the very end; nothing that failed as a whole."""

        def found(state: tuple[int, bool]) -> None:
            count, paused = state
            if count and not paused:
                self.run()
            elif count:
                self.waiting.emit(count, True)

        self._ask(found)

    def _ask(self, found: Callable[[tuple[int, bool]], None]) -> None:
        library = self._services.library
        self._services.reading.run(lambda _: (library.unfinished(), library.paused), on_done=found)
