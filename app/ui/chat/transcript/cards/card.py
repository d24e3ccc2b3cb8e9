"""A framed card inside an answer: paragraphs below each other, and text buttons in a row."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from app.ui.chat.transcript.entry import HitTest, Spot
from app.ui.theme import SMALL_PIXELS, Theme, font

PADDING, LINE_GAP = 12.0, 6.0
_WORDS, _ANYWHERE = Qt.TextFlag.TextWordWrap, Qt.TextFlag.TextWrapAnywhere
_BUTTON, _BETWEEN = 28.0, 8.0


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    font: QFont
    color: str
    area: QRectF
    wrap: Qt.TextFlag


class Card:
    """Lays out and paints itself at a place that the entry gives it."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._paragraphs: list[_Paragraph] = []
        self._area = QRectF()

    def begin(self) -> None:
        self._paragraphs = []

    def add(self, text: str, chosen: QFont, color: str, y: float, width: float) -> float:
        """A paragraph at `y` across a card of that width; where the next one begins."""
        room = QRectF(PADDING, y, width - 2 * PADDING, 1e6)
        metrics, wrap = QFontMetricsF(chosen), _WORDS
        found = metrics.boundingRect(room, int(wrap), text)
        if found.width() > room.width():  # a word that is longer than a line
            wrap = _ANYWHERE
            found = metrics.boundingRect(room, int(wrap), text)
        area = QRectF(PADDING, y, room.width(), found.height())
        self._paragraphs.append(_Paragraph(text, chosen, color, area, wrap))
        return y + found.height() + LINE_GAP

    def frame(self, top: float, width: float, bottom: float) -> float:
        """The card reaches to where the last paragraph ended; its height."""
        self._area = QRectF(0, top, width, bottom - LINE_GAP + PADDING - top)
        return self._area.height()

    def paint_frame(self, painter: QPainter, ground: str, line: str) -> None:
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(line), 1))
        painter.drawRoundedRect(self._area.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)

    def paint_text(self, painter: QPainter) -> None:
        for each in self._paragraphs:
            painter.setFont(each.font)
            painter.setPen(QColor(getattr(self._theme.colors, each.color)))
            painter.drawText(each.area, int(each.wrap), each.text)


class QuotationCard(Card):
    """What the documents themselves say: a stroke of gold, the words, where they stand."""

    def __init__(self, theme: Theme, title: str, text: str, origin: str, number: int) -> None:
        super().__init__(theme)
        self._title, self._text, self._origin, self._number = title, text, origin, number

    def lay_out(self, top: float, width: float) -> float:
        self.begin()
        y = self.add(self._title, font(SMALL_PIXELS), "muted", top, width)
        y = self.add(f"«{self._text}»", font(15), "text", y, width)
        y = self.add(f"{self._number} · {self._origin}", font(SMALL_PIXELS), "muted", y, width)
        self._area = QRectF(0, top, width, y - LINE_GAP - top)
        return self._area.height() + LINE_GAP

    def paint(self, painter: QPainter) -> None:
        painter.fillRect(
            QRectF(0, self._area.top(), 3, self._area.height()), QColor(self._theme.colors.gold)
        )
        self.paint_text(painter)

    def hit(self, point: QPointF) -> HitTest | None:
        return HitTest("card", self._number) if self._area.contains(point) else None

    def spot(self) -> Spot:
        return Spot(HitTest("card", self._number), self._area)


class NoticeCard(Card):
    """Says that the documents do not confirm what follows, or what is missing."""

    def __init__(self, theme: Theme, title: str, text: str) -> None:
        super().__init__(theme)
        self._title, self._text = title, text

    def lay_out(self, top: float, width: float) -> float:
        self.begin()
        y = self.add(self._title, font(14, 600), "danger", top + PADDING, width)
        if self._text:
            y = self.add(self._text, font(14), "danger", y - LINE_GAP / 2, width)
        return self.frame(top, width, y)

    def paint(self, painter: QPainter) -> None:
        colors = self._theme.colors
        self.paint_frame(painter, colors.danger_soft, colors.danger_soft)
        self.paint_text(painter)


class TextButtons:
    """Acts with their names, in a row that wraps."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._areas: list[tuple[QRectF, str, str]] = []

    def clear(self) -> None:
        self._areas = []

    def place(self, y: float, width: float, shown: Sequence[tuple[str, str]]) -> float:
        """Lay out acts (name, label) from the left; where what follows them begins."""
        self._areas = []
        metrics, x = QFontMetricsF(font(13)), 0.0
        for act, label in shown:
            wide = min(metrics.horizontalAdvance(label) + 24, width)
            if x and x + wide > width:
                x, y = 0.0, y + _BUTTON + _BETWEEN
            self._areas.append((QRectF(x, y, wide, _BUTTON), act, label))
            x += wide + _BETWEEN
        return y + _BUTTON + _BETWEEN if self._areas else y

    def hit(self, point: QPointF) -> HitTest | None:
        return next((HitTest(act) for area, act, _ in self._areas if area.contains(point)), None)

    def spots(self) -> list[Spot]:
        return [Spot(HitTest(act), area) for area, act, _ in self._areas]

    def area(self, act: str) -> QRectF:
        return next((area for area, name, _ in self._areas if name == act), QRectF())

    def paint(self, painter: QPainter, hovered: HitTest | None) -> None:
        colors = self._theme.colors
        for area, act, label in self._areas:
            over = hovered == HitTest(act)
            painter.setBrush(QColor(colors.bubble if over else colors.raised))
            painter.setPen(QPen(QColor(colors.line), 1))
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
            painter.setFont(font(13))
            painter.setPen(QColor(colors.text))
            text = painter.fontMetrics().elidedText(
                label, Qt.TextElideMode.ElideRight, int(area.width()) - 16
            )
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
