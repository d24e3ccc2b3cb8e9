"""What an assistant was: its versions, what going back to one would change, and going back."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QWidget

from app.domain.chat.assistants import Assistant
from app.domain.chat.versions import (
    AssistantVersion,
    Field,
    LineKind,
    changed_fields,
    compared_lines,
)
from app.ui.assistants.overview import AssistantsOverview
from app.ui.assistants.words import AssistantWords, moment
from app.ui.dialogs.dialog import Dialog
from app.ui.language import filled
from app.ui.theme import Theme
from app.ui.widgets.controls import forbid_if, label

_WIDTH, _LIST, _LINES = 640, 156, 156
_INKS = {LineKind.KEPT: "muted", LineKind.ADDED: "accent", LineKind.REMOVED: "danger"}
_SIGNS = {LineKind.KEPT: "   ", LineKind.ADDED: "+ ", LineKind.REMOVED: "− "}


class VersionsDialog(Dialog):
    """`chosen` gives the version that is wanted back."""

    chosen = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        versions: Sequence[AssistantVersion],
        overview: AssistantsOverview,
        words: AssistantWords,
        theme: Theme,
    ) -> None:
        """The newest version first: it is what the assistant is now."""
        super().__init__(parent, "", width=_WIDTH)
        self._versions, self._overview = versions, overview
        self._words, self._theme = words, theme
        self.list, self.fields = QListWidget(), label("", wrap=True)
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        self.list.setProperty("kind", "lines")
        self.list.setFixedHeight(_LIST)
        self.lines.setFixedHeight(_LINES)
        self.hold(self.list, self.fields, self.lines)
        self.leave = self.act(self.tr("Close"), self.reject)
        self.back = self.act(self.tr("Go back to it"), self._choose, "primary")
        self.usual(self.leave)
        self._say()
        self.list.currentRowChanged.connect(lambda _: self._show())
        self.list.setCurrentRow(1 if len(versions) > 1 else 0)

    def _say(self) -> None:
        title = filled(self.tr("Versions of %1"), self._now.name)
        self.title.setText(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.list.setAccessibleName(self.tr("Versions"))
        self.lines.setAccessibleName(self.tr("What the instruction would be"))
        earlier = [(new.assistant, old.assistant) for new, old in pairwise(self._versions)]
        for place, version in enumerate(self._versions):
            self.list.addItem(self._line(version, earlier[place] if place < len(earlier) else None))

    @property
    def _now(self) -> Assistant:
        return self._versions[0].assistant

    def _line(self, version: AssistantVersion, change: tuple[Assistant, Assistant] | None) -> str:
        """ "3 · 30.11.2026 13:05 · Anna · Instruction, Tone"."""
        fields = changed_fields(*change) if change else ()
        told = ", ".join(map(self._words.field, fields))
        parts = (str(version.number), moment(version.created), version.by, told)
        return " · ".join(filter(None, parts))

    def _show(self) -> None:
        version = self._versions[max(self.list.currentRow(), 0)].assistant
        changed = changed_fields(self._now, version)
        present = self.tr("This is what it is now.")
        forbid_if(present if version is self._now else "", self.back)
        same = present if version is self._now else self.tr("Nothing differs from what it is now.")
        told = [self._change(field, version) for field in changed if field != Field.INSTRUCTION]
        if Field.INSTRUCTION in changed:
            told.append(self.tr("Going back changes the instruction:"))
        self.fields.setText("\n".join(told) or same)
        self._write(self._now.instruction, version.instruction)
        self.fit()

    def _change(self, field: Field, version: Assistant) -> str:
        now, then = (
            self._words.value(field, each, self._overview) for each in (self._now, version)
        )
        name = self._words.field(field)
        return f"{name}: {now} → {then}" if now or then else name

    def _write(self, now: str, then: str) -> None:
        self.lines.clear()
        cursor = QTextCursor(self.lines.document())
        for line in compared_lines(now, then):
            ink = QTextCharFormat()
            ink.setForeground(QColor(getattr(self._theme.colors, _INKS[line.kind])))
            if not cursor.atStart():
                cursor.insertBlock()
            cursor.insertText(_SIGNS[line.kind] + line.text, ink)
        self.lines.setVisible(bool(now or then))

    def _choose(self) -> None:
        self.chosen.emit(self._versions[self.list.currentRow()])
        self.accept()
