"""The test questions as rows: what is asked, and how its last answer did."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from app.ui.theme import SMALL_PIXELS, TEXT_PIXELS, Theme, font
from app.ui.widgets.rows import HeldRows, ThemedDelegate

Index = QModelIndex | QPersistentModelIndex
_ROW, _EDGE, _GAP, _MARK = 36, 10, 8, 16


@dataclass(frozen=True)
class QuestionRow:
    """`passed` None as long as nobody asked; `told` in a word or two, "" for nothing."""

    text: str
    passed: bool | None = None
    told: str = ""
    spoken: str = ""


class _Rows(HeldRows[QuestionRow]):
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.at(index)
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (row.text, row.spoken, row.told)))
        return None


class QuestionList(QListView):
    """`chosen` gives the place of a row."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._rows = _Rows()
        self.setModel(self._rows)
        self.setItemDelegate(_QuestionDelegate(theme))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.selectionModel().currentChanged.connect(lambda now, _: self._choose(now))
        theme.changed.connect(self.viewport().update)

    def show_rows(self, rows: Sequence[QuestionRow]) -> None:
        """The row at the same place stays chosen."""
        place = self.place
        self._rows.hold(rows)
        self.choose(min(max(place, 0), len(rows) - 1))

    def choose(self, place: int) -> None:
        index = self._rows.index(place, 0)
        chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, chosen)

    @property
    def rows(self) -> Sequence[QuestionRow]:
        return self._rows.rows

    @property
    def place(self) -> int:
        """Of the chosen row, -1 without one."""
        return self.currentIndex().row()

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.row())


class _QuestionDelegate(ThemedDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        row = model.at(index) if isinstance(model, _Rows) else None
        if row is None:
            return
        painter.save()
        self.paint_ground(painter, option)
        area = QRectF(option.rect).adjusted(_EDGE, 0, -_EDGE, 0)
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if row.passed is not None:
            self._paint_mark(painter, area, row.passed)
        area.adjust(_MARK + _GAP, 0, 0, 0)
        if row.told:
            wide = QFontMetrics(font(SMALL_PIXELS)).horizontalAdvance(row.told) + 2
            told = area.adjusted(area.width() - wide, 0, 0, 0)
            self.paint_text(painter, told, row.told, SMALL_PIXELS, "muted", side=side)
            area.adjust(0, 0, -wide - _GAP, 0)
        self.paint_text(painter, area, row.text, TEXT_PIXELS, "text", side=side)
        painter.restore()

    def _paint_mark(self, painter: QPainter, area: QRectF, passed: bool) -> None:
        icon = self._theme.icon("check" if passed else "x", "accent" if passed else "danger", _MARK)
        at = QRectF(area.left(), area.center().y() - _MARK / 2, _MARK, _MARK).toRect()
        icon.paint(painter, at)
