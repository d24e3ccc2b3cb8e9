"""One page's picture with what is marked on it, on white paper, upright or turned."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.library.documents import PageImage
from app.ui.theme import Theme

#: Pixels around the paper.
BORDER = 12
#: A picture whose size differs by less is drawn for it.
_NOTICED = 0.03
#: Of hits and the one that is looked at, in both themes: the paper is always white.
_HIT, _CHOSEN = "#BFE3D6", "#1F6F5C"
Rectangle = tuple[float, float, float, float]


def points_of(image: PageImage) -> tuple[float, float]:
    """Width and height of the page that a picture is of."""
    return image.width / image.scale, image.height / image.scale


class PageSheet(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture = QImage()
        self._hits: tuple[Rectangle, ...] = ()
        self._chosen: Rectangle | None = None
        self._quarters = 0
        #: Width and height of the upright page in points.
        self.points = (612.0, 792.0)
        #: Pixels a point.
        self.scale = 1.0
        self.marks: tuple[Rectangle, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def width_in_points(self) -> float:
        """Of the page as it lies now."""
        return self.points[self._quarters % 2]

    @property
    def is_on_its_side(self) -> bool:
        return self._quarters % 2 == 1

    @property
    def is_sharp(self) -> bool:
        """Whether there is a picture, drawn for the size that the page has now."""
        drawn = self._picture.width() / self.devicePixelRatioF()
        upright = self.points[0] * self.scale
        return not self._picture.isNull() and abs(drawn / upright - 1) < _NOTICED

    def lie_as(self, other: "PageSheet") -> None:
        """Turned as another one is."""
        self._quarters = other._quarters

    def show_page(self, image: PageImage, width: float) -> None:
        """`width` is how many pixels the page takes, as it lies."""
        self._picture = QImage(
            image.pixels, image.width, image.height, image.width * 3, QImage.Format.Format_RGB888
        ).copy()
        self.points = points_of(image)
        self.marks = image.marks
        self.stretch(width)

    def stretch(self, width: float) -> None:
        """The same picture in another size."""
        self.scale = width / self.width_in_points
        wide, high = (side * self.scale for side in self.points)
        if self._quarters % 2:
            wide, high = high, wide
        self.setFixedSize(QSize(round(wide) + 2 * BORDER, round(high) + 2 * BORDER))
        self.update()

    def turn(self) -> None:
        """A quarter to the right."""
        self._quarters = (self._quarters + 1) % 4

    def forget(self) -> None:
        self._picture, self.marks, self._quarters = QImage(), (), 0
        self.show_hits((), None)

    def show_hits(self, hits: tuple[Rectangle, ...], chosen: Rectangle | None) -> None:
        self._hits, self._chosen = hits, chosen
        self.update()

    def place_of(self, box: Rectangle) -> QRectF:
        """Where points of the upright page lie on this widget, in pixels."""
        return self._turned().mapRect(self._area(box))

    def _turned(self) -> QTransform:
        """From the upright paper to this widget."""
        wide, high = (side * self.scale for side in self.points)
        shift = ((0.0, 0.0), (high, 0.0), (wide, high), (0.0, wide))[self._quarters]
        made = QTransform.fromTranslate(BORDER + shift[0], BORDER + shift[1])
        return made.rotate(90 * self._quarters)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(self._turned(), combine=True)
        wide, high = (side * self.scale for side in self.points)
        paper = QRectF(QPointF(), QPointF(wide, high))
        painter.drawImage(paper, self._picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.setPen(Qt.PenStyle.NoPen)
        self._paint(painter, self.marks, self._theme.colors.mark)
        self._paint(painter, self._hits, _HIT)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._chosen:
            painter.setPen(QPen(QColor(_CHOSEN), 2))
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
        return QRectF(x0, y0, x1 - x0, y1 - y0)
