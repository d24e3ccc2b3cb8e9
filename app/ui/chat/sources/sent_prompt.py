"""Shows, read-only, what was sent to the model for an answer."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QWidget

from app.domain.chat.conversation import SentPrompt
from app.ui.language import filled
from app.ui.widgets.controls import label
from app.ui.widgets.layouts import in_column

translate = QCoreApplication.translate


def show_prompt(parent: QWidget, prompt: SentPrompt | None) -> None:
    dialog = PromptDialog(parent, prompt)
    dialog.exec()
    dialog.deleteLater()


class PromptDialog(QDialog):
    def __init__(self, parent: QWidget, prompt: SentPrompt | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("SentPrompt", "What was sent to the model"))
        self.resize(720, 560)
        head = label(
            "muted",
            _facts(prompt)
            if prompt
            else translate("SentPrompt", "No model was asked for this answer."),
            wrap=True,
        )
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(translate("SentPrompt", "What was sent to the model"))
        self.text.setPlainText(_written(prompt) if prompt else "")
        self.text.setVisible(prompt is not None)
        buttons = QDialogButtonBox()
        copy = buttons.addButton(
            translate("SentPrompt", "Copy"), QDialogButtonBox.ButtonRole.ActionRole
        )
        copy.setVisible(prompt is not None)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        buttons.addButton(translate("SentPrompt", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        in_column(head, self.text, buttons, on=self, margins=(20, 18, 20, 16), spacing=12)


def _facts(prompt: SentPrompt) -> str:
    told = translate("SentPrompt", "Model %1, temperature %2, at most %3 tokens.")
    told = filled(told, prompt.model, f"{prompt.temperature:g}", prompt.max_tokens)
    if prompt.adapters:
        names = ", ".join(f"{name} × {scale:g}" for name, scale in prompt.adapters)
        told += " " + filled(translate("SentPrompt", "Adapters: %1."), names)
    return told


def _written(prompt: SentPrompt) -> str:
    names = {
        "system": translate("SentPrompt", "System"),
        "user": translate("SentPrompt", "Question with passages"),
        "assistant": translate("SentPrompt", "Answer"),
    }
    return "\n\n".join(f"── {names[turn.kind]} ──\n{turn.text}" for turn in prompt.turns)
