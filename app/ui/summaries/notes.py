"""The notes: those that the user keeps, and those that the program proposes."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QMargins, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.memory.summaries import Note
from app.ui.summaries.note_card import NoteActs, NoteCard
from app.ui.summaries.words import SummaryWords
from app.ui.theme import Theme
from app.ui.widgets.controls import button, label, let_go
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.scroll import Scroll

_WIDEST = 920


class NotesPane(Retranslating, Scroll):
    """`added` gives a text. Cards stay while their notes do, so that a reload takes no focus or
    half-written text away."""

    added = Signal(str)

    def __init__(self, words: SummaryWords, acts: NoteActs, theme: Theme) -> None:
        super().__init__(QMargins(40, 26, 40, 24), 12)
        self._words, self._acts, self._theme = words, acts, theme
        self.cards: dict[str, NoteCard] = {}
        self._title, self._about = label("title"), label("muted", wrap=True)
        self._proposed_head, self._kept_head = label("section"), label("section")
        self._nothing = label("muted", wrap=True)
        self.field = QLineEdit()
        self.field.returnPressed.connect(self._add)
        self.add = button("primary", self._add)
        self._proposed, self._kept = QVBoxLayout(), QVBoxLayout()
        self._build()
        self._retranslate()

    def _build(self) -> None:
        body = QWidget()
        body.setMaximumWidth(_WIDEST)
        new = in_row(wide(self.field), self.add, spacing=8)
        column = in_column(self._title, self._about, new, on=body, margins=0, spacing=10)
        for head, cards in ((self._proposed_head, self._proposed), (self._kept_head, self._kept)):
            head.setContentsMargins(0, 10, 0, 0)
            cards.setSpacing(10)
            column.addWidget(head)
            column.addLayout(cards)
        column.addWidget(self._nothing)
        self.column.addWidget(body)
        self.column.addStretch()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Notes"))
        self._title.setText(self.tr("Notes"))
        self._about.setText(
            self.tr("Facts that answers to every question may rest on. Documents outrank them.")
        )
        self.field.setPlaceholderText(self.tr("For example, our plant works in two shifts"))
        self.field.setAccessibleName(self.tr("New note"))
        self.add.setText(self.tr("Add"))
        self._proposed_head.setText(self.tr("Proposed: these came up more than once").upper())
        self._kept_head.setText(self.tr("Kept").upper())
        self._nothing.setText(
            self.tr("No notes yet. Write one, or keep what is proposed after some conversations.")
        )

    def show_notes(
        self, proposed: Sequence[Note], kept: Sequence[Note], titles: Mapping[str, str]
    ) -> None:
        """With the titles of summaries by id."""
        found = {note.id: note for note in (*proposed, *kept)}
        for key, card in list(self.cards.items()):
            known = found.get(key)
            if known is None or known.accepted != card.note.accepted:
                self.cards.pop(key)
                let_go(card)
        for column, notes in ((self._proposed, proposed), (self._kept, kept)):
            for place, each in enumerate(notes):
                self._put(column, place, each, titles)
        self._proposed_head.setVisible(bool(proposed))
        self._kept_head.setVisible(bool(kept))
        self._nothing.setVisible(not found)

    def _put(self, column: QVBoxLayout, place: int, note: Note, titles: Mapping[str, str]) -> None:
        if note.id not in self.cards:
            self.cards[note.id] = NoteCard(note, self._words, self._acts, self._theme)
            column.insertWidget(place, self.cards[note.id])
        named = [titles[summary] for summary in note.summaries if summary in titles]
        self.cards[note.id].show_note(note, named)

    def _add(self) -> None:
        if text := self.field.text().strip():
            self.field.clear()
            self.added.emit(text)
        self.field.setFocus()
