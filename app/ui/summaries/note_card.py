"""One note: what it says, how often it was used; or one that is proposed, to keep or not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.memory.summaries import Note
from app.ui.language import filled
from app.ui.summaries.reading.editor import LineEdit
from app.ui.summaries.words import SummaryWords
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, button, label
from app.ui.widgets.layouts import BOTTOM, STRETCH, TOP, aligned, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating


@dataclass(frozen=True)
class NoteActs:
    change: Callable[[Note, str], None]
    remove: Callable[[Note], None]
    remember: Callable[[Note, bool], None]
    accept: Callable[[Note, bool], None]


class NoteCard(Retranslating, QFrame):
    def __init__(self, note: Note, words: SummaryWords, acts: NoteActs, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self.note, self._titles = note, list[str]()
        self._words, self._acts, self._theme = words, acts, theme
        self.text, self.facts = label(wrap=True), label("small", wrap=True)
        self.field = LineEdit()
        self.field.entered.connect(self._save)
        self.edit = IconButton(theme, "pencil", self._begin, size=16)
        self.remove = IconButton(theme, "trash-2", lambda: acts.remove(self.note), size=16)
        self.switch = button("small", self._switch)
        self.keep = button("", lambda: acts.accept(self.note, True))
        self.decline = button("link", lambda: acts.accept(self.note, False))
        self.save, self.cancel = button("", self._save), button("", self._end)
        QShortcut(
            QKeySequence("Esc"), self, self._end,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )  # fmt: skip
        self._build()
        self._show_parts(writing=False)

    def _build(self) -> None:
        said = in_row(
            wide(self.text), aligned(self.edit, TOP), aligned(self.remove, TOP), spacing=2
        )
        foot = in_row(
            wide(self.facts), aligned(self.switch, BOTTOM), aligned(self.decline, BOTTOM),
            aligned(self.keep, BOTTOM), spacing=10,
        )  # fmt: skip
        writing = in_row(self.save, self.cancel, STRETCH, spacing=8)
        in_column(said, self.field, foot, writing, on=self, margins=(18, 12, 12, 12), spacing=6)

    def _retranslate(self) -> None:
        self.show_note(self.note, self._titles)

    def show_note(self, note: Note, titles: list[str]) -> None:
        """With the titles of the summaries that it comes from. What is being written stays."""
        self.note, self._titles = note, titles
        self.setAccessibleName(note.text)
        self.text.setText(note.text)
        self.facts.setText(self._told())
        self.field.setAccessibleName(self.tr("Note"))
        self.edit.say(self.tr("Edit this note"))
        self.remove.say(self.tr("Delete this note"))
        self.switch.setText(self.tr("switch off") if note.remembered else self.tr("switch on"))
        self.switch.setToolTip(self.tr("Whether answers may rest on it"))
        self.keep.setText(self.tr("Keep"))
        self.decline.setText(self.tr("No, thanks"))
        self.save.setText(self.tr("Save"))
        self.cancel.setText(self.tr("Cancel"))

    def _told(self) -> str:
        parts = [] if self.note.accepted is None else [self._words.memory(self.note)]
        if not self.note.remembered:
            parts.append(self.tr("switched off"))
        if self._titles:
            named = ", ".join(filled(self.tr("“%1”"), title) for title in self._titles)
            parts.append(filled(self.tr("from %1"), named))
        return " · ".join(parts)

    def _begin(self) -> None:
        self.field.setPlainText(self.note.text)
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        self._show_parts(writing=True)
        self.field.setFocus()

    def _end(self) -> None:
        self._show_parts(writing=False)
        self.edit.setFocus()

    def _show_parts(self, *, writing: bool) -> None:
        proposed = self.note.accepted is None
        read = (self.text, self.facts)
        own = (self.edit, self.remove, self.switch)
        for parts, visible in (
            (read, not writing),
            (own, not writing and not proposed),
            ((self.keep, self.decline), proposed),
            ((self.field, self.save, self.cancel), writing),
        ):
            self._set_visible(parts, visible)

    def _set_visible(self, parts: Sequence[QWidget], visible: bool) -> None:
        for part in parts:
            part.setVisible(visible)

    def _save(self) -> None:
        self._end()
        if (text := self.field.written) != self.note.text:
            self._acts.change(self.note, text)

    def _switch(self) -> None:
        self._acts.remember(self.note, not self.note.remembered)
