"""One setting: what it is, what it does, and its control at the right."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QWidget

from app.ui.widgets.controls import button, label
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.layouts import UPRIGHT, aligned, in_column, in_row, wide

#: Pixels between the values of a choice, and what is left to the words beside it.
_BETWEEN, _LEAST_WORDS = 6, 150


class Setting(QFrame):
    """`standard` is False where the user chose something else than the usual."""

    def __init__(self, control: QWidget) -> None:
        super().__init__()
        self.setObjectName("setting")
        self.control, self.standard = control, True
        self._title, self._about = label("", wrap=True), label("small", wrap=True)
        words = in_column(self._title, self._about, spacing=2)
        in_row(wide(words), aligned(control, UPRIGHT), on=self, margins=(0, 12, 0, 12), spacing=24)

    def say(self, title: str, about: str) -> None:
        """What it is and what it does; of a button what that says comes first."""
        self._title.setText(title)
        longest = max(map(self._title.fontMetrics().horizontalAdvance, title.split()), default=0)
        self._title.setMinimumWidth(max(longest + 2, _LEAST_WORDS))
        self._about.setText(about)
        does = self.control.text() if isinstance(self.control, QPushButton) else ""
        self.control.setAccessibleName(f"{title}: {does}" if does else title)
        self.control.setAccessibleDescription(about)
        if not isinstance(self.control, QLabel):
            self.control.setToolTip(about)

    @property
    def title(self) -> str:
        return self._title.text()

    def fits(self, wanted: str) -> bool:
        """Whether every word stands in what it says of itself."""
        told = f"{self._title.text()} {self._about.text()}".casefold()
        return all(word in told for word in wanted.casefold().split())


class Choice(QFrame):
    """One of a few values; `chosen` tells which when the user takes another."""

    chosen = Signal(object)

    def __init__(self, values: Sequence[object]) -> None:
        super().__init__()
        self._group, row = QButtonGroup(self), FlowLayout(self, _BETWEEN)
        self.buttons: dict[object, QPushButton] = {}
        for value in values:
            made = button("option", partial(self.chosen.emit, value))
            made.setCheckable(True)
            self._group.addButton(made)
            self.buttons[value] = made
            row.addWidget(made)

    def sizeHint(self) -> QSize:
        """In one line, which the layout alone would not ask for."""
        hints = [made.sizeHint() for made in self.buttons.values()]
        wide = sum(hint.width() for hint in hints) + _BETWEEN * (len(hints) - 1)
        return QSize(wide, max(hint.height() for hint in hints))

    def say(self, names: Sequence[str], of: str) -> None:
        """What the values are called, `of` the setting that they are of."""
        for made, name in zip(self.buttons.values(), names, strict=True):
            made.setText(name)
            made.setAccessibleName(f"{of}: {name}")

    def show_chosen(self, value: object) -> None:
        if value in self.buttons:
            self.buttons[value].setChecked(True)
