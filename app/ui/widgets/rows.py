"""What lists and tables have alike: rows that are held, their ground, a line that ends in "…"."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.theme import Theme, font

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_RADIUS = 8


class HeldRows(QAbstractListModel, Generic[T]):
    """A list of what it holds."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[T] = ()

    def hold(self, rows: Sequence[T]) -> None:
        """These and no others."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def at(self, index: Index) -> T | None:
        return self.rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)


class HeadedTable(QAbstractTableModel):
    """Columns have names and stand at the left; `columns` is how many there are."""

    columns = 0

    def names(self) -> tuple[str, ...]:
        """Of the columns, in order."""
        raise NotImplementedError

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self.columns

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            if role == Qt.ItemDataRole.DisplayRole:
                return self.names()[section]
        return None


class ThemedDelegate(QStyledItemDelegate):
    """Paints in the theme's colours."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, above: float = 1
    ) -> None:
        """Behind a row that is chosen or under the pointer; `above` pixels stay free over it."""
        state: QStyle.StateFlag = option.state
        chosen = state & QStyle.StateFlag.State_Selected
        if not chosen and not state & QStyle.StateFlag.State_MouseOver:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = state & QStyle.StateFlag.State_HasFocus
        colors, edge = self._theme.colors, 1.0 if focused else 0.0
        ring = QPen(colors.color("accent"), 2) if focused else QPen(Qt.PenStyle.NoPen)
        painter.setPen(ring)
        painter.setBrush(colors.color("selection" if chosen else "bubble"))
        ground = QRectF(option.rect).adjusted(edge, above + edge, -edge, -1 - edge)
        painter.drawRoundedRect(ground, _RADIUS, _RADIUS)

    def paint_text(
        self,
        painter: QPainter,
        area: QRectF,
        text: str,
        pixels: float,
        ink: str,
        *,
        weight: int = 400,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTop,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        """One line, shortened to the area; `ink` is one of the palette's names."""
        written = font(pixels, weight)
        painter.setFont(written)
        painter.setPen(self._theme.colors.color(ink))
        painter.drawText(
            area, side, QFontMetrics(written).elidedText(text, mode, int(area.width()))
        )
