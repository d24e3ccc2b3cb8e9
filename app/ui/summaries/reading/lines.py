"""The lines of a summary: a point that leads to its turn, an open question that can be asked."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme import Theme
from app.ui.widgets.controls import button, label
from app.ui.widgets.layouts import Placed, aligned, in_row
from app.ui.widgets.retranslating import Retranslating

_ICON, _EDGE = 15, 2


class TextButton(Retranslating, QAbstractButton):
    """A text over as many lines as it needs that can be clicked, no wider than it is long."""

    def __init__(self, theme: Theme, text: str, act: Callable[[], object]) -> None:
        super().__init__()
        self._theme = theme
        self.setText(text)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda: act())
        theme.changed.connect(self.update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def _remeasure(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2 * _EDGE + 2
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.fontMetrics().height())

    def heightForWidth(self, width: int) -> int:
        return round(self._lines(width).boundingRect().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colors = QPainter(self), self._theme.colors
        lit = self.underMouse() or self.hasFocus()
        painter.setPen(colors.color("accent" if lit else "text"))
        self._lines(self.width()).draw(painter, QPointF(_EDGE, 0))
        if self.hasFocus():
            painter.setPen(QPen(colors.color("accent"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)

    def _lines(self, width: int) -> QTextLayout:
        layout, option, y = QTextLayout(self.text(), self.font()), QTextOption(), 0.0
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (each := layout.createLine()).isValid():
            each.setLineWidth(width - 2 * _EDGE)
            each.setPosition(QPointF(0, y))
            y += each.height()
        layout.endLayout()
        return layout

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()


class Card(QFrame):
    """A heading over lines."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(heading)
        title = label("strong", heading)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 14, 18, 16)
        self._column.setSpacing(4)
        self._column.addWidget(title)
        self._column.addSpacing(4)

    def add(self, line: QWidget) -> None:
        self._column.addWidget(line)

    def end(self) -> None:
        """Its lines stand at the top, whatever stands beside it."""
        self._column.addStretch()


def line(mark: QLabel, text: QWidget, *more: QWidget) -> QWidget:
    """What stands after the text follows where it ends."""
    made = QWidget()
    top = Qt.AlignmentFlag.AlignTop
    mark.setFixedWidth(_ICON)
    in_row(
        aligned(mark, top), aligned(text, top, 1000), *(aligned(part, top) for part in more),
        Placed(stretch=1), on=made, margins=0, spacing=6,
    )  # fmt: skip
    return made


def bullet() -> QLabel:
    made = label("", "•")
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return made


def sign(theme: Theme, icon: str, color: str) -> QLabel:
    made = QLabel()
    made.setPixmap(theme.icon(icon, color, _ICON).pixmap(_ICON, _ICON))
    made.setContentsMargins(0, 2, 0, 0)
    return made


def plain(text: str) -> QLabel:
    """A text that leads nowhere."""
    made = label("", text, wrap=True)
    made.setContentsMargins(_EDGE, 0, 0, 0)
    return made


def chip(number: int, tip: str, act: Callable[[], object]) -> QWidget:
    """The number of a passage."""
    made = button("cite", act, str(number))
    made.setToolTip(tip)
    made.setAccessibleName(f"{tip} {number}")
    return made
