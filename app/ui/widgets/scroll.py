"""A column that scrolls, its contents in one line with what stands above."""

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

#: As wide as the style sheet draws a scroll bar.
_BAR = 10


class Scroll(QScrollArea):
    """The bar takes its room from the right margin, so that nothing moves when it comes."""

    def __init__(self, margins: QMargins, spacing: int) -> None:
        super().__init__()
        self._margins = margins
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setObjectName("inside")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(margins)
        self.column.setSpacing(spacing)
        self.setWidget(inside)
        self.verticalScrollBar().rangeChanged.connect(self._make_room)

    def _make_room(self, _: int, last: int) -> None:
        taken = QMargins(0, 0, _BAR if last > 0 else 0, 0)
        self.column.setContentsMargins(self._margins - taken)
