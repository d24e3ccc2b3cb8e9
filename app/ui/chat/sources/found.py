"""What was found for an answer: each passage with its place, its strength and its beginning."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.chat.conversation import Segment, Source
from app.ui.chat.words import AnswerWords
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, button, label
from app.ui.widgets.retranslating import Retranslating

_BEGINNING = 260


@dataclass(frozen=True, slots=True)
class FoundSources:
    """Passages under their numbers, 0 for those that the user added; `pinned` ones are used for the
    next questions too, `excluded` ones are left out when one asks again."""

    sources: tuple[Source, ...] = ()
    pinned: frozenset[Segment] = field(default_factory=frozenset)
    excluded: frozenset[Segment] = field(default_factory=frozenset)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """What is asked again from: pinned ones first, without excluded ones."""
        kept = [source.segment for source in self.sources if source.segment not in self.excluded]
        return tuple(sorted(kept, key=lambda segment: segment not in self.pinned))


class FoundSourceList(Retranslating, QScrollArea):
    """`chosen` gives a source; `pinned` and `excluded` a passage whose mark is turned over."""

    chosen = Signal(object)
    pinned = Signal(object)
    excluded = Signal(object)

    def __init__(self, theme: Theme, words: AnswerWords) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self._found, self._notes = FoundSources(), list[str]()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        theme.changed.connect(self._draw)
        self._draw()

    def show_found(self, found: FoundSources, notes: Sequence[str]) -> None:
        """`notes` stand above the cards."""
        self._found, self._notes = found, list(notes)
        self._draw()

    def _retranslate(self) -> None:
        self._draw()

    def _draw(self) -> None:
        at = self.verticalScrollBar().value()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 4, 4)
        column.setSpacing(10)
        for note in self._notes:
            told = label("muted", wrap=True)
            told.setText(note)
            column.addWidget(told)
        if not self._found.sources:
            nothing = label("muted", wrap=True)
            nothing.setText(self.tr("Passages that an answer may use are listed here."))
            column.addWidget(nothing)
        for source in self._found.sources:
            column.addWidget(self._card(source))
        column.addStretch()
        self.setWidget(inside)
        self.verticalScrollBar().setValue(at)

    def _card(self, source: Source) -> QWidget:
        segment = source.segment
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 8, 8, 10)
        column.setSpacing(4)
        column.addLayout(self._head(source))
        if segment in self._found.excluded:
            return card
        place = label("small", wrap=True)
        place.setText(self._words.place(source))
        begin = segment.best.start - segment.locator.start
        beginning = " ".join(segment.text[begin:].split())
        text = label("", wrap=True)
        text.setText(beginning[:_BEGINNING] + ("…" if len(beginning) > _BEGINNING else ""))
        column.addWidget(place)
        column.addLayout(self._strength(source))
        column.addWidget(text)
        if warning := self._words.warning(source):
            column.addLayout(self._warning(warning))
        if segment.also_in:
            others = label("small", wrap=True)
            others.setText(self.tr("The same in: %1").replace("%1", ", ".join(segment.also_in)))
            column.addWidget(others)
        show = button("link", partial(self.chosen.emit, source))
        show.setText(self.tr("Open in the document"))
        last = QHBoxLayout()
        last.addStretch()
        last.addWidget(show)
        column.addLayout(last)
        return card

    def _head(self, source: Source) -> QHBoxLayout:
        segment = source.segment
        out = segment in self._found.excluded
        name = label("muted" if out else "strong", wrap=True)
        added = self.tr("Added")
        name.setText(f"{source.number or added} · {segment.name}")
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(name, 1)
        if not out:
            pin = self._sign("pin", partial(self.pinned.emit, segment))
            pin.setCheckable(True)
            pin.setChecked(segment in self._found.pinned)
            pin.say(self.tr("Pin: use this passage for the next questions too"))
            row.addWidget(pin, 0, Qt.AlignmentFlag.AlignTop)
        leave = self._sign("undo-2" if out else "x", partial(self.excluded.emit, segment))
        back, away = self.tr("Take it in again"), self.tr("Leave this passage out")
        leave.say(back if out else away)
        row.addWidget(leave, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _sign(self, icon: str, act: Callable[[], object]) -> IconButton:
        made = IconButton(self._theme, icon, act, size=15)
        made.setFixedSize(24, 24)
        return made

    def _strength(self, source: Source) -> QHBoxLayout:
        told = self._words.strength(source) if source.number else self.tr("Chosen by you")
        bar, words = QProgressBar(), label("small")
        bar.setTextVisible(False)
        bar.setRange(0, 100)
        bar.setValue(round(source.segment.score * 100))
        bar.setFixedWidth(64)
        bar.setAccessibleName(told)
        words.setText(told)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(words, 1)
        return row

    def _warning(self, warning: str) -> QHBoxLayout:
        sign, told = QLabel(), label("small", wrap=True)
        sign.setPixmap(self._theme.icon("triangle-alert", "gold", 16).pixmap(16, 16))
        told.setText(warning)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(told, 1)
        return line
