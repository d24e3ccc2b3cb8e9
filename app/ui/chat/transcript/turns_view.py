"""Turns one below the other: laid out and painted where they are seen, loaded when wanted."""

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea

from app.domain.chat.conversation import Message
from app.ui.chat.transcript.entry import BranchPosition, HitTest, TranscriptEntry
from app.ui.chat.transcript.rows import TurnRows
from app.ui.chat.transcript.spoken.turns import Placed

_COLUMN = 720
_MARGIN = 30
_TOP = 22


class TurnsView(QAbstractScrollArea):
    """`wanted` gives the ids of turns that come into view and are not there yet."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows = TurnRows(self._entry)
        self._asked: set[int] = set()
        self._hovered: tuple[TranscriptEntry, HitTest | None] | None = None
        self._zoom = 1.0
        self._arranging = False
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(24)

    @property
    def _focused_turn(self) -> int:
        """The turn that the keyboard is in, 0 for none."""
        return 0

    def _entry(self, message: Message, place: BranchPosition) -> TranscriptEntry:
        raise NotImplementedError

    @property
    def entries(self) -> list[TranscriptEntry]:
        """Those that are held, in order."""
        return self._rows.entries()

    @property
    def turns(self) -> int:
        return len(self._rows)

    @property
    def complete(self) -> bool:
        """Whether every turn in view is there."""
        return all(self._rows[place].entry for place in self._seen())

    def top_of(self, entry: TranscriptEntry) -> float:
        """Where an entry begins, in pixels of the viewport."""
        place = next(at for at in range(len(self._rows)) if self._rows[at].entry is entry)
        return (_TOP + self._rows.top(place)) * self._zoom - self.verticalScrollBar().value()

    def scroll_to_end(self) -> None:
        bar = self.verticalScrollBar()
        for _ in range(3):  # what comes into view may turn out higher
            bar.setValue(bar.maximum())

    def scroll_to(self, turn: int) -> None:
        """Bring a turn to the top of the view."""
        if (place := self._rows.place_of(turn)) >= 0:
            for _ in range(3):
                self.verticalScrollBar().setValue(round(self._rows.top(place) * self._zoom))

    def _reveal(self, area: QRect) -> None:
        """Scroll until an area of the viewport is seen, or its top where it is higher."""
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if area.top() < 0 or area.height() > room:
            bar.setValue(bar.value() + area.top())
        elif area.bottom() > room:
            bar.setValue(bar.value() + area.bottom() - room)

    def _column(self) -> tuple[float, float]:
        """Left edge and width of the text column, before zooming."""
        room = self.viewport().width() / self._zoom
        width = min(room - 2 * _MARGIN, _COLUMN)
        return (room - width) / 2, float(max(width, 200))

    def _refresh(self) -> None:
        """Arrange anew; whoever was at the end stays there."""
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 40
        self._arrange()
        if at_end:
            self.scroll_to_end()
        self.viewport().update()

    def _arrange(self) -> None:
        """Measure what is seen and set the scroll range. What stands at the top of the view stays
        there although rows above it turn out to be of another height."""
        if self._arranging:
            return
        self._arranging = True
        _, width = self._column()
        bar = self.verticalScrollBar()
        first = self._rows.at(bar.value() / self._zoom - _TOP)
        for _ in range(4):  # heights found out can bring others into view
            before = self._rows.top(first) if len(self._rows) else 0.0
            changed = self._rows.lay_out(self._around(), width)
            self._range()
            if not changed:
                break
            moved = (self._rows.top(first) - before) * self._zoom
            bar.setValue(round(bar.value() + moved))
        self._arranging = False
        self._want()
        self._arranged()

    def _arranged(self) -> None:
        """What is in view has its place."""

    def _placed(self) -> list[Placed]:
        """The turns in view and one beside them, in pixels of the viewport."""
        left, width = self._column()
        scroll, found = self.verticalScrollBar().value(), []
        for at in self._around():
            row = self._rows[at]
            if row.entry is not None:
                top = (_TOP + self._rows.top(at)) * self._zoom - scroll
                size = (round(width * self._zoom), round(row.entry.height * self._zoom))
                area = QRect(round(left * self._zoom), round(top), *size)
                found.append(Placed(row.turn, row.entry, area))
        return found

    def _range(self) -> None:
        page = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setPageStep(page)
        height = (_TOP + self._rows.height + 8) * self._zoom
        bar.setRange(0, max(0, round(height) - page))

    def _seen(self) -> range:
        top = self.verticalScrollBar().value() / self._zoom - _TOP
        return self._rows.between(top, top + self.viewport().height() / self._zoom)

    def _around(self) -> range:
        """What is seen and one turn beside it, so that the Tab key finds a way on."""
        seen = self._seen()
        return range(max(seen.start - 1, 0), min(seen.stop + 1, len(self._rows)))

    def _want(self) -> None:
        """Ask for the turns in view, and one screen around them, that are not there yet."""
        seen = self._seen()
        reach = max(len(seen), 8)
        near = range(max(seen.start - reach, 0), min(seen.stop + reach, len(self._rows)))
        self._rows.forget_far(near)
        missing = [self._rows[at].turn for at in near if self._rows[at].message is None]
        fresh = [turn for turn in missing if turn not in self._asked]
        self._asked = set(missing)
        if fresh:
            self.wanted.emit(fresh)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._refresh()
        super().resizeEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._arrange()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._zoom, self._zoom)
        left, width = self._column()
        scroll = self.verticalScrollBar().value() / self._zoom
        for place in self._seen():
            entry = self._rows[place].entry
            if entry is None:
                continue
            entry.lay_out(width)
            painter.save()
            painter.translate(left, _TOP + self._rows.top(place) - scroll)
            over = self._hovered is not None and self._hovered[0] is entry
            hit = self._hovered[1] if self._hovered and over else None
            within = over or self._rows[place].turn == self._focused_turn
            entry.paint(painter, hit, within=within)
            painter.restore()
        painter.end()

    def _under(self, point: QPointF) -> tuple[TranscriptEntry, QPointF] | None:
        left, _ = self._column()
        y = (point.y() + self.verticalScrollBar().value()) / self._zoom - _TOP
        if not len(self._rows) or not 0 <= y < self._rows.height:
            return None
        place = self._rows.at(y)
        entry = self._rows[place].entry
        if entry is None:
            return None
        return entry, QPointF(point.x() / self._zoom - left, y - self._rows.top(place))

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.viewport().update()
        super().leaveEvent(event)
