"""Below an answer: what a table gave, and, unfolded, by which query and from which cells."""

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from app.domain.chat.conversation import Computed
from app.ui.chat.transcript.cards.card import LINE_GAP, PADDING, Card
from app.ui.theme import SMALL_PIXELS, Theme, font

#: Lines of a result that are shown, and their characters; the answer's text is there for the rest.
_LINES, _LENGTH = 8, 300


class ComputedWords(Protocol):
    """Sentences for the card, in the interface's language."""

    def computed_title(self) -> str: ...

    def computed_fold(self, *, unfolded: bool) -> str: ...

    def computed_origin(self, computed: Computed) -> str: ...

    def computed_value(self, value: str | int | float | None) -> str: ...


class ComputedCard(Card):
    """The result, and a line that unfolds how it came about."""

    def __init__(self, theme: Theme, computed: Computed, words: ComputedWords) -> None:
        super().__init__(theme)
        self._computed, self._words = computed, words
        self._fold = QRectF()

    def lay_out(self, top: float, width: float, *, unfolded: bool) -> float:
        """Place the card at `top`; its height."""
        self.begin()
        small = font(SMALL_PIXELS)
        y = self.add(self._words.computed_title(), small, "muted", top + PADDING, width)
        y = self.add(self.result(), font(15, 600), "text", y, width)
        before = y
        y = self.add(self._words.computed_fold(unfolded=unfolded), small, "accent", y, width)
        self._fold = QRectF(0, before - LINE_GAP / 2, width, y - before)
        if unfolded:
            query = " ".join(self._computed.query.split())
            y = self.add(query, small, "text", y, width)
            y = self.add(self._words.computed_origin(self._computed), small, "muted", y, width)
        return self.frame(top, width, y)

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

    def paint(self, painter: QPainter, *, hovered: bool) -> None:
        colors = self._theme.colors
        self.paint_frame(painter, colors.raised, colors.accent if hovered else colors.line)
        self.paint_text(painter)

    @property
    def fold(self) -> QRectF:
        """Where the line that unfolds it lies."""
        return self._fold

    def folds_at(self, point: QPointF) -> bool:
        """Whether the line that unfolds it lies there."""
        return self._fold.contains(point)
