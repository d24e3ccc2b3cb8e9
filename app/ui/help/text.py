"""A page of the help as text. Safe: no HTML, and no resource but the pictures of its own folder is
ever loaded, whatever the text asks for."""

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from app.ui.help.pages import HelpPage
from app.ui.theme import Theme, font
from app.ui.widgets.controls import rest

_LINE = 22
_PIXELS = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_PERCENT = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
#: Pixels of letters of headings, and what stands above them, by level.
_HEADINGS = {1: (22, 0), 2: (17, 18), 3: (15, 12)}
_RADIUS = 8
#: A window that is being drawn larger lays its pictures out once, at its end.
_SETTLE_MS = 80
_PICTURE = re.compile(r"[\w-]+\.png")
_IMAGE = QTextDocument.ResourceType.ImageResource.value


class HelpText(QTextBrowser):
    """`turned` gives the name of another page, `left` an address outside of the program."""

    turned, left = Signal(str), Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._folder, self._page = Path(), HelpPage("", "")
        self._words: Sequence[re.Pattern[str]] = ()
        self.setOpenLinks(False)
        self.setFont(font())
        self.document().setDefaultFont(font())
        self.document().setDocumentMargin(0)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        # Pictures are as wide as the text: a bar that comes and goes would change that.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.anchorClicked.connect(self._follow)
        self._settle: QTimer = rest(self, _SETTLE_MS, self.draw)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Only pictures beside the page; QTextBrowser itself would read any local file."""
        called = name.toString() if isinstance(name, QUrl) else name
        if kind != _IMAGE or not _PICTURE.fullmatch(called):
            return QImage() if kind == _IMAGE else None
        picture = QImage(str(self._folder / called))
        return picture if picture.isNull() else self._framed(picture)

    # -- showing ----------------------------------------------------------------------------------

    def show_page(self, folder: Path, page: HelpPage) -> None:
        """A page whose pictures lie in a folder, from its beginning."""
        self._folder, self._page = folder, page
        self.draw()
        self.verticalScrollBar().setValue(0)

    def draw(self) -> None:
        """Anew, as the theme and the width of the window are now."""
        bar, dialect = self.verticalScrollBar(), QTextDocument.MarkdownFeature
        before = bar.value()
        document = self.document()
        document.clear()  # forgets the pictures as they were drawn
        document.setMarkdown(
            self._page.text, dialect.MarkdownDialectGitHub | dialect.MarkdownNoHTML
        )
        self._space_out()
        self._draw_tables()
        self._mark()
        bar.setValue(before)

    def mark(self, words: Sequence[re.Pattern[str]]) -> None:
        """Show where these stand, and go to the first place."""
        self._words = words
        self._mark()
        self.find_next(from_start=True)

    def find_next(self, *, from_start: bool = False) -> None:
        """Go to the next marked place, from the last one to the first."""
        places = sorted(each.cursor.selectionStart() for each in self.extraSelections())
        if not places:
            return
        now = -1 if from_start else self.textCursor().position()
        cursor = self.textCursor()
        cursor.setPosition(next((each for each in places if each > now), places[0]))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _mark(self) -> None:
        marks = []
        text = self.document().toPlainText()
        for pattern in self._words:
            for found in pattern.finditer(text):
                mark = QTextEdit.ExtraSelection()
                mark.cursor = QTextCursor(self.document())
                mark.cursor.setPosition(found.start())
                mark.cursor.setPosition(found.end(), QTextCursor.MoveMode.KeepAnchor)
                mark.format.setBackground(self._theme.colors.color("mark"))
                mark.format.setForeground(QColor(Qt.GlobalColor.black))
                marks.append(mark)
        self.setExtraSelections(marks)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._settle.start()

    # -- drawing ----------------------------------------------------------------------------------

    def _space_out(self) -> None:
        block = self.document().begin()
        while block.isValid():
            layout = block.blockFormat()
            size, above = _HEADINGS.get(layout.headingLevel(), (0, 0))
            picture = "\ufffc" in block.text()
            layout.setTopMargin(above)
            layout.setBottomMargin(4 if block.textList() else 8)
            if size:
                layout.setLineHeight(120, _PERCENT)
            elif not picture:
                layout.setLineHeight(_LINE, _PIXELS)
            QTextCursor(block).setBlockFormat(layout)
            if size:
                self._draw_heading(block, size)
            block = block.next()

    def _draw_heading(self, block: QTextBlock, size: int) -> None:
        """A relative size wins over any other: it has to go."""
        drawn = block.begin().fragment().charFormat()
        drawn.clearProperty(QTextFormat.Property.FontSizeAdjustment)
        drawn.setProperty(QTextFormat.Property.FontPixelSize, size)
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(drawn)

    def _draw_tables(self) -> None:
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                layout = frame.format()
                layout.setBorder(1)
                layout.setBorderCollapse(True)
                layout.setBorderBrush(self._theme.colors.color("line"))
                layout.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                layout.setCellPadding(6)
                layout.setCellSpacing(0)
                layout.setBottomMargin(8)
                frame.setFormat(layout)

    def _framed(self, picture: QImage) -> QImage:
        """Round, with a line around it, and no wider than the text."""
        ratio = self.devicePixelRatioF()
        width = min(picture.width(), max(self.viewport().width() - 8, 1))
        height = round(picture.height() * width / picture.width())
        framed = QImage(QSize(width, height) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        framed.setDevicePixelRatio(ratio)
        framed.fill(Qt.GlobalColor.transparent)
        painter, outline = QPainter(framed), QPainterPath()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        outline.addRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), _RADIUS, _RADIUS)
        painter.setClipPath(outline)
        scaled = picture.scaled(framed.size(), mode=Qt.TransformationMode.SmoothTransformation)
        painter.drawImage(QRectF(0, 0, width, height), scaled)
        painter.setClipping(False)
        painter.setPen(QPen(self._theme.colors.color("line"), 1))
        painter.drawPath(outline)
        painter.end()
        return framed

    # -- links ------------------------------------------------------------------------------------

    def _follow(self, address: QUrl) -> None:
        if address.isRelative() and address.fileName().endswith(".md"):
            self.turned.emit(address.fileName())
        else:
            self.left.emit(address.toString())
