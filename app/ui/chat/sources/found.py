"""What was found for an answer: each passage with its place, its strength and what meets it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QWidget

from app.domain.chat.conversation import Segment, Source
from app.domain.evidence.quotation import best_stretch
from app.ui.chat.words import AnswerWords
from app.ui.language import filled
from app.ui.theme import Theme
from app.ui.widgets.controls import Bar, IconButton, button, frame, label
from app.ui.widgets.layouts import STRETCH, TOP, UPRIGHT, aligned, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

_EXCERPT = 260


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

    chosen, pinned, excluded = Signal(object), Signal(object), Signal(object)

    def __init__(self, theme: Theme, words: AnswerWords) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self._found, self._notes = FoundSources(), list[str]()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        theme.follow(self._draw)

    def show_found(self, found: FoundSources, notes: Sequence[str]) -> None:
        """`notes` stand above the cards."""
        self._found, self._notes = found, list(notes)
        self._draw()

    def _draw(self) -> None:
        at = self.verticalScrollBar().value()
        inside = QWidget()
        column = in_column(on=inside, margins=(0, 4, 4, 4), spacing=10)
        for note in self._notes:
            told = label("muted", note, wrap=True)
            column.addWidget(told)
        if not self._found.sources:
            nothing = label(
                "muted", self.tr("Passages that an answer may use are listed here."), wrap=True
            )
            column.addWidget(nothing)
        for source in self._found.sources:
            column.addWidget(self._card(source))
        column.addStretch()
        self.setWidget(inside)
        self.verticalScrollBar().setValue(at)

    def _card(self, source: Source) -> QWidget:
        segment = source.segment
        card = frame("card")
        if segment in self._found.excluded:
            return card
        place = label("small", self._words.place(source), wrap=True)
        text = label("", _excerpt(segment), wrap=True)
        column = in_column(
            self._head(source), place, self._strength(source), text, on=card,
            margins=(12, 8, 8, 10), spacing=4,
        )  # fmt: skip
        if warning := self._words.warning(source):
            column.addLayout(self._warning(warning))
        if segment.also_in:
            others = label(
                "small", filled(self.tr("The same in: %1"), ", ".join(segment.also_in)), wrap=True
            )
            column.addWidget(others)
        show = button("link", partial(self.chosen.emit, source), self.tr("Open in the document"))
        last = in_row(STRETCH, show)
        column.addLayout(last)
        return card

    def _head(self, source: Source) -> QHBoxLayout:
        segment = source.segment
        out = segment in self._found.excluded
        added = self.tr("Added")
        name = label(
            "muted" if out else "strong", f"{source.number or added} · {segment.name}", wrap=True
        )
        row = in_row(wide(name), spacing=2)
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
        return IconButton(self._theme, icon, act, size=15, box=24)

    def _strength(self, source: Source) -> QHBoxLayout:
        told = self._words.strength(source) if source.number else self.tr("Chosen by you")
        bar = Bar()
        bar.setRange(0, 100)
        bar.setValue(round(source.segment.score * 100))
        bar.setFixedWidth(64)
        bar.setAccessibleName(told)
        words = label("small", told)
        return in_row(aligned(bar, UPRIGHT), wide(words), spacing=8)

    def _warning(self, warning: str) -> QHBoxLayout:
        sign = QLabel()
        sign.setPixmap(self._theme.icon("triangle-alert", "gold", 16).pixmap(16, 16))
        told = label("small", warning, wrap=True)
        return in_row(aligned(sign, TOP), wide(told), spacing=6)


def _excerpt(segment: Segment) -> str:
    """From the sentence that meets the question best, or where the passage that was hit begins."""
    met = best_stretch(segment)
    begin = met.start if met else segment.best.start - segment.locator.start
    words = " ".join(segment.text[begin:].split())
    cut = words[:_EXCERPT] + ("…" if len(words) > _EXCERPT else "")
    return f"…{cut}" if segment.text[:begin].strip() else cut
