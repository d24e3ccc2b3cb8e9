"""A large number over the words for what it is."""

from PySide6.QtWidgets import QWidget

from app.ui.widgets.controls import label
from app.ui.widgets.layouts import in_column


class Figure(QWidget):
    def __init__(self, kind: str = "figure") -> None:
        super().__init__()
        self._number, self._about = label(kind), label("small")
        in_column(self._number, self._about, on=self, margins=0, spacing=2)

    def say(self, number: str, about: str, tip: str = "") -> None:
        self._number.setText(number)
        self._about.setText(about)
        self.setToolTip(tip)
        self.setAccessibleName(f"{number} {about}")

    @property
    def told(self) -> str:
        return self.accessibleName()
