"""The examples with their filter, search and counts; one of them is open beside the table."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView, QWidget

from app.domain.training.rows import Row
from app.ui.assistants.fields import SteadyComboBox
from app.ui.theme import Theme
from app.ui.training.data.row_pane import RowPane, View
from app.ui.training.data.rows_model import (
    ANSWER,
    LENGTH,
    LOOK,
    QUESTION,
    SOURCE,
    RowDelegate,
    RowGroup,
    RowsModel,
    Warnings,
)
from app.ui.training.words import TrainingWords
from app.ui.widgets.controls import label, show_if
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

_ROW = 38
#: As high as the window allows, less what stands over it.
_LEAST, _MOST, _OVER = 360, 720, 236
_WIDTHS = {SOURCE: 84, LENGTH: 64, LOOK: 132}
#: Narrower than this only question and warnings are shown.
_NARROW = 620


class RowsTable(Retranslating, QWidget):
    """`changed` gives a row, `dropped` ids and whether they are to be used."""

    changed, dropped = Signal(object), Signal(list, bool)

    def __init__(self, words: TrainingWords, theme: Theme, view: View) -> None:
        super().__init__()
        self._may = True
        self.model = RowsModel(words)
        self.pane = RowPane(theme, view)
        self.search, self.group = QLineEdit(), SteadyComboBox(theme)
        self.search.setProperty("kind", "search")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.group.currentIndexChanged.connect(lambda _: self._regroup())
        self.counts, self._nothing = label("small", wrap=True), label("muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._theme = theme
        self.view = self._table()
        self._build()
        self.pane.changed.connect(self.changed)
        self.pane.dropped.connect(lambda key, used: self.dropped.emit([key], used))
        self.pane.left.connect(self._leave)
        theme.changed.connect(self.view.viewport().update)
        self._retranslate()

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setItemDelegate(RowDelegate(self._theme))
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        for column in (QUESTION, ANSWER):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            table.setColumnWidth(column, width)
        table.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        QShortcut(
            QKeySequence(Qt.Key.Key_Delete), table, self._drop_chosen,
            context=Qt.ShortcutContext.WidgetShortcut,
        )  # fmt: skip
        return table

    def _build(self) -> None:
        head = in_row(wide(self.search), self.group, spacing=8)
        row = in_row(wide(self.view, 3), wide(self._nothing, 3), wide(self.pane, 2), spacing=12)
        self._nothing.setMinimumHeight(96)
        in_column(self.counts, head, row, on=self, margins=0, spacing=8)

    def _retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("Search in questions and answers"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setToolTip(self.search.placeholderText())
        self.group.setAccessibleName(self.tr("Which examples are shown"))
        self.group.setToolTip(self.tr("Which examples are shown"))
        self.view.setAccessibleName(self.tr("Examples"))
        self.view.setToolTip(self.tr("A click opens an example; Del puts it aside"))
        names = (
            self.tr("All examples"),
            self.tr("With warnings"),
            self.tr("Put aside"),
            self.tr("From documents"),
            self.tr("From conversations"),
            self.tr("From files"),
            self.tr("Without an answer"),
        )
        chosen = self.group.currentData()
        with QSignalBlocker(self.group):
            self.group.clear()
            for group, name in zip(RowGroup, names, strict=True):
                self.group.addItem(name, group.value)
            self.group.choose(chosen)
        self._show_counts()

    # -- what is shown ----------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[Row], warnings: Warnings, *, may: bool) -> None:
        """All rows of the training; what was chosen stays chosen where it is still shown."""
        self._may = may
        kept, at = self.chosen, self.view.verticalScrollBar().value()
        self.model.set_rows(rows, warnings)
        self._choose(kept)
        self.view.verticalScrollBar().setValue(at)
        self._show_counts()
        self._show_chosen()

    def _choose(self, ids: Sequence[int]) -> None:
        wanted = QItemSelection()
        for first, end in _runs(sorted(filter(lambda at: at >= 0, map(self.model.place_of, ids)))):
            wanted.select(self.model.index(first, 0), self.model.index(end, LOOK))
        chosen = self.view.selectionModel()
        with QSignalBlocker(chosen):
            chosen.select(wanted, QItemSelectionModel.SelectionFlag.Select)
            if not wanted.isEmpty():
                first_one = self.model.index(wanted.at(0).top(), 0)
                chosen.setCurrentIndex(first_one, QItemSelectionModel.SelectionFlag.NoUpdate)

    @property
    def chosen(self) -> list[int]:
        """Ids of the rows that are selected."""
        found = self.view.selectionModel().selection()
        ranges = sorted(
            (stretch.top(), stretch.bottom()) for stretch in map(found.at, range(found.count()))
        )
        return [key for first, last in ranges for key in self.model.ids(first, last)]

    def _narrow(self) -> None:
        self.model.set_filter(self.search.text())
        self._after_narrowing()

    def _regroup(self) -> None:
        self.model.set_group(RowGroup(self.group.currentData() or RowGroup.ALL))
        self._after_narrowing()

    def _after_narrowing(self) -> None:
        self._show_counts()
        self._show_chosen()

    def _show_counts(self) -> None:
        any_there, any_shown = self.model.total > 0, self.model.rowCount() > 0
        self.counts.setText(self.model.counts)
        show_if(any_there, self.counts, self.search, self.group)
        self.view.setVisible(any_shown)
        self._nothing.setVisible(not any_shown)
        self._nothing.setText(
            self.tr("Nothing fits this filter.")
            if any_there
            else self.tr("No examples yet. Choose above where they come from.")
        )

    def _show_chosen(self) -> None:
        found = self.model.rows_of(self.chosen)
        row = found[0] if len(found) == 1 else None
        self.pane.show_row(row, may=self._may)
        self._fit()

    def _leave(self) -> None:
        self.view.clearSelection()
        self.view.setFocus()

    def _drop_chosen(self) -> None:
        found = self.model.rows_of(self.chosen)
        if found and self._may:
            again = not any(row.used for row in found)
            self.dropped.emit([row.id for row in found], again)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Columns give way where an example stands open or the window is narrow."""
        narrow, beside = self.width() < _NARROW, not self.pane.isHidden()
        for column in (ANSWER, SOURCE, LENGTH):
            self.view.setColumnHidden(column, narrow or beside)
        self.view.setColumnHidden(LOOK, narrow and beside)
        height = min(max(self.window().height() - _OVER, _LEAST), _MOST)
        self.view.setFixedHeight(height)
        self.pane.setFixedHeight(height)


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of every unbroken run."""
    begin = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at] != places[at - 1] + 1:
            yield places[begin], places[at - 1]
            begin = at
