"""One example beside the table: its question and answer to change, its passages to read."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from app.domain.training.rows import Row
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, button, label, show_if
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.scroll import Scroll

_WIDTH, _LEAST = 340, 250
_QUESTION, _ANSWER, _PASSAGES, _SEEN = 54, 84, 74, 116
#: `(row, show)`: has the row laid out as the model gets it, and `show` called with both parts.
View = Callable[[Row, Callable[[tuple[str, str]], None]], None]


class RowPane(Retranslating, QFrame):
    """`changed` gives the row as it was written, `dropped` its id and whether it is to be used."""

    changed, dropped, left = Signal(object), Signal(int, bool), Signal()

    def __init__(self, theme: Theme, view: View) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setMinimumWidth(_LEAST)
        self.setMaximumWidth(_WIDTH)
        self._theme, self._view = theme, view
        self.row: Row | None = None
        self._may = True
        self._fields()
        self._build()
        QShortcut(
            QKeySequence("Esc"), self, self.left.emit,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )  # fmt: skip
        theme.changed.connect(self._look_again)
        self._retranslate()
        self.hide()

    def _fields(self) -> None:
        self._title = label("strong")
        self.close_act = IconButton(self._theme, "x", self.left.emit, size=16)
        self._names = [label("small") for _ in range(4)]
        self.question, self.answer = QPlainTextEdit(), QPlainTextEdit()
        self.passages, self.seen = QPlainTextEdit(), QPlainTextEdit()
        for field, height in (
            (self.question, _QUESTION), (self.answer, _ANSWER),
            (self.passages, _PASSAGES), (self.seen, _SEEN),
        ):  # fmt: skip
            field.setFixedHeight(height)
            field.setTabChangesFocus(True)
        for field in (self.passages, self.seen):
            field.setReadOnly(True)
        for field in (self.question, self.answer):
            field.textChanged.connect(self._allow)
        self.save = button("primary", self._save)
        self.drop = button("", self._drop)

    def _build(self) -> None:
        head = in_row(wide(self._title), self.close_act, margins=(14, 8, 8, 0))
        form = Scroll(QMargins(14, 4, 14, 8), 4)
        fields = (self.question, self.answer, self.passages, self.seen)
        for name, field in zip(self._names, fields, strict=True):
            form.column.addWidget(name)
            form.column.addWidget(field)
            form.column.addSpacing(4)
        form.column.addStretch()
        acts = in_row(self.save, self.drop, STRETCH, margins=(14, 0, 14, 12), spacing=8)
        in_column(head, wide(form), acts, on=self, margins=0, spacing=6)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Example"))
        self.close_act.say(self.tr("Close"), "Esc")
        texts = (
            self.tr("Question"),
            self.tr("Answer to be learned"),
            self.tr("Passages that are shown with it"),
            self.tr("As the model gets it: tinted is learned, the rest is only read"),
        )
        fields = (self.question, self.answer, self.passages, self.seen)
        for name, field, text in zip(self._names, fields, texts, strict=True):
            name.setText(text)
            name.setWordWrap(True)
            field.setAccessibleName(text)
        self.save.setText(self.tr("Save"))
        self._allow()

    def show_row(self, row: Row | None, *, may: bool) -> None:
        """None closes it. What is being written stays when the same row comes again."""
        if row is not None and self.row is not None and row.id == self.row.id and self.is_changed:
            return
        self.row, self._may = row, may
        self.setVisible(row is not None)
        if row is None:
            return
        self.question.setPlainText(row.question)
        self.answer.setPlainText(row.answer)
        passages = "\n\n".join(
            f"[{number}] {passage.header}\n{passage.text}".strip()
            for number, passage in enumerate(row.passages, 1)
        )
        self.passages.setPlainText(passages)
        show_if(bool(passages), self._names[2], self.passages)
        for field in (self.question, self.answer):
            field.setReadOnly(not may)
        self._look_again()
        self._allow()

    @property
    def is_changed(self) -> bool:
        return self.row is not None and self._written() != self.row

    def _written(self) -> Row | None:
        if self.row is None:
            return None
        return replace(
            self.row,
            question=self.question.toPlainText().strip(),
            answer=self.answer.toPlainText().strip(),
        )

    def _allow(self) -> None:
        row = self.row
        whole = bool(self.question.toPlainText().strip() and self.answer.toPlainText().strip())
        self.save.setEnabled(self._may and whole and self.is_changed)
        self.drop.setEnabled(self._may)
        used = row is None or row.used
        self.drop.setText(self.tr("Put aside") if used else self.tr("Use again"))

    def _look_again(self) -> None:
        row = self.row
        if row is None:
            return

        def show(parts: tuple[str, str]) -> None:
            if self.row is not None and self.row.id == row.id:
                self._show_parts(*parts)

        self.seen.clear()
        self._view(row, show)

    def _show_parts(self, read: str, learned: str) -> None:
        colors = self._theme.colors
        self.seen.clear()
        writing = QTextCursor(self.seen.document())
        muted, tinted = QTextCharFormat(), QTextCharFormat()
        muted.setForeground(colors.color("muted"))
        tinted.setForeground(colors.color("text"))
        tinted.setBackground(colors.color("accent_soft"))
        writing.insertText(read, muted)
        begin = writing.position()
        writing.insertText(learned, tinted)
        # What is learned stands at the end of a long text: show its beginning.
        writing.setPosition(begin)
        self.seen.setTextCursor(writing)
        self.seen.ensureCursorVisible()

    def _save(self) -> None:
        if (row := self._written()) is not None:
            self.row = row
            self.changed.emit(row)
            self._look_again()
            self._allow()

    def _drop(self) -> None:
        if self.row is not None:
            self.dropped.emit(self.row.id, not self.row.used)
