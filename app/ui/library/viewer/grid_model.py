"""The cells of a sheet as a table's model: column letters, row numbers, the cited cells tinted."""

import re
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.library.cells import Cells, letters
from app.domain.library.sheet_grid import SheetGrid
from app.ui.theme import Theme, font

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NUMBER = re.compile(r"[-−+]?[$€£¥₽]?\s?\d[\d\s.,\u00a0\u202f]*\s?(?:%|[$€£¥₽])?")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
#: Ink on a mark, in both themes.
_MARKED_INK = "#1B1E20"
_DISPLAY, _TIP = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole
#: A longer text is said whole by the tooltip.
_LONG = 30
#: Pixels left and right of a cell's text.
CELL_PADDING = 8


class GridModel(QAbstractTableModel):
    def __init__(self, theme: Theme, grid: SheetGrid, cited: tuple[Cells, ...]) -> None:
        super().__init__()
        self._theme, self.grid, self.cited = theme, grid, cited
        self.scale = 1.0
        self.hit: tuple[int, int] | None = None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self.grid.last - self.grid.first + 1

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self.grid.width

    def place(self, row: int, column: int) -> QModelIndex:
        """The index of a cell by its numbers in the sheet, from 1."""
        return self.index(row - self.grid.first, column - 1)

    def text(self, index: Index) -> str:
        return self.grid.text(index.row() + self.grid.first, index.column() + 1)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if role == _DISPLAY:
            return self.text(index)
        if role == _TIP:
            text = self.text(index)
            return text if len(text) > _LONG else None
        return None

    def is_header(self, index: Index) -> bool:
        return self.grid.is_header(index.row() + self.grid.first)

    def colors_of(self, index: Index) -> tuple[str, str]:
        """Ink and ground of a cell, "" for no ground."""
        row, column = index.row() + self.grid.first, index.column() + 1
        colors = self._theme.colors
        if (row, column) == self.hit:
            return colors.on_accent, colors.accent
        if self.is_cited(row, column):
            return _MARKED_INK, colors.mark
        return colors.text, colors.bubble if self.grid.is_header(row) else ""

    def is_cited(self, row: int, column: int) -> bool:
        """Whether a cell, by its numbers in the sheet, is one of those that are looked at."""
        cell = Cells(row, column, row, column)
        return any(cells.holds(cell) for cells in self.cited)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return str(section + self.grid.first) if role == _DISPLAY else None
        name = self.grid.name_of(section + 1)
        if role == _DISPLAY:
            return f"{letters(section + 1)}  {name}" if name else letters(section + 1)
        return name or None if role == _TIP else None

    def changed(self) -> None:
        """Colours or letters are others now."""
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)


class GridDelegate(QStyledItemDelegate):
    """Draws cells: the style sheet's items would hide their grounds."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, GridModel):
            return
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        ink, ground = model.colors_of(index)
        if ground:
            painter.fillRect(area, QColor(ground))
        if state & QStyle.StateFlag.State_Selected:
            veil = QColor(self._theme.colors.accent)
            veil.setAlpha(48)
            painter.fillRect(area, veil)
        painter.setPen(QColor(self._theme.colors.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topRight(), area.bottomRight())
        painter.setFont(font(13 * model.scale, 600 if model.is_header(index) else 400))
        painter.setPen(QColor(ink))
        text = model.text(index)
        room = area.adjusted(CELL_PADDING, 0, -CELL_PADDING, 0)
        fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _RIGHT if _NUMBER.fullmatch(text) else _LEFT, fitting)
