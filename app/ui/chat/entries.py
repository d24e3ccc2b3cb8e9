"""What stands in a transcript: questions, answers with their cards, a line that says what is done.

Entries lay out and paint themselves; only those in view ever do, so that long conversations open at
once. They are no widgets and know no services.
"""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFontMetricsF,
    QPainter,
    QPalette,
    QPen,
    QTextCursor,
)

from app.domain.conversation import AnswerState, Citation, Message, Source, Speaker
from app.ui.chat.answer_document import AnswerDocument
from app.ui.chat.computed_card import ComputedCard, ComputedWords
from app.ui.theme import SMALL_PIXELS, Theme, font

_GAP = 14
_BUBBLE = 14
_CARD_HEIGHT, _CARD_GAP = 58, 8
_ACTION = 28
_ACTIONS = (("copy", "copy"), ("again", "refresh-cw"))


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under the pointer: "cite" or "card" with a source's number, "fold" on the card of a
    computed result, or an action."""

    act: str
    number: int = 0


class Words(ComputedWords, Protocol):
    """Sentences for entries, in the interface's language."""

    def place(self, source: Source, cited: Citation | None = None) -> str: ...

    def timing(self, message: Message) -> str: ...

    def state(self, message: Message) -> str: ...

    def reason(self, citation: Citation) -> str: ...

    def copied(self, message: Message) -> str: ...

    def act(self, act: str) -> str: ...


class Entry:
    """Base: a height at a width, painting, and what a point hits. Coordinates start at its top."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.top = 0.0
        self.height = 60.0
        self._width = -1.0

    def lay_out(self, width: float) -> bool:
        """Measure for `width`; True when the height changed."""
        if width == self._width:
            return False
        self._width = width
        before, self.height = self.height, self._measure(width)
        return self.height != before

    def stale(self) -> None:
        self._width = -1.0

    def _measure(self, width: float) -> float:
        raise NotImplementedError

    def paint(self, painter: QPainter, hovered: Hit | None) -> None:
        raise NotImplementedError

    def hit(self, point: QPointF) -> Hit | None:
        return None

    def text_position(self, point: QPointF) -> int:
        """Character under the point, −1 outside the text."""
        return -1

    def select(self, start: int, end: int) -> None: ...

    def selected(self) -> str:
        return ""


class TextEntry(Entry):
    """An entry with one selectable document at `_origin`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
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

    def _draw_text(self, painter: QPainter) -> None:
        painter.save()
        painter.translate(self._origin)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, QColor(self._theme.colors.text))
        if self._selection:
            selection = QAbstractTextDocumentLayout.Selection()
            selection.cursor = self._cursor()
            selection.format.setBackground(QColor(self._theme.colors.accent))
            selection.format.setForeground(QColor(self._theme.colors.on_accent))
            context.selections = [selection]
        self.document.documentLayout().draw(painter, context)
        painter.restore()


