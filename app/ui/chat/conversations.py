"""The list of conversations: a model grouped by day, and how a row is drawn."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.conversation import Conversation
from app.ui.theme import SMALL_PIXELS, Theme, font

Index = QModelIndex | QPersistentModelIndex


class ConversationsModel(QAbstractListModel):
    """Rows are conversations and, before the first of a group, the group's name."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Conversation | str] = []
        self._all: list[Conversation] = []
        self._filter = ""

    def set_conversations(self, conversations: list[Conversation]) -> None:
        self._all = conversations
        self._rebuild()

    def set_filter(self, text: str) -> None:
        """Keep those whose title or last message has the text."""
        self._filter = text.casefold().strip()
        self._rebuild()

    def conversation(self, index: Index) -> Conversation | None:
        row = self._rows[index.row()] if index.isValid() else ""
        return row if isinstance(row, Conversation) else None

    def row_of(self, conversation: str) -> QModelIndex:
        for place, row in enumerate(self._rows):
            if isinstance(row, Conversation) and row.id == conversation:
                return self.index(place)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.title if isinstance(row, Conversation) else row
        return row if role == Qt.ItemDataRole.UserRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.conversation(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._rows = []
        group = ""
        for each in self._all:
            if self._filter not in f"{each.title}\n{each.preview}".casefold():
                continue
            if (named := _group(each.changed)) != group:
                group = named
                self._rows.append(group)
            self._rows.append(each)
        self.endResetModel()


def _group(moment: float) -> str:
    now = datetime.now().astimezone()
    days = (now.date() - datetime.fromtimestamp(moment, now.tzinfo).date()).days
    if days <= 0:
        return QCoreApplication.translate("Conversations", "Today")
    if days == 1:
        return QCoreApplication.translate("Conversations", "Yesterday")
    if days < 7:
        return QCoreApplication.translate("Conversations", "This week")
    return QCoreApplication.translate("Conversations", "Earlier")


class ConversationDelegate(QStyledItemDelegate):
    """Title over the beginning of the last message; groups in small capitals."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        group = isinstance(index.data(Qt.ItemDataRole.UserRole), str)
        return QSize(100, 34 if group else 56)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        area = QRectF(option.rect)
        colors = self._theme.colors
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, str):
            painter.setFont(font(12, 600))
            painter.setPen(QColor(colors.muted))
            bottom = Qt.AlignmentFlag.AlignBottom
            painter.drawText(area.adjusted(10, 0, 0, -6), bottom, row.upper())
        else:
            state = option.state
            if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
                chosen = state & QStyle.StateFlag.State_Selected
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colors.selection if chosen else colors.bubble))
                painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), 8, 8)
            inner = area.adjusted(10, 8, -10, -8)
            _line(painter, inner, row.title, QColor(colors.text), 14, top=True)
            preview = " ".join(row.preview.split())
            _line(painter, inner, preview, QColor(colors.muted), SMALL_PIXELS, top=False)
        painter.restore()


def _line(
    painter: QPainter, area: QRectF, text: str, color: QColor, pixels: float, *, top: bool
) -> None:
    chosen = font(pixels)
    painter.setFont(chosen)
    painter.setPen(color)
    shown = QFontMetrics(chosen).elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
    painter.drawText(
        area, Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignBottom, shown
    )
