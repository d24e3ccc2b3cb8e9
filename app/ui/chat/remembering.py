"""When summaries are written: while nobody asks, one at a time, behind every question."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import LaretsError, ModelError, ModelMissing, NoChatModel
from app.services.jobs import Job
from app.ui.chat.controller import ConversationController
from app.ui.chat.services import ChatServices
from app.ui.widgets.controls import rest

#: After an answer, a start or a summary, until the model works on by itself; a conversation that is
#: open is summarised after a long pause only: it may go on.
IDLE_MILLISECONDS, PAUSE_MILLISECONDS = 8_000, 90_000

_NO_MODEL = (NoChatModel, ModelMissing)


class Remembering(QObject):
    """Gives way to the next question, after which it goes on from the part that it had reached.
    Nothing is noted down at the end: what no summary knows is seen in the database at any start.
    `ended` says that one that somebody waits for was written, or was not."""

    ended = Signal()

    def __init__(self, services: ChatServices, controller: ConversationController) -> None:
        super().__init__(controller)
        self._summaries, self._preferences = services.summaries, services.preferences
        self._reading, self._answers, self._controller = (
            services.reading,
            services.answers,
            controller,
        )
        self._job: Job | None = None
        self._paused = False
        self.idle = self._timer(IDLE_MILLISECONDS, self._begin)
        self.pause = self._timer(PAUSE_MILLISECONDS, self._begin_open)
        controller.busy.connect(self._give_way)
        self.idle.start()

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        return rest(self, milliseconds, act)

    def write(self, conversation: str) -> None:
        """Now, because the user wants it."""
        self._run(conversation, wanted=True)

    def _give_way(self, busy: bool) -> None:
        """Somebody asks, or was answered."""
        self._paused = False
        if self._job is not None and busy:
            self._job.cancel()
        for timer in (self.idle, self.pause):
            timer.stop()
            if not busy:
                timer.start()

    def _begin_open(self) -> None:
        self._paused = True
        self._begin()

    def _begin(self) -> None:
        if self._controller.answering or self._job:
            return
        summaries, preferences = self._summaries, self._preferences

        def work(_: Job) -> list[str]:
            return summaries.waiting() if preferences.get().summarise else []

        self._reading.begin(self, work, self._next)

    def _next(self, waiting: list[str]) -> None:
        still = self._controller.conversation
        left = [each for each in waiting if self._paused or each != still]
        if left and not self._controller.answering:
            self._run(left[0], wanted=False)

    def _run(self, conversation: str, *, wanted: bool) -> None:
        if self._job is not None:
            self._job.cancel()

        def ended() -> None:
            if self._job is job:
                self._job = None
            if wanted:
                self.ended.emit()

        self._job = job = self._answers.begin(
            self,
            lambda job: self._summaries.write(conversation, job),
            ended=ended,
            done=lambda _: None if job.cancelled else self.idle.start(),
            failed=None if wanted else self._missed,
        )

    def _missed(self, error: LaretsError) -> None:
        """Nobody waits for it: it is marked, and the next one may do."""
        if isinstance(error, ModelError) and not isinstance(error, _NO_MODEL):
            self.idle.start()
