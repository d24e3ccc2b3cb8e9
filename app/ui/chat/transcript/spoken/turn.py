"""One turn of the conversation: its sentences, and what can be chosen in it, in their order."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QGroupBox, QWidget

from app.ui.chat.transcript.entry import HitTest, TranscriptEntry
from app.ui.chat.transcript.spoken.spot import SpokenLine, SpotButton, paint_ring
from app.ui.chat.transcript.spoken.words import SpokenWords
from app.ui.theme import Theme
from app.ui.widgets.controls import let_go

#: Pixels that a ring stands away from what it is around.
_AROUND = 3


@dataclass(frozen=True)
class Said:
    """What a part was filled from: while that is the same, so is the part."""

    entry: TranscriptEntry
    revision: int
    zoom: float


class TurnPart(QGroupBox):
    """`chosen` gives the id of the turn and what the user chose in it, `entered` where in the
    viewport the focus has come to."""

    chosen, entered = Signal(int, object), Signal(QRect)

    def __init__(self, turn: int, words: SpokenWords, theme: Theme, viewport: QWidget) -> None:
        super().__init__(viewport)
        self.turn = turn
        self._words, self._theme, self._viewport = words, theme, viewport
        self._lines: list[SpokenLine] = []
        self._spots: dict[tuple[HitTest, int], SpotButton] = {}
        self._said: Said | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_turn(self, entry: TranscriptEntry, area: QRect, zoom: float) -> bool:
        """Lie over a turn; whether the order of the focus is another one."""
        self.setGeometry(area.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND))
        said = Said(entry, entry.revision, zoom)
        if said == self._said:
            return False
        self._said = said
        self.setAccessibleName(self._words.heading(entry.message))
        lines = self._words.lines(entry)
        self.setAccessibleDescription(" ".join(lines))
        self._say(lines)
        return self._offer(entry, zoom)

    def _say(self, lines: Sequence[str]) -> None:
        for line in self._lines[len(lines) :]:
            let_go(line)
        del self._lines[len(lines) :]
        while len(self._lines) < len(lines):
            self._lines.append(SpokenLine(self))
            self._lines[-1].show()
        for line, text in zip(self._lines, lines, strict=True):
            line.setText(text)
            line.setGeometry(self.rect())

    def _offer(self, entry: TranscriptEntry, zoom: float) -> bool:
        before, kept = list(self._spots), dict[tuple[HitTest, int], SpotButton]()
        for spot in entry.spots():
            key = (spot.hit, sum(hit == spot.hit for hit, _ in kept))
            button = self._spots.pop(key, None) or self._button(spot.hit)
            kept[key] = button
            name = self._words.spot(entry, spot.hit)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.setCheckable(spot.on is not None)
            button.setChecked(bool(spot.on))
            area = spot.area
            button.setGeometry(
                QRect(
                    round(area.left() * zoom), round(area.top() * zoom),
                    round(area.width() * zoom) + 2 * _AROUND,
                    round(area.height() * zoom) + 2 * _AROUND,
                )
            )  # fmt: skip
        for gone in self._spots.values():
            let_go(gone)
        self._spots = kept
        return before != list(kept)

    def _button(self, hit: HitTest) -> SpotButton:
        button = SpotButton(self._theme, lambda: self.chosen.emit(self.turn, hit), self)
        button.entered.connect(lambda: self._enter(button))
        button.left.connect(self._viewport.update)
        button.show()
        return button

    @property
    def stops(self) -> list[QWidget]:
        """Where the focus goes, in order: the turn as a whole, then what can be chosen in it."""
        return [self, *self._spots.values()]

    def _enter(self, stop: QWidget) -> None:
        self.entered.emit(QRect(stop.mapTo(self._viewport, QPoint()), stop.size()))
        self._viewport.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._enter(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._viewport.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            paint_ring(self, self._theme)
