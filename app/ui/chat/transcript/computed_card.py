"""Below an answer: what a table gave, and, unfolded, by which query and from which cells."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from app.domain.chat.conversation import Computed
from app.ui.theme import SMALL_PIXELS, Theme, font

_PADDING, _GAP = 12.0, 6.0
#: Lines of a result that are shown, and their characters; the answer's text is there for the rest.
_LINES, _LENGTH = 8, 300
_WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere


class ComputedWords(Protocol):
    """Sentences for the card, in the interface's language."""

    def computed_title(self) -> str: ...

    def computed_fold(self, *, unfolded: bool) -> str: ...

    def computed_origin(self, computed: Computed) -> str: ...

    def computed_value(self, value: str | int | float | None) -> str: ...


@dataclass(frozen=True, slots=True)
class _CardLine:
    text: str
    font: QFont
    color: str
    area: QRectF


class ComputedCard:
    """Lays out and paints itself at a place that the entry gives it."""

    def __init__(self, theme: Theme, computed: Computed, words: ComputedWords) -> None:
        self._theme, self._computed, self._words = theme, computed, words
        self._lines: list[_CardLine] = []
        self._area = QRectF()
        self._fold = QRectF()

    def lay_out(self, top: float, width: float, *, unfolded: bool) -> float:
        """Place the card at `top`; its height."""
        self._lines = []
        y = top + _PADDING
        y = self._add(self._words.computed_title(), font(SMALL_PIXELS), "muted", y, width)
        y = self._add(self.result(), font(15, 600), "text", y, width)
        fold = self._words.computed_fold(unfolded=unfolded)
        before = y
        y = self._add(fold, font(SMALL_PIXELS), "accent", y, width)
        self._fold = QRectF(0, before - _GAP / 2, width, y - before)
        if unfolded:
            query = " ".join(self._computed.query.split())
            y = self._add(query, font(SMALL_PIXELS), "text", y, width)
            origin = self._words.computed_origin(self._computed)
            y = self._add(origin, font(SMALL_PIXELS), "muted", y, width)
        self._area = QRectF(0, top, width, y - _GAP + _PADDING - top)
        return self._area.height()

    def result(self) -> str:
        """One value bare, more of them a row a line, the columns' names first."""
        shown = [
            [self._words.computed_value(value) for value in row] for row in self._computed.rows
        ]
        if len(self._computed.columns) == 1:
            lines = [row[0] for row in shown]
        else:
            lines = [" | ".join(row) for row in [list(self._computed.columns), *shown]]
        more = ["…"] if len(lines) > _LINES else []
        short = [f"{line[:_LENGTH]}…" if len(line) > _LENGTH else line for line in lines[:_LINES]]
        return "\n".join(short + more)

    def _add(self, text: str, chosen: QFont, color: str, y: float, width: float) -> float:
        """A paragraph at `y`; where the next one begins."""
        room = QRectF(_PADDING, y, width - 2 * _PADDING, 1e6)
        high = QFontMetricsF(chosen).boundingRect(room, int(_WRAP), text).height()
        area = QRectF(_PADDING, y, room.width(), high)
        self._lines.append(_CardLine(text, chosen, color, area))
        return y + high + _GAP

    def paint(self, painter: QPainter, *, hovered: bool) -> None:
        colors = self._theme.colors
        painter.setBrush(QColor(colors.raised))
        painter.setPen(QPen(QColor(colors.accent if hovered else colors.line), 1))
        painter.drawRoundedRect(self._area.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        for line in self._lines:
            painter.setFont(line.font)
            painter.setPen(QColor(getattr(colors, line.color)))
            painter.drawText(line.area, int(_WRAP), line.text)

    def folds_at(self, point: QPointF) -> bool:
        """Whether the line that unfolds it lies there."""
        return self._fold.contains(point)
