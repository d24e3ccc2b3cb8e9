"""An answer's Markdown as a text document with citation chips. Safe: no HTML, no resource but the
chips is ever loaded, whatever the text asks for."""

import re
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextOption,
    QTextTable,
)

from app.domain.chat.citations import render
from app.domain.chat.conversation import Citation
from app.ui.chat.transcript.code_colors import colour
from app.ui.chat.transcript.unfinished import settled
from app.ui.theme import Colors, font

#: Private-use characters that carry a citation through the Markdown reader.
_OPEN, _CLOSE = "\ue000", "\ue001"
_CARRIED = re.compile(f"{_OPEN}(\\d+)([su])(\\d*){_CLOSE}")
#: What stands for a picture in the plain text.
CHIP = "\ufffc"
_DIGITS = re.compile(r"\d+")
_CHIP = (20, 18)
_RATIO = 3
#: Line heights of Qt: of the font's own in percent, or in pixels.
_PERCENT = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_PIXELS = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_LINE = 22


@dataclass(frozen=True, slots=True)
class Chip:
    """A citation: its place in the plain text, the number of its source, whether that supports it,
    where it is drawn, and which of the answer's citations it is, -1 for none of them."""

    place: int
    number: int
    supported: bool
    area: QRectF
    citation: int = -1


