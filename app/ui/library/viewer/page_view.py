"""Pages of a PDF or an image as pictures, with what is marked on them."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea

from app.domain.library.documents import FoundText, PageImage
from app.services.jobs import Job
from app.services.library.service import LibraryService
from app.ui.acts import Acts
from app.ui.library.viewer.page_sheet import PageSheet, Rectangle
from app.ui.library.viewer.spot import Spot
from app.ui.theme import Theme
from app.ui.widgets.controls import rest

#: Times the width of the view that a page is wide, at least and at most.
_ZOOM = (0.5, 6.0)
#: Pixels a point at which a passage is opened, at least and at most: ten points are small print
#: below that, and a lone word would fill the view above.
_READABLE, _LARGE = 0.75, 2.0
#: Points left and right of a passage that is opened.
_BESIDE = 14
#: Around the sheet: its border on both sides and the scroll bar; above a mark.
_MARGIN, _ABOVE = 36, 120
#: A size that differs by less is left as it is.
_NOTICED = 0.02
_TURNING = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class PageView(QScrollArea):
    """Loads on the reading worker. `shown` says that a page came, `found` gives the hits of a
    search, `failed` what went wrong."""

    shown, found, failed = Signal(), Signal(int), Signal(object)

    def __init__(self, library: LibraryService, reading: Acts, theme: Theme) -> None:
        super().__init__()
        self._library, self._reading = library, reading
        self._spot: Spot | None = None
        self._job: Job | None = None
        self._search: Job | None = None
        self._zoom = 1.0
        self._reads_spot = False
        self._hits: tuple[FoundText, ...] = ()
        self._hit: FoundText | None = None
        self.page = self.pages = 1
        self.sheet = PageSheet(theme)
        self.setWidget(self.sheet)
        self.setWidgetResizable(False)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._refit = rest(self, 120, self._fit)
        theme.changed.connect(self.sheet.update)

    # -- showing ----------------------------------------------------------------------------------

    def show_spot(self, spot: Spot) -> None:
        """The spot's page, the spot in view and as large as it takes to read it."""
        if self._spot and self._spot.document != spot.document:
            self._hits = ()
        self._spot, self._hit = spot, None
        self._zoom, self._reads_spot = 1.0, bool(spot.quote or spot.boxes)
        self.page = spot.page or 1
        self._load(scroll=True)

    def stop(self) -> None:
        """Wait for nothing, forget everything."""
        for job in (self._job, self._search):
            if job:
                job.cancel()
        self._job = self._search = self._spot = self._hit = None
        self._hits, self._zoom, self._reads_spot = (), 1.0, False
        self.sheet.forget()

    def turn(self, pages: int) -> None:
        self.turn_to(self.page + pages)

    def turn_to(self, page: int) -> None:
        """That page, or the nearest that there is."""
        wanted = min(max(page, 1), self.pages)
        if self._spot and wanted != self.page:
            self.page = wanted
            self._load(scroll=False)

    def zoom(self, factor: float | None) -> None:
        """Larger or smaller; None: as wide as the view."""
        self._reads_spot = False
        self._zoom = min(max(self._zoom * factor, _ZOOM[0]), _ZOOM[1]) if factor else 1.0
        self._fit()

    def rotate(self) -> None:
        """A quarter to the right, this page and those that follow."""
        self.sheet.turn()
        self.zoom(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """At the end of a page the next one comes."""
        bar, down = self.verticalScrollBar(), event.angleDelta().y() < 0
        if down and bar.value() == bar.maximum() and self.page < self.pages:
            self.turn(1)
        elif not down and bar.value() == 0 and self.page > 1 and event.angleDelta().y():
            self.turn(-1)
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._refit.start()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _TURNING:
            self.turn(_TURNING[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        """The view has another width: draw the page anew for it."""
        if self._spot and self.isVisible():
            self._load(scroll=False)

    def _load(self, *, scroll: bool) -> None:
        assert self._spot is not None
        spot, page = self._spot, self.page
        at_spot = page == (spot.page or 1)
        width = self._room() * self._zoom
        scale = width * self.devicePixelRatioF() / self.sheet.width_in_points
        if self._job:
            self._job.cancel()
        self._job = self._reading.begin(
            self,
            lambda _: self._library.page(
                spot.document,
                page,
                scale,
                spot.quote if at_spot else "",
                spot.boxes if at_spot else (),
            ),
            lambda image: self._show(spot, page, image, width, scroll=scroll),
            failed=self.failed.emit,
        )

    def _show(self, spot: Spot, page: int, image: PageImage, width: float, *, scroll: bool) -> None:
        if (spot, page) != (self._spot, self.page):
            return  # something else was asked for since
        self.pages = image.pages
        self.page = min(self.page, self.pages)
        self.sheet.show_page(image, width)
        fitting = self._reading_zoom()
        if sharper := abs(fitting / self._zoom - 1) > _NOTICED:
            self._zoom = fitting
            self.sheet.stretch(self._room() * fitting)
        self._show_hits()
        self.shown.emit()
        if self._hit and self._hit.page == self.page:
            self._look_at(self._hit.box)
        elif scroll or sharper:
            self.verticalScrollBar().setValue(round(self._origin().y()))
            if self.sheet.marks:
                self._look_at_passage()
        if sharper:
            self._load(scroll=scroll)

    def _room(self) -> int:
        """Pixels that a page may be wide without scrolling."""
        return max(self.width() - _MARGIN, 200)

    def _reading_zoom(self) -> float:
        """So that the passage fills the view, within what can be read; else as it is."""
        if not self._reads_spot or not self.sheet.marks:
            return self._zoom
        upright = self.sheet.width_in_points
        wanted = self._room() / (self._passage().width() / self.sheet.scale + 2 * _BESIDE)
        scale = min(max(wanted, _READABLE), _LARGE)
        return max(scale * upright / self._room(), 1.0)

    def _passage(self) -> QRectF:
        """Around all marks of the page and the lines that they stand in, in the sheet's pixels."""
        lines = self._spot.boxes if self._spot else ()
        boxes = (*self.sheet.marks, *((line.x0, line.y0, line.x1, line.y1) for line in lines))
        whole = self.sheet.place_of(boxes[0])
        for box in boxes[1:]:
            whole = whole.united(self.sheet.place_of(box))
        return whole

    def _look_at_passage(self) -> None:
        """From its left edge on, the first line with some lines above."""
        area = self._passage().translated(self._origin())
        beside = _BESIDE * self.sheet.scale
        above = min(_ABOVE, self.viewport().height() // 4)
        self.verticalScrollBar().setValue(max(0, round(area.top()) - above))
        self.horizontalScrollBar().setValue(max(0, round(area.left() - beside)))

    def _origin(self) -> QPointF:
        """Where the sheet lies on what is scrolled."""
        return QPointF()

    def _look_at(self, box: Rectangle) -> None:
        area = self.sheet.place_of(box).translated(self._origin())
        self.verticalScrollBar().setValue(max(0, round(area.top()) - _ABOVE))
        self.ensureVisible(round(area.center().x()), round(area.top()) + 20, 80, 40)

    # -- acts -------------------------------------------------------------------------------------

    def find_text(self, text: str) -> None:
        """Look for `text` on all pages; "" forgets what was found."""
        if self._search:
            self._search.cancel()
        self._hits, self._hit = (), None
        self._show_hits()
        if not self._spot or not text.strip():
            self.found.emit(0)
            return
        document = self._spot.document
        self._search = self._reading.begin(
            self,
            lambda control: self._library.find(document, text, control),
            lambda hits: self._take_hits(document, hits),
            failed=self.failed.emit,
        )

    def _take_hits(self, document: str, hits: tuple[FoundText, ...]) -> None:
        if self._spot is None or self._spot.document != document:
            return
        self._hits = hits
        self._show_hits()
        self.found.emit(len(hits))

    def nearest(self) -> int:
        """The first hit from the page on that is looked at."""
        later = (number for number, hit in enumerate(self._hits) if hit.page >= self.page)
        return next(later, 0)

    def go_to(self, hit: int) -> None:
        """Show one of the hits of the search."""
        self._hit = self._hits[hit]
        if self._hit.page != self.page:
            self.turn_to(self._hit.page)
            return
        self._show_hits()
        self._look_at(self._hit.box)

    def _show_hits(self) -> None:
        on_page = [hit.box for hit in self._hits if hit.page == self.page]
        chosen = self._hit.box if self._hit and self._hit.page == self.page else None
        self.sheet.show_hits(tuple(on_page), chosen)
