"""Where a question is typed: grows with its text, Enter sends, Shift+Enter breaks the line."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, label

_LINES = (2, 8)


class Composer(QFrame):
    """`sent` gives the question; while an answer is written the button is Stop."""

    sent = Signal(str)
    stopped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("composer")
        self._writing = False
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.document().setDocumentMargin(2)
        self.text.installEventFilter(self)
        self.text.textChanged.connect(self._fit)
        self.model = label("small")
        self._send = IconButton(theme, "arrow-up", self._press, color="on_accent", size=18)
        self._send.setProperty("kind", "primary")
        self._send.setFixedSize(34, 34)
        last = QHBoxLayout()
        last.addWidget(self.model)
        last.addStretch()
        last.addWidget(self._send)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 12, 10)
        column.setSpacing(4)
        column.addWidget(self.text)
        column.addLayout(last)
        self.retranslate()
        self._fit()

    def retranslate(self) -> None:
        self.text.setPlaceholderText(self.tr("Ask your documents"))
        self.text.setAccessibleName(self.tr("Question"))
        if self._writing:
            self._send.say(self.tr("Stop"), "Esc")
        else:
            self._send.say(self.tr("Send"), "Enter")

    def set_writing(self, writing: bool) -> None:
        """Turn Send into Stop, or back."""
        self._writing = writing
        self._send.set_icon("square" if writing else "arrow-up")
        self.retranslate()
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.setProperty("focused", event.type() == QEvent.Type.FocusIn)
            self.style().unpolish(self)
            self.style().polish(self)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                if not self._writing:
                    self._press()
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _press(self) -> None:
        if self._writing:
            self.stopped.emit()
            return
        question = self.text.toPlainText().strip()
        if question:
            self.text.clear()
            self.sent.emit(question)

    def _fit(self) -> None:
        line = self.text.fontMetrics().lineSpacing()
        lines = min(max(self.text.document().size().height(), _LINES[0]), _LINES[1])
        self.text.setFixedHeight(round(line * lines) + 8)
        self._send.setEnabled(self._writing or bool(self.text.toPlainText().strip()))
