"""A large number over the words for what it is."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets.controls import label


class Figure(QWidget):
    def __init__(self, kind: str = "figure") -> None:
        super().__init__()
        self._number, self._about = label(kind), label("small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._number)
        column.addWidget(self._about)

    def say(self, number: str, about: str, tip: str = "") -> None:
        self._number.setText(number)
        self._about.setText(about)
        self.setToolTip(tip)
        self.setAccessibleName(f"{number} {about}")

    @property
    def told(self) -> str:
        return self.accessibleName()
