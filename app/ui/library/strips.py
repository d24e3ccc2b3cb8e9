"""The strips over the table: what is being added, and what went wrong."""

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from app.domain.library import AddProgress
from app.ui.library.documents_model import state_name
from app.ui.widgets.controls import button, label


class AddingStrip(QFrame):
    """How far an import is, with Cancel."""

    def __init__(self, cancel: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._doing, self._file = label("", wrap=True), label("small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = button("", cancel)
        texts = QVBoxLayout()
        texts.setSpacing(6)
        for part in (self._doing, self._file, self._bar):
            texts.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 12)
        row.addLayout(texts, 1)
        row.addWidget(self._cancel)
        self.hide()
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._cancel.setText(self.tr("Cancel"))

    def prepare(self) -> None:
        """Shown before the first file is known."""
        self._doing.setText(self.tr("Preparing…"))
        self._file.clear()
        self._bar.setRange(0, 0)
        self.show()

    def show_progress(self, progress: AddProgress) -> None:
        self._doing.setText(
            self.tr("Indexing: %1 of %2 files")
            .replace("%1", str(progress.done + 1))
            .replace("%2", str(progress.total))
        )
        self._file.setText(f"{progress.name} — {state_name(progress.state)}")
        self._bar.setRange(0, progress.total * 100)
        self._bar.setValue(round((progress.done + progress.fraction) * 100))
        self.show()


class ProblemStrip(QFrame):
    """A sentence and, where it helps, "Go on"."""

    def __init__(self, go_on: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("problem")
        self._text = label("", wrap=True)
        self._go_on = button("", go_on)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.addWidget(self._text, 1)
        row.addWidget(self._go_on)
        self.hide()
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._go_on.setText(self.tr("Go on"))

    @property
    def text(self) -> str:
        return self._text.text()

    def say(self, text: str, *, can_go_on: bool) -> None:
        self._text.setText(text)
        self._go_on.setVisible(can_go_on)
        self.show()
