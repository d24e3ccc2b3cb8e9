"""A line at the bottom that says what was done and offers to undo it for a while."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.widgets.controls import announce, button, label
from app.ui.widgets.layouts import in_row

_SHOWN_MILLISECONDS = 8000
#: Pixels that are left between it and the edges of the page.
_EDGE = 24


class Toast(QFrame):
    """Floats over its parent, in the middle of its lower edge."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._over = parent
        self._undo: Callable[[], object] | None = None
        self._text = label("", wrap=False)
        self.act = button("link", self._take_back)
        in_row(self._text, self.act, on=self, margins=(16, 8, 10, 8), spacing=12)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Show a sentence, with "Undo" when there is something to take back."""
        self._undo = undo
        self._text.setText(text)
        self.act.setText(self.tr("Undo"))
        self.act.setVisible(undo is not None)
        self.setAccessibleName(text)
        announce(self, text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(_SHOWN_MILLISECONDS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """As wide as its words in one line, or as the page leaves room for; then in several."""
        room = self._over.rect()
        self._text.setWordWrap(False)
        self.setFixedWidth(min(self.sizeHint().width(), max(room.width() - 2 * _EDGE, 0)))
        self._text.setWordWrap(True)
        if (layout := self.layout()) is not None:
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - _EDGE)

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo:
            undo()

    @property
    def offers(self) -> bool:
        """Whether something can be taken back now."""
        return self._undo is not None and not self.isHidden()
