"""Texts that end in "…" where there is no room; the whole of them is told otherwise."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
)

from app.ui.widgets.controls import say

#: Pixels of a button of which little is left.
_NARROWEST = 72


class Elided(QLabel):
    """The whole is the tooltip. Takes as much width as its text, gives way to none."""

    def __init__(self, kind: str, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__()
        self._mode = mode
        self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def say(self, text: str, tip: str = "") -> None:
        say(self, text, tip or text)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fitting = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        self.style().drawItemText(
            painter, self.rect(), int(where), self.palette(), self.isEnabled(), fitting,
            self.foregroundRole(),
        )  # fmt: skip


class ElidedButton(QPushButton):
    """Whoever makes it tells the whole as accessible name or tooltip."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), _NARROWEST), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        inside = QStyle.SubElement.SE_PushButtonContents
        room = self.style().subElementRect(inside, option, self).width()
        if not self.icon().isNull():
            room -= self.iconSize().width() + 4
        option.text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)
