"""A question: a bubble on the right, its acts below it while the pointer is on it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from app.domain.chat.conversation import Message
from app.ui.chat.transcript.entry import (
    ACTION,
    GAP,
    Actions,
    BranchPosition,
    HitTest,
    Spot,
    TextEntry,
)
from app.ui.theme import Theme

_BUBBLE = 14
_ACTS = (("copy", "copy", False), ("edit", "pencil", False), ("delete", "trash-2", False))


class QuestionEntry(TextEntry):
    def __init__(self, theme: Theme, message: Message, place: BranchPosition) -> None:
        super().__init__(theme, message, place)
        self._bubble = QRectF()
        self._acts = Actions(theme)
        self.document.show_plain(message.text)

    def _measure(self, width: float) -> float:
        room = width * 0.76
        self.document.setTextWidth(room - 2 * _BUBBLE)
        used = min(self.document.idealWidth() + 1, room - 2 * _BUBBLE)
        self.document.setTextWidth(used)
        wide, high = used + 2 * _BUBBLE, self.document.size().height() + 2 * 9 - 4
        self._bubble = QRectF(width - wide, 0, wide, high)
        self._origin = QPointF(width - wide + _BUBBLE, 9)
        shown = _ACTS if self.message.id else ()
        end = self._acts.place(0, high + 2, shown, self.place)
        self._acts.place(width - end + 4, high + 2, shown, self.place)
        return high + ACTION + GAP - 6

    def paint(self, painter: QPainter, hovered: HitTest | None, *, within: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.colors.bubble))
        painter.drawRoundedRect(self._bubble, 12, 12)
        corner = QRectF(self._bubble.right() - 12, self._bubble.bottom() - 12, 12, 12)
        painter.drawRoundedRect(corner, 4, 4)  # the corner that points to the speaker
        self._draw_text(painter)
        if within or self.place.of > 1:
            self._acts.paint(painter, hovered)

    def hit(self, point: QPointF) -> HitTest | None:
        return self._acts.hit(point)

    def spots(self) -> list[Spot]:
        return self._acts.spots()

    def can(self, act: str) -> bool:
        return not self._acts.area(act).isEmpty()
