"""An answer: its text with chips, cards of the cited sources, acts and timing."""

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.domain.chat.conversation import (
    AnswerState,
    Citation,
    Feedback,
    Message,
    QuestionKind,
    Source,
)
from app.ui.chat.transcript.cards.card import NoticeCard, QuotationCard, TextButtons
from app.ui.chat.transcript.cards.computed_card import ComputedCard, ComputedWords
from app.ui.chat.transcript.entry import (
    ACTION,
    GAP,
    Actions,
    BranchPosition,
    HitTest,
    Spot,
    TextEntry,
)
from app.ui.theme import SMALL_PIXELS, Theme, font

_CARD_HEIGHT, _CARD_GAP = 58, 8


def is_unfinished(message: Message) -> bool:
    """Whether an answer can be written on."""
    return message.state in {AnswerState.STOPPED, AnswerState.CUT}


class EntryWords(ComputedWords, Protocol):
    """Sentences for entries, in the interface's language."""

    def place(self, source: Source, cited: Citation | None = None) -> str: ...

    def timing(self, message: Message) -> tuple[str, ...]: ...

    def state(self, message: Message) -> str: ...

    def doubt(self, message: Message) -> tuple[str, str]: ...

    def plan(self, message: Message) -> str: ...

    def looked_at(self, message: Message) -> str: ...

    def quoted(self, message: Message) -> str: ...

    def reason(self, citation: Citation) -> str: ...

    def corrected(self) -> str: ...

    def act(self, act: str) -> str: ...


