"""One of the five steps: a line with its number or a tick, and a body that folds under it."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme import SMALL_PIXELS, TEXT_PIXELS, Theme, font
from app.ui.widgets.layouts import in_column

_LINE, _CIRCLE, _EDGE, _RADIUS = 40, 22, 18, 14


class StepState(StrEnum):
    WAITING = "waiting"
    NOW = "now"
    DONE = "done"


class StepLine(QAbstractButton):
    """The line that is clicked to fold and unfold."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self.number = theme, number
        self._summary, self.state = "", StepState.WAITING
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(200, _LINE)

    def say(self, title: str, summary: str, state: StepState) -> None:
        self.setText(title)
        self._summary, self.state = summary, state
        told = {
            StepState.WAITING: self.tr("not yet"),
            StepState.NOW: self.tr("now"),
            StepState.DONE: self.tr("done"),
        }[state]
        parts = (f"{self.number}. {title}", summary, told)
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.setToolTip(self.tr("Show or hide this step"))
        self.update()

    @property
    def told(self) -> str:
        return f"{self.text()}: {self._summary}" if self._summary else self.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = QRectF(_EDGE, (self.height() - _CIRCLE) / 2, _CIRCLE, _CIRCLE)
        self._draw_circle(painter, circle.adjusted(0.5, 0.5, -0.5, -0.5))
        colors = self._theme.colors
        strong = self.isChecked() or self.state == StepState.NOW
        words = QRectF(self.rect()).adjusted(circle.right() + 10, 0, -_EDGE - 24, 0)
        painter.setFont(font(TEXT_PIXELS, 600 if self.isChecked() else 400))
        painter.setPen(colors.color("text" if strong else "muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, middle, self.text())
        words.setLeft(words.left() + painter.fontMetrics().horizontalAdvance(self.text()) + 12)
        small = font(SMALL_PIXELS)
        painter.setFont(small)
        painter.setPen(colors.color("muted"))
        mode, room = Qt.TextElideMode.ElideRight, max(int(words.width()), 0)
        painter.drawText(words, middle, QFontMetrics(small).elidedText(self._summary, mode, room))
        name = "chevron-down" if self.isChecked() else "chevron-right"
        icon = self._theme.icon(name, "accent" if self.hasFocus() else "muted", 16)
        icon.paint(painter, self.width() - _EDGE - 16, (self.height() - 16) // 2, 16, 16)
        if self.hasFocus():
            painter.setPen(QPen(colors.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, _RADIUS, _RADIUS)

    def _draw_circle(self, painter: QPainter, circle: QRectF) -> None:
        colors = self._theme.colors
        if self.state == StepState.DONE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.color("accent"))
            painter.drawEllipse(circle)
            painter.setPen(QPen(colors.color("on_accent"), 1.8))
            x, y = circle.center().x(), circle.center().y()
            painter.drawPolyline(
                [QPointF(x - 4, y), QPointF(x - 1, y + 3), QPointF(x + 4.5, y - 3)]
            )
            return
        now = self.state == StepState.NOW
        painter.setPen(QPen(colors.color("accent" if now else "line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        painter.setFont(font(SMALL_PIXELS, 600))
        painter.setPen(colors.color("accent" if now else "muted"))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self.number))


class Step(QWidget):
    """A card while it is unfolded, one line while it is not."""

    unfolded = Signal(bool)

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme = theme
        self._body: QWidget | None = None
        self.line = StepLine(theme, number)
        self._inside = QVBoxLayout()
        in_column(self.line, self._inside, on=self, margins=0, spacing=0)
        self.line.toggled.connect(self._fold)
        theme.changed.connect(self.update)
        self._margins()

    def set_body(self, body: QWidget) -> None:
        """What is under the line; once."""
        self._body = body
        body.setVisible(False)
        self._inside.addWidget(body)
        body.setVisible(self.is_open)

    def unfold(self, on: bool = True) -> None:
        self.line.setChecked(on)

    @property
    def is_open(self) -> bool:
        return self.line.isChecked()

    def _fold(self, on: bool) -> None:
        self.unfolded.emit(on)  # who listens may bring the body
        if self._body is not None:
            self._body.setVisible(on)
        self._margins()
        self.update()

    def _margins(self) -> None:
        on = self.is_open
        self._inside.setContentsMargins(_EDGE, 4 if on else 0, _EDGE, 18 if on else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.is_open:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.colors.color("line"))
        painter.setBrush(self._theme.colors.color("surface"))
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(card, _RADIUS, _RADIUS)
