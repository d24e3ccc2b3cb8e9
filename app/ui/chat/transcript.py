"""A conversation on the screen: entries one below the other, painted only where they are seen."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip

from app.domain.conversation import Message, Source
from app.ui.chat.entries import AnswerEntry, Entry, Hit, QuestionEntry, TextEntry, Words, entry_of
from app.ui.theme import Theme

_COLUMN = 720
_MARGIN = 30
_TOP = 22
_FRAME_MS = 40
#: Characters a line and pixels a line for entries that nobody has looked at yet.
_GUESS = (80, 21)


class Transcript(QAbstractScrollArea):
    """`source_chosen` gives an answer and a number; `asked_again` and `copied` an answer."""

    source_chosen = Signal(object, int)
    asked_again = Signal(object)

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self.setObjectName("transcript")
        self._theme = theme
        self._words = words
        self._entries: list[Entry] = []
        self._hovered: tuple[Entry, Hit] | None = None
        self._drag: tuple[TextEntry, int] | None = None
        self._writing: AnswerEntry | None = None
        self._pending = ""
        self._beat = QTimer(self)
        self._beat.setInterval(_FRAME_MS)
        self._beat.timeout.connect(self._tick)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(24)
        theme.changed.connect(self.redraw)

    # -- content ----------------------------------------------------------------------------------

    def show_messages(self, messages: Sequence[Message]) -> None:
        """Put a whole conversation on the screen and go to its end."""
        self._stop_writing()
        self._hovered = self._drag = None
        self._entries = [entry_of(each, self._theme, self._words) for each in messages]
        for entry, message in zip(self._entries, messages, strict=True):
            entry.height = _GUESS[1] * (3 + len(message.text) // _GUESS[0])
        self._arrange()
        self.scroll_to_end()

    def add_question(self, text: str) -> None:
        self._append(QuestionEntry(self._theme, text))

    def begin_answer(self, message: Message, status: str) -> None:
        """An empty answer that `write` fills."""
        entry = AnswerEntry(self._theme, message, self._words)
        entry.status = status
        self._writing, self._pending = entry, ""
        self._append(entry)
        self._beat.start()

    def set_status(self, status: str) -> None:
        if self._writing:
            self._writing.status = status

    def set_reading(self, share: float) -> None:
        """How much of the prompt has been read, 0–1."""
        if self._writing:
            self._writing.share = share

    def set_sources(self, sources: tuple[Source, ...]) -> None:
        if self._writing:
            self._writing.message = replace(self._writing.message, sources=sources)

    def write(self, text: str) -> None:
        """More of the answer; it shows with the next frame."""
        self._pending += text

    def end_answer(self, message: Message) -> None:
        """The answer as it was stored, with its citations checked."""
        if self._writing:
            self._writing.set_message(message)
        self._stop_writing()
        self._refresh()

    def questions_before(self, message: Message) -> list[str]:
        """Texts of the questions up to an answer."""
        questions: list[str] = []
        for entry in self._entries:
            if isinstance(entry, QuestionEntry):
                questions.append(entry.text)
            elif isinstance(entry, AnswerEntry) and entry.message.id == message.id:
                break
        return questions

    @property
    def entries(self) -> list[Entry]:
        return self._entries

    def mark_source(self, message_id: int, number: int) -> None:
        """Frame the card whose document is open."""
        for entry in self._entries:
            if isinstance(entry, AnswerEntry):
                entry.current = number if entry.message.id == message_id else 0
        self.viewport().update()

    def redraw(self) -> None:
        """Theme or language changed: all text is laid out anew."""
        for place, entry in enumerate(self._entries):
            if isinstance(entry, AnswerEntry):
                fresh = AnswerEntry(self._theme, entry.message, self._words)
                fresh.status, fresh.current = entry.status, entry.current
                fresh.unfolded = entry.unfolded
                if entry is self._writing:
                    self._writing = fresh
                self._entries[place] = fresh
            elif isinstance(entry, QuestionEntry):
                self._entries[place] = QuestionEntry(self._theme, entry.text)
        self._refresh()

    def scroll_to_end(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _append(self, entry: Entry) -> None:
        self._entries.append(entry)
        self._arrange()
        self.scroll_to_end()

    def _stop_writing(self) -> None:
        self._beat.stop()
        self._writing, self._pending = None, ""

    def _tick(self) -> None:
        """One frame while an answer is written."""
        entry = self._writing
        if entry is None:
            return
        entry.angle = (entry.angle + 18) % 360
        if self._pending:
            entry.set_message(replace(entry.message, text=entry.message.text + self._pending))
            self._pending = ""
            self._refresh()
        self.viewport().update()

    # -- layout -----------------------------------------------------------------------------------

    def _column(self) -> tuple[float, float]:
        """Left edge and width of the text column."""
        width = min(self.viewport().width() - 2 * _MARGIN, _COLUMN)
        return (self.viewport().width() - width) / 2, float(max(width, 200))

    def _refresh(self) -> None:
        """Arrange anew; whoever was at the end stays there."""
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 40
        self._arrange()
        if at_end:
            self.scroll_to_end()
        self.viewport().update()

    def _arrange(self) -> None:
        """Measure what is seen, stack everything, set the scroll range."""
        _, width = self._column()
        for _ in range(3):  # heights found out can bring others into view
            self._stack()
            seen = self._seen()
            if not sum([entry.lay_out(width) for entry in seen]):
                break
        self._stack()

    def _stack(self) -> None:
        y = float(_TOP)
        for entry in self._entries:
            entry.top = y
            y += entry.height
        page = self.viewport().height()
        self.verticalScrollBar().setPageStep(page)
        self.verticalScrollBar().setRange(0, max(0, round(y) + 8 - page))

    def _seen(self) -> list[Entry]:
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        at_end = top >= self.verticalScrollBar().maximum() - 40
        ends = set(map(id, self._entries[-12:])) if at_end else set()
        return [
            each
            for each in self._entries
            if (each.top < bottom and each.top + each.height > top) or id(each) in ends
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._refresh()
        super().resizeEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._arrange()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, width = self._column()
        scroll = self.verticalScrollBar().value()
        for entry in self._seen():
            entry.lay_out(width)
            painter.save()
            painter.translate(left, entry.top - scroll)
            hovered = self._hovered[1] if self._hovered and self._hovered[0] is entry else None
            entry.paint(painter, hovered)
            painter.restore()
        painter.end()

    # -- pointer and keyboard ---------------------------------------------------------------------

    def _under(self, point: QPointF) -> tuple[Entry, QPointF] | None:
        left, _ = self._column()
        y = point.y() + self.verticalScrollBar().value()
        for entry in self._seen():
            if entry.top <= y < entry.top + entry.height:
                return entry, QPointF(point.x() - left, y - entry.top)
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag:
            self._extend(event.position())
            return
        under = self._under(event.position())
        hit = under[0].hit(under[1]) if under else None
        self._hovered = (under[0], hit) if under and hit else None
        shape = Qt.CursorShape.PointingHandCursor if hit else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for entry in self._entries:
            entry.select(0, 0)
        under = self._under(event.position())
        if under and isinstance(under[0], TextEntry) and not under[0].hit(under[1]):
            self._drag = (under[0], under[0].text_position(under[1]))
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._drag = self._drag, None
        under = self._under(event.position())
        hit = under[0].hit(under[1]) if under and not dragged else None
        if under and hit and isinstance(under[0], AnswerEntry):
            self._act(under[0], hit)

    def _extend(self, point: QPointF) -> None:
        assert self._drag is not None
        entry, start = self._drag
        left, _ = self._column()
        y = point.y() + self.verticalScrollBar().value() - entry.top
        entry.select(start, max(entry.text_position(QPointF(point.x() - left, y)), 0))
        self.viewport().update()

    def _act(self, entry: AnswerEntry, hit: Hit) -> None:
        if hit.act in {"cite", "card"}:
            self.source_chosen.emit(entry.message, hit.number)
        elif hit.act == "fold":
            entry.fold()
            self._refresh()
        elif hit.act == "copy":
            QGuiApplication.clipboard().setText(self._words.copied(entry.message))
        elif hit.act == "again":
            self.asked_again.emit(entry.message)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            chosen = "\n".join(filter(None, (entry.selected() for entry in self._entries)))
            if chosen:
                QGuiApplication.clipboard().setText(chosen)
            return
        super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._hovered:
            entry, hit = self._hovered
            if isinstance(entry, AnswerEntry):
                QToolTip.showText(event.globalPos(), entry.explain(hit) or self._words.act(hit.act))
                return True
        return super().viewportEvent(event)