class AnswerEntry(TextEntry):
    """While it is written `status` says what is being done, and `share` how far that is, 0–1."""

    def __init__(
        self, theme: Theme, message: Message, place: BranchPosition, words: EntryWords
    ) -> None:
        super().__init__(theme, message, place)
        self._words = words
        self._cards: list[tuple[QRectF, Source]] = []
        self._acts = Actions(theme)
        self._computed: ComputedCard | None = None
        self._corrected = QRectF()
        self._quotation: QuotationCard | None = None
        self._notice: NoticeCard | None = None
        self._buttons = TextButtons(theme)
        self._plan, self._looked, self._text_top = QRectF(), QRectF(), 0.0
        self.unfolded = False
        self.current = 0
        self.status = ""
        self.angle = 0
        self.share = 0.0
        self.set_message(message)

    def set_message(self, message: Message) -> None:
        self.message = message
        self.document.show_answer(
            message.text, message.citations, writing=message.state == AnswerState.WRITING
        )
        self._notice = self._doubted()
        self._quotation = self._quoted()
        found = message.computed
        self._computed = ComputedCard(self._theme, found, self._words) if found else None
        self.stale()

    def _doubted(self) -> NoticeCard | None:
        """What is said at the head of an answer that no passage confirms."""
        title, text = self._words.doubt(self.message) if self._finished else ("", "")
        return NoticeCard(self._theme, title, text) if title else None

    def _quoted(self) -> QuotationCard | None:
        """The documents' own words, until the model's are there and confirmed."""
        message = self.message
        shown = not self._finished or self._notice is not None
        sources = {source.number: source for source in message.sources}
        found = message.quotation
        if not shown or found is None or found.number not in sources or self._abstained:
            return None
        source = sources[found.number]
        origin = f"{source.segment.name} · {self._words.place(source)}"
        return QuotationCard(
            self._theme, self._words.quoted(message), found.text, origin, found.number
        )

    @property
    def _abstained(self) -> bool:
        return self.message.state == AnswerState.ABSTAINED

    def fold(self) -> None:
        """Show or hide how a result was computed."""
        self.unfolded = not self.unfolded
        self.stale()

    @property
    def _finished(self) -> bool:
        return self.message.state != AnswerState.WRITING

    def _shown_sources(self) -> list[Source]:
        """Those that support something; of an abstention the nearest ones."""
        if self.message.state == AnswerState.ABSTAINED:
            return [source for source in self.message.sources if source.segment.is_passage][:2]
        cited = self.message.cited
        return [source for source in cited if source.segment.is_passage or source.segment.memory][
            :4
        ]

    def _measure(self, width: float) -> float:
        y = self._measure_head(width)
        self._text_top = y
        self._origin = QPointF(0, y)
        self.document.setTextWidth(width)
        y += self.document.size().height() if self.message.text else 0.0
        self._cards = []
        self._acts.clear()
        if self._line():
            y += 26
        y = self._buttons.place(y + 4, width, self._choices())
        if self._finished:
            if self._computed:
                y += self._computed.lay_out(y + 4, width, unfolded=self.unfolded) + _CARD_GAP
            y = self._place_cards(width, y + 4)
            if self.message.correction:
                self._corrected = QRectF(0, y, width, 22)
                y += 24
            self._looked = QRectF()
            if self._words.looked_at(self.message):
                self._looked = QRectF(0, y, width, 22)
                y += 24
            if self.message.id:
                self._acts.place(-6, y, self._offered(), self.place)
            y += ACTION
        return y + GAP

    def _measure_head(self, width: float) -> float:
        """How the question was understood, what is to be doubted, and the documents' own words."""
        y = 0.0
        self._plan = QRectF()
        if self._words.plan(self.message):
            self._plan = QRectF(0, y, width, 22)
            y += 26
        if self._notice:
            y += self._notice.lay_out(y, width) + _CARD_GAP
        if self._quotation:
            y += self._quotation.lay_out(y, width) + _CARD_GAP
        return y

    def _choices(self) -> list[tuple[str, str]]:
        """What the user may choose instead, as (act, label)."""
        message, chosen = self.message, []
        if not self._finished:
            if self._quotation and not message.text:
                chosen.append("enough")
        elif message.id:
            if self._abstained and message.sources:
                chosen.append("anyway")
            elif message.kind is not QuestionKind.LOOKUP:
                chosen.append("look-up")
            if not self._abstained and self._left_out(message):
                chosen.append("read-all")
        return [(act, self._words.act(act)) for act in chosen]

    @staticmethod
    def _left_out(message: Message) -> bool:
        looked = message.looked_at
        return looked is not None and looked.read < looked.of and not message.confirmed

    def _offered(self) -> list[tuple[str, str, bool]]:
        message = self.message
        shown = [
            ("up", "thumbs-up", message.feedback == Feedback.UP),
            ("down", "thumbs-down", message.feedback == Feedback.DOWN),
            ("copy", "copy", False),
            ("again", "refresh-cw", False),
        ]
        if is_unfinished(message):
            shown.append(("go-on", "play", False))
        return [*shown, ("quote", "quote", False), ("more", "ellipsis", False)]

    def can(self, act: str) -> bool:
        return not (self._acts.area(act).isEmpty() and self._buttons.area(act).isEmpty())

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

    def paint(self, painter: QPainter, hovered: HitTest | None, *, within: bool) -> None:
        if not self._plan.isEmpty():
            self._draw_small(painter, self._plan, self._words.plan(self.message))
        for card in (self._notice, self._quotation):
            if card:
                card.paint(painter)
        self._draw_text(painter)
        below = self._text_top + (self.document.size().height() if self.message.text else 0.0)
        if line := self._line():
            self._draw_line(painter, line, below)
        if self._computed and self._finished:
            self._computed.paint(painter, hovered=hovered == HitTest("fold"))
        for area, source in self._cards:
            self._draw_card(painter, area, source, hovered)
        self._buttons.paint(painter, hovered)
        if self._finished and self.message.correction:
            self._draw_small(painter, self._corrected, self._words.corrected())
        if self._finished and not self._looked.isEmpty():
            self._draw_small(painter, self._looked, self._words.looked_at(self.message))
        self._acts.paint(painter, hovered)
        if self._finished and self.message.timings and within:
            row = self._acts.area("more")
            left = self._acts.right + 8
            room = QRectF(left, row.top(), self._width - left, ACTION)
            self._draw_small(painter, room, self._timing(room.width()), right=True)

    def _timing(self, width: float) -> str:
        """As much of it as fits."""
        parts = self._words.timing(self.message)
        metrics = QFontMetricsF(font(SMALL_PIXELS))
        while len(parts) > 1 and metrics.horizontalAdvance(" · ".join(parts)) > width:
            parts = parts[1:]
        return " · ".join(parts)

    def _draw_small(
        self, painter: QPainter, area: QRectF, text: str, *, right: bool = False
    ) -> None:
        painter.setPen(QColor(self._theme.colors.muted))
        painter.setFont(font(SMALL_PIXELS))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        mode = Qt.TextElideMode.ElideLeft if right else Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(text, mode, int(area.width()))
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)

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
        self, painter: QPainter, area: QRectF, source: Source, hovered: HitTest | None
    ) -> None:
        colors = self._theme.colors
        chosen = self.current == source.number
        over = hovered == HitTest("card", source.number)
        painter.setBrush(QColor(colors.background if over else colors.raised))
        painter.setPen(QPen(QColor(colors.gold if chosen else colors.line), 1))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        inner = area.adjusted(12, 8, -12, -8)
        name = font(13, 600)
        painter.setFont(name)
        painter.setPen(QColor(colors.text))
        title = QFontMetricsF(name).elidedText(
            f"{source.number} · {source.segment.name}", Qt.TextElideMode.ElideMiddle, inner.width()
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

    def hit(self, point: QPointF) -> HitTest | None:
        if self._computed and self._finished and self._computed.folds_at(point):
            return HitTest("fold")
        for area, source in self._cards:
            if area.contains(point):
                return HitTest("card", source.number)
        if acted := self._buttons.hit(point) or self._acts.hit(point):
            return acted
        if self._quotation and (quoted := self._quotation.hit(point)):
            return quoted
        anchor = self.document.documentLayout().anchorAt(point - self._origin)
        if anchor.startswith("cite:"):
            number, citation = anchor.split(":")[1:]
            return HitTest("cite", int(number), int(citation))
        return None

    def spots(self) -> list[Spot]:
        """While it is written only what stays where it is."""
        found = [self._quotation.spot()] if self._quotation else []
        if not self._finished:
            return [*found, *self._buttons.spots()]
        for chip in self.document.chips():
            hit = HitTest("cite", chip.number, chip.citation)
            found.append(Spot(hit, chip.area.translated(self._origin)))
        found += self._buttons.spots()
        if self._computed:
            found.append(Spot(HitTest("fold"), self._computed.fold))
        found += [Spot(HitTest("card", source.number), area) for area, source in self._cards]
        return [*found, *self._acts.spots()]

    @property
    def shows_quotation(self) -> bool:
        return self._quotation is not None

    @property
    def computed_result(self) -> str:
        """What a table gave, as it is shown; "" without one."""
        return self._computed.result() if self._computed else ""

    def _first_citation(self, number: int) -> Citation | None:
        supported = (citation for citation in self.message.citations if citation.supported)
        return next((citation for citation in supported if citation.number == number), None)

    def explain(self, hit: HitTest) -> str:
        """What hovering over a chip says: the supporting sentence, or why there is none."""
        if hit.act != "cite" or hit.citation < 0:
            return ""
        citation = self.message.citations[hit.citation]
        return citation.quote if citation.supported else self._words.reason(citation)
