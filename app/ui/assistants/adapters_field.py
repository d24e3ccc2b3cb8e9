"""The editor's field for adapters: those that speak, a slider each, and a choice of one more."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.chat.assistants import STRONGEST, AdapterStrength
from app.ui.assistants.fields import Amount, SteadyComboBox
from app.ui.assistants.overview import AssistantsOverview
from app.ui.language import Language, filled
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, label, let_go
from app.ui.widgets.elided import Elided
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating


class AdapterField(Retranslating, QWidget):
    """Which adapters speak, and how strongly. Those of another model are not offered."""

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self._overview = AssistantsOverview()
        self.rows: dict[str, AdapterRow] = {}
        self.choice = SteadyComboBox(theme)
        self._told = label("small", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        in_column(self._rows, self.choice, self._told, on=self, margins=0, spacing=8)
        self.choice.currentIndexChanged.connect(lambda _: self._add())
        self._retranslate()

    def _retranslate(self) -> None:
        self.choice.setAccessibleName(self.tr("Adapter"))
        self._told.setText(self.tr("No adapter fits the model in use."))
        for key, row in self.rows.items():
            row.say(self._name(key))
        self._fill()

    def offer(self, overview: AssistantsOverview, chosen: Sequence[AdapterStrength]) -> None:
        self._overview = overview
        for key in list(self.rows):
            self._drop(key)
        for adapter_strength in chosen:
            self._put(adapter_strength.adapter, adapter_strength.strength)
        self._fill()

    @property
    def chosen(self) -> tuple[AdapterStrength, ...]:
        return tuple(AdapterStrength(key, row.amount.value) for key, row in self.rows.items())

    def remove(self, key: str) -> None:
        self._drop(key)
        self._fill()

    def _name(self, key: str) -> str:
        known = {adapter.id: adapter for adapter in self._overview.adapters}
        if key not in known:
            return self.tr("Deleted adapter")
        if known[key].base == self._overview.base:
            return known[key].name
        return filled(self.tr("%1 (of another model)"), known[key].name)

    def _fill(self) -> None:
        """With those that fit and do not speak yet."""
        fitting = [e for e in self._overview.adapters if e.base == self._overview.base]
        left = [adapter for adapter in fitting if adapter.id not in self.rows]
        more = self.tr("One more adapter…")
        with QSignalBlocker(self.choice):
            self.choice.clear()
            self.choice.addItem(more if self.rows else self.tr("As switched on in Models"), "")
            for adapter in left:
                self.choice.addItem(adapter.name, adapter.id)
        self.choice.setVisible(bool(left) or not self.rows)
        self._told.setVisible(not fitting)

    def _add(self) -> None:
        if key := str(self.choice.currentData() or ""):
            self._put(key, 1.0)
            self._fill()

    def _put(self, key: str, strength: float) -> None:
        self.rows[key] = row = AdapterRow(self._theme, self._language)
        row.say(self._name(key))
        row.amount.set_value(strength)
        row.removed.connect(lambda: self.remove(key))
        self._rows.addWidget(row)

    def _drop(self, key: str) -> None:
        row = self.rows.pop(key)
        self._rows.removeWidget(row)
        let_go(row)


class AdapterRow(QWidget):
    """One that speaks: its name, its slider, and a cross to take it away."""

    removed = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self.name, self.amount = Elided("strong"), Amount(STRONGEST, language)
        self.away = IconButton(theme, "x", self.removed.emit, size=16)
        head = in_row(wide(self.name), self.away)
        in_column(head, self.amount, on=self, margins=(0, 0, 0, 4), spacing=4)

    def say(self, name: str) -> None:
        self.name.say(name)
        self.away.say(filled(self.tr("Take %1 away"), name))
        self.amount.say(
            self.tr("Strength"),
            self.tr("Off"),
            self.tr("Twice as strong as trained"),
            self.tr("1 is as strong as it was trained; more changes the style more."),
        )
        self.amount.slider.setAccessibleName(filled(self.tr("Strength of %1"), name))
