"""Asks two the same question and shows the answers as A and B until one is preferred."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.chat.conversation import AnswerPiece, SourcesFound
from app.domain.errors import LaretsError
from app.domain.exams.blind import Preference, Tally
from app.domain.library.documents import Scope
from app.domain.progress import Progress
from app.services.exams.blind import BlindAnswers
from app.services.jobs import Job
from app.ui.assistants.blind.overview import BlindOverview, look
from app.ui.assistants.blind.pane import Pane
from app.ui.assistants.blind.results import ResultsDialog
from app.ui.assistants.blind.side import Side
from app.ui.assistants.blind.words import BlindWords
from app.ui.assistants.overview import AssistantServices
from app.ui.dialogs.dialog import Dialog
from app.ui.language import Language, filled
from app.ui.theme import Theme
from app.ui.widgets.controls import allow_if, announce, button, invite, label
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide

_WIDTH, _ANSWER, _TOLD = 820, 210, 34


class BlindDialog(Dialog):
    """Answers are made on `answers`; closing it stops them."""

    def __init__(
        self, parent: QWidget, services: AssistantServices, theme: Theme, language: Language
    ) -> None:
        super().__init__(parent, "", width=_WIDTH)
        self._services, self._theme, self._language = services, theme, language
        self._words = BlindWords(language, self)
        self._job: Job | None = None
        self._scope = Scope()
        self._answers: BlindAnswers | None = None
        self.results: ResultsDialog | None = None
        self.one, self.other = Side(theme, self.tr("One")), Side(theme, self.tr("The other"))
        self.question = QLineEdit()
        self.ask = button("primary", self._press)
        self.told = label("small", wrap=True)
        self.told.setMinimumHeight(_TOLD)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        letters = self.tr("Answer A"), self.tr("Answer B")
        self.panes = tuple(Pane(self._words, theme, letter) for letter in letters)
        self.choices = {
            Preference.FIRST: button("", lambda: self.choose(Preference.FIRST)),
            Preference.SECOND: button("", lambda: self.choose(Preference.SECOND)),
            Preference.ALIKE: button("", lambda: self.choose(Preference.ALIKE)),
            Preference.BAD: button("", lambda: self.choose(Preference.BAD)),
        }
        self._build()
        self._say()
        self._draw()
        self.finished.connect(lambda _: self.stop())

    def _build(self) -> None:
        body = QWidget()
        sides = in_row(wide(self.one), wide(self.other), spacing=14)
        asking = in_row(wide(self.question), self.ask, spacing=8)
        answers = in_row(*(wide(pane) for pane in self.panes), spacing=14)
        for pane in self.panes:
            pane.setFixedHeight(_ANSWER)
        choosing = in_row(*(wide(each) for each in self.choices.values()), spacing=8)
        in_column(
            sides, asking, self.told, answers, choosing, STRETCH, on=body, margins=0, spacing=10
        )
        self.hold(body)
        self.counted = self.act(self.tr("Results…"), self._read_results, "link")
        self.leave = self.act(self.tr("Close"), self.reject)
        for each in (self.ask, *self.choices.values()):
            each.setAutoDefault(False)
        self.question.returnPressed.connect(self._press)
        self.question.textChanged.connect(lambda _: self._draw())

    def _say(self) -> None:
        title = self.tr("Blind comparison")
        self.title.setText(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        invite(self.question, self.tr("A question to your documents"))
        self.choices[Preference.FIRST].setText(self.tr("A is better"))
        self.choices[Preference.SECOND].setText(self.tr("B is better"))
        self.choices[Preference.ALIKE].setText(self.tr("Both alike"))
        self.choices[Preference.BAD].setText(self.tr("Both bad"))

    # -- who and what -----------------------------------------------------------------------------

    def begin(self, assistant: str = "", question: str = "", scope: Scope | None = None) -> None:
        """Show it with an assistant by its id on one side, for a question within a scope."""
        self._scope = scope or Scope()
        self.question.setText(" ".join(question.split()))
        self._services.reading.begin(
            self, lambda _: look(self._services), lambda found: self._offer(found, assistant)
        )
        self.open()
        self.question.setFocus()

    def _offer(self, overview: BlindOverview, assistant: str) -> None:
        for side, chosen in zip((self.one, self.other), overview.pair(assistant), strict=True):
            side.offer(overview, chosen)
        self._draw()
        self.fit()

    # -- answers ----------------------------------------------------------------------------------

    def _press(self) -> None:
        if self._job is not None:
            self.stop()
        elif self.question.text().strip():
            self._begin()

    def _begin(self) -> None:
        one, other, question = self.one.wish, self.other.wish, self.question.text().strip()
        self._answers = None
        for pane in self.panes:
            pane.empty()
        blind, scope = self._services.blind, self._scope
        self._job = job = self._services.answers.begin(
            self,
            lambda job: blind.ask(question, one, other, job, scope),
            progress=lambda value: self._hear(job, value),
            ended=lambda: self._end(job),
            done=lambda answers: self._take(job, answers),
            failed=self._fail,
        )
        self._draw(self.tr("Answer A is being written…"))

    def stop(self) -> None:
        """What was written is dropped; what comes of it later is not listened to."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            for pane in self.panes:
                pane.empty()
            self._draw()

    def _hear(self, job: Job, value: object) -> None:
        if job is not self._job:
            return
        pane = self.panes[1 if self.panes[0].message else 0]
        if isinstance(value, BlindAnswers):
            self.panes[0].show_answer(value.answers[0])
            self._draw(self.tr("Answer B is being written…"))
        elif isinstance(value, SourcesFound):
            pane.begin()
        elif isinstance(value, AnswerPiece):
            pane.write(value.text)
        elif isinstance(value, Progress):
            self.told.setText(self.tr("Loading the model…"))

    def _take(self, job: Job, answers: BlindAnswers) -> None:
        if job.cancelled:
            return
        self._answers = answers
        for pane, message in zip(self.panes, answers.answers, strict=True):
            pane.show_answer(message)
        told = self.tr("Which answer is better? Who gave them is shown after your choice.")
        self._draw(told)
        announce(self, told)
        self.panes[0].text.setFocus()  # on no choice: a key that was pressed late would make it

    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._draw()

    def _fail(self, error: LaretsError) -> None:
        for pane in self.panes:
            pane.empty()
        self._draw(self._language.told(error))

    # -- the choice -------------------------------------------------------------------------------

    def choose(self, preference: Preference) -> None:
        """Count it, and say who answered."""
        answers, self._answers = self._answers, None
        if answers is None:
            return
        for pane, variant in zip(self.panes, answers.variants, strict=True):
            pane.reveal(self._words.variant(variant))
        blind = self._services.blind
        self._services.reading.begin(
            self, lambda _: blind.judge(answers.variants, preference), self._tell_count
        )
        self._draw()
        self.question.setFocus()

    def _tell_count(self, tally: Tally) -> None:
        told = filled(self.tr("So far %1: %2."), self._words.pair(tally), self._words.counts(tally))
        self._draw(told)
        self.fit()
        announce(self, told)

    def _read_results(self) -> None:
        blind = self._services.blind
        self._services.reading.begin(self, lambda _: blind.tallies(), self._show_results)

    def _show_results(self, tallies: list[Tally]) -> None:
        self.results = results = ResultsDialog(self, self._words, tallies)
        blind = self._services.blind
        results.forgotten.connect(
            lambda: self._services.reading.begin(self, lambda _: blind.reset())
        )
        results.finished.connect(results.deleteLater)
        results.open()

    # -- what is shown ----------------------------------------------------------------------------

    def _draw(self, told: str = "") -> None:
        busy, chosen = self._job is not None, self._answers is None
        self.ask.setText(self.tr("Stop") if busy else self.tr("Ask both"))
        self.ask.setEnabled(busy or bool(self.question.text().strip()))
        allow_if(not busy, self.one, self.other, self.question)
        allow_if(not chosen, *self.choices.values())
        if told or not busy:
            usual = self.tr("Two answer the same question in an order that chance chooses.")
            self.told.setText(told or usual)
