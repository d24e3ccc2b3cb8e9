"""The editor's fields that Qt does not have: a choice, an amount, collections to tick."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QSlider,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from app.ui.assistants.overview import AssistantsOverview
from app.ui.language import Language
from app.ui.library.collections import collection_name
from app.ui.theme import Theme
from app.ui.widgets.controls import label
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.ticked import TickedList

#: What a slider moves by.
_STEP = 0.05
_ARROW = 16
#: What is shown of a value at the least.
_LEAST_LETTERS = 12
_COMBO, _FIELD = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField


class SteadyComboBox(QComboBox):
    """The wheel only passes over it, so that scrolling the editor changes nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self.update)

    def give_way(self) -> None:
        """Be narrower than its values where there is no room; the tooltip has the whole."""
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST_LETTERS)
        self.currentTextChanged.connect(self.setToolTip)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(_COMBO, option, _FIELD, self).width()
        end = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(option.currentText, end, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(_COMBO, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
        at = QPoint(self.width() - _ARROW - 10, (self.height() - _ARROW) // 2)
        icon = self._theme.icon("chevron-down", "muted", _ARROW)
        icon.paint(QPainter(self), QRect(at, QSize(_ARROW, _ARROW)))

    def choose(self, value: object) -> None:
        self.setCurrentIndex(max(self.findData(value), 0))


class _Slider(QSlider):
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Amount(QWidget):
    """A slider in steps of 0.05 with its number, and words at both ends."""

    def __init__(self, most: float, language: Language) -> None:
        super().__init__()
        self._language = language
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, round(most / _STEP))
        self.slider.setFixedHeight(20)
        self.slider.setPageStep(round(0.25 / _STEP))
        self.slider.valueChanged.connect(self._show)
        self._name, self._number = label(), label("strong")
        self._least, self._most = label("small"), label("small")
        head = in_row(wide(self._name), self._number)
        ends = in_row(wide(self._least), self._most)
        in_column(head, self.slider, ends, on=self, margins=0, spacing=2)

    def say(self, name: str, least: str, most: str, about: str) -> None:
        self._name.setText(name)
        self._least.setText(least)
        self._most.setText(most)
        self.slider.setToolTip(about)
        self.slider.setAccessibleName(name)
        self._show()

    def _show(self) -> None:
        self._number.setText(self._language.number(self.value, 2))

    @property
    def value(self) -> float:
        return round(self.slider.value() * _STEP, 2)

    def set_value(self, value: float) -> None:
        self.slider.setValue(round(value / _STEP))


class CollectionsField(Retranslating, QWidget):
    """Ids of what is ticked; none for all. One that is not here (deleted, or not for this profile)
    stays until its tick is taken away."""

    def __init__(self) -> None:
        super().__init__()
        self.list = TickedList()
        self.list.turned.connect(lambda *_: self._tell())
        self._told = label("small", wrap=True)
        in_column(self.list, self._told, on=self, margins=0, spacing=4)

    def _retranslate(self) -> None:
        self._tell()

    def offer(self, overview: AssistantsOverview, chosen: Sequence[str]) -> None:
        known = {
            collection.id: collection_name(collection.name) for collection in overview.collections
        }
        away = self.tr("A collection that is not here")
        names = known | {each: away for each in chosen if each not in known}
        self.list.offer((key, name, key in chosen) for key, name in names.items())
        self.list.fit(1)
        self._tell()

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(self.list.chosen)

    def _tell(self) -> None:
        everything = self.tr("None is ticked: answers come from all collections.")
        some = self.tr("Answers come from what is ticked alone.")
        self._told.setText(some if self.chosen else everything)
