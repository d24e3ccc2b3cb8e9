"""The chosen test question: what is expected, what the answer lacks, and the answer."""

from PySide6.QtCore import QLocale, QMargins, Qt, Signal

from app.domain.exams.marking import MarkedAnswer
from app.domain.exams.questions import ExamQuestion
from app.domain.exams.runs import ComparedAnswer
from app.ui.assistants.testing.words import ExamWords
from app.ui.language import filled
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, forbid_if, label, say_or_hide
from app.ui.widgets.layouts import TOP, in_row, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.scroll import Scroll


class ExamDetail(Retranslating, Scroll):
    changing, removing = Signal(), Signal()

    def __init__(self, words: ExamWords, theme: Theme) -> None:
        super().__init__(QMargins(20, 12, 20, 12), 8)
        self._words = words
        self._question: ExamQuestion | None = None
        self._row: ComparedAnswer | None = None
        self._rival, self._denied = "", ""
        self.edit = IconButton(theme, "pencil", self.changing.emit, size=16)
        self.remove = IconButton(theme, "trash-2", self.removing.emit, size=16)
        self.asked, self.expected = label("strong", wrap=True), label("muted", wrap=True)
        self.lacks, self.cited = label("danger", wrap=True), label("small", wrap=True)
        self.answer, self.other = label(wrap=True), label("muted", wrap=True)
        for text in (self.answer, self.other):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        acts = in_row(self.edit, self.remove, spacing=0)
        head = in_row(wide(self.asked), spacing=8)
        head.addLayout(acts)
        head.setAlignment(acts, TOP)
        self.column.addLayout(head)
        for part in (self.expected, self.lacks, self.answer, self.cited, self.other):
            self.column.addWidget(part)
        self.column.addStretch()
        self._retranslate()

    def show_question(
        self, question: ExamQuestion, row: ComparedAnswer | None, rival: str, denied: str
    ) -> None:
        """`rival` is whose answer stands beside, "" for an earlier run; `denied` says why nothing
        may be changed."""
        self._question, self._row = question, row
        self._rival, self._denied = rival, denied
        self._retranslate()
        self.verticalScrollBar().setValue(0)

    def _retranslate(self) -> None:
        self.edit.say(self.tr("Change the question"))
        self.remove.say(self.tr("Remove the question"))
        forbid_if(self._denied, self.edit, self.remove)
        if self._question is None:
            return
        self.asked.setText(self._question.question)
        self.expected.setText(self._words.expected(self._question))
        answer = self._row.answer if self._row else None
        say_or_hide(self.lacks, self._words.lacks(answer) if answer else "")
        say_or_hide(self.answer, self._said(answer) if answer else "")
        say_or_hide(self.cited, self._rests_on(answer) if answer else "")
        say_or_hide(self.other, self._beside())

    def _said(self, answer: MarkedAnswer) -> str:
        return answer.answer or self.tr("The documents do not answer it.")

    def _rests_on(self, answer: MarkedAnswer) -> str:
        seconds = QLocale().toString(answer.milliseconds / 1000, "f", 1)
        return filled(self.tr("Cited: %1 · %2 s"), self._words.cited(answer), seconds)

    def _beside(self) -> str:
        """The other answer, where it says something else."""
        other = self._row.other if self._row else None
        if other is None or self._row is None or other.answer == self._row.answer.answer:
            return ""
        head = self._rival or self.tr("Before")
        return filled(self.tr("%1: %2"), head, self._said(other))
