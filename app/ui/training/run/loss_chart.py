"""Training and held-out loss while a run goes on: the plot, its legend, its words."""

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from app.domain.training.training import CurvePoint, RunStatus
from app.ui.acts import Acts
from app.ui.language import filled
from app.ui.theme import Theme
from app.ui.training.words import TrainingWords
from app.ui.widgets.controls import label
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

if TYPE_CHECKING:
    from app.ui.training.run.loss_plot import LossPlot, Pointed

_HEIGHT = 176


def best_of(curve: Sequence[CurvePoint]) -> CurvePoint | None:
    """The point with the lowest held-out loss."""
    held = [(point.held_out, point.step, point) for point in curve if point.held_out is not None]
    return min(held)[2] if held else None


class LossChart(Retranslating, QWidget):
    """pyqtgraph is loaded on `reading` when the first curve is to be drawn."""

    def __init__(self, words: TrainingWords, theme: Theme, reading: Acts) -> None:
        super().__init__()
        self._words, self._theme, self._reading = words, theme, reading
        self._status = RunStatus()
        self._asked = False
        self.plot: LossPlot | None = None
        self._title = label("strong")
        self._training, self._held_out = _Legend(theme, "accent"), _Legend(theme, "gold")
        head = in_row(wide(self._title), self._training, self._held_out, spacing=12)
        self._place = QWidget()
        self._place.setFixedHeight(_HEIGHT)
        self._place.setMouseTracking(True)
        self._place.installEventFilter(self)
        self._inside = QVBoxLayout(self._place)
        self._inside.setContentsMargins(0, 0, 0, 0)
        in_column(head, self._place, on=self, margins=0, spacing=8)
        theme.changed.connect(self._draw)
        self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Loss in training and on held-out examples"))
        self._title.setToolTip(
            self.tr("How far the model is from the wanted answers; lower is better.")
        )
        self._training.say(self.tr("training"))
        self._held_out.say(self.tr("held out"))
        self._place.setAccessibleName(self._title.text())
        self._place.setAccessibleDescription(self.description)
        self._draw()

    def show_status(self, status: RunStatus) -> None:
        changed = status.curve != self._status.curve or status.steps != self._status.steps
        self._status = status
        if self.plot is None:
            self._load()
        elif changed:
            self._draw_curve()
        self._place.setAccessibleDescription(self.description)

    def _load(self) -> None:
        if self._asked or not self._status.curve:
            return
        self._asked = True
        self._reading.begin(
            self, lambda _: import_module("app.ui.training.run.loss_plot"), lambda _: self._build()
        )

    def _build(self) -> None:
        from app.ui.training.run.loss_plot import LossPlot

        self.plot = LossPlot(self._words.language)
        self._inside.addWidget(self.plot.widget)
        self._draw()

    def _draw(self) -> None:
        if self.plot is not None:
            self.plot.set_colors(self._theme.colors)
            self._draw_curve()

    def _draw_curve(self) -> None:
        if self.plot is not None:
            best = best_of(self._status.curve)
            self.plot.set_curve(self._status.curve, self._status.steps, best.step if best else None)

    @property
    def description(self) -> str:
        """The curve as one sentence: "step 186 of 300, loss 0.83, held out 0.91, best at 160"."""
        status, parts = self._status, [self._words.phase(self._status)]
        losses = [point.loss for point in status.curve if point.loss is not None]
        held = [point.held_out for point in status.curve if point.held_out is not None]
        if losses:
            parts.append(self._loss(losses[-1]))
        if held:
            parts.append(self._held(held[-1]))
        if (best := best_of(status.curve)) is not None:
            parts.append(filled(self.tr("best at %1"), best.step))
        return ", ".join(parts)

    def _loss(self, value: float) -> str:
        return filled(self.tr("loss %1"), self._words.number(value))

    def _held(self, value: float) -> str:
        return filled(self.tr("held out %1"), self._words.number(value))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if self.plot is not None and isinstance(event, QMouseEvent):
            self.point_at(event.position())
        elif self.plot is not None and event.type() == QEvent.Type.Leave:
            self.point_at(None)
        return False

    def point_at(self, at: QPointF | None) -> str:
        """Mark the step there and say it as a tooltip; what is said."""
        found = self.plot.point_at(at) if self.plot is not None else None
        text = self._told(found) if found is not None else ""
        if at is not None and text:
            QToolTip.showText(self._place.mapToGlobal(at.toPoint()), text, self._place)
        else:
            QToolTip.hideText()
        return text

    def _told(self, found: "Pointed") -> str:
        parts = [filled(self.tr("step %1"), found.step)]
        if found.loss is not None:
            parts.append(self._loss(found.loss))
        if found.held_out is not None:
            parts.append(self._held(found.held_out))
        return " · ".join(parts)


class _Legend(QWidget):
    """A short stroke in a colour of the palette, and a word."""

    def __init__(self, theme: Theme, color: str) -> None:
        super().__init__()
        self._theme, self._color = theme, color
        self._word = label("small")
        in_row(self._word, on=self, margins=(16, 0, 0, 0))
        theme.changed.connect(self.update)

    def say(self, word: str) -> None:
        self._word.setText(word)

    def paintEvent(self, event: QPaintEvent) -> None:
        pen = QPen(self._theme.colors.color(self._color), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter = QPainter(self)
        painter.setPen(pen)
        middle = self.height() // 2
        painter.drawLine(1, middle, 11, middle)
