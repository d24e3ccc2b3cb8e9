"""What a run is expected to take: steps, time, memory; and what would fit where it does not."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.training.training import Estimate
from app.ui.language import filled
from app.ui.theme import Theme
from app.ui.training.result.figure import Figure
from app.ui.training.words import TrainingWords
from app.ui.widgets.controls import button, label
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

_BAR = 6


class MemoryBar(QWidget):
    """What is needed of what there is; more than there is turns it red."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._share = theme, 0.0
        self.setFixedHeight(_BAR)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(120, _BAR)

    def show_share(self, share: float) -> None:
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, bar = self._theme.colors, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.color("line"))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        bar.setWidth(bar.width() * min(self._share, 1.0))
        painter.setBrush(colors.color("accent" if self._share <= 1 else "danger"))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)


class EstimateCard(Retranslating, QFrame):
    """`taken` when the settings that fit are wanted."""

    taken = Signal()

    def __init__(self, words: TrainingWords, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("hollow")
        self._words = words
        self.estimate: Estimate | None = None
        self._nearest = ""
        self.steps, self.time, self.memory = Figure(), Figure(), Figure()
        self._bar, self._fits = MemoryBar(theme), label("", wrap=True)
        self.take = button("", self.taken.emit)
        figures = in_row(self.steps, self.time, self.memory, STRETCH, spacing=28)
        foot = in_row(wide(self._fits), self.take, spacing=12)
        in_column(figures, self._bar, foot, on=self, margins=(14, 12, 14, 12), spacing=10)
        self.hide()

    def _retranslate(self) -> None:
        self.show_estimate(self.estimate, self._nearest)

    def show_estimate(self, estimate: Estimate | None, nearest: str) -> None:
        """`nearest`: what settings that fit have otherwise, in words."""
        self.estimate, self._nearest = estimate, nearest
        self.setVisible(estimate is not None)
        if estimate is None:
            return
        words = self._words
        self.steps.say(words.number(estimate.steps, 0), self.tr("steps"))
        self.time.say(words.range(estimate.seconds), self.tr("for the whole training"))
        memory = words.memory(estimate.memory, estimate.available)
        self.memory.say(memory, self.tr("memory needed, of what is free"))
        self._bar.show_share(estimate.memory / max(estimate.available, 1))
        self._bar.setAccessibleName(memory)
        self._fits.setText(self._told(estimate))
        self.take.setVisible(not estimate.fits and estimate.nearest is not None)
        self.take.setText(self.tr("Take these settings"))

    def _told(self, estimate: Estimate) -> str:
        if estimate.fits:
            return self.tr("It fits this machine. The model leaves the chat while it is trained.")
        if estimate.nearest is None:
            return self.tr(
                "It does not fit this machine, and no settings would make it fit. Take a smaller "
                "model."
            )
        return filled(self.tr("It does not fit. The nearest that does: %1."), self._nearest)
