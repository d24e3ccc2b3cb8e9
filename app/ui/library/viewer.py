"""Shows a document where a citation points: PDF pages as pictures, other formats as their text."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.domain.conversation import Citation, Segment
from app.domain.library import BLOCK_BREAK, Block, BlockKind, LineBox, PageImage, ReadDocument
from app.services.jobs import Job, Worker
from app.services.library import LibraryService
from app.ui.language import Language
from app.ui.theme import Theme, font
from app.ui.widgets.controls import IconButton, label

_ZOOM = (0.5, 4.0)
#: Around the sheet: its border on both sides and the scroll bar.
_SHEET_MARGIN = 36


@dataclass(frozen=True, slots=True)
class Spot:
    """Where to look: a document, a page (None: a format without pages), and what to mark there.

    `start` and `end` are characters of the canonical text; `boxes` the printed lines.
    """

    document: str
    page: int | None
    quote: str
    start: int
    end: int
    boxes: tuple[LineBox, ...] = ()


def spot(segment: Segment, citation: Citation | None) -> Spot:
    """The sentence that supports a citation, or the passage that was hit."""
    if citation and citation.supported and not segment.is_computed:
        start, end = citation.quote_start, citation.quote_end
    else:
        start = segment.best.start - segment.locator.start
        end = segment.best.end - segment.locator.start
    part = segment.part_at(start)
    last = min(end, part.end - segment.locator.start)  # of a quote over two pages the first half
    return Spot(
        document=segment.document,
        page=part.page,
        quote=segment.text[start:last],
        start=segment.locator.start + start,
        end=segment.locator.start + end,
        boxes=tuple(box for box in segment.boxes if box.start < last and box.end > start),
    )


class DocumentViewer(QWidget):
    """Loads on the reading worker, so that looking waits for neither an answer nor an import."""

    failed = Signal(object)

    def __init__(
        self, library: LibraryService, reading: Worker, theme: Theme, language: Language
    ) -> None:
        super().__init__()
        self._library, self._reading = library, reading
        self._theme, self._language = theme, language
        self._spot: Spot | None = None
        self._own_hint = False
        self._page = self._pages = 1
        self._zoom = 1.0
        self._job: Job | None = None
        self._read: tuple[str, ReadDocument] | None = None
        self._refit = QTimer(self)
        self._refit.setSingleShot(True)
        self._refit.setInterval(120)
        self._refit.timeout.connect(self._fit)
        self._build()
        theme.changed.connect(self._restyle)

    def _build(self) -> None:
        self._hint = label("muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._image = _PageView(self._theme)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._image)
        self._scroll.setWidgetResizable(False)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._text = _InertBrowser()
        self._stack = QStackedWidget()
        for part in (self._hint, self._scroll, self._text):
            self._stack.addWidget(part)
        self._before = IconButton(self._theme, "chevron-left", lambda: self.turn(-1))
        self._after = IconButton(self._theme, "chevron-right", lambda: self.turn(1))
        self._smaller = IconButton(self._theme, "zoom-out", lambda: self.zoom(1 / 1.25))
        self._larger = IconButton(self._theme, "zoom-in", lambda: self.zoom(1.25))
        self._where = label("small")
        self._bar = QWidget()
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(8, 4, 8, 8)
        bar.addWidget(self._before)
        bar.addWidget(self._where)
        bar.addWidget(self._after)
        bar.addStretch()
        bar.addWidget(self._smaller)
        bar.addWidget(self._larger)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self._bar)
        self._bar.hide()
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        if not self._own_hint:
            self._hint.setText(
                self.tr(
                    "Choose a source under an answer: its document opens here at the very passage."
                )
            )
        self._before.say(self.tr("Previous page"))
        self._after.say(self.tr("Next page"))
        self._smaller.say(self.tr("Smaller"))
        self._larger.say(self.tr("Larger"))
        self._show_place()

    @property
    def marks(self) -> int:
        """How many rectangles are highlighted on the page shown."""
        return len(self._image.marks)

    @property
    def page(self) -> int:
        return self._page

    def set_hint(self, text: str) -> None:
        """What is said while nothing is shown."""
        self._own_hint = True
        self._hint.setText(text)

    # -- acts -------------------------------------------------------------------------------------

    def clear(self) -> None:
        self._spot = self._read = None
        self._stack.setCurrentWidget(self._hint)
        self._bar.hide()

    def open(self, spot: Spot) -> None:
        """Show the spot's document with the spot highlighted and in view."""
        self._spot = spot
        if spot.page is None:
            self._open_text(spot)
        else:
            self._page = spot.page
            self._load_page(scroll=True)

    def turn(self, pages: int) -> None:
        wanted = min(max(self._page + pages, 1), self._pages)
        if self._spot and wanted != self._page:
            self._page = wanted
            self._load_page(scroll=False)

    def zoom(self, factor: float) -> None:
        self._zoom = min(max(self._zoom * factor, _ZOOM[0]), _ZOOM[1])
        if self._stack.currentWidget() is self._scroll:
            self._load_page(scroll=False)
        else:
            self._text.setFont(font(14 * self._zoom))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._refit.start()
        super().resizeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.1 if event.angleDelta().y() > 0 else 1 / 1.1)
            event.accept()
            return
        super().wheelEvent(event)

    def _fit(self) -> None:
        """The panel has another width: draw the page anew for it."""
        if self._spot and self._stack.currentWidget() is self._scroll:
            self._load_page(scroll=False)

    # -- pages ------------------------------------------------------------------------------------

    def _load_page(self, *, scroll: bool) -> None:
        assert self._spot is not None
        spot, page, ratio = self._spot, self._page, self.devicePixelRatioF()
        at_spot = page == spot.page
        width = max(self.width() - _SHEET_MARGIN, 200) * self._zoom
        # 612 points is a letter page; the view scales what comes to its own width.
        scale = width * ratio / 612
        if self._job:
            self._job.cancel()
        self._job = self._reading.run(
            lambda _: self._library.page(
                spot.document,
                page,
                scale,
                spot.quote if at_spot else "",
                spot.boxes if at_spot else (),
            ),
            on_done=lambda image: self._show_page(image, width, scroll=scroll),
            on_error=self._fail,
        )

    def _show_page(self, image: PageImage, width: float, *, scroll: bool) -> None:
        self._pages = image.pages
        self._image.show_page(image, width)
        self._stack.setCurrentWidget(self._scroll)
        self._bar.show()
        self._show_place()
        if scroll and (top := self._image.first_mark()) is not None:
            self._scroll.verticalScrollBar().setValue(max(0, round(top) - 120))

    def _show_place(self) -> None:
        self._where.setText(
            self.tr("p. %1 of %2").replace("%1", str(self._page)).replace("%2", str(self._pages))
        )

    # -- text -------------------------------------------------------------------------------------

    def _open_text(self, spot: Spot) -> None:
        if self._read and self._read[0] == spot.document:
            self._show_text(spot, self._read[1])
            return
        if self._job:
            self._job.cancel()
        self._job = self._reading.run(
            lambda control: self._library.read_again(spot.document, control),
            on_done=lambda read: self._show_text(spot, read),
            on_error=self._fail,
        )

    def _show_text(self, spot: Spot, read: ReadDocument) -> None:
        self._read = (spot.document, read)
        self._text.show_blocks(read.blocks, spot.start, spot.end, self._theme)
        self._stack.setCurrentWidget(self._text)
        self._bar.hide()

    def _restyle(self) -> None:
        if self._read and self._spot and self._stack.currentWidget() is self._text:
            self._show_text(self._spot, self._read[1])

    def _fail(self, error: BaseException) -> None:
        sentence = self._language.wording.of(error)
        self._hint.setText(f"{sentence.what} {sentence.hint}")
        self._stack.setCurrentWidget(self._hint)
        self._bar.hide()


