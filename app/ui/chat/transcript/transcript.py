"""A conversation on the screen: its turns, the answer that is being written, what is pointed at."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QToolTip

from app.domain.chat.conversation import AnswerState, Message, Quotation, Source, Speaker, TextSpan
from app.ui.chat.transcript.answer_entry import AnswerEntry, EntryWords
from app.ui.chat.transcript.entry import BranchPosition, HitTest, TextEntry, TranscriptEntry
from app.ui.chat.transcript.question_entry import QuestionEntry
from app.ui.chat.transcript.rows import TurnRow
from app.ui.chat.transcript.spoken.turns import SpokenTurns
from app.ui.chat.transcript.spoken.words import SpokenWords
from app.ui.chat.transcript.turns_view import TurnsView
from app.ui.theme import Theme
from app.ui.widgets.controls import announce

_FRAME_MS = 40
_NONE = Qt.KeyboardModifier.NoModifier
_BESIDE = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}
_TURNS = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}
_ENDS = {int(Qt.Key.Key_Home), int(Qt.Key.Key_End)}
#: Turns that are on their way into the store: a question and the answer that is being written.
_ASKING, _WRITING = -2, -1


class Transcript(TurnsView):
    """`source_chosen` gives an answer, a source's number and the place of a citation among those of
    the answer, -1 for no particular one; `acted` the name of an act and its turn."""

    source_chosen, acted = Signal(object, int, int), Signal(str, object)

    def __init__(self, theme: Theme, words: EntryWords) -> None:
        super().__init__()
        self.setObjectName("transcript")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the Tab key goes to the turns
        self._theme, self._words, self._told = theme, words, SpokenWords(words)
        self.spoken = SpokenTurns(self.viewport(), self._told, theme, self._choose_in, self._reveal)
        self._marks: Callable[[str], Sequence[TextSpan]] | None = None
        self._drag: tuple[TextEntry, int] | None = None
        self._pending = ""
        self._rest = 0
        self._beat = QTimer(self)
        self._beat.setInterval(_FRAME_MS)
        self._beat.timeout.connect(self._tick)
        theme.changed.connect(self.redraw)

    # -- content ----------------------------------------------------------------------------------

    def show_turns(
        self,
        turns: Sequence[tuple[int, int, BranchPosition]],
        loaded: Sequence[Message],
        *,
        stay: bool,
    ) -> None:
        """Put a conversation on the screen: ids, sizes in characters and places of its turns, and
        those that are loaded already. `stay` where the user is, else at the end."""
        self._stop_writing()
        self._hovered = self._drag = None
        self._asked = set()
        if not stay:
            self._rows.set([])
        self._rows.set(turns)
        self._rows.fill(loaded)
        self._refresh()
        if not stay:
            self.scroll_to_end()

    def fill(self, messages: Sequence[Message]) -> None:
        """Turns that were wanted."""
        self._rows.fill(messages)
        self._refresh()

    def add_question(self, text: str) -> None:
        message = Message(0, Speaker.USER, text, 0.0)
        self._append(_ASKING, QuestionEntry(self._theme, message, BranchPosition()))

    def begin_answer(self, message: Message, status: str) -> None:
        """An empty answer that `write` fills."""
        entry = AnswerEntry(self._theme, message, BranchPosition(), self._words)
        entry.status = status
        self._pending = ""
        self._append(_WRITING, entry)
        self._beat.start()
        announce(self, self._told.begun())

    def begin_again(self, message: Message, status: str) -> None:
        """An answer that is on the screen is written on."""
        if row := self._rows.of(message.id):
            entry = AnswerEntry(self._theme, replace(message, state=AnswerState.WRITING),
                                row.place, self._words)  # fmt: skip
            entry.status, row.entry = status, entry
            self._rename(message.id, _WRITING)
            self._refresh()
            self._beat.start()
            announce(self, self._told.begun())

    def cut_after(self, turn: int) -> None:
        """Leave only the turns up to one, itself included; all go for 0."""
        last = self._rows.place_of(turn) if turn else -1
        kept = [self._rows[place] for place in range(last + 1)]
        self._rows.set([(row.turn, row.size, row.place) for row in kept])
        self._refresh()

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

    def show_quotation(self, quotation: Quotation, sources: tuple[Source, ...]) -> None:
        """What the documents say themselves, before the model has spoken."""
        if entry := self._writing:
            entry.set_message(replace(entry.message, sources=sources, quotation=quotation))
            self._refresh()
            self.scroll_to_end()

    def write(self, text: str) -> None:
        """More of the answer; it shows with the next frame."""
        self._pending += text

    def end_answer(self, message: Message) -> None:
        """The answer as it was stored, with its citations checked."""
        if entry := self._writing:
            entry.set_message(message)
            self._rename(_WRITING, message.id or _WRITING)
            if message.parent:
                self._store_question(message.parent)
        self._stop_writing()
        self._refresh()
        announce(self, self._told.ended(message))

    def _rename(self, turn: int, stored: int) -> None:
        self._rows.rename(turn, stored)
        self.spoken.rename(turn, stored)

    def _store_question(self, turn: int) -> None:
        if row := self._rows.of(_ASKING):
            self._rename(_ASKING, turn)
            if row.entry:
                row.entry.message = row.message = replace(row.entry.message, id=turn)
                row.entry.stale()

    @property
    def _writing(self) -> AnswerEntry | None:
        row = self._rows.of(_WRITING)
        return row.entry if row and isinstance(row.entry, AnswerEntry) else None

    def question_of(self, message: Message) -> str:
        """The question that an answer on the screen answers, "" when it is not held."""
        row = self._rows.of(message.parent) if message.parent else None
        return row.message.text if row and row.message else ""

    def mark_source(self, message_id: int, number: int) -> None:
        """Frame the card whose document is open."""
        for entry in self._rows.entries():
            if isinstance(entry, AnswerEntry):
                entry.current = number if entry.message.id == message_id else 0
        self.viewport().update()

    def mark_words(self, marks: Callable[[str], Sequence[TextSpan]] | None) -> None:
        """Mark what was searched for, in a shown text, until None is given."""
        self._marks = marks
        for entry in self._rows.entries():
            self._mark(entry)
        self.viewport().update()

    def set_zoom(self, zoom: float) -> None:
        """Everything so many times as large."""
        self._zoom = zoom
        self.redraw()

    def redraw(self) -> None:
        """Theme, language or size changed: all text is laid out anew."""
        for place in range(len(self._rows)):
            row = self._rows[place]
            if row.entry:
                row.entry = self._anew(row.entry)
        self._refresh()

    def _entry(self, message: Message, place: BranchPosition) -> TranscriptEntry:
        entry: TextEntry
        if message.speaker == Speaker.USER:
            entry = QuestionEntry(self._theme, message, place)
        else:
            entry = AnswerEntry(self._theme, message, place, self._words)
        self._mark(entry)
        return entry

    def _anew(self, entry: TranscriptEntry) -> TranscriptEntry:
        fresh = self._entry(entry.message, entry.place)
        if isinstance(entry, AnswerEntry) and isinstance(fresh, AnswerEntry):
            fresh.status, fresh.current = entry.status, entry.current
            fresh.unfolded = entry.unfolded
        return fresh

    def _mark(self, entry: TranscriptEntry) -> None:
        if isinstance(entry, TextEntry):
            entry.marks = self._marks(entry.document.toPlainText()) if self._marks else ()

    def _append(self, turn: int, entry: TranscriptEntry) -> None:
        self._rows.add(TurnRow(turn, 0, BranchPosition(), entry.height, entry.message, entry))
        self._refresh()
        self.scroll_to_end()

    def _stop_writing(self) -> None:
        self._beat.stop()
        self._pending = ""

    def _tick(self) -> None:
        """One frame while an answer is written."""
        entry = self._writing
        if entry is None:
            return
        entry.angle = (entry.angle + 18) % 360
        self._rest -= 1
        if self._pending and self._rest <= 0:
            began = time.perf_counter()
            entry.set_message(replace(entry.message, text=entry.message.text + self._pending))
            self._pending = ""
            self._refresh()
            # A long answer takes longer to lay out: at most a quarter of the time goes into that.
            self._rest = round((time.perf_counter() - began) * 1000 / _FRAME_MS * 4)
        self.viewport().update()

    # -- pointer and keyboard ---------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag:
            self._extend(event.position())
            return
        under = self._under(event.position())
        hit = under[0].hit(under[1]) if under else None
        self._hovered = (under[0], hit) if under else None
        shape = Qt.CursorShape.PointingHandCursor if hit else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        for entry in self._rows.entries():
            entry.select(0, 0)
        under = self._under(event.position())
        if under and isinstance(under[0], TextEntry) and not under[0].hit(under[1]):
            self._drag = (under[0], under[0].text_position(under[1]))
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._drag = self._drag, None
        under = self._under(event.position())
        hit = under[0].hit(under[1]) if under and not dragged else None
        if under and hit:
            self._act(under[0], hit)

    def _extend(self, point: QPointF) -> None:
        assert self._drag is not None
        entry, start = self._drag
        left, _ = self._column()
        at = QPointF(point.x() / self._zoom - left, (point.y() - self.top_of(entry)) / self._zoom)
        entry.select(start, max(entry.text_position(at), 0))
        self.viewport().update()

    def _act(self, entry: TranscriptEntry, hit: HitTest) -> None:
        if hit.act in {"cite", "card"}:
            self.source_chosen.emit(entry.message, hit.number, hit.citation)
        elif hit.act == "fold" and isinstance(entry, AnswerEntry):
            entry.fold()
            self._refresh()
        else:
            self.acted.emit(hit.act, entry.message)

    def _choose_in(self, turn: int, hit: HitTest) -> None:
        row = self._rows.of(turn)
        if row and row.entry:
            self._act(row.entry, hit)

    def _arranged(self) -> None:
        self.spoken.place(self._placed(), self._zoom)

    @property
    def _focused_turn(self) -> int:
        return self.spoken.focused

    def _enter(self, place: int) -> None:
        """Bring the focus to a turn by its place, and into view."""
        if 0 <= place < len(self._rows):
            turn = self._rows[place].turn
            if place not in self._around():
                self.scroll_to(turn)
            self.spoken.enter(turn)

    def _walk(self, key: int) -> bool:
        """From turn to turn and inside of one; whether the key stands for that."""
        now, last = self._rows.place_of(self.spoken.focused), len(self._rows) - 1
        if key in _BESIDE and now >= 0:
            self.spoken.step(_BESIDE[key])
        elif key in _TURNS:
            self._enter(max(now + _TURNS[key], 0) if now >= 0 else last)
        elif key in _ENDS:
            self._enter(last if key == Qt.Key.Key_End else 0)
        else:
            return False
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Of the turn under the pointer; from the keyboard of the turn with the focus, else of the
        last answer."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            under = self._under(QPointF(event.pos()))
            chosen = under[0] if under else None
        elif row := self._rows.of(self.spoken.focused):
            chosen = row.entry
        else:
            chosen = next(
                (entry for entry in self._rows.entries()[::-1] if entry.can("more")), None
            )
        if chosen and chosen.message.id:
            self.acted.emit("more", chosen.message)

    def selected(self) -> str:
        return "\n".join(filter(None, (entry.selected() for entry in self._rows.entries())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            if chosen := self.selected():
                QGuiApplication.clipboard().setText(chosen)
            return
        plain = event.modifiers() in {_NONE, Qt.KeyboardModifier.KeypadModifier}
        if plain and self._walk(event.key()):
            return
        super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._hovered and self._hovered[1]:
            entry, hit = self._hovered[0], self._hovered[1]
            told = entry.explain(hit) if isinstance(entry, AnswerEntry) else ""
            QToolTip.showText(event.globalPos(), told or self._words.act(hit.act))
            return True
        return super().viewportEvent(event)
