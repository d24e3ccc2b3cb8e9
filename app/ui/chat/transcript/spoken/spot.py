"""What can be chosen in a turn, for keyboard and screen readers. The turn paints it; here is its
name, its act and the ring of the focus."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.ui.theme import Theme

_RING = 2
_RADIUS = 6
_ARROWS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_TRANSPARENT = Qt.WidgetAttribute.WA_TransparentForMouseEvents


def paint_ring(over: QWidget, theme: Theme) -> None:
    """Around all of a widget, inside of its edges."""
    painter = QPainter(over)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colors.color("accent"), _RING))
    inset = _RING / 2
    area = QRectF(over.rect()).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(area, _RADIUS, _RADIUS)


class SpotButton(QPushButton):
    """`entered` when the focus comes, `left` when it goes. The pointer goes through it to what is
    painted below."""

    entered, left = Signal(), Signal()

    def __init__(self, theme: Theme, act: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(_TRANSPARENT)
        self.clicked.connect(lambda: act())

    def nextCheckState(self) -> None:
        """Whether it is on is what the turn says once the act was done."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are the conversation's."""
        if event.key() in _ENTER:
            self.click()
        elif event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            paint_ring(self, self._theme)


class SpokenLine(QLabel):
    """A sentence that is painted elsewhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(_TRANSPARENT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing: it is there to be read aloud."""
