"""What is being added: queued at once, read in the background, paused, gone on with, dropped."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import AccessDenied, LaretsError
from app.domain.library.documents import AddProgress, AddReport, DroppedFiles
from app.domain.roles import Act
from app.services.jobs import Job
from app.ui.acts import Acts
from app.ui.library.services import LibraryServices

#: Watched folders are looked at so often.
_LOOK_MS = 60_000


class Adding(QObject):
    """One for all collections. `progressed` gives an AddProgress, `ended` an AddReport or None,
    `failed` an error, `waiting` how many files wait because it is paused;
    `left_out` how many files of the folders that were given no reader knows, by their suffixes;
    `dropped` what waited until it was cancelled."""

    began, progressed, ended, failed = Signal(), Signal(object), Signal(object), Signal(object)
    waiting, left_out, dropped = Signal(int), Signal(object), Signal(object)

    def __init__(self, services: LibraryServices) -> None:
        super().__init__()
        self._services = services
        self._job: Job | None = None
        self._queueing = self._dropping = 0
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self.look)

    def begin(self) -> None:
        """Go on with what an earlier run left, and keep an eye on watched folders; readers do
        neither."""
        if not self._services.library.allows(Act.ADD_DOCUMENTS):
            return
        self._go_on_if_anything_waits()
        self.look()
        self._look.start()

    @property
    def busy(self) -> bool:
        return self._job is not None or self._queueing + self._dropping > 0

    def add(self, paths: Sequence[Path], collection: str, tags: Collection[str] = ()) -> None:
        """Read files and folders; those that are new or have changed get `tags`."""
        library = self._services.library

        def queue() -> None:
            queued = library.queue(paths, collection or None)
            if tags:
                library.tag(queued, tags)

        self._queue(queue)
        self._services.reading.begin(self, lambda _: library.left_out(paths), self.left_out.emit)

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
            self._job = self._services.indexing.begin(
                self,
                self._services.library.ingest,
                progress=self._progress,
                ended=self._over,
                done=self._done,
                failed=self._fail,
                stopped=self._stopped,
            )

    def pause(self) -> None:
        """Stop reading; what waits goes on waiting until `resume`, also after a restart."""
        library = self._services.library
        self._services.reading.begin(
            self, lambda _: library.pause(), lambda _: self._rest(), failed=self.failed.emit
        )

    def resume(self) -> None:
        self._queue(lambda: self._services.library.pause(paused=False))

    def cancel(self) -> None:
        """Stop; what was finished stays, what waits is dropped."""
        self._cancel_job()
        self._dropping += 1
        library = self._services.library

        def drop(_: object) -> list[DroppedFiles]:
            found = library.forget_unfinished()
            library.pause(paused=False)
            return found

        def over() -> None:
            self._dropping -= 1
            self.ended.emit(None)

        self._services.indexing.begin(
            self, drop, self.dropped.emit, ended=over, failed=self.failed.emit
        )

    def add_again(self, dropped: Sequence[DroppedFiles]) -> None:
        """Take a cancellation back."""
        library = self._services.library

        def queue() -> None:
            for each in dropped:
                library.queue([Path(path) for path in each.paths], each.collection)

        self._queue(queue)

    def look(self) -> None:
        """See what changed in watched folders."""

        self._services.background.begin(
            self,
            lambda _: self._services.watching.scan().queued,
            lambda found: self.run() if found else None,
            failed=self.failed.emit,
        )

    def _queue(self, act: Callable[[], object], acts: Acts | None = None) -> None:
        """Something that makes files wait, on `acts` if it is not short; then they are read."""
        self._queueing += 1
        self.began.emit()

        def over() -> None:
            self._queueing -= 1

        (acts or self._services.reading).begin(
            self, lambda _: act(), ended=over, done=lambda _: self.run(), failed=self.failed.emit
        )

    def _cancel_job(self) -> None:
        if self._job:
            self._job.cancel()

    def _rest(self) -> None:
        """The user sees at once that it is paused; the file at hand may take a second to stop."""
        self._cancel_job()
        self._ask(lambda state: self.waiting.emit(state[0]))

    def _progress(self, progress: AddProgress) -> None:
        if self._job and not self._job.cancelled:
            self.progressed.emit(progress)

    def _over(self) -> None:
        self._job = None
        self.ended.emit(None)

    def _done(self, report: AddReport) -> None:
        self.ended.emit(report)
        self._go_on_if_anything_waits()

    def _fail(self, error: LaretsError) -> None:
        if not isinstance(error, AccessDenied):  # what waits is for those who may add
            self.failed.emit(error)

    def _stopped(self) -> None:
        if not self._dropping:
            self._go_on_if_anything_waits()

    def _go_on_if_anything_waits(self) -> None:
        """Something may have been queued at the very end; nothing that failed as a whole."""

        def found(state: tuple[int, bool]) -> None:
            count, paused = state
            if count and not paused:
                self.run()
            elif count:
                self.waiting.emit(count)

        self._ask(found)

    def _ask(self, found: Callable[[tuple[int, bool]], None]) -> None:
        library = self._services.library
        self._services.reading.begin(self, lambda _: (library.unfinished(), library.paused), found)
