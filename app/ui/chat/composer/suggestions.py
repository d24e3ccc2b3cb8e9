"""Further questions above the composer, and when the model is asked for them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.services.conversations.auxiliary import AuxiliaryService
from app.services.jobs import Job
from app.ui.acts import Acts, told_when_asked
from app.ui.chat.composer.composer import Composer
from app.ui.chat.controller import ConversationController
from app.ui.widgets.controls import button, rest
from app.ui.widgets.flow import FlowLayout

#: After an answer, until the model works on by itself.
_IDLE_MILLISECONDS = 1500
#: Of a chip, beside its text.
_EDGES = 26


class Suggestions(QWidget):
    """`asked` gives the question that was clicked."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._row = FlowLayout(self, 6)
        self.chips: list[QPushButton] = []
        self.hide()

    def show_questions(self, questions: Sequence[str]) -> None:
        """None hide the row."""
        self._row.clear()
        self.chips = []
        for question in questions:
            asked = partial(self.asked.emit, question)  # later: asking takes the chip away
            chip = button("toggle", partial(QTimer.singleShot, 0, self, asked))
            chip.setToolTip(question)
            chip.setMinimumWidth(1)  # or a long question would keep the column wide
            chip.setAccessibleName(question)
            self.chips.append(chip)
            self._row.addWidget(chip)
        self._fit()
        self.setVisible(bool(questions))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for chip in self.chips:
            room, end = self.width() - _EDGES, Qt.TextElideMode.ElideRight
            chip.setText(chip.fontMetrics().elidedText(chip.toolTip(), end, room))


class AfterAnswer(QObject):
    """Titles and suggestions run on the inference thread when nothing was asked for a moment after
    an answer; they give way to the next question."""

    def __init__(
        self,
        auxiliary: AuxiliaryService,
        answers: Acts,
        controller: ConversationController,
        composer: Composer,
        suggestions: Suggestions,
    ) -> None:
        super().__init__(controller)
        self._auxiliary, self._answers, self._controller = auxiliary, answers, controller
        self._composer, self._suggestions = composer, suggestions
        self._job: Job | None = None
        self._idle = rest(self, _IDLE_MILLISECONDS, self._begin)
        controller.busy.connect(lambda _: self._leave())
        controller.answered.connect(lambda _: self._idle.start())
        composer.text.textChanged.connect(self._hide_while_typing)

    def _begin(self) -> None:
        conversation = self._controller.conversation
        if not conversation or self._controller.answering:
            return
        auxiliary = self._auxiliary

        def work(job: Job) -> tuple[str, ...]:
            auxiliary.name(conversation, job)
            job.check()
            return auxiliary.suggest(conversation, job)

        self._job = job = self._answers.begin(
            self, work, lambda questions: self._show(job, questions), failed=told_when_asked
        )

    def _leave(self) -> None:
        """Another question, or another conversation."""
        self._idle.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._suggestions.show_questions([])

    def _show(self, job: Job, questions: Sequence[str]) -> None:
        if job is self._job and not self._composer.text.toPlainText():
            self._suggestions.show_questions(questions)

    def _hide_while_typing(self) -> None:
        if self._composer.text.toPlainText():
            self._suggestions.show_questions([])
