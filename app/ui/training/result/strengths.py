"""Further adapters that speak at the same time, a slider each."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.models.adapters import Adapter
from app.ui.assistants.fields import Amount
from app.ui.language import filled
from app.ui.theme import Theme
from app.ui.training.words import TrainingWords
from app.ui.widgets.controls import label, let_go
from app.ui.widgets.layouts import in_column
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.switch import Switch

STRONGEST = 1.5


def strength_words(amount: Amount, name: str) -> None:
    """What a slider for an adapter says."""
    translate = QCoreApplication.translate
    amount.say(
        name,
        translate("Strengths", "Off"),
        translate("Strengths", "1.5 times as strong as trained"),
        translate("Strengths", "1 is as strong as it was trained; acts on the next answer."),
    )


class Strengths(Retranslating, QWidget):
    """`changed` when the user moves a slider or a switch."""

    changed = Signal()

    def __init__(self, words: TrainingWords, theme: Theme) -> None:
        super().__init__()
        self._words, self._theme = words, theme
        self._title, self._about = label("strong"), label("small", wrap=True)
        self.rows: dict[str, StrengthRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self._title)
        self._column.addWidget(self._about)
        self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Other adapters at the same time"))
        self._about.setText(
            self.tr("Several may act together; each changes the answer by its strength.")
        )

    def show_adapters(self, adapters: Sequence[Adapter]) -> None:
        self.setVisible(bool(adapters))
        for gone in set(self.rows) - {adapter.id for adapter in adapters}:
            row = self.rows.pop(gone)
            self._column.removeWidget(row)
            let_go(row)
        for each in adapters:
            if each.id not in self.rows:
                self.rows[each.id] = row = StrengthRow(self._words, self._theme)
                row.changed.connect(self.changed)
                self._column.addWidget(row)
            self.rows[each.id].show_adapter(each)

    @property
    def strengths(self) -> dict[str, float]:
        """Of those that are on."""
        return {key: row.strength for key, row in self.rows.items() if row.strength}


class StrengthRow(Retranslating, QFrame):
    """A switch with an adapter's name, and its slider while it is on."""

    changed = Signal()

    def __init__(self, words: TrainingWords, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("hollow")
        self._name = ""
        self.switch, self.amount = Switch(theme), Amount(STRONGEST, words.language)
        self.switch.clicked.connect(self._switched)
        self.amount.slider.valueChanged.connect(lambda _: self.changed.emit())
        in_column(self.switch, self.amount, on=self, margins=(14, 8, 14, 8), spacing=4)

    def _draw(self) -> None:
        strength_words(self.amount, self.tr("Strength"))
        self.amount.slider.setAccessibleName(filled(self.tr("Strength of %1"), self._name))

    def show_adapter(self, adapter: Adapter) -> None:
        self._name = adapter.name
        self.switch.setText(adapter.name)
        self.switch.setAccessibleName(adapter.name)
        self.switch.setChecked(adapter.scale > 0)
        self._set(adapter.scale or 1.0)
        self.amount.setVisible(adapter.scale > 0)
        self._draw()

    def _set(self, value: float) -> None:
        with QSignalBlocker(self.amount.slider):
            self.amount.set_value(value)

    def _switched(self, on: bool) -> None:
        self.amount.setVisible(on)
        if on and not self.amount.value:
            self._set(1.0)
            self._draw()
        self.changed.emit()

    @property
    def strength(self) -> float:
        return self.amount.value if self.switch.isChecked() else 0.0