class QuestionEntry(TextEntry):
    """A bubble on the right."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(theme)
        self.text = text
        self._bubble = QRectF()
        self.document.show_plain(text)

    def _measure(self, width: float) -> float:
        room = width * 0.76
        self.document.setTextWidth(room - 2 * _BUBBLE)
        used = min(self.document.idealWidth() + 1, room - 2 * _BUBBLE)
        self.document.setTextWidth(used)
        wide, high = used + 2 * _BUBBLE, self.document.size().height() + 2 * 9 - 4
        self._bubble = QRectF(width - wide, 0, wide, high)
        self._origin = QPointF(width - wide + _BUBBLE, 9)
        return high + _GAP

    def paint(self, painter: QPainter, hovered: Hit | None) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.colors.bubble))
        painter.drawRoundedRect(self._bubble, 12, 12)
        corner = QRectF(self._bubble.right() - 12, self._bubble.bottom() - 12, 12, 12)
        painter.drawRoundedRect(corner, 4, 4)  # the corner that points to the speaker
        self._draw_text(painter)


class AnswerEntry(TextEntry):
    """Text with chips, then cards of the cited sources, then actions and timing."""

    def __init__(self, theme: Theme, message: Message, words: Words) -> None:
        super().__init__(theme)
        self._words = words
        self._cards: list[tuple[QRectF, Source]] = []
        self._actions: list[tuple[QRectF, str, str]] = []
        self._computed: ComputedCard | None = None
        self.unfolded = False
        self.current = 0
        self.status = ""
        self.angle = 0
        self.share = 0.0
        self.message = message
        self.set_message(message)

    def set_message(self, message: Message) -> None:
        self.message = message
        self.document.show_answer(message.text, message.citations)
        found = message.computed
        self._computed = ComputedCard(self._theme, found, self._words) if found else None
        self.stale()

    def fold(self) -> None:
        """Show or hide how a result was computed."""
        self.unfolded = not self.unfolded
        self.stale()

    @property
    def _finished(self) -> bool:
        return self.message.state != AnswerState.WRITING

    def _shown_sources(self) -> list[Source]:
        """Those that support something; of an abstention the nearest ones."""
        passages = [each for each in self.message.sources if not each.segment.is_computed]
        if self.message.state == AnswerState.ABSTAINED:
            return passages[:2]
        cited = {each.number for each in self.message.citations if each.supported}
        return [each for each in passages if each.number in cited][:4]

    def _measure(self, width: float) -> float:
        self.document.setTextWidth(width)
        y = self.document.size().height() if self.message.text else 0.0
        self._cards, self._actions = [], []
        if self._line():
            y += 26
        if self._finished:
            if self._computed:
                y += self._computed.lay_out(y + 4, width, unfolded=self.unfolded) + _CARD_GAP
            y = self._place_cards(width, y + 4)
            for place, (act, icon) in enumerate(_ACTIONS):
                area = QRectF(place * (_ACTION + 4) - 6, y, _ACTION, _ACTION)
                self._actions.append((area, act, icon))
            y += _ACTION
        return y + _GAP

    def _place_cards(self, width: float, y: float) -> float:
        sources = self._shown_sources()
        wide = (width - _CARD_GAP) / 2
        for place, source in enumerate(sources):
            x = (place % 2) * (wide + _CARD_GAP)
            top = y + (place // 2) * (_CARD_HEIGHT + _CARD_GAP)
            self._cards.append((QRectF(x, top, wide, _CARD_HEIGHT), source))
        rows = (len(sources) + 1) // 2
        return y + rows * (_CARD_HEIGHT + _CARD_GAP) + 2

    def _line(self) -> str:
        """A sentence below the text: what is being done, or how it ended."""
        return self.status if not self._finished else self._words.state(self.message)

    def paint(self, painter: QPainter, hovered: Hit | None) -> None:
        self._draw_text(painter)
        below = self.document.size().height() if self.message.text else 0.0
        if line := self._line():
            self._draw_line(painter, line, below)
        if self._computed and self._finished:
            self._computed.paint(painter, hovered=hovered == Hit("fold"))
        for area, source in self._cards:
            self._draw_card(painter, area, source, hovered)
        for area, act, icon in self._actions:
            if hovered == Hit(act):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(self._theme.colors.bubble))
                painter.drawRoundedRect(area, 8, 8)
            spot = area.center() - QPointF(8, 8)
            self._theme.icon(icon, "muted", 16).paint(painter, int(spot.x()), int(spot.y()), 16, 16)
        if self._finished and self.message.timings:
            painter.setPen(QColor(self._theme.colors.muted))
            painter.setFont(font(SMALL_PIXELS))
            row = QRectF(80, self._actions[0][0].top(), self._width - 80, _ACTION)
            timing = painter.fontMetrics().elidedText(
                self._words.timing(self.message), Qt.TextElideMode.ElideLeft, int(row.width())
            )
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(row, right, timing)

    def _draw_line(self, painter: QPainter, line: str, y: float) -> None:
        left = 0.0
        if not self._finished:
            left = 20.0
            painter.setPen(QPen(QColor(self._theme.colors.accent), 1.75))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawArc(QRectF(1, y + 6, 13, 13), -self.angle * 16, 270 * 16)
            if 0 < self.share < 1:
                line = f"{self.share:.0%} · {line}"
        failed = self.message.state == AnswerState.FAILED
        painter.setPen(QColor(self._theme.colors.danger if failed else self._theme.colors.muted))
        painter.setFont(font())
        row = QRectF(left, y, self._width - left, 24)
        text = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, int(row.width()))
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, text)

    def _draw_card(
        self, painter: QPainter, area: QRectF, source: Source, hovered: Hit | None
    ) -> None:
        colors = self._theme.colors
        chosen = self.current == source.number
        over = hovered == Hit("card", source.number)
        painter.setBrush(QColor(colors.background if over else colors.raised))
        painter.setPen(QPen(QColor(colors.gold if chosen else colors.line), 1))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        inner = area.adjusted(12, 8, -12, -8)
        name = font(13, 600)
        painter.setFont(name)
        painter.setPen(QColor(colors.text))
        title = QFontMetricsF(name).elidedText(
            f"{source.number} · {source.segment.name}",
            Qt.TextElideMode.ElideMiddle,
            inner.width(),
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop, title)
        painter.setFont(font(SMALL_PIXELS))
        painter.setPen(QColor(colors.muted))
        place = painter.fontMetrics().elidedText(
            self._words.place(source, self._first_citation(source.number)),
            Qt.TextElideMode.ElideRight,
            int(inner.width()),
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom, place)

    def hit(self, point: QPointF) -> Hit | None:
        if self._computed and self._finished and self._computed.folds_at(point):
            return Hit("fold")
        for area, source in self._cards:
            if area.contains(point):
                return Hit("card", source.number)
        for area, act, _ in self._actions:
            if area.contains(point):
                return Hit(act)
        anchor = self.document.documentLayout().anchorAt(point - self._origin)
        if anchor.startswith("cite:"):
            return Hit("cite", int(anchor.removeprefix("cite:")))
        return None

    def _first_citation(self, number: int) -> Citation | None:
        supported = (each for each in self.message.citations if each.supported)
        return next((each for each in supported if each.number == number), None)

    def explain(self, hit: Hit) -> str:
        """What hovering over a chip says: the supporting sentence, or why there is none."""
        for citation in self.message.citations:
            if hit.act == "cite" and citation.number == hit.number:
                return citation.quote if citation.supported else self._words.reason(citation)
        return ""


def entry_of(message: Message, theme: Theme, words: Words) -> Entry:
    if message.speaker == Speaker.USER:
        return QuestionEntry(theme, message.text)
    return AnswerEntry(theme, message, words)
