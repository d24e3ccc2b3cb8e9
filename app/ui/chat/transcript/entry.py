"""What stands in a transcript: it lays itself out and paints itself.

Entries are no widgets and know no services.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QPainter, QPalette, QTextCursor

from app.domain.chat.conversation import Message, TextSpan
from app.ui.chat.transcript.answer_document import AnswerDocument
from app.ui.theme import SMALL_PIXELS, Theme, font

GAP = 14
ACTION = 28


@dataclass(frozen=True, slots=True)
class HitTest:
    """What lies under the pointer: "cite" or "card" with a source's number, "fold" on the card of a
    computed result, or an action. `citation` is the place of a "cite" among those of the answer, -1
    where it is none of them."""

    act: str
    number: int = 0
    citation: int = -1


@dataclass(frozen=True, slots=True)
class Spot:
    """What can be chosen in an entry, and where it lies there; whether it is `on`, None for what is
    neither."""

    hit: HitTest
    area: QRectF
    on: bool | None = None


@dataclass(frozen=True, slots=True)
class BranchPosition:
    """Which of the turns that stand beside each other this one is, from 0."""

    at: int = 0
    of: int = 1


class TranscriptEntry:
    """Base: a height at a width, painting, and what a point hits. Coordinates start at its top."""

    def __init__(self, theme: Theme, message: Message, place: BranchPosition) -> None:
        self._theme, self.message, self.place = theme, message, place
        self.height = 60.0
        #: Another number whenever it was measured anew.
        self.revision = 0
        self._width = -1.0

    def lay_out(self, width: float) -> bool:
        """Measure for `width`; True when the height changed."""
        if width == self._width:
            return False
        self._width = width
        self.revision += 1
        before, self.height = self.height, self._measure(width)
        return self.height != before

    def stale(self) -> None:
        self._width = -1.0

    def _measure(self, width: float) -> float:
        raise NotImplementedError

    def paint(self, painter: QPainter, hovered: HitTest | None, *, within: bool) -> None:
        """`within`: the pointer is on this entry."""
        raise NotImplementedError

    def hit(self, point: QPointF) -> HitTest | None:
        return None

    def spots(self) -> list[Spot]:
        """All that a point can hit, in the order in which it is read."""
        return []

    def explain(self, hit: HitTest) -> str:
        """What is to be said of a spot beside its name."""
        return ""

    def text_position(self, point: QPointF) -> int:
        """Character under the point, −1 outside the text."""
        return -1

    def select(self, start: int, end: int) -> None: ...

    def can(self, act: str) -> bool:
        """Whether an act is offered here."""
        return False

    def selected(self) -> str:
        return ""


class TextEntry(TranscriptEntry):
    """An entry with one selectable document at `_origin`; `marks` are what a search found in it."""

    def __init__(self, theme: Theme, message: Message, place: BranchPosition) -> None:
        super().__init__(theme, message, place)
        self.marks: Sequence[TextSpan] = ()
        self.document = AnswerDocument(theme.colors)
        self._origin = QPointF(0, 0)
        self._selection: tuple[int, int] | None = None

    def text_position(self, point: QPointF) -> int:
        layout = self.document.documentLayout()
        return layout.hitTest(point - self._origin, Qt.HitTestAccuracy.FuzzyHit)

    def select(self, start: int, end: int) -> None:
        self._selection = (start, end) if start != end else None

    def selected(self) -> str:
        return self._cursor().selectedText().replace("\u2029", "\n") if self._selection else ""

    def _cursor(self) -> QTextCursor:
        cursor = QTextCursor(self.document)
        if self._selection:
            last = self.document.characterCount() - 1
            cursor.setPosition(min(self._selection[0], last))
            cursor.setPosition(min(self._selection[1], last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _between(self, span: TextSpan) -> QTextCursor:
        cursor = QTextCursor(self.document)
        last = self.document.characterCount() - 1
        cursor.setPosition(min(span.start, last))
        cursor.setPosition(min(span.end, last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _draw_text(self, painter: QPainter) -> None:
        painter.save()
        painter.translate(self._origin)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, QColor(self._theme.colors.text))
        colors = self._theme.colors
        stretches = [(self._between(mark), colors.mark, "#1B1E20") for mark in self.marks]
        if self._selection:
            stretches.append((self._cursor(), colors.accent, colors.on_accent))
        context.selections = [_selection(*stretch) for stretch in stretches]
        self.document.documentLayout().draw(painter, context)
        painter.restore()


def _selection(
    cursor: QTextCursor, ground: str, text: str
) -> QAbstractTextDocumentLayout.Selection:
    selection = QAbstractTextDocumentLayout.Selection()
    selection.cursor = cursor
    selection.format.setBackground(QColor(ground))
    selection.format.setForeground(QColor(text))
    return selection


#: Acts that stay chosen.
_JUDGEMENTS = frozenset({"up", "down"})


class Actions:
    """A row of icons below a turn, before them the walker over the turns beside it."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._areas: list[tuple[QRectF, str, str, bool]] = []
        self._count: tuple[QRectF, str] | None = None

    @property
    def right(self) -> float:
        return max((area.right() for area, *_ in self._areas), default=0.0)

    def place(
        self, x: float, y: float, shown: Sequence[tuple[str, str, bool]], beside: BranchPosition
    ) -> float:
        """Lay out acts (name, icon, whether it is on) from `x` to the right; where they end."""
        self._areas, self._count = [], None
        if beside.of > 1:
            text = f"{beside.at + 1}/{beside.of}"
            self._areas.append((QRectF(x, y, 22, ACTION), "before", "chevron-left", False))
            self._count = (QRectF(x + 22, y, 10 + 7 * len(text), ACTION), text)
            x = self._count[0].right()
            self._areas.append((QRectF(x, y, 22, ACTION), "after", "chevron-right", False))
            x += 26
        for act, icon, on in shown:
            self._areas.append((QRectF(x, y, ACTION, ACTION), act, icon, on))
            x += ACTION + 4
        return x

    def clear(self) -> None:
        self._areas, self._count = [], None

    def hit(self, point: QPointF) -> HitTest | None:
        return next((HitTest(act) for area, act, *_ in self._areas if area.contains(point)), None)

    def spots(self) -> list[Spot]:
        return [
            Spot(HitTest(act), area, on if act in _JUDGEMENTS else None)
            for area, act, _, on in self._areas
        ]

    def area(self, act: str) -> QRectF:
        """Where an act lies; empty when it is not there."""
        return next((area for area, name, *_ in self._areas if name == act), QRectF())

    def paint(self, painter: QPainter, hovered: HitTest | None) -> None:
        colors = self._theme.colors
        for area, act, icon, on in self._areas:
            if hovered == HitTest(act):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colors.bubble))
                painter.drawRoundedRect(area, 8, 8)
            spot = area.center() - QPointF(8, 8)
            drawn = self._theme.icon(icon, "accent" if on else "muted", 16)
            drawn.paint(painter, int(spot.x()), int(spot.y()), 16, 16)
        if self._count:
            painter.setPen(QColor(colors.muted))
            painter.setFont(font(SMALL_PIXELS))
            painter.drawText(self._count[0], Qt.AlignmentFlag.AlignCenter, self._count[1])
