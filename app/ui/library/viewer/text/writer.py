"""Writes pieces of a document into a QTextDocument and marks characters of the canonical text."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from app.domain.library.documents import BlockKind
from app.ui.language import filled
from app.ui.library.viewer.text.pieces import TextPiece, cells_of
from app.ui.theme import Colors, font

_HEADINGS = {1: 19, 2: 17}
#: Of a mark, in both themes.
_MARKED_INK = "#1B1E20"
_PROPORTIONAL = int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
#: Pixels of a character in a table, and of a cell's padding on both sides.
_CHARACTER, _PADDING = 7.8, 17
#: The beginning of an item that brings its own number.
_NUMBERED = re.compile(r"(?:\d+(?:\.\d+)*|\w)[.)]\s|[-–—•]")


class TextWriter:
    """Appends to a document. `scale` is 1 at the usual size; `room` the width for a table, in
    pixels; `marks` the stretches of characters to mark, in order."""

    def __init__(
        self,
        document: QTextDocument,
        colors: Colors,
        scale: float,
        room: int,
        marks: Sequence[tuple[int, int]],
    ) -> None:
        self._cursor = QTextCursor(document)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._colors, self._scale, self._room = colors, scale, room
        self._marks = marks
        self._fresh = True
        #: Position of the first marked character; None as long as none was written.
        self.marked: int | None = None

    def write(self, pieces: list[TextPiece]) -> None:
        """Append them in one go."""
        self._cursor.beginEditBlock()
        for piece in pieces:
            if piece.slide is not None:
                self._write_slide(piece.slide)
            if piece.kind is BlockKind.TABLE:
                self._write_table(piece)
            else:
                self._write_text(piece)
        self._cursor.endEditBlock()

    def _begin(self, layout: QTextBlockFormat, style: QTextCharFormat) -> None:
        """A new block; the empty one at the beginning or after a table is used first."""
        if self._fresh:
            self._cursor.setBlockFormat(layout)
            self._cursor.setBlockCharFormat(style)
            self._fresh = False
        else:
            self._cursor.insertBlock(layout, style)

    def _style(self, size: float, weight: int = 400, color: str = "") -> QTextCharFormat:
        style = QTextCharFormat()
        style.setFont(font(size * self._scale, weight))
        if color:
            style.setForeground(QColor(color))
        return style

    def _write_slide(self, number: int) -> None:
        layout = QTextBlockFormat()
        layout.setTopMargin(4 if self._fresh and not self._cursor.position() else 20)
        layout.setBottomMargin(4)
        style = self._style(12, 500, self._colors.muted)
        self._begin(layout, style)
        text = QCoreApplication.translate("TextView", "Slide %1")
        self._cursor.insertText(filled(text, number), style)

    def _write_text(self, piece: TextPiece) -> None:
        layout, heading = QTextBlockFormat(), piece.kind is BlockKind.HEADING
        layout.setLineHeight(140, _PROPORTIONAL)
        layout.setBottomMargin(8 if piece.ends else 0)
        if heading:
            layout.setTopMargin(6)
            layout.setHeadingLevel(min(max(piece.level, 1), 6))
        style = self._style(_HEADINGS.get(piece.level, 15), 600) if heading else self._style(14)
        if piece.kind is BlockKind.CODE:
            style = self._code_style(layout)
        if piece.kind is BlockKind.LIST_ITEM:
            layout.setLeftMargin(18 * max(piece.level, 1))
            layout.setTextIndent(-12)
        self._begin(layout, style)
        if piece.kind is BlockKind.LIST_ITEM and not _NUMBERED.match(piece.text):
            self._cursor.insertText("•\u2002", style)
        self._insert(self._cursor, piece.text, piece.start, style)

    def _code_style(self, layout: QTextBlockFormat) -> QTextCharFormat:
        layout.setBackground(QColor(self._colors.bubble))
        layout.setLeftMargin(6)
        layout.setLineHeight(125, _PROPORTIONAL)
        style = self._style(13)
        style.setFontFamilies(["DejaVu Sans Mono", "Consolas", "Menlo", "monospace"])
        style.setFontStyleHint(QFont.StyleHint.Monospace)
        return style

    def _insert(self, cursor: QTextCursor, text: str, start: int, style: QTextCharFormat) -> None:
        """Text whose first character has the offset `start`; what is to be marked of it is."""
        at = 0
        for first, last in self._marks:
            low = min(max(first - start, at), len(text))
            high = min(max(last - start, at), len(text))
            if low < high:
                cursor.insertText(_inline(text[at:low]), style)
                self._mark(cursor, text[low:high], style)
                at = high
        cursor.insertText(_inline(text[at:]), style)

    def _mark(self, cursor: QTextCursor, text: str, style: QTextCharFormat) -> None:
        if self.marked is None:
            self.marked = cursor.position()
        marked = QTextCharFormat(style)
        marked.setBackground(QColor(self._colors.mark))
        marked.setForeground(QColor(_MARKED_INK))
        cursor.insertText(_inline(text), marked)

    def _write_table(self, piece: TextPiece) -> None:
        rows = piece.text.count("\n") + 1
        table = self._cursor.insertTable(rows, len(piece.widths), self._table_format(piece))
        for row, column, at, text in cells_of(piece.text):
            if column < len(piece.widths):
                head = row < piece.headers
                self._write_cell(table, row, column, text, piece.start + at, head=head)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._fresh = True

    def _table_format(self, piece: TextPiece) -> QTextTableFormat:
        form = QTextTableFormat()
        form.setCellPadding(6)
        form.setCellSpacing(0)
        form.setBorder(1)
        form.setBorderCollapse(True)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderBrush(QColor(self._colors.line))
        form.setHeaderRowCount(piece.headers)
        form.setBottomMargin(10 if piece.ends else 0)
        pixels = self._columns(piece)
        form.setWidth(QTextLength(QTextLength.Type.FixedLength, sum(pixels)))
        kind = QTextLength.Type.FixedLength
        form.setColumnWidthConstraints([QTextLength(kind, pixel) for pixel in pixels])
        return form

    def _columns(self, piece: TextPiece) -> list[float]:
        """Pixels of the columns: all of the room, shared so that no word breaks as long as that
        goes; wider than the room only where the words are."""
        sign = _CHARACTER * self._scale
        words = [word * sign + _PADDING for word in piece.words]
        longer = [max(width * sign + _PADDING, 1) for width in piece.widths]
        left = self._room - sum(words)
        if left <= 0:
            return words
        wished = [wide - word for wide, word in zip(longer, words, strict=True)]
        shares = wished if sum(wished) > 0 else longer
        return [w + left * part / sum(shares) for w, part in zip(words, shares, strict=True)]

    def _write_cell(
        self, table: QTextTable, row: int, column: int, text: str, start: int, *, head: bool
    ) -> None:
        cell = table.cellAt(row, column)
        style = self._style(13, 600 if head else 400)
        if head:
            ground = cell.format()
            ground.setBackground(QColor(self._colors.bubble))
            cell.setFormat(ground)
        if text:
            self._insert(cell.firstCursorPosition(), text, start, style)


def _inline(text: str) -> str:
    """A line break inside a block keeps it one block."""
    return text.replace("\n", "\u2028")
