"""The bars themselves, on pyqtgraph: imported when the first figures are looked at, not before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame

from app.ui.theme import SMALL_PIXELS, Colors, font

_GRID, _WIDTH, _ROOM = 4, 0.72, 1.08
#: Colours of the palette, from the bottom of a bar to its top.
INKS = ("accent", "gold", "muted")


@dataclass(frozen=True)
class Bar:
    """What became of the questions of some days, from the bottom of the bar to its top."""

    label: str
    parts: tuple[int, int, int]


class DayBars:
    """`widget` lets the mouse through to its parent, and the wheel scrolls the page."""

    def __init__(self) -> None:
        self._bars: Sequence[Bar] = ()
        self._colors: Colors | None = None
        self.widget: Any = pg.PlotWidget(enableMenu=False)
        self._item: Any = self.widget.plotItem
        self.widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.widget.setFrameShape(QFrame.Shape.NoFrame)
        item = self._item
        item.hideButtons()
        item.vb.setMouseEnabled(x=False, y=False)
        item.vb.setDefaultPadding(0)
        item.setContentsMargins(0, 6, 0, 2)
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setStyle(tickLength=0, tickFont=font(SMALL_PIXELS - 1.5), tickTextOffset=8)
        item.getAxis("left").setWidth(38)
        self._stacks: list[Any] = []

    def set_colors(self, colors: Colors) -> None:
        """Follow the theme."""
        self._colors = colors
        self.widget.setBackground(QColor(colors.surface))
        for side in ("left", "bottom"):
            axis = self._item.getAxis(side)
            axis.setTextPen(QColor(colors.muted))
            axis.setPen(QColor(colors.surface))
        self._draw()

    def set_bars(self, bars: Sequence[Bar]) -> None:
        self._bars = bars
        self._draw()

    def at(self, place: QPointF) -> Bar | None:
        """The bar under a place of the widget."""
        scene, view = self.widget.mapToScene(place.toPoint()), self._item.vb
        if not view.sceneBoundingRect().contains(scene):
            return None
        number = round(view.mapSceneToView(scene).x())
        return self._bars[number] if 0 <= number < len(self._bars) else None

    def _draw(self) -> None:
        item, colors = self._item, self._colors
        item.clear()
        if colors is None:
            return
        highest = max((sum(bar.parts) for bar in self._bars), default=0)
        step = max(-(-highest // _GRID), 1)
        ticks = list(range(0, highest + step, step))
        for tick in ticks:
            line = pg.InfiniteLine(pos=tick, angle=0, pen=pg.mkPen(colors.line))
            line.setZValue(-10)
            item.addItem(line, ignoreBounds=True)
        base = [0] * len(self._bars)
        for part, ink in enumerate(INKS):
            heights = [bar.parts[part] for bar in self._bars]
            item.addItem(
                pg.BarGraphItem(
                    x=list(range(len(heights))), y0=base, height=heights, width=_WIDTH,
                    brush=QColor(getattr(colors, ink)), pen=pg.mkPen(None),
                )
            )  # fmt: skip
            base = [below + height for below, height in zip(base, heights, strict=True)]
        item.vb.setRange(
            xRange=(-0.6, len(self._bars) - 0.4), yRange=(0, ticks[-1] * _ROOM), padding=0
        )
        item.getAxis("left").setTicks([[(tick, str(tick)) for tick in ticks]])
        item.getAxis("bottom").setTicks([_labels(self._bars)])


def _labels(bars: Sequence[Bar]) -> list[tuple[int, str]]:
    """About six, each in the middle of its share."""
    step = max(-(-len(bars) // 6), 1)
    return [(place, bars[place].label) for place in range(step // 2, len(bars), step)]
