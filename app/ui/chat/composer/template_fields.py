"""The fields of a template in a text that is being written: stepping through them, marking them."""

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from app.domain.chat import templates
from app.ui.theme import Theme


@dataclass(frozen=True)
class _Place:
    """Where a field stands, whatever is written into it."""

    start: QTextCursor
    end: QTextCursor

    @property
    def cursor(self) -> QTextCursor:
        both = QTextCursor(self.start.document())
        both.setPosition(self.start.position())
        both.setPosition(self.end.position(), QTextCursor.MoveMode.KeepAnchor)
        return both


class TemplateFields(QObject):
    """Goes with its text: another theme must not reach a text that is gone."""

    def __init__(self, text: QPlainTextEdit, theme: Theme) -> None:
        super().__init__(text)
        self._text, self._theme = text, theme
        self._places: list[_Place] = []
        self._at = 0
        text.textChanged.connect(self._mark)
        theme.changed.connect(self._mark)

    def insert(self, template: str, cursor: QTextCursor) -> None:
        """Write a template in place of what the cursor selects; its first field is selected."""
        begin = cursor.selectionStart()
        cursor.insertText(template)
        self._text.setTextCursor(cursor)
        self._places = []
        for field in templates.fields(template):
            start = self._cursor(begin + _units(template[: field.start]))
            start.setKeepPositionOnInsert(True)
            end = self._cursor(begin + _units(template[: field.end]))
            self._places.append(_Place(start, end))
        self._at = -1
        self.step(1)
        self._mark()

    def step(self, by: int) -> bool:
        """Select the next (1) or the last (−1) field; behind the last one stands the text's end.
        Whether there was anywhere to go."""
        at = self._at + by
        if not self._places or not 0 <= at <= len(self._places):
            return False
        self._at = at
        if at < len(self._places):
            self._text.setTextCursor(self._places[at].cursor)
        else:
            self._text.moveCursor(QTextCursor.MoveOperation.End)
        return True

    def plain(self) -> str:
        """The text as it is sent: a field that was not filled says its default."""
        raw = self._text.toPlainText().encode("utf-16-le")
        parts, done = [], 0
        for place in self._places:
            start, end = 2 * place.start.position(), 2 * place.end.position()
            if start >= done:
                parts += [raw[done:start].decode("utf-16-le")]
                parts += [templates.plain(raw[start:end].decode("utf-16-le"))]
                done = end
        return "".join([*parts, raw[done:].decode("utf-16-le")])

    def clear(self) -> None:
        self._places = []
        self._mark()

    def _cursor(self, position: int) -> QTextCursor:
        cursor = QTextCursor(self._text.document())
        cursor.setPosition(position)
        return cursor

    def _mark(self) -> None:
        if not self._text.toPlainText():
            self._places = []
        marks = []
        for cursor in (place.cursor for place in self._places):
            if templates.fields(cursor.selectedText()):
                mark = QTextEdit.ExtraSelection()
                mark.cursor = cursor
                mark.format.setBackground(QColor(self._theme.colors.gold_soft))
                marks.append(mark)
        self._text.setExtraSelections(marks)


def _units(text: str) -> int:
    """Qt counts characters as UTF-16 does."""
    return len(text.encode("utf-16-le")) // 2
