"""Has test questions answered one after the other, so that a question of the chat comes between."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.domain.chat.assistants import Assistant
from app.domain.errors import LaretsError
from app.domain.exams.marking import MarkedAnswer
from app.domain.exams.questions import ExamQuestion
from app.domain.exams.runs import Conditions, ExamRun
from app.services.exams.service import ExamService, ended
from app.services.jobs import Job
from app.ui.acts import Acts


class ExamRunner(QObject):
    """Each answer is a job of its own on `answers`. `changed` whenever it moves; `finished` gives
    the runs, one an assistant; `failed` gives why there are none."""

    changed, finished, failed = Signal(), Signal(object), Signal(object)

    def __init__(self, exams: ExamService, answers: Acts, owner: QObject) -> None:
        super().__init__(owner)
        self._exams, self._answers = exams, answers
        self._job: Job | None = None
        self._waiting: list[Assistant] = []
        self._questions: Sequence[ExamQuestion] = ()
        self._runs: list[ExamRun] = []
        self._answered: list[MarkedAnswer] = []
        self._conditions: Conditions | None = None
        self._stopped = False
        self.done = self.total = 0

    @property
    def is_running(self) -> bool:
        return self._job is not None

    def begin(self, assistants: Sequence[Assistant], questions: Sequence[ExamQuestion]) -> None:
        """All questions to the first assistant, then to the next."""
        self._stopped = False
        self._waiting, self._questions, self._runs = list(assistants), questions, []
        self.done, self.total = 0, len(assistants) * len(questions)
        self._begin_next()

    def stop(self) -> None:
        """What was answered so far is not kept; an answer that is just on its way here is the
        last."""
        self._stopped = True
        if self._job is not None:
            self._job.cancel()

    def _begin_next(self) -> None:
        assistant = self._waiting.pop(0)
        self._answered = []
        self._job = self._answers.begin(
            self,
            lambda _: self._exams.conditions(assistant),
            self._note_conditions,
            ended=self._rest,
            failed=self._fail,
        )
        self.changed.emit()

    def _note_conditions(self, conditions: Conditions) -> None:
        self._conditions = conditions
        if not self._stopped:
            self._ask(conditions.assistant)

    def _ask(self, assistant: Assistant) -> None:
        question = self._questions[len(self._answered)]
        self._job = self._answers.begin(
            self,
            lambda job: self._exams.ask(assistant, question, job),
            self._take,
            ended=self._rest,
            failed=self._fail,
        )
        self.changed.emit()

    def _take(self, answer: MarkedAnswer) -> None:
        if self._stopped or self._conditions is None:
            return
        self._answered.append(answer)
        self.done += 1
        if len(self._answered) < len(self._questions):
            self._ask(self._conditions.assistant)
            return
        self._runs.append(ended(self._conditions, self._answered))
        if self._waiting:
            self._begin_next()
        else:
            self.finished.emit(tuple(self._runs))

    def _rest(self) -> None:
        self._job = None
        self.changed.emit()

    def _fail(self, error: LaretsError) -> None:
        self.failed.emit(error)
