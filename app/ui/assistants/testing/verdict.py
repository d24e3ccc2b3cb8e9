"""How a run did: while it goes on, how far it is; afterwards what passed and what is better."""

from PySide6.QtWidgets import QWidget

from app.ui.assistants.testing.overview import ExamResult
from app.ui.assistants.testing.words import ExamWords
from app.ui.language import filled
from app.ui.widgets.controls import Bar, announce, label, say_or_hide
from app.ui.widgets.layouts import in_column
from app.ui.widgets.retranslating import Retranslating


class Verdict(Retranslating, QWidget):
    def __init__(self, words: ExamWords) -> None:
        super().__init__()
        self._words = words
        self._result: ExamResult | None = None
        self._problem, self._moved = "", (0, 0)
        self.bar, self.head = Bar(), label("heading")
        self.text, self.problem = label("small", wrap=True), label("danger", wrap=True)
        in_column(
            self.head, self.bar, self.text, self.problem, on=self, margins=(20, 8, 20, 4), spacing=6
        )
        self._retranslate()

    def show_result(self, result: ExamResult | None, problem: str = "") -> None:
        """None as long as nothing was asked; `problem` says why the last try came to nothing."""
        news = result is not None and result is not self._result and self._moved[1]
        self._result, self._problem, self._moved = result, problem, (0, 0)
        self._retranslate()
        if news:
            announce(self, f"{self.head.text()}. {self.text.text()}")

    def show_progress(self, done: int, total: int) -> None:
        """So many answers are there."""
        self._moved, self._problem = (done, total), ""
        self._retranslate()

    def _retranslate(self) -> None:
        done, total = self._moved
        self.bar.setVisible(bool(total))
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.bar.setAccessibleName(self.tr("Answers that are there"))
        say_or_hide(self.problem, self._problem)
        if total:
            say_or_hide(self.head, filled(self.tr("%1 of %2 answered"), done, total))
            say_or_hide(self.text, "")
        else:
            result = self._result
            say_or_hide(self.head, self._words.passed(result) if result else "")
            say_or_hide(self.text, self._words.beside(result) if result else "")
        self.setVisible(bool(total or self._result or self._problem))
