"""A check box that is drawn as a switch."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from app.ui.theme import Theme

_WIDTH, _HEIGHT, _GAP = 34, 20, 10
#: Pixels from the track to the middle of the ring of the focus.
_RING = 3.5
#: What the ring takes at each side.
_ROOM = 5
#: What stands before the words, and how they are written.
_BEFORE = _WIDTH + 2 * _ROOM + _GAP
_WRAPPED = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)


class Switch(QCheckBox):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().size(0, self.text())
        beside = _GAP + text.width() + 4 if self.text() else 1
        return QSize(_WIDTH + 2 * _ROOM + beside, max(text.height(), _HEIGHT + 2 * _ROOM))

    def minimumSizeHint(self) -> QSize:
        """Its longest word beside the track: the others begin a new line."""
        words = [self.fontMetrics().horizontalAdvance(word) for word in self.text().split()]
        hint = self.sizeHint()
        return QSize(min(_BEFORE + max(words, default=0) + 4, hint.width()), hint.height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(width - _BEFORE, 1), 1 << 16)
        text = self.fontMetrics().boundingRect(room, _WRAPPED, self.text())
        return max(text.height(), _HEIGHT + 2 * _ROOM)

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, on = self._theme.colors, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - _HEIGHT) / 2 + 0.5
        track = QRectF(_ROOM, top, _WIDTH - 1, _HEIGHT - 1)
        edge = "accent" if on else "muted"
        painter.setPen(QPen(colors.color(edge if self.isEnabled() else "line"), 1))
        painter.setBrush(colors.color("accent" if on else "surface"))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        knob = "on_accent" if on else "muted" if self.isEnabled() else "line"
        painter.setBrush(colors.color(knob))
        x = track.right() - track.height() / 2 if on else track.left() + track.height() / 2
        painter.drawEllipse(QPointF(x, track.center().y()), 6, 6)
        painter.setPen(colors.color("text" if self.isEnabled() else "muted"))
        painter.drawText(self.rect().adjusted(_BEFORE, 0, 0, 0), _WRAPPED, self.text())
        if self.hasFocus():
            self._draw_ring(painter, track)

    def _draw_ring(self, painter: QPainter, track: QRectF) -> None:
        """Around the track, apart from it: a switch that is on has the ring's colour."""
        painter.setPen(QPen(self._theme.colors.color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ring = track.adjusted(-_RING, -_RING, _RING, _RING)
        painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
