"""A spreadsheet as a grid: tabs for its sheets, the cited cells tinted and in view."""

from collections.abc import Sequence
from itertools import islice

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTabBar, QTableView, QWidget

from app.domain.library.cells import Cells
from app.domain.library.sheet_grid import SheetGrid
from app.ui.library.viewer.find_line import MOST_HITS
from app.ui.library.viewer.grid_model import CELL_PADDING, GridDelegate, GridModel
from app.ui.library.viewer.spot import Spot
from app.ui.theme import Theme, font
from app.ui.widgets.layouts import in_column, wide
from app.ui.widgets.retranslating import Retranslating

_ZOOM = (0.6, 3.0)
#: Pixels of a column at least and at most, and of a row; rows that the widths are taken from.
_WIDTHS, _ROW, _SAMPLE = (48, 240), 30, 200
#: Cells that are copied at most.
_COPIED = 2_000_000


class GridView(Retranslating, QWidget):
    """`found` gives the hits of a search, `turned` says that another sheet or cell is looked at."""

    found, turned = Signal(int), Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._models: list[GridModel] = []
        self._hits: list[tuple[int, int, int]] = []
        self._scale = 1.0
        self.table = _Table()
        self.table.setProperty("kind", "grid")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.table.setWordWrap(False)
        self.table.setShowGrid(False)
        self._delegate = GridDelegate(theme)
        self.table.setItemDelegate(self._delegate)
        for mode in (self.table.setHorizontalScrollMode, self.table.setVerticalScrollMode):
            mode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setCornerButtonEnabled(False)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        in_column(self.tabs, wide(self.table), on=self, margins=0, spacing=0)
        self.tabs.currentChanged.connect(self._turn)
        theme.changed.connect(self._recolor)
        self._retranslate()

    def _retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Cells of the sheet"))
        self.tabs.setAccessibleName(self.tr("Sheets"))

    # -- showing ----------------------------------------------------------------------------------

    def show_grids(self, grids: Sequence[SheetGrid], spot: Spot) -> None:
        """The sheets, that of the spot in front."""
        cited = tuple(found for each in spot.cells.split(", ") if (found := Cells.parse(each)))
        names = [grid.name for grid in grids]
        chosen = names.index(spot.sheet) if spot.sheet in names else 0
        self.stop()
        self._models = [
            GridModel(self._theme, grid, cited if number == chosen else ())
            for number, grid in enumerate(grids)
        ]
        with QSignalBlocker(self.tabs):
            for name in names:
                self.tabs.addTab(name)
            self.tabs.setCurrentIndex(chosen)
        self.tabs.setVisible(len(grids) > 1)
        self._turn(chosen)

    def stop(self) -> None:
        """Forget everything."""
        with QSignalBlocker(self.tabs):
            while self.tabs.count():
                self.tabs.removeTab(0)
        self.table.setModel(None)
        self._models, self._hits = [], []

    @property
    def model(self) -> GridModel | None:
        """The sheet in front."""
        place = self.tabs.currentIndex()
        return self._models[place] if 0 <= place < len(self._models) else None

    @property
    def place(self) -> str:
        """The cells that are cited on the sheet in front, in letters."""
        return ", ".join(map(str, self.model.cited)) if self.model else ""

    def _turn(self, _: int) -> None:
        model = self.model
        if model is None:
            return
        self.table.setModel(model)
        self._fit(model)
        if model.cited:
            first = model.cited[0]
            self._look_at(model, first.top, first.left)
        self.turned.emit()

    def _look_at(self, model: GridModel, row: int, column: int) -> None:
        index = model.place(row, column)
        if not index.isValid():
            return
        above = model.place(max(row - 3, model.grid.first), column)
        self.table.scrollTo(index)
        self.table.scrollTo(above, QAbstractItemView.ScrollHint.PositionAtTop)
        self.table.scrollTo(index)

    def _fit(self, model: GridModel) -> None:
        """Columns as wide as what stands in the first rows and where the spot is."""
        model.scale = self._scale
        metrics = QFontMetrics(font(13 * self._scale, 600))
        grid = model.grid
        top = model.cited[0].top if model.cited else grid.first
        numbers = {*range(grid.first, grid.first + _SAMPLE), *range(top, top + _SAMPLE)}
        widths = [metrics.horizontalAdvance(f"{grid.name_of(n + 1)}WW") for n in range(grid.width)]
        for number in numbers:
            for part in grid.rows.get(number, ()):
                for place, text in enumerate(part.cells, part.left - 1):
                    widths[place] = max(widths[place], metrics.horizontalAdvance(text[:60]))
        least, most = (each * self._scale for each in _WIDTHS)
        for place, width in enumerate(widths):
            self.table.setColumnWidth(
                place, round(min(max(width + 2 * CELL_PADDING + 4, least), most))
            )
        self.table.verticalHeader().setDefaultSectionSize(round(_ROW * self._scale))

    def _recolor(self) -> None:
        for model in self._models:
            model.changed()

    # -- acts -------------------------------------------------------------------------------------

    def zoom(self, factor: float | None) -> None:
        """Larger or smaller cells; None: the usual size."""
        self._scale = min(max(self._scale * factor, _ZOOM[0]), _ZOOM[1]) if factor else 1.0
        if self.model:
            self._fit(self.model)
            self.model.changed()

    def copied(self) -> str:
        """The selected cells, or else those that are cited, with tabs and line ends."""
        model = self.model
        if model is None:
            return ""
        chosen = self.table.selectionModel().selection().toList()
        if chosen:
            area = chosen[0]
            first = model.grid.first
            return _tabbed(
                model,
                Cells(area.top() + first, area.left() + 1, area.bottom() + first, area.right() + 1),
            )
        return "\n".join(_tabbed(model, cells) for cells in model.cited)

    def find_text(self, text: str) -> None:
        """Count the cells that hold `text`, on all sheets; "" finds nothing."""
        hits = (
            (number, row, column)
            for number, model in enumerate(self._models if text else ())
            for row, column in model.grid.find(text)
        )
        self._hits = list(islice(hits, MOST_HITS))
        for model in self._models:
            model.hit = None
            model.changed()
        self.found.emit(len(self._hits))

    def go_to(self, hit: int) -> None:
        """Show one of the hits of the search."""
        sheet, row, column = self._hits[hit]
        if sheet != self.tabs.currentIndex():
            self.tabs.setCurrentIndex(sheet)
        model = self._models[sheet]
        for grid_model in self._models:
            grid_model.hit = (row, column) if grid_model is model else None
        self._look_at(model, row, column)
        self.table.selectionModel().setCurrentIndex(
            model.place(row, column), QItemSelectionModel.SelectionFlag.NoUpdate
        )
        model.changed()


class _Table(QTableView):
    """Leaves copying to the viewer: its own takes one cell."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()
            return
        super().keyPressEvent(event)


def _tabbed(model: GridModel, cells: Cells) -> str:
    grid = model.grid
    bottom = min(cells.bottom, grid.last, cells.top + _COPIED // cells.width)
    right = min(cells.right, grid.width)
    return "\n".join(
        "\t".join(grid.text(row, column) for column in range(cells.left, right + 1))
        for row in range(cells.top, bottom + 1)
    )