class _PageView(QWidget):
    """One page's picture with the highlighted rectangles, on a white sheet."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture = QImage()
        self._scale = 1.0
        self.marks: tuple[tuple[float, float, float, float], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_page(self, image: PageImage, width: float) -> None:
        self._picture = QImage(
            image.pixels, image.width, image.height, image.width * 3, QImage.Format.Format_RGB888
        ).copy()
        self._scale = image.scale * width / image.width
        self.marks = image.marks
        self.setFixedSize(QSize(round(width) + 24, round(width * image.height / image.width) + 24))
        self.update()

    def first_mark(self) -> float | None:
        return (
            min((mark[1] for mark in self.marks), default=0) * self._scale if self.marks else None
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = QRectF(self.rect()).adjusted(12, 12, -12, -12)
        painter.drawImage(sheet, self._picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.colors.mark))
        for x0, y0, x1, y1 in self.marks:
            area = QRectF(x0, y0, x1 - x0, y1 - y0)
            scaled = QRectF(area.topLeft() * self._scale, area.size() * self._scale)
            painter.drawRoundedRect(scaled.translated(sheet.topLeft()).adjusted(-1, 0, 1, 0), 2, 2)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setPen(QPen(QColor(self._theme.colors.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(sheet, 4, 4)
        painter.end()


class _InertBrowser(QTextBrowser):
    """Text only: nothing is loaded, no link opens."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.document().setDocumentMargin(18)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None

    def show_blocks(self, blocks: tuple[Block, ...], start: int, end: int, theme: Theme) -> None:
        """Write the blocks and mark the canonical characters from `start` to `end`."""
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        offset, marked = 0, None
        for block in blocks:
            begin = _write_block(cursor, block)
            low, high = max(start - offset, 0), min(end - offset, len(block.text))
            if low < high:
                _mark(self, begin + low, begin + high, theme)
                marked = begin + low if marked is None else marked
            offset += len(block.text) + len(BLOCK_BREAK)
        cursor.endEditBlock()
        self._look_at(marked or 0)

    def _look_at(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(cursor).top() - 80)


def _write_block(cursor: QTextCursor, block: Block) -> int:
    """Append a block; the position of its first character."""
    layout, style = QTextBlockFormat(), QTextCharFormat()
    layout.setBottomMargin(8)
    layout.setLineHeight(140, 1)  # proportional height, in percent
    heading = block.kind == BlockKind.HEADING
    size = {1: 19, 2: 17}.get(block.level, 15) if heading else 14
    style.setFont(font(size, 600 if heading else 400))
    if block.kind == BlockKind.LIST_ITEM:
        layout.setLeftMargin(18 * max(block.level, 1))
        layout.setTextIndent(-12)
    if cursor.position():
        cursor.insertBlock(layout, style)
    else:
        cursor.setBlockFormat(layout)
    if block.kind == BlockKind.LIST_ITEM:
        cursor.insertText("•\u2002", style)
    begin = cursor.position()
    # A line break inside a block keeps it one block, so that offsets stay those of its text.
    cursor.insertText(block.text.replace("\n", "\u2028"), style)
    return begin


def _mark(browser: QTextBrowser, start: int, end: int, theme: Theme) -> None:
    cursor = QTextCursor(browser.document())
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    style = QTextCharFormat()
    style.setBackground(QColor(theme.colors.mark))
    style.setForeground(QColor("#1B1E20"))
    cursor.mergeCharFormat(style)