class AnswerDocument(QTextDocument):
    """Anchors of citations read "cite:3:0", the source's number and the place among the answer's
    citations; all others are inert text."""

    def __init__(self, colors: Colors) -> None:
        super().__init__()
        self._colors = colors
        self._chips: dict[str, QImage] = {}
        self.setDocumentMargin(0)
        self.setUndoRedoEnabled(False)
        self.setDefaultFont(font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setDefaultTextOption(option)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Only chips, which were put in by hand; QTextDocument itself would read local files."""
        return QImage() if kind == QTextDocument.ResourceType.ImageResource.value else None

    def show_answer(
        self, text: str, citations: tuple[Citation, ...], *, writing: bool = False
    ) -> None:
        """Set the whole text. Without citations the model's own marks are shown as they come; of
        one that is being `writing` what is open is closed for the moment."""
        clean = text.replace(_OPEN, "").replace(_CLOSE, "")
        if writing:
            clean = settled(clean)
        carried = (
            render(clean, citations, lambda each: _carry(each, citations.index(each)))
            if citations
            else _as_written(clean)
        )
        self.setMarkdown(
            carried,
            QTextDocument.MarkdownFeature.MarkdownDialectGitHub
            | QTextDocument.MarkdownFeature.MarkdownNoHTML,
        )
        whole = QTextCursor(self)
        whole.beginEditBlock()  # one layout for all changes instead of one for each
        self._space_out()
        self._draw_tables()
        colour(self, self._colors)
        self._put_chips()
        whole.endEditBlock()

    def show_plain(self, text: str) -> None:
        self.setPlainText(text)
        self._space_out()

    def plain(self) -> str:
        """The text without Markdown, chips as their numbers in brackets."""
        cursor, parts = QTextCursor(self), []
        text = self.toPlainText()
        for place, sign in enumerate(text):
            if sign != CHIP:
                parts.append(sign)
                continue
            cursor.setPosition(place + 1)
            name = cursor.charFormat().toImageFormat().name()
            parts.append(f"[{_DIGITS.findall(name)[0]}]" if _DIGITS.search(name) else "")
        return "".join(parts)

    def chips(self) -> list[Chip]:
        """In the order of the text; areas in the document, once it is laid out."""
        found, cursor, text = [], QTextCursor(self), self.toPlainText()
        for match in re.finditer(CHIP, text):
            place = match.start()
            at = len(text[:place].encode("utf-16-le")) // 2  # Qt counts an emoji as two
            cursor.setPosition(at + 1)
            chip = cursor.charFormat().toImageFormat()
            if chip.name().startswith("chip:"):
                number, citation = chip.anchorHref().split(":")[1:]
                area = self._area(at, chip.width(), chip.height())
                supported = chip.name().endswith("s")
                found.append(Chip(place, int(number), supported, area, int(citation)))
        return found

    def _area(self, place: int, width: float, height: float) -> QRectF:
        """Where a picture of that size lies, in the middle of its line."""
        block = self.findBlock(place)
        top = self.documentLayout().blockBoundingRect(block).topLeft()
        line = block.layout().lineForTextPosition(place - block.position())
        if not line.isValid():
            return QRectF()
        found: Any = line.cursorToX(place - block.position())  # the place and the cursor
        left = float(found[0])
        middle = top.y() + line.y() + line.height() / 2
        return QRectF(top.x() + left, middle - height / 2, width, height)

    def _space_out(self) -> None:
        """Comfortable lines and paragraphs, one text colour, inert links."""
        block = self.begin()
        while block.isValid():
            cursor = QTextCursor(block)
            layout = block.blockFormat()
            code = layout.hasProperty(QTextFormat.Property.BlockCodeFence)
            if layout.headingLevel():
                layout.setLineHeight(130, _PERCENT)
            elif code:
                layout.setLineHeight(100, _PERCENT)
            else:  # the same for lines with chips and without
                layout.setLineHeight(_LINE, _PIXELS)
            layout.setTopMargin(0)
            layout.setBottomMargin(2 if block.textList() else 0 if code else 6)
            if code:
                layout.setBackground(QColor(self._colors.background))
                layout.setLeftMargin(8)
                layout.setNonBreakableLines(False)
            cursor.setBlockFormat(layout)
            if layout.headingLevel():
                self._draw_heading(block)
            block = block.next()
        cursor = QTextCursor(self)
        cursor.select(QTextCursor.SelectionType.Document)
        plain = QTextCharFormat()
        plain.setForeground(QColor(self._colors.text))
        plain.setAnchor(False)
        plain.setAnchorHref("")
        cursor.mergeCharFormat(plain)
        frame = QTextFrameFormat(self.rootFrame().frameFormat())
        frame.setMargin(0)
        self.rootFrame().setFrameFormat(frame)

    def _draw_heading(self, block: QTextBlock) -> None:
        """Headings of an answer are no titles of a page. A relative size wins over any other: it
        has to go, stretch by stretch."""
        pixels = 17 if block.blockFormat().headingLevel() == 1 else 15
        stretches, pieces = [], block.begin()
        while not pieces.atEnd():
            stretches.append(pieces.fragment())
            pieces += 1
        for stretch in stretches:
            drawn = stretch.charFormat()
            drawn.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            drawn.setProperty(QTextFormat.Property.FontPixelSize, pixels)
            cursor = QTextCursor(self)
            cursor.setPosition(stretch.position())
            cursor.setPosition(
                stretch.position() + stretch.length(), QTextCursor.MoveMode.KeepAnchor
            )
            cursor.setCharFormat(drawn)

    def _draw_tables(self) -> None:
        for frame in self.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                layout = frame.format()
                layout.setBorder(1)
                layout.setBorderCollapse(True)
                layout.setBorderBrush(QColor(self._colors.line))
                layout.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                layout.setCellPadding(6)
                layout.setCellSpacing(0)
                layout.setMargin(4)
                frame.setFormat(layout)

    def _put_chips(self) -> None:
        text = self.toPlainText()
        for match in reversed(list(_CARRIED.finditer(text))):
            cursor = QTextCursor(self)
            cursor.setPosition(match.start())
            cursor.setPosition(match.end(), QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            number, state, citation = int(match[1]), match[2], match[3] or "-1"
            chip = QTextImageFormat()
            chip.setName(f"chip:{number}{state}")
            chip.setWidth(_CHIP[0] + 7 * (len(match.group(1)) - 1))
            chip.setHeight(_CHIP[1])
            chip.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
            chip.setAnchor(True)
            chip.setAnchorHref(f"cite:{number}:{citation}")
            self.addResource(
                QTextDocument.ResourceType.ImageResource.value,
                QUrl(chip.name()),
                self._chip(chip.name(), number, int(chip.width())),
            )
            cursor.insertImage(chip)

    def _chip(self, name: str, number: int, width: int) -> QImage:
        """Drawn once for all frames of an answer that is being written."""
        if name not in self._chips:
            self._chips[name] = _chip(number, name.endswith("s"), width, self._colors)
        return self._chips[name]


def _carry(citation: Citation, place: int) -> str:
    state = "s" if citation.supported else "u"
    return f" {_OPEN}{citation.number}{state}{place}{_CLOSE}"


def _as_written(text: str) -> str:
    return re.sub(r"\s*\[(\d{1,3})\]", f" {_OPEN}\\1s{_CLOSE}", text)


def _chip(number: int, supported: bool, width: int, colors: Colors) -> QImage:
    """A rounded number on gold; struck out when the source does not support the sentence."""
    image = QImage(width * _RATIO, _CHIP[1] * _RATIO, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_RATIO, _RATIO)
    area = QRectF(1, 0.5, width - 2, _CHIP[1] - 1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colors.gold_soft if supported else colors.bubble))
    painter.drawRoundedRect(area, 5, 5)
    chosen = font(12, 600)
    chosen.setStrikeOut(not supported)
    painter.setFont(chosen)
    painter.setPen(QColor(colors.gold if supported else colors.muted))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(number))
    painter.end()
    return image
