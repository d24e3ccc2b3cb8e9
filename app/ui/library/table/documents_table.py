"""The table of documents: names keep their room, and what matters less gives way first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.ui.library.table.document_delegate import DocumentDelegate
from app.ui.library.table.documents_model import ADDED, NAME, PAGES, STATE, TYPE, DocumentsModel
from app.ui.remembered import Remembered
from app.ui.theme import Theme
from app.ui.widgets.controls import rest

#: Pixels of the columns beside the name at first, of a name at least, and of any other column.
_WIDTHS = {TYPE: 70, PAGES: 84, STATE: 168, ADDED: 104}
LEAST_NAME, _LEAST = 220, 56
#: What a narrow table does without, the first one first: the suffix of a name says its type too.
_GIVING_WAY = (TYPE, ADDED, PAGES)
#: Of a row; of each as soon as one document has tags, so that rows need not be measured.
_ROW, _TAGGED_ROW = 41, 54
_KEPT = "library-columns"


class DocumentsTable(QTableView):
    """`wanted_gone` says that Del was pressed."""

    wanted_gone = Signal()

    def __init__(self, documents: DocumentsModel, theme: Theme, remembered: Remembered) -> None:
        super().__init__()
        self._remembered = remembered
        self._is_fitting = False
        kept = remembered.numbers(_KEPT)
        widths = kept if len(kept) == len(_WIDTHS) else _WIDTHS.values()
        self._widths = dict(zip(_WIDTHS, widths, strict=True))
        self.setModel(documents)
        self.setItemDelegate(DocumentDelegate(theme))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.show_tags(any_tagged=False)
        self._lay_out_columns()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        key = QShortcut(QKeySequence(Qt.Key.Key_Delete), self, self.wanted_gone.emit)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)

    def _lay_out_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(_LEAST)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in self._widths.items():
            self.setColumnWidth(column, width)
        header.setSortIndicator(ADDED, Qt.SortOrder.DescendingOrder)
        header.setSortIndicatorShown(False)
        self.setSortingEnabled(True)
        self._settle = rest(self, 400, self._keep)
        header.sectionResized.connect(self._note_width)

    def show_tags(self, *, any_tagged: bool) -> None:
        """Rows are higher where a second line is needed."""
        height = _TAGGED_ROW if any_tagged else _ROW
        if height != self.verticalHeader().defaultSectionSize():
            self.verticalHeader().setDefaultSectionSize(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _note_width(self, column: int, before: int, now: int) -> None:
        """The user moved a border; a column that comes or goes is 0 wide on one side."""
        if column in self._widths and before and now and not self._is_fitting:
            self._widths[column] = now
            self._fit()
            self._settle.start()

    def _fit(self) -> None:
        """Hide columns until the name has its least width; what is left gives way to that."""
        room = self.viewport().width() - LEAST_NAME
        self._is_fitting = True
        shown = dict(self._widths)
        for column in _GIVING_WAY:
            if sum(shown.values()) > room:
                del shown[column]
        for column in self._widths:
            self.setColumnHidden(column, column not in shown)
        others = sum(shown.values()) - shown[STATE]
        self.setColumnWidth(STATE, max(min(shown[STATE], room - others), _LEAST))
        self._is_fitting = False

    def _keep(self) -> None:
        self._remembered.keep(_KEPT, list(self._widths.values()))
