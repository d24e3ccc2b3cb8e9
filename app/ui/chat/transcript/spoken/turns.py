"""A part for each turn that is in view, kept where the turn is painted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.chat.transcript.entry import HitTest, TranscriptEntry
from app.ui.chat.transcript.spoken.turn import TurnPart
from app.ui.chat.transcript.spoken.words import SpokenWords
from app.ui.theme import Theme
from app.ui.widgets.controls import let_go


@dataclass(frozen=True)
class Placed:
    """A turn by its id, and where it lies in the viewport."""

    turn: int
    entry: TranscriptEntry
    area: QRect


class SpokenTurns:
    """`choose` does what was chosen in a turn, `reveal` scrolls to where the focus is."""

    def __init__(
        self,
        viewport: QWidget,
        words: SpokenWords,
        theme: Theme,
        choose: Callable[[int, HitTest], None],
        reveal: Callable[[QRect], None],
    ) -> None:
        self._viewport, self._words, self._theme = viewport, words, theme
        self._choose, self._reveal = choose, reveal
        self._parts: dict[int, TurnPart] = {}

    def place(self, shown: Sequence[Placed], zoom: float) -> None:
        """These are in view now, in this order. One with the focus stays, out of sight, until it
        leaves."""
        before, focused = list(self._parts), self.focused
        for gone in set(self._parts) - {each.turn for each in shown}:
            if gone == focused:
                self._parts[gone].move(0, -self._parts[gone].height())
            else:
                let_go(self._parts.pop(gone))
        moved = False
        for each in shown:
            moved |= self._part(each.turn).show_turn(each.entry, each.area, zoom)
        if moved or before != list(self._parts):
            for first, second in pairwise(chain.from_iterable(part.stops for part in self.parts)):
                QWidget.setTabOrder(first, second)

    def rename(self, turn: int, stored: int) -> None:
        """A turn was stored and has its id now."""
        if part := self._parts.pop(turn, None):
            part.turn = stored
            self._parts[stored] = part

    @property
    def parts(self) -> list[TurnPart]:
        """From the top."""
        return sorted(self._parts.values(), key=lambda part: part.y())

    @property
    def focused(self) -> int:
        """The turn that the focus is in, 0 for none."""
        now = QApplication.focusWidget()
        return next((turn for turn, part in self._parts.items() if now in part.stops), 0)

    def enter(self, turn: int) -> None:
        """Bring the focus to a turn that is in view."""
        if part := self._parts.get(turn):
            part.setFocus()

    def step(self, by: int) -> None:
        """To the next thing that can be chosen in the turn with the focus, or the one before."""
        if part := self._parts.get(self.focused):
            stops, now = part.stops, QApplication.focusWidget()
            at = min(max(stops.index(now) + by, 0), len(stops) - 1) if now else 0
            stops[at].setFocus()

    def _part(self, turn: int) -> TurnPart:
        if turn not in self._parts:
            self._parts[turn] = part = TurnPart(turn, self._words, self._theme, self._viewport)
            part.entered.connect(self._reveal)
            part.chosen.connect(self._choose)
            part.show()
        return self._parts[turn]
