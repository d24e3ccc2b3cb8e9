"""A test question as a form."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from app.domain.exams.questions import ExamQuestion
from app.ui.dialogs.dialog import Dialog
from app.ui.theme import Theme
from app.ui.widgets.controls import allow_if, label
from app.ui.widgets.layouts import in_column
from app.ui.widgets.switch import Switch

_LONGEST = 1000


class QuestionDialog(Dialog):
    """`question` is what was filled in; it cannot be accepted while nothing is expected."""

    def __init__(self, parent: QWidget | None, theme: Theme, before: ExamQuestion) -> None:
        super().__init__(parent, "")
        self._before = before
        self.asked, self.answer = QLineEdit(before.question), QLineEdit(before.answer)
        self.document = QLineEdit(before.document)
        self.pages = QLineEdit(", ".join(map(str, before.pages)))
        self.pages.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9, ]*"), self))
        self.abstain = Switch(theme)
        self.abstain.setChecked(before.abstain)
        self._build()
        self.no = self.act(self.tr("Cancel"), self.reject)
        self.yes = self.act(self.tr("Save"), self.accept, "primary")
        self.usual(self.yes)
        self.abstain.toggled.connect(self._allow)
        for field in (self.asked, self.answer, self.document):
            field.setMaxLength(_LONGEST)
            field.textChanged.connect(self._allow)
        self._allow()
        self.asked.setFocus()

    def _build(self) -> None:
        title = self.tr("Change the question") if self._before.id else self.tr("New test question")
        self.title.setText(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.abstain.setText(self.tr("The documents do not answer it"))
        self.answer.setPlaceholderText(self.tr("For example, 28 calendar days"))
        self.pages.setPlaceholderText(self.tr("For example, 3, 4"))
        for field, name, about in (
            (self.asked, self.tr("Question"), ""),
            (
                self.answer,
                self.tr("Words that the answer has"),
                self.tr("All of them, in any form."),
            ),
            (
                self.document,
                self.tr("Document that it cites"),
                self.tr("Its name, as in the library."),
            ),
            (self.pages, self.tr("On one of the pages"), ""),
        ):
            field.setAccessibleName(name)
            field.setToolTip(about)
            self.hold(_named(name, field))
        self.hold(self.abstain)

    def offer(self, documents: Sequence[str]) -> None:
        """Names that the document field completes."""
        completer = QCompleter(sorted(set(documents)), self.document)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.document.setCompleter(completer)

    @property
    def question(self) -> ExamQuestion:
        pages = tuple(int(each) for each in self.pages.text().replace(",", " ").split())
        return replace(
            self._before,
            question=self.asked.text(),
            answer=self.answer.text(),
            document=self.document.text(),
            pages=pages,
            abstain=self.abstain.isChecked(),
        ).tidied()

    def _allow(self) -> None:
        abstain = self.abstain.isChecked()
        allow_if(not abstain, self.answer, self.document)
        allow_if(not abstain and bool(self.document.text().strip()), self.pages)
        now = self.question
        allow_if(bool(now.question and now.expected), self.yes)


def _named(name: str, field: QWidget) -> QWidget:
    both = QWidget()
    in_column(label("strong", name), field, on=both, margins=0, spacing=6)
    return both
