"""The presets as four cards, of which one is chosen."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from app.domain.training.training import Preset
from app.ui.theme import SMALL_PIXELS, TEXT_PIXELS, Theme, font
from app.ui.training.words import TrainingWords
from app.ui.widgets.retranslating import Retranslating

_HEIGHT, _RADIUS = 124, 10
#: Narrower than this there are two in a line.
_WIDE = 640


class PresetCard(QAbstractButton):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._about = self._time = ""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(140, _HEIGHT)

    def say(self, name: str, about: str, time: str) -> None:
        self.setText(name)
        self._about, self._time = about, time
        self.setAccessibleName(f"{name}. {about} {time}".strip())
        self.setToolTip(about)
        self.update()

    @property
    def time(self) -> str:
        return self._time

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, on = self._theme.colors, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = "accent" if on or self.hasFocus() else "line"
        painter.setPen(QPen(colors.color(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(colors.color("accent_soft" if on else "surface"))
        inset = 1 if self.hasFocus() else 0.5
        card = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(card, _RADIUS, _RADIUS)
        inner = card.adjusted(12, 10, -10, -10)
        strong = on and self.isEnabled()
        painter.setFont(font(TEXT_PIXELS, 600))
        painter.setPen(colors.color("accent" if strong else "text"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop, self.text())
        small, wrapped = font(SMALL_PIXELS), int(Qt.TextFlag.TextWordWrap)
        painter.setFont(small)
        painter.setPen(colors.color("text" if on else "muted"))
        painter.drawText(inner.adjusted(0, 24, 0, 0), wrapped, self._about)
        painter.setPen(colors.color("accent" if strong else "muted"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom, self._time)


class PresetCards(Retranslating, QWidget):
    """`chosen` when the user picks one."""

    chosen = Signal(object)

    def __init__(self, words: TrainingWords, theme: Theme) -> None:
        super().__init__()
        self._words = words
        self._times: Mapping[Preset, tuple[float, float]] = {}
        self.cards = {preset: PresetCard(theme) for preset in Preset}
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)
        for place, (preset, card) in enumerate(self.cards.items()):
            self._group.addButton(card, place)
            card.clicked.connect(lambda _, each=preset: self.chosen.emit(each))
        self._arrange(4)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(4 if event.size().width() >= _WIDE else 2)

    def _arrange(self, columns: int) -> None:
        for place, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, place // columns, place % columns)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def show_chosen(self, preset: Preset, times: Mapping[Preset, tuple[float, float]]) -> None:
        """`times` in seconds, of those presets that were estimated."""
        self._times = times
        self.cards[preset].setChecked(True)
        self._draw()

    def _draw(self) -> None:
        for preset, card in self.cards.items():
            name, about = self._words.preset(preset)
            known = self._times.get(preset)
            card.say(name, about, self._words.range(known) if known else "")
