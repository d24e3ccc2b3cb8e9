"""The frame of what is asked and told over a page."""

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from app.ui.widgets.controls import button, label
from app.ui.widgets.layouts import STRETCH, Part, in_column, in_row

_WIDTH = 460


class Dialog(QDialog):
    """What it is about, why, and acts in a row: the one that leaves everything as it is first, the
    usual one last. The same on every system, in the program's own language."""

    def __init__(
        self, parent: QWidget | None, title: str, *lines: str, width: int = _WIDTH
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription("\n".join(lines))
        self.title, self.text = label("title", title, wrap=True), "\n\n".join(lines)
        self.title.setProperty("kind", "heading")
        self._told = label("", self.text, wrap=True)
        self._told.setVisible(bool(self.text))
        self._inner = in_column(spacing=10)
        self._acts = in_row(STRETCH, spacing=8)
        in_column(
            self.title, self._told, self._inner, 6, self._acts, on=self,
            margins=(24, 22, 24, 20), spacing=10,
        )  # fmt: skip
        self.setFixedWidth(width)

    def hold(self, *parts: Part) -> None:
        """What stands between the words and the acts."""
        for part in parts:
            if isinstance(part, QWidget):
                self._inner.addWidget(part)
            elif isinstance(part, int):
                self._inner.addSpacing(part)

    def act(self, text: str, done: Callable[[], object], kind: str = "") -> QPushButton:
        """One more act at the end of the row, of a kind that `button` knows."""
        made = button(kind, done, text)
        made.setAutoDefault(False)
        self._acts.addWidget(made)
        return made

    def usual(self, act: QPushButton) -> None:
        """The act that Enter stands for."""
        act.setAutoDefault(True)
        act.setDefault(True)
        act.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        self.fit()
        super().showEvent(event)

    def fit(self) -> None:
        """As wide as the acts need, as high as the wrapped words do: Qt asks them for that only
        afterwards."""
        if (layout := self.layout()) is not None:
            layout.activate()
            self.setFixedWidth(max(self.width(), layout.minimumSize().width()))
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))
