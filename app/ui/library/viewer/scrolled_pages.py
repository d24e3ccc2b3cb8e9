"""Pages of a PDF or an image below each other in one column, or one at a time."""

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from app.domain.library.documents import PageImage
from app.services.jobs import Job
from app.services.library.service import LibraryService
from app.ui.acts import Acts
from app.ui.library.viewer.page_sheet import BORDER, PageSheet, points_of
from app.ui.library.viewer.page_view import PageView
from app.ui.library.viewer.spot import Spot
from app.ui.theme import Theme
from app.ui.widgets.controls import let_go, rest

#: Pages that are drawn above and below those in view, and that are kept beyond these.
_AHEAD, _KEPT = 1, 2
#: Milliseconds without scrolling until pages are drawn.
_SETTLE_MS = 50


class ScrolledPages(PageView):
    """`sheet` is that of the page which is looked at; in one column `_others` are those near it.
    A page that was not drawn yet is taken to be as large as the one that is looked at."""

    def __init__(self, library: LibraryService, reading: Acts, theme: Theme) -> None:
        super().__init__(library, reading, theme)
        self._theme = theme
        self._column: QWidget | None = None
        self._others: dict[int, PageSheet] = {}
        self._points: dict[int, tuple[float, float]] = {}
        self._tops: list[int] = []
        self._beside: Job | None = None
        self._settle = rest(self, _SETTLE_MS, self._follow)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._settle.start())

    @property
    def is_column(self) -> bool:
        """Whether the pages stand below each other."""
        return self._column is not None

    def put_in_column(self, *, on: bool) -> None:
        """Below each other, or one at a time; the page that is looked at stays."""
        if on == self.is_column:
            return
        self.takeWidget()
        if on:
            self._column = QWidget()
            self.sheet.setParent(self._column)
            self.setWidget(self._column)
        else:
            self._forget_others()
            column, self._column = self._column, None
            self.setWidget(self.sheet)
            if column:
                let_go(column)
        self.sheet.show()
        if self._spot:
            self._arrange()
            self.verticalScrollBar().setValue(round(self._origin().y()))
            self._load(scroll=False)

    # -- what is looked at ------------------------------------------------------------------------

    def show_spot(self, spot: Spot) -> None:
        if self._spot is None or self._spot.document != spot.document:
            self._forget_others()
            self._points.clear()
        self._exchange(spot.page or 1)
        super().show_spot(spot)

    def stop(self) -> None:
        self._settle.stop()
        self._forget_others()
        self._points.clear()
        super().stop()

    def turn_to(self, page: int) -> None:
        """In one column the top of that page."""
        if not self.is_column:
            super().turn_to(page)
            return
        wanted = min(max(page, 1), self.pages)
        if self._spot and wanted != self.page:
            self._exchange(wanted)
            self._arrange()
            self.verticalScrollBar().setValue(round(self._origin().y()))
            self._load(scroll=False)

    def rotate(self) -> None:
        for sheet in self._others.values():
            sheet.turn()
        super().rotate()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.is_column:
            QScrollArea.wheelEvent(self, event)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down scroll by a screen."""
        if self.is_column:
            QScrollArea.keyPressEvent(self, event)
        else:
            super().keyPressEvent(event)

    def _exchange(self, page: int) -> None:
        """Another page is the one that is looked at; its sheet was beside it, or is a new one."""
        if self._column is None or page == self.page:
            return
        self._others[self.page] = self.sheet
        self.sheet = self._others.pop(page) if page in self._others else self._new_sheet()
        self.page = page

    def _new_sheet(self) -> PageSheet:
        made = PageSheet(self._theme)
        made.setParent(self._column)
        made.points = self.sheet.points
        made.lie_as(self.sheet)
        self._theme.changed.connect(made.update)
        return made

    # -- the column -------------------------------------------------------------------------------

    def _show(self, spot: Spot, page: int, image: PageImage, width: float, *, scroll: bool) -> None:
        if (spot, page) == (self._spot, self.page):
            self.pages = image.pages
            self._points[page] = self.sheet.points = points_of(image)
            self._arrange()  # what is scrolled to has its place before it is looked for
        super()._show(spot, page, image, width, scroll=scroll)
        self._settle.start()

    def _arrange(self) -> None:
        """Every page has its place, drawn or not; what is looked at stays where it is."""
        if self._column is None:
            return
        before = round(self._origin().y()) if self._tops else 0
        width = self._room() * self._zoom
        self._tops, top = [], 0
        for page in range(1, self.pages + 1):
            self._tops.append(top)
            top += self._height(page, width) + 2 * BORDER
        whole = round(width) + 2 * BORDER
        self._column.setFixedSize(whole, top)
        for page, sheet in (*self._others.items(), (self.page, self.sheet)):
            sheet.stretch(width)
            sheet.move(0, self._tops[min(page, self.pages) - 1])
            sheet.show()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(self._origin().y()) - before)

    def _height(self, page: int, width: float) -> int:
        wide, high = self._points.get(page, self.sheet.points)
        return round(width * (wide / high if self.sheet.is_on_its_side else high / wide))

    def _origin(self) -> QPointF:
        if self._column is None or not self._tops:
            return QPointF()
        return QPointF(0, self._tops[min(self.page, len(self._tops)) - 1])

    def _follow(self) -> None:
        """The page in the middle is looked at; what is near is drawn, what is far forgotten."""
        if self._column is None or self._spot is None or not self._tops:
            return
        view = self.viewport()
        middle = self._column.mapFrom(view, QPoint(0, view.height() // 2)).y()
        page = self._page_at(middle)
        if page != self.page:
            self._exchange(page)
            self._arrange()
            self._show_hits()
            self.shown.emit()
        first = self._page_at(middle - view.height() // 2) - _AHEAD
        last = self._page_at(middle + view.height() // 2) + _AHEAD
        for far in [each for each in self._others if not first - _KEPT <= each <= last + _KEPT]:
            let_go(self._others.pop(far))
        near = sorted(range(max(first, 1), min(last, self.pages) + 1), key=lambda n: abs(n - page))
        wanted = next((each for each in near if not self._is_drawn(each)), None)
        if wanted == self.page:
            self._load(scroll=False)
        elif wanted is not None:
            self._load_beside(wanted)

    def _page_at(self, place: int) -> int:
        """The page at a height of the column, from 1."""
        return max(sum(top <= place for top in self._tops), 1)

    def _is_drawn(self, page: int) -> bool:
        sheet = self.sheet if page == self.page else self._others.get(page)
        return sheet is not None and sheet.is_sharp

    def _load_beside(self, page: int) -> None:
        """One after the other, so that the page which is looked at waits for one at most."""
        if self._beside is not None or self._spot is None:
            return
        spot, width = self._spot, self._room() * self._zoom
        at_spot = page == (spot.page or 1)
        quote, boxes = (spot.quote, spot.boxes) if at_spot else ("", ())
        scale = width * self.devicePixelRatioF() / self.sheet.width_in_points
        self._beside = self._reading.begin(
            self,
            lambda _: self._library.page(spot.document, page, scale, quote, boxes),
            lambda image: self._put_beside(spot, page, image, width),
            failed=self.failed.emit,
            ended=self._over,
        )

    def _over(self) -> None:
        self._beside = None
        self._settle.start()

    def _put_beside(self, spot: Spot, page: int, image: PageImage, width: float) -> None:
        if self._column is None or self._spot is None or self._spot.document != spot.document:
            return
        if page == self.page:
            self._show(self._spot, page, image, width, scroll=False)
            return
        sheet = self._others.get(page) or self._new_sheet()
        self._others[page] = sheet
        sheet.show_page(image, width)
        self._points[page] = sheet.points
        self._arrange()
        self._show_hits()

    def _forget_others(self) -> None:
        if self._beside:
            self._beside.cancel()
        self._beside, self._tops = None, []
        for sheet in self._others.values():
            let_go(sheet)
        self._others.clear()

    def _show_hits(self) -> None:
        super()._show_hits()
        for page, sheet in self._others.items():
            sheet.show_hits(tuple(hit.box for hit in self._hits if hit.page == page), None)
