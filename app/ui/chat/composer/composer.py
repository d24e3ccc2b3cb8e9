"""Where a question is typed: grows with its text, takes templates, sends by a key or a button."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from app.domain.chat.conversation import Message
from app.ui.chat.composer.template_fields import TemplateFields
from app.ui.theme import TEXT_PIXELS, Theme
from app.ui.widgets.controls import IconButton, frame, label
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

_LINES = (2, 8)
_SHIFT, _CONTROL, _ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Composer(Retranslating, QFrame):
    """`sent` gives the question, `rewritten` a question that was asked and how it is asked now;
    `recalled` asks for the last question again, `templates_asked` for the templates, `remembering`
    whether earlier conversations may be used; while an answer is written the button is Stop."""

    sent, attaching, rewritten, stopped = Signal(str), Signal(), Signal(object, str), Signal()
    recalled, templates_asked, remembering = Signal(), Signal(), Signal(bool)

    def __init__(self, theme: Theme, attached: QWidget) -> None:
        """`attached` stands above the question."""
        super().__init__()
        self.setObjectName("composer")
        self._writing, self._by_enter = False, True
        self._asked: Message | None = None
        self._draft = ""
        self._rewriting = frame("banner")
        self._told = label("small")
        leave = IconButton(theme, "x", self.leave_rewriting, size=14, box=22)
        self._leave = leave
        in_row(wide(self._told), leave, on=self._rewriting, margins=(2, 0, 0, 0))
        self._rewriting.hide()
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.document().setDocumentMargin(2)
        self.text.installEventFilter(self)
        self.text.textChanged.connect(self._fit)
        self._fields = TemplateFields(self.text, theme)
        self.templates = IconButton(theme, "slash", self.templates_asked.emit, size=17, box=30)
        self.model = label("small")
        self._send = IconButton(theme, "arrow-up", self._press, color="on_accent", size=18)
        self._send.setProperty("kind", "primary")
        self._send.setFixedSize(34, 34)
        self._attach = IconButton(theme, "paperclip", self.attaching.emit, size=17, box=30)
        self.memory = IconButton(theme, "history", self._remember, size=17, box=30)
        self.memory.setCheckable(True)
        self.memory.setChecked(True)
        last = in_row(self._attach, self.templates, self.memory, self.model, STRETCH, self._send)
        in_column(
            attached, self._rewriting, self.text, last, on=self, margins=(14, 10, 12, 10), spacing=4
        )
        self._retranslate()
        self._fit()

    def _retranslate(self) -> None:
        self.text.setPlaceholderText(
            self.tr("Ask about your documents. “/” — a template, or drop a file to ask about it…")
        )
        self.text.setAccessibleName(self.tr("Question"))
        self._told.setText(self.tr("The question asked otherwise; the first one stays beside it"))
        self._attach.say(self.tr("Attach files to this conversation alone"))
        self.templates.say(self.tr("Templates"), "/")
        if self.memory.isChecked():
            self.memory.say(self.tr("Earlier conversations are used; click to leave them out"))
        else:
            self.memory.say(self.tr("Earlier conversations are left out; click to use them"))
        self._leave.say(self.tr("Leave the question as it was"), "Esc")
        if self._writing:
            self._send.say(self.tr("Stop"), "Esc")
        else:
            self._send.say(self.tr("Send"), "Enter" if self._by_enter else "Ctrl+Enter")

    def _remember(self) -> None:
        self.remembering.emit(self.memory.isChecked())
        self._retranslate()

    def set_writing(self, writing: bool) -> None:
        """Turn Send into Stop, or back."""
        self._writing = writing
        self._send.set_icon("square" if writing else "arrow-up")
        self._retranslate()
        self._fit()

    def send_by(self, *, enter: bool) -> None:
        """Whether Enter sends; otherwise it breaks the line, and Ctrl+Enter alone sends."""
        self._by_enter = enter
        self._retranslate()

    def take_template(self, template: str) -> None:
        """Put it in place of the "/…" that asked for it, else where the cursor stands."""
        cursor = self.text.textCursor()
        if self.text.toPlainText().startswith("/"):
            cursor.select(QTextCursor.SelectionType.Document)
        self._fields.insert(template, cursor)
        self.text.setFocus()

    def rewrite(self, asked: Message) -> None:
        """Let a question that was asked be asked otherwise; what was typed comes back after it."""
        if self._asked is None:
            self._draft = self._fields.plain()
        self._asked = asked
        self._rewriting.show()
        self.put(asked.text)

    def leave_rewriting(self) -> bool:
        """Whether a question was being asked otherwise."""
        if self._asked is None:
            return False
        self._asked = None
        self._rewriting.hide()
        self.put(self._draft)
        return True

    def quote(self, text: str) -> None:
        """Put a quotation before what is typed."""
        self.put(text + self._fields.plain())

    def put(self, text: str) -> None:
        """In place of what is typed."""
        self._fields.clear()
        self.text.setPlainText(text)
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.setFocus()

    def set_zoom(self, zoom: float) -> None:
        """The text so many times as large."""
        self.text.setStyleSheet(f"font-size: {round(TEXT_PIXELS * zoom)}px")
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.setProperty("focused", event.type() == QEvent.Type.FocusIn)
            self.style().unpolish(self)
            self.style().polish(self)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        """Whether the key was for more than the text."""
        key, held = event.key(), event.modifiers() & (_SHIFT | _CONTROL | _ALT)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not (held == _CONTROL or (self._by_enter and not held & _SHIFT)):
                return False
            if not self._writing:
                self._press()
            return True
        if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab} and not held & (_CONTROL | _ALT):
            return self._fields.step(-1 if held & _SHIFT or key == Qt.Key.Key_Backtab else 1)
        if key == Qt.Key.Key_Up and not held and not self.text.toPlainText():
            self.recalled.emit()
            return True
        return False

    def _press(self) -> None:
        if self._writing:
            self.stopped.emit()
            return
        question = self._fields.plain().strip()
        if not question:
            return
        if (asked := self._asked) is not None:
            self.leave_rewriting()
            self.rewritten.emit(asked, question)
        else:
            self.text.clear()
            self.sent.emit(question)

    def _fit(self) -> None:
        line = self.text.fontMetrics().lineSpacing()
        lines = min(max(self.text.document().size().height(), _LINES[0]), _LINES[1])
        self.text.setFixedHeight(round(line * lines) + 8)
        self._send.setEnabled(self._writing or bool(self.text.toPlainText().strip()))
