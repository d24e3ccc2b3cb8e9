"""A check box that is drawn as a switch."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from app.ui.theme import Theme

_WIDTH, _HEIGHT, _GAP = 34, 20, 10


class Switch(QCheckBox):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().size(0, self.text())
        beside = _GAP + text.width() + 4 if self.text() else 1
        return QSize(_WIDTH + beside, max(text.height(), _HEIGHT) + 6)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, on = self._theme.colors, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(1, (self.height() - _HEIGHT) / 2 + 0.5, _WIDTH - 1, _HEIGHT - 1)
        edge = "accent" if on or self.hasFocus() else "muted"
        painter.setPen(QPen(colors.color(edge if self.isEnabled() else "line"), 1))
        painter.setBrush(colors.color("accent" if on else "surface"))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        knob = "on_accent" if on else "muted" if self.isEnabled() else "line"
        painter.setBrush(colors.color(knob))
        x = track.right() - track.height() / 2 if on else track.left() + track.height() / 2
        painter.drawEllipse(QPointF(x, track.center().y()), 6, 6)
        painter.setPen(colors.color("text" if self.isEnabled() else "muted"))
        words = self.rect().adjusted(_WIDTH + _GAP, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
