"""Asks how an answer should have been."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QWidget

from app.domain.chat.conversation import Message
from app.ui.widgets.controls import label
from app.ui.widgets.layouts import in_column

translate = QCoreApplication.translate


def ask_correction(parent: QWidget, message: Message) -> str | None:
    """The better answer, "" when only the judgement counts; None when the user thinks better of
    it."""
    dialog = CorrectionDialog(parent, message)
    done = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.text.toPlainText().strip() if done else None


class CorrectionDialog(QDialog):
    def __init__(self, parent: QWidget, message: Message) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("Correction", "A better answer"))
        self.resize(560, 380)
        told = label(
            "muted",
            translate(
                "Correction",
                "Write how the answer should be, or leave it empty. It stays on this computer; the "
                "model can be trained from it later.",
            ),
            wrap=True,
        )
        self.text = QPlainTextEdit()
        self.text.setPlainText(message.correction)
        self.text.setPlaceholderText(message.text)
        self.text.setAccessibleName(translate("Correction", "A better answer"))
        buttons = QDialogButtonBox()
        keep = buttons.addButton(
            translate("Correction", "Save"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        keep.setProperty("kind", "primary")
        buttons.addButton(translate("Correction", "Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        begin = buttons.addButton(
            translate("Correction", "Begin with the answer"), QDialogButtonBox.ButtonRole.ResetRole
        )
        begin.clicked.connect(lambda: self.text.setPlainText(message.text))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        in_column(told, self.text, buttons, on=self, margins=(20, 18, 20, 16), spacing=12)
