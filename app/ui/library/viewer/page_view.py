"""Pages of a PDF or an image as pictures, with what is marked on them."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from app.domain.library.documents import FoundText, PageImage
from app.services.jobs import Job
from app.services.library.service import LibraryService
from app.ui.acts import Acts
from app.ui.library.viewer.spot import Spot
from app.ui.theme import Theme
from app.ui.widgets.controls import rest

_ZOOM = (0.5, 4.0)
#: Around the sheet: its border on both sides and the scroll bar; the border; above a mark.
_MARGIN, _BORDER, _ABOVE = 36, 12, 120
#: Points of a letter page's width; the view scales what comes to its own width.
_PAGE_POINTS = 612
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
        self._hits: tuple[FoundText, ...] = ()
        self._hit: FoundText | None = None
        self.page = self.pages = 1
        self.sheet = _PageSheet(theme)
        self.setWidget(self.sheet)
        self.setWidgetResizable(False)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._refit = rest(self, 120, self._fit)
        theme.changed.connect(self.sheet.update)

    # -- showing ----------------------------------------------------------------------------------

    def show_spot(self, spot: Spot) -> None:
        """The spot's page, the spot in view."""
        if self._spot and self._spot.document != spot.document:
            self._hits = ()
        self._spot, self._hit = spot, None
        self.page = spot.page or 1
        self._load(scroll=True)

    def stop(self) -> None:
        """Wait for nothing, forget everything."""
        for job in (self._job, self._search):
            if job:
                job.cancel()
        self._job = self._search = self._spot = self._hit = None
        self._hits = ()
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
        self._zoom = min(max(self._zoom * factor, _ZOOM[0]), _ZOOM[1]) if factor else 1.0
        self._fit()

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
        width = max(self.width() - _MARGIN, 200) * self._zoom
        scale = width * self.devicePixelRatioF() / _PAGE_POINTS
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
        self._show_hits()
        self.shown.emit()
        if self._hit and self._hit.page == self.page:
            self._look_at(self._hit.box)
        elif scroll:
            self.verticalScrollBar().setValue(0)
            if self.sheet.marks:
                self._look_at(min(self.sheet.marks, key=lambda mark: mark[1]))

    def _look_at(self, box: tuple[float, float, float, float]) -> None:
        x0, y0, x1, _ = (each * self.sheet.scale + _BORDER for each in box)
        self.verticalScrollBar().setValue(max(0, round(y0) - _ABOVE))
        self.ensureVisible(round((x0 + x1) / 2), round(y0) + 20, 80, 40)

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


Rectangle = tuple[float, float, float, float]


class _PageSheet(QWidget):
    """One page's picture with the marked rectangles, on white paper."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture = QImage()
        self._hits: tuple[Rectangle, ...] = ()
        self._chosen: Rectangle | None = None
        #: Pixels a point.
        self.scale = 1.0
        self.marks: tuple[Rectangle, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_page(self, image: PageImage, width: float) -> None:
        self._picture = QImage(
            image.pixels, image.width, image.height, image.width * 3, QImage.Format.Format_RGB888
        ).copy()
        self.scale = image.scale * width / image.width
        self.marks = image.marks
        height = width * image.height / image.width
        self.setFixedSize(QSize(round(width) + 2 * _BORDER, round(height) + 2 * _BORDER))
        self.update()

    def forget(self) -> None:
        self._picture, self.marks = QImage(), ()
        self.show_hits((), None)

    def show_hits(self, hits: tuple[Rectangle, ...], chosen: Rectangle | None) -> None:
        self._hits, self._chosen = hits, chosen
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paper = QRectF(self.rect()).adjusted(_BORDER, _BORDER, -_BORDER, -_BORDER)
        painter.drawImage(paper, self._picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.setPen(Qt.PenStyle.NoPen)
        self._paint(painter, self.marks, self._theme.colors.mark)
        self._paint(painter, self._hits, "#BFE3D6")
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._chosen:
            painter.setPen(QPen(QColor("#1F6F5C"), 2))
            painter.drawRoundedRect(self._area(self._chosen).adjusted(-2, -1, 2, 1), 3, 3)
        painter.setPen(QPen(QColor(self._theme.colors.line), 1))
        painter.drawRoundedRect(paper, 4, 4)
        painter.end()

    def _paint(self, painter: QPainter, boxes: tuple[Rectangle, ...], color: str) -> None:
        painter.setBrush(QColor(color))
        for box in boxes:
            painter.drawRoundedRect(self._area(box).adjusted(-1, 0, 1, 0), 2, 2)

    def _area(self, box: Rectangle) -> QRectF:
        x0, y0, x1, y1 = (each * self.scale for each in box)
        return QRectF(x0 + _BORDER, y0 + _BORDER, x1 - x0, y1 - y0)
