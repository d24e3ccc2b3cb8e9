"""The curves themselves, on pyqtgraph: imported when the first run is looked at, not before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame

from app.domain.training.training import CurvePoint
from app.ui.language import Language
from app.ui.theme import SMALL_PIXELS, Colors, font

_GRID = 4
#: From so many points on a mean over neighbours is drawn, of every so many-th part of them.
_MANY, _PART = 120, 60
#: Points that a curve is drawn with at most: about as many as the plot has pixels across.
_DRAWN = 1000
#: Steps to the left and right of the pointer that still count, as a share of all.
_NEAR = 0.03


@dataclass(frozen=True)
class Pointed:
    """What the pointer is nearest to."""

    step: int
    loss: float | None
    held_out: float | None


class LossPlot:
    """`widget` lets the mouse through to its parent: no menu, and the wheel scrolls the page."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._curve: Sequence[CurvePoint] = ()
        self.widget: Any = pg.PlotWidget(enableMenu=False)
        self._item: Any = self.widget.plotItem
        self.widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.widget.setFrameShape(QFrame.Shape.NoFrame)
        self._prepare()
        self._lines = [pg.InfiniteLine(angle=0) for _ in range(_GRID)]
        self._best, self._pointer = pg.InfiniteLine(angle=90), pg.InfiniteLine(angle=90)
        self.training = self._item.plot([], [], antialias=True)
        self.held_out = self._item.plot([], [], antialias=True, symbol="o", symbolSize=6)
        for line in (*self._lines, self._best, self._pointer):
            self._item.addItem(line, ignoreBounds=True)
        for line in self._lines:
            line.setZValue(-10)  # under the curves
        self._best.hide()
        self._pointer.hide()

    def _prepare(self) -> None:
        item = self._item
        item.hideButtons()
        item.vb.setMouseEnabled(x=False, y=False)
        item.vb.setDefaultPadding(0)
        item.hideAxis("bottom")
        axis = item.getAxis("left")
        axis.setStyle(tickLength=0, tickFont=font(SMALL_PIXELS - 1.5), tickTextOffset=8)
        axis.setWidth(38)
        item.setContentsMargins(0, 6, 0, 2)

    def set_colors(self, colors: Colors) -> None:
        """Follow the theme."""
        self.widget.setBackground(QColor(colors.surface))
        self.training.setPen(self._pen(colors.accent, 1.4))
        self.held_out.setPen(self._pen(colors.gold, 2))
        self.held_out.setSymbolPen(None)
        self.held_out.setSymbolBrush(QColor(colors.gold))
        for line in self._lines:
            line.setPen(self._pen(colors.line))
        dotted = self._pen(colors.muted)
        dotted.setDashPattern([2, 3])
        self._best.setPen(dotted)
        self._pointer.setPen(self._pen(colors.muted))
        axis = self._item.getAxis("left")
        axis.setTextPen(QColor(colors.muted))
        for hide in (axis.setPen, axis.setTickPen):
            hide(self._pen(colors.surface))

    def _pen(self, color: str, width: float = 1) -> Any:
        """pyqtgraph draws in the screen's own pixels, however large it shows things."""
        return pg.mkPen(color, width=width * self.widget.devicePixelRatioF())

    def set_curve(self, curve: Sequence[CurvePoint], steps: int, best: int | None) -> None:
        """All of it anew; `best` is the step with the lowest held-out loss."""
        self._curve = curve
        seen = _columns([(point.step, point.loss) for point in curve if point.loss is not None])
        held = _columns([(e.step, e.held_out) for e in curve if e.held_out is not None])
        self.training.setData(*_smooth(*seen))
        self.held_out.setData(*held)
        self._best.setVisible(best is not None)
        if best is not None:
            self._best.setValue(best)
        self._frame(np.concatenate((seen[1], held[1])), steps)

    def _frame(self, values: Any, steps: int) -> None:
        finite = values[np.isfinite(values)]
        least, most = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)
        room = max(most - least, 0.05) * 0.1
        low, high = max(least - room, 0.0), most + room
        last = self._curve[-1].step if self._curve else 1
        self._item.vb.setRange(xRange=(0, max(steps, last, 1)), yRange=(low, high), padding=0)
        places = [low + (high - low) * (at + 0.5) / _GRID for at in range(_GRID)]
        for line, place in zip(self._lines, places, strict=True):
            line.setValue(place)
        ticks = [(place, self._language.number(place, 2)) for place in places]
        self._item.getAxis("left").setTicks([ticks])

    def point_at(self, at: QPointF | None) -> Pointed | None:
        """Mark the step under a place of the widget; None when there is none."""
        found = None if at is None else self._nearest(at)
        self._pointer.setVisible(found is not None)
        if found is not None:
            self._pointer.setValue(found.step)
        return found

    def _nearest(self, at: QPointF) -> Pointed | None:
        scene = self.widget.mapToScene(at.toPoint())
        view = self._item.vb
        if not self._curve or not view.sceneBoundingRect().contains(scene):
            return None
        x = view.mapSceneToView(scene).x()
        near = min(self._curve, key=lambda point: abs(point.step - x))
        (first, last), _ = view.viewRange()
        if abs(near.step - x) > max((last - first) * _NEAR, 1):
            return None
        held = [
            point for point in self._curve if point.held_out is not None and point.step <= near.step
        ]
        return Pointed(near.step, near.loss, held[-1].held_out if held else None)


def _columns(pairs: Sequence[tuple[int, float]]) -> tuple[Any, Any]:
    both = np.array(pairs, dtype=float).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _smooth(x: Any, y: Any) -> tuple[Any, Any]:
    """A centred mean over few neighbours, as far as they reach; not more points than are seen."""
    if len(y) < _MANY:
        return x, y
    width = len(y) // _PART | 1
    sums = np.cumsum(np.concatenate(([0.0], y)))
    half, at = width // 2, np.arange(len(y))
    first, last = np.maximum(at - half, 0), np.minimum(at + half + 1, len(y))
    means = (sums[last] - sums[first]) / (last - first)
    thin = -(-len(y) // _DRAWN)
    # From the end, so that the newest point is among those drawn.
    return x[::-1][::thin][::-1], means[::-1][::thin][::-1]
