"""Everything that can be set about a run, for those who want to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.domain.training.training import TrainingSettings, WeightForm
from app.ui.assistants.fields import SteadyComboBox
from app.ui.theme import Theme
from app.ui.training.words import TrainingWords
from app.ui.widgets.controls import label
from app.ui.widgets.number import NumberField, WholeField
from app.ui.widgets.retranslating import Retranslating


@dataclass(frozen=True)
class _Limits:
    least: float
    most: float
    step: float
    digits: int = 0


#: In the order shown. `held_out` is a share, shown as a percentage.
_LIMITS = {
    "rank": _Limits(4, 128, 4),
    "alpha": _Limits(1, 256, 8, 1),
    "dropout": _Limits(0, 0.5, 0.05, 2),
    "learning_rate": _Limits(0.00001, 0.001, 0.00005, 5),
    "epochs": _Limits(0.5, 10, 0.5, 1),
    "batch": _Limits(1, 64, 1),
    "longest": _Limits(128, 8192, 128),
    "held_out": _Limits(5, 40, 5),
}
_PERCENT = 100


class MoreSettings(Retranslating, QWidget):
    """`changed` gives the settings after the user's change."""

    changed = Signal(object)

    def __init__(self, words: TrainingWords, theme: Theme) -> None:
        super().__init__()
        self._words = words
        self._offered: Sequence[WeightForm] = ()
        self._settings = TrainingSettings()
        self.fields: dict[str, WholeField | NumberField] = {}
        self._names: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for place, (name, limits) in enumerate(_LIMITS.items()):
            self.fields[name] = field = _field(limits)
            field.valueChanged.connect(self._change_to(name))
            self._place(grid, place, name, field)
        self.form = SteadyComboBox(theme)
        self.form.activated.connect(lambda _: self._choose_form())
        self._place(grid, len(_LIMITS), "weights", self.form)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        self._retranslate()

    def _place(self, grid: QGridLayout, place: int, name: str, field: QWidget) -> None:
        row, column = divmod(place, 3)
        self._names[name] = label("small")
        grid.addWidget(self._names[name], 2 * row, column)
        grid.addWidget(field, 2 * row + 1, column)

    def _change_to(self, name: str) -> Callable[[float], None]:
        def change(value: float) -> None:
            whole = _LIMITS[name].digits == 0 and name != "held_out"
            share = value / _PERCENT if name == "held_out" else value
            self._change(name, int(value) if whole else round(float(share), 6))

        return change

    def _choose_form(self) -> None:
        self._change("weights", WeightForm(self.form.currentData()))

    def _change(self, name: str, value: Any) -> None:
        if getattr(self._settings, name) != value:
            self._settings = replace(self._settings, **{name: value})
            self.changed.emit(self._settings)

    def _retranslate(self) -> None:
        fields: dict[str, QWidget] = {**self.fields, "weights": self.form}
        for name, (title, hint) in self._texts().items():
            self._names[name].setText(title)
            for part in (self._names[name], fields[name]):
                part.setToolTip(hint)
            fields[name].setAccessibleName(title)
            fields[name].setAccessibleDescription(hint)
        self._show_form()

    def offer(self, forms: Sequence[WeightForm]) -> None:
        """Those that this computer can train with; one that is set already shows as well."""
        self._offered = forms
        self._show_form()

    def _show_form(self) -> None:
        now = self._settings.weights
        self.form.clear()
        for form in WeightForm:
            if form in self._offered or form is now:
                self.form.addItem(self._form(form), form.value)
        self.form.choose(now.value)

    def _texts(self) -> dict[str, tuple[str, str]]:
        return {
            "rank": (
                self.tr("Rank"),
                self.tr("LoRA rank: how much the adapter can hold; larger is slower."),
            ),
            "alpha": (
                self.tr("Alpha"),
                self.tr("LoRA alpha: how strongly the adapter acts; usually twice the rank."),
            ),
            "dropout": (
                self.tr("Dropout"),
                self.tr("Share that is left out at random, against overfitting."),
            ),
            "learning_rate": (
                self.tr("Learning rate"),
                self.tr("How large each step is; smaller is safer and slower."),
            ),
            "epochs": (
                self.tr("Epochs"),
                self.tr(
                    "Passes over all examples: more of them learn more, until the adapter overfits."
                ),
            ),
            "batch": (
                self.tr("Batch size"),
                self.tr("Examples in each step: more of them make it steadier and slower."),
            ),
            "longest": (
                self.tr("Longest example, tokens"),
                self.tr("Longer ones are left out; this decides how much memory is needed."),
            ),
            "held_out": (
                self.tr("Held out, %"),
                self.tr("Examples that are not learned, but used to measure the result."),
            ),
            "weights": (
                self.tr("Weights in memory"),
                self.tr("Quantised weights take the least memory; dequantised ones are quicker."),
            ),
        }

    def _form(self, form: WeightForm) -> str:
        return {
            WeightForm.PACKED: self.tr("Quantised, as in the file"),
            WeightForm.DENSE: self.tr("Dequantised"),
            WeightForm.FOUR_BIT: self.tr("4-bit (QLoRA), for graphics cards"),
        }[form]

    def show_settings(self, settings: TrainingSettings) -> None:
        self._settings = settings
        for name, field in self.fields.items():
            value = getattr(settings, name) * (_PERCENT if name == "held_out" else 1)
            with QSignalBlocker(field):
                field.setValue(round(value) if isinstance(field, WholeField) else value)
        self._show_form()

    def difference(self, one: TrainingSettings, other: TrainingSettings) -> str:
        """What is otherwise in `other`: "longest example 1,024, rank 8"."""
        parts = []
        for name, (title, _) in self._texts().items():
            before, after = getattr(one, name), getattr(other, name)
            if before != after:
                parts.append(f"{title.lower()}: {self._value(name, after)}")
        return ", ".join(parts)

    def _value(self, name: str, value: Any) -> str:
        if isinstance(value, WeightForm):
            return self._form(value).lower()
        if name == "held_out":
            return self._words.number(value * _PERCENT, 0)
        return self._words.number(value, _LIMITS[name].digits)


def _field(limits: _Limits) -> WholeField | NumberField:
    if not limits.digits:
        whole = WholeField()
        whole.setRange(int(limits.least), int(limits.most))
        whole.setSingleStep(int(limits.step))
        return whole
    part = NumberField()
    part.setDecimals(limits.digits)
    part.setRange(limits.least, limits.most)
    part.setSingleStep(limits.step)
    return part
