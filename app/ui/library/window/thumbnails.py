"""Small pictures of a document's pages, loaded as they come into view."""

from collections import OrderedDict

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from app.domain.library.documents import PageImage
from app.services.jobs import Job
from app.services.library.service import LibraryService
from app.ui.acts import Acts
from app.ui.language import filled
from app.ui.theme import Theme
from app.ui.widgets.controls import rest
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.rows import HeldRows, ThemedDelegate

Index = QModelIndex | QPersistentModelIndex
#: Pixels of a page's picture at most, of a row, and of the list.
_WIDE, _HIGH, _ROW, _LIST = 92, 122, 156, 140
#: Points of a letter page's width; another page is scaled to its place.
_PAGE_POINTS = 612
#: Pictures that are held: some screens of them.
_HELD = 60


class Thumbnails(Retranslating, QListView):
    """`picked` gives a page that the user chose, from 1."""

    picked = Signal(int)

    def __init__(self, library: LibraryService, reading: Acts, theme: Theme) -> None:
        super().__init__()
        self._library, self._reading = library, reading
        self._document = ""
        self._job: Job | None = None
        self._pages = _Pages()
        self.pictures: OrderedDict[int, QImage] = OrderedDict()
        self.setModel(self._pages)
        self.setItemDelegate(_PageDelegate(theme, self.pictures))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setFixedWidth(_LIST)
        self._settle = rest(self, 60, self._load)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._settle.start())
        self.clicked.connect(lambda index: self.picked.emit(index.row() + 1))
        self.activated.connect(lambda index: self.picked.emit(index.row() + 1))
        self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Pages"))
        self._pages.name = self.tr("Page %1")

    def show_document(self, document: str, pages: int) -> None:
        """A document's pages; what another one had is forgotten."""
        if (document, pages) == (self._document, self._pages.rowCount()):
            return
        self.stop()
        self._document = document
        self._pages.hold(range(1, pages + 1))
        self._settle.start()

    def stop(self) -> None:
        """Wait for nothing, hold nothing."""
        self._settle.stop()
        if self._job:
            self._job.cancel()
        self._job, self._document = None, ""
        self.pictures.clear()
        self._pages.hold(())

    def mark(self, page: int) -> None:
        """The page that is looked at."""
        index = self._pages.index(page - 1)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)

    def _load(self) -> None:
        """One picture after the other, so that a page which is asked for never waits for many."""
        if self._job is not None or not self._document or not self.isVisible():
            return
        page = next((each for each in self._in_view() if each not in self.pictures), None)
        if page is None:
            return
        document = self._document
        scale = _WIDE * self.devicePixelRatioF() / _PAGE_POINTS
        self._job = self._reading.begin(
            self,
            lambda _: self._library.page(document, page, scale, "", ()),
            lambda image: self._keep(document, page, image),
            ended=self._over,
        )

    def _over(self) -> None:
        self._job = None
        self._settle.start()

    def _in_view(self) -> range:
        first = self.indexAt(self.viewport().rect().topLeft())
        begin = max(first.row(), 0)
        count = self.viewport().height() // _ROW + 2
        return range(begin + 1, min(begin + count, self._pages.rowCount()) + 1)

    def _keep(self, document: str, page: int, image: PageImage) -> None:
        if document != self._document:
            return
        self.pictures[page] = QImage(
            image.pixels, image.width, image.height, image.width * 3, QImage.Format.Format_RGB888
        ).copy()
        while len(self.pictures) > _HELD:
            self.pictures.popitem(last=False)
        self.viewport().update()


class _Pages(HeldRows[int]):
    def __init__(self) -> None:
        super().__init__()
        self.name = "%1"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        page = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return str(page)
        return filled(self.name, page) if role == Qt.ItemDataRole.AccessibleTextRole else None


class _PageDelegate(ThemedDelegate):
    def __init__(self, theme: Theme, pictures: OrderedDict[int, QImage]) -> None:
        super().__init__(theme)
        self._pictures = pictures

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_LIST - 20, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area, colors = QRectF(option.rect), self._theme.colors
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        picture = self._pictures.get(index.row() + 1)
        size = QSize(_WIDE, _HIGH)
        if picture is not None:
            size = picture.size().scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
        left = area.left() + (area.width() - size.width()) / 2
        paper = QRectF(left, area.top() + 8, size.width(), size.height())
        painter.fillRect(paper, Qt.GlobalColor.white)
        if picture is not None:
            painter.drawImage(paper, picture)
        chosen = option.state & option.state.State_Selected
        painter.setPen(QPen(colors.color("accent" if chosen else "line"), 2 if chosen else 1))
        painter.drawRoundedRect(paper, 4, 4)
        below = QRectF(area.left(), area.top() + 10 + _HIGH, area.width(), 18)
        self.paint_text(
            painter, below, str(index.data()), 12, "text" if chosen else "muted",
            side=Qt.AlignmentFlag.AlignHCenter,
        )  # fmt: skip
        painter.restore()
