"""Questions that were prepared for a presentation: chips that ask them, and their dialog."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QPlainTextEdit, QWidget

from app.services.profiles.preferences import PreferenceService
from app.ui.widgets.controls import button, label
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.layouts import in_column
from app.ui.widgets.retranslating import Retranslating

translate = QCoreApplication.translate
_SHOWN = 60


class PreparedQuestions(Retranslating, QFrame):
    """`asked` gives a question; one that was asked is crossed off until the next presentation."""

    asked = Signal(str)

    def __init__(self, preferences: PreferenceService) -> None:
        super().__init__()
        self._preferences = preferences
        self._asked: set[str] = set()
        self._questions: Sequence[str] = ()
        self._row = FlowLayout(self, 8)
        self.hide()

    def begin(self) -> None:
        """Show them all."""
        self._asked = set()
        self._questions = self._preferences.prepared_questions()
        self._draw()
        self.show()

    def write(self) -> None:
        """Let the user write them."""
        dialog = PreparedDialog(self, self._questions)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._questions = dialog.questions()
            self._preferences.prepare_questions(self._questions)
            self._draw()
        dialog.deleteLater()

    def ask(self, question: str) -> None:
        self._asked.add(question)
        self._draw()
        self.asked.emit(question)

    def _draw(self) -> None:
        self._row.clear()
        for question in self._questions:
            short = question if len(question) <= _SHOWN else question[: _SHOWN - 1] + "…"
            chip = button("chip", partial(self.ask, question), short.replace("&", "&&"))
            chip.setToolTip(question)
            chip.setEnabled(question not in self._asked)
            self._row.addWidget(chip)
        edit = button("link", self.write, translate("PreparedQuestions", "Prepare questions…"))
        self._row.addWidget(edit)


class PreparedDialog(QDialog):
    def __init__(self, parent: QWidget, questions: Sequence[str]) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("PreparedQuestions", "Prepared questions"))
        self.resize(560, 320)
        told = label(
            "muted",
            translate(
                "PreparedQuestions", "One question a line; a click asks it while presenting."
            ),
            wrap=True,
        )
        self.text = QPlainTextEdit("\n".join(questions))
        self.text.setAccessibleName(translate("PreparedQuestions", "Prepared questions"))
        buttons = QDialogButtonBox()
        accept = QDialogButtonBox.ButtonRole.AcceptRole
        keep = buttons.addButton(translate("PreparedQuestions", "Save"), accept)
        keep.setProperty("kind", "primary")
        reject = QDialogButtonBox.ButtonRole.RejectRole
        buttons.addButton(translate("PreparedQuestions", "Cancel"), reject)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        in_column(told, self.text, buttons, on=self, margins=(20, 18, 20, 16), spacing=12)

    def questions(self) -> list[str]:
        lines = (line.strip() for line in self.text.toPlainText().splitlines())
        return list(dict.fromkeys(filter(None, lines)))
