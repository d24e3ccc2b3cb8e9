"""A list of texts that lead somewhere: a small head over a few lines each, all of one height."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyleOptionViewItem

from app.ui.theme import SMALL_PIXELS, Theme, font
from app.ui.widgets.rows import ThemedDelegate

Index = QModelIndex | QPersistentModelIndex
_SHOWN = Qt.ItemDataRole.UserRole
_INDENT, _LINES = 16, 3


class Lines(QListWidget):
    """`picked` gives what was handed in with the line."""

    picked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setItemDelegate(_LineDelegate(theme))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.currentItemChanged.connect(lambda item, _: self._pick(item))
        self.itemClicked.connect(self._pick)
        theme.changed.connect(self.viewport().update)

    def add(self, head: str, text: str, leads_to: object, depth: int = 0) -> None:
        """Up to three lines of `text`, one where there is no `head`."""
        item = QListWidgetItem(f"{head} {text}".strip())
        item.setData(_SHOWN, (head, text, leads_to, depth))
        self.addItem(item)

    def say(self, text: str) -> None:
        """A line that leads nowhere."""
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setData(_SHOWN, ("", text, None, 0))
        self.addItem(item)

    def pick_first(self) -> None:
        """As if the user had chosen the first line that leads somewhere."""
        for row in range(self.count()):
            if self.item(row).flags() & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentRow(row)
                return

    def _pick(self, item: QListWidgetItem | None) -> None:
        if item is not None and (found := item.data(_SHOWN)[2]) is not None:
            self.picked.emit(found)


class _LineDelegate(ThemedDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        head, _, leads_to, _ = index.data(_SHOWN)
        if leads_to is None:
            return QSize(100, 56)
        return QSize(100, 92 if head else 36)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        head, text, leads_to, depth = index.data(_SHOWN)
        painter.save()
        if leads_to is not None:
            self.paint_ground(painter, option)
        inner = QRectF(option.rect).adjusted(10 + depth * _INDENT, 8, -10, -8)
        if head:
            mode = Qt.TextElideMode.ElideMiddle
            self.paint_text(painter, inner, head, SMALL_PIXELS, "muted", weight=500, mode=mode)
            inner.setTop(inner.top() + 20)
        painter.setPen(self._theme.colors.color("text" if leads_to is not None else "muted"))
        _wrapped(painter, inner, text, _LINES if head or leads_to is None else 1)
        painter.restore()


def _wrapped(painter: QPainter, area: QRectF, text: str, lines: int) -> None:
    """As many lines as there is room for, the last one elided."""
    written = font(13)
    layout = QTextLayout(text, written)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    metrics = QFontMetrics(written)
    painter.setFont(written)
    layout.beginLayout()
    y = area.top() + metrics.ascent()
    for number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(area.width())
        start, length = line.textStart(), line.textLength()
        shown = text[start : start + length]
        if number == lines - 1 and start + length < len(text):
            width = int(area.width())
            shown = metrics.elidedText(text[start:], Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(area.left(), y - metrics.ascent(), area.width(), 20), shown)
        y += metrics.lineSpacing()
    layout.endLayout()
