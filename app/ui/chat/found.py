"""What was found for an answer: each source with its place, its strength and its beginning."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.conversation import Source
from app.ui.chat.words import AnswerWords
from app.ui.theme import Theme
from app.ui.widgets.controls import button, label

_BEGINNING = 260


class FoundList(QScrollArea):
    """`chosen` gives a source's number."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, words: AnswerWords) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self.sources: tuple[Source, ...] = ()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show_sources(())
        theme.changed.connect(lambda: self.show_sources(self.sources, self._searched))

    def show_sources(self, sources: tuple[Source, ...], searched: str = "") -> None:
        """`searched` where that is not the question as it was asked."""
        sources = tuple(each for each in sources if not each.segment.is_computed)
        self.sources, self._searched = sources, searched
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 4, 4)
        column.setSpacing(10)
        if searched:
            told = label("muted", wrap=True)
            told.setText(self.tr("Searched for: %1").replace("%1", searched))
            column.addWidget(told)
        if not sources:
            nothing = label("muted", wrap=True)
            nothing.setText(self.tr("Passages that an answer may use are listed here."))
            column.addWidget(nothing)
        for source in sources:
            column.addWidget(self._card(source))
        column.addStretch()
        self.setWidget(inside)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_sources(self.sources, self._searched)
        super().changeEvent(event)

    def _card(self, source: Source) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        name, place = label("strong", wrap=True), label("small", wrap=True)
        name.setText(f"{source.number} · {source.segment.name}")
        place.setText(self._words.place(source))
        strength = QProgressBar()
        strength.setTextVisible(False)
        strength.setRange(0, 100)
        strength.setValue(round(source.segment.score * 100))
        strength.setToolTip(self._words.strength(source))
        strength.setAccessibleName(self._words.strength(source))
        begin = source.segment.best.start - source.segment.locator.start
        beginning = " ".join(source.segment.text[begin:].split())
        text = label("", wrap=True)
        text.setText(beginning[:_BEGINNING] + ("…" if len(beginning) > _BEGINNING else ""))
        show = button("link", lambda: self.chosen.emit(source.number))
        show.setText(self.tr("Open in the document"))
        last = QHBoxLayout()
        last.addStretch()
        last.addWidget(show)
        for part in (name, place, strength, text):
            column.addWidget(part)
        if warning := self._words.warning(source):
            column.addLayout(self._warning(warning))
        if source.segment.also_in:
            others = label("small", wrap=True)
            others.setText(
                self.tr("The same in: %1").replace("%1", ", ".join(source.segment.also_in))
            )
            column.addWidget(others)
        column.addLayout(last)
        return card

    def _warning(self, warning: str) -> QHBoxLayout:
        sign, told = QLabel(), label("small", wrap=True)
        sign.setPixmap(self._theme.icon("triangle-alert", "gold", 16).pixmap(16, 16))
        told.setText(warning)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(told, 1)
        return line
