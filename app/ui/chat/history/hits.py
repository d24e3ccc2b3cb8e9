"""Turns that a search found: the conversation's title over the stretch with the words marked."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from app.domain.chat.conversation import MessageHit
from app.ui.theme import SMALL_PIXELS, Theme, font
from app.ui.widgets.rows import HeldRows, Index, ThemedDelegate

_LINES = 2


class HitsView(QListView):
    """`picked` gives a hit."""

    picked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.found = HitsModel()
        self.setModel(self.found)
        self.setItemDelegate(_HitDelegate(theme))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._pick)
        self.activated.connect(self._pick)
        theme.changed.connect(self.viewport().update)

    def _pick(self, index: QModelIndex) -> None:
        self.picked.emit(index.data(Qt.ItemDataRole.UserRole))


class HitsModel(HeldRows[MessageHit]):
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        hit = self.rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{hit.title}: {hit.excerpt}"
        return hit if role == Qt.ItemDataRole.UserRole else None


class _HitDelegate(ThemedDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, 74)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: MessageHit = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        self.paint_ground(painter, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(option.rect).adjusted(10, 8, -10, -6)
        self.paint_text(painter, inner, hit.title, 13, "text", weight=600)
        self._excerpt(painter, inner.adjusted(0, 20, 0, 0), hit)
        painter.restore()

    def _excerpt(self, painter: QPainter, area: QRectF, hit: MessageHit) -> None:
        layout = QTextLayout(hit.excerpt, font(SMALL_PIXELS))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        y = 0.0
        for _ in range(_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(area.width())
            line.setPosition(QPointF(0, y))
            y += line.height()
        layout.endLayout()
        painter.setPen(QColor(self._theme.colors.muted))
        layout.draw(painter, area.topLeft(), [self._marked(mark) for mark in hit.marks])

    def _marked(self, span: Any) -> QTextLayout.FormatRange:
        drawn = QTextLayout.FormatRange()
        drawn.start, drawn.length = span.start, span.end - span.start
        drawn.format = QTextCharFormat()
        drawn.format.setForeground(QColor(self._theme.colors.gold))
        drawn.format.setBackground(QColor(self._theme.colors.gold_soft))
        return drawn
