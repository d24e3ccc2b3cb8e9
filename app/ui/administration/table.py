"""Rows of words, one of which may be chosen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

_ROW = 40


class RowsTable(QTableWidget):
    """`shares` of the width, one a column."""

    def __init__(self, *shares: int) -> None:
        super().__init__(0, len(shares))
        self._shares = shares
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setStretchLastSection(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width, whole = self.viewport().width(), sum(self._shares)
        for column, share in enumerate(self._shares[:-1]):
            self.setColumnWidth(column, width * share // whole)

    def say(self, title: str, *names: str) -> None:
        """What the table and its columns are called."""
        self.setAccessibleName(title)
        self.setHorizontalHeaderLabels(list(names))

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """These rows; the chosen one stays chosen where it is still there."""
        chosen = self.chosen
        self.setRowCount(len(rows))
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.setItem(place, column, item)
        if 0 <= chosen < len(rows):
            self.selectRow(chosen)

    @property
    def chosen(self) -> int:
        """The place of the chosen row, -1 without one."""
        places = [index.row() for index in self.selectionModel().selectedRows()]
        return places[0] if places else -1
