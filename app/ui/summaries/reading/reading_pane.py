"""One summary: what it says, where that comes from, and what can be done with it."""

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QMargins, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.memory.summaries import Digest, Point, PointKind, Summary, SummaryState
from app.ui.language import filled
from app.ui.summaries.reading.lines import Card, TextButton, bullet, chip, line, plain, sign
from app.ui.summaries.words import SummaryWords, is_begun
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, button, label, show_if
from app.ui.widgets.layouts import TOP, aligned, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.scroll import Scroll

#: Below this width cards stand under each other.
_WIDE_CARDS, _WIDEST = 560, 920
_MARGINS, _GAP = QMargins(40, 26, 40, 24), 12


class ReadingPane(Retranslating, Scroll):
    """`turn_wanted` gives a point, `passage_wanted` too; `asked` an open question; `wanted` the
    conversation that is to be summarised now; `more` a place on the screen. The others are acts on
    what is shown."""

    continued, turn_wanted, passage_wanted = Signal(), Signal(object), Signal(object)
    asked, wanted, edited, pinned = Signal(str), Signal(str), Signal(), Signal(bool)
    remembered, more = Signal(bool), Signal(QPoint)

    def __init__(self, words: SummaryWords, theme: Theme) -> None:
        super().__init__(_MARGINS, 16)
        self._words, self._theme = words, theme
        self.summary = Summary("", "", 0.0, 0.0, Digest())
        self._cards = QWidget()
        self._pair: QBoxLayout | None = None
        self._numbers: dict[tuple[int, int], int] = {}
        self._build()
        theme.changed.connect(self._draw)

    # -- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        body = QWidget()
        body.setMaximumWidth(_WIDEST)
        self._body = QVBoxLayout(body)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(16)
        self._body.addLayout(self._headline())
        self._body.addWidget(self._notice())
        self._body.addWidget(self._cards)
        self._body.addLayout(self._documents())
        self._body.addLayout(self._memory())
        self.column.addWidget(body)
        self.column.addStretch(1)

    def _headline(self) -> QBoxLayout:
        self.facts, self.title = label("muted", wrap=True), label("title", wrap=True)
        self.pin = IconButton(self._theme, "pin", self._pin)
        self.pin.setCheckable(True)
        self.edit = button("", self.edited.emit)
        self.go_on = button("primary", self.continued.emit)
        self.menu = IconButton(self._theme, "ellipsis", self._more)
        for sign_only in (self.pin, self.menu):
            sign_only.setProperty("kind", "framed")
        self._acts = QHBoxLayout()
        self._acts.setSpacing(6)
        for part in (self.pin, self.edit, self.go_on, self.menu):
            self._acts.addWidget(part)
        self._acts.addStretch()
        texts = in_column(self.facts, self.title, spacing=6)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(_GAP)
        self._head.addLayout(texts)
        self._head.addLayout(self._acts)
        return self._head

    def _notice(self) -> QFrame:
        """Why it is not whole, and the way to make it so."""
        self.notice = QFrame()
        self.trouble = label(wrap=True)
        self.write = button("", self._write)
        in_row(wide(self.trouble), self.write, on=self.notice, margins=(18, 12, 14, 12), spacing=14)
        return self.notice

    def _documents(self) -> QHBoxLayout:
        self._file, self.documents = label(), label("muted", wrap=True)
        return _signed(self._file, self.documents)

    def _memory(self) -> QHBoxLayout:
        self._brain, self.memory = label(), label("muted", wrap=True)
        self.switch = button("small", self._switch)
        row = _signed(self._brain, self.memory)
        row.setStretch(1, 1000)
        row.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """The buttons stand beside the title where both have room on one line."""
        room = min(self.viewport().width() - _MARGINS.left() - _MARGINS.right(), _WIDEST)
        beside, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        title = self.title.fontMetrics().horizontalAdvance(self.title.text())
        wide = title + _GAP + self._acts.sizeHint().width() <= room
        self._head.setDirection(beside if wide else under)
        self._head.setStretch(0, int(wide))
        if self._pair:
            self._pair.setDirection(beside if room >= _WIDE_CARDS else under)

    # -- what is shown ----------------------------------------------------------------------------

    def show_summary(self, summary: Summary) -> None:
        """Nothing moves where it is shown already."""
        self.write.setEnabled(True)
        if summary != self.summary:
            if summary.id != self.summary.id:
                self.verticalScrollBar().setValue(0)
            self.summary = summary
            self._draw()

    def _draw(self) -> None:
        self._say()
        self._say_notice()
        self._say_memory()
        digest, cards = self.summary.digest, self._drawn()
        self._body.replaceWidget(self._cards, cards)
        self._cards.deleteLater()
        self._cards = cards
        cards.setVisible(bool(digest.points or digest.questions))
        stops = [self.write, *cards.findChildren(QAbstractButton), self.switch]
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)
        self._lay_out()

    def _drawn(self) -> QWidget:
        """All cards, decisions and questions beside each other where there is room."""
        points, of_kind = self.summary.digest.points, self.summary.of_kind
        cited = [
            (point.message, point.source) for point in points if point.message and point.source
        ]
        self._numbers = {fromkey: at for at, fromkey in enumerate(dict.fromkeys(cited), start=1)}
        cards, self._pair = QWidget(), QBoxLayout(QBoxLayout.Direction.LeftToRight)
        column = in_column(on=cards, margins=0)
        for layout in (column, self._pair):
            layout.setSpacing(14)
        for kind, heading in (
            (PointKind.KEY, self.tr("Main points")),
            (PointKind.FACT, self.tr("From documents")),
        ):
            if said := of_kind(kind):
                column.addWidget(self._points(heading, said))
        if decided := of_kind(PointKind.DECISION):
            self._pair.addWidget(self._points(self.tr("Decided"), decided), 1)
        if self.summary.digest.questions:
            self._pair.addWidget(self._questions(), 1)
        column.addLayout(self._pair)
        return cards

    def _say(self) -> None:
        summary, begun = self.summary, is_begun(self.summary)
        self.facts.setText(self._words.head(summary))
        self.title.setText(summary.title)
        self.setAccessibleName(summary.title)
        self.pin.setChecked(summary.pinned)
        self.pin.say(self.tr("Unpin") if summary.pinned else self.tr("Pin"))
        self.edit.setText(self.tr("Edit"))
        self.edit.setIcon(self._theme.icon("pencil", "muted", 16))
        self.go_on.setText(self.tr("Continue the conversation"))
        self.go_on.setIcon(self._theme.icon("message-square", "on_accent", 16))
        self.menu.say(self.tr("More: merge, export, delete"))
        show_if(begun, self.pin, self.edit, self.menu)
        names = filled(self.tr("Rests on: %1"), ", ".join(summary.documents))
        self.documents.setText(names)
        self._file.setPixmap(self._theme.icon("file-text", "muted", 16).pixmap(16, 16))
        show_if(bool(summary.documents), self._file, self.documents)

    def _say_notice(self) -> None:
        summary = self.summary
        failed = summary.state == SummaryState.FAILED
        self.notice.setVisible(summary.state != SummaryState.WRITTEN)
        self.notice.setObjectName("problem" if failed else "hollow")
        self.notice.style().polish(self.notice)
        if failed:
            sentence = self._words.trouble(summary)
            self.trouble.setText(f"{sentence.what} {sentence.hint}".strip())
        elif is_begun(summary):
            self.trouble.setText(
                self.tr(
                    "The conversation went on. What was said since is added when the model has "
                    "nothing else to do."
                )
            )
        else:
            self.trouble.setText(
                self.tr("This summary is written when the model has nothing else to do.")
            )
        self.write.setText(self.tr("Try again") if failed else self.tr("Write now"))

    def _say_memory(self) -> None:
        summary, begun = self.summary, is_begun(self.summary)
        told = (
            self.tr("Used as context of new conversations (%1)")
            if summary.remembered
            else self.tr("Not used as context of new conversations (%1)")
        )
        self.memory.setText(filled(told, self._words.memory(summary)))
        metrics = self.memory.fontMetrics()
        self.memory.setMaximumWidth(metrics.horizontalAdvance(self.memory.text()) + 2)
        self.switch.setText(self.tr("switch off") if summary.remembered else self.tr("switch on"))
        self.switch.setAccessibleName(f"{self.memory.text()}: {self.switch.text()}")
        color = "accent" if summary.remembered else "muted"
        self._brain.setPixmap(self._theme.icon("brain", color, 16).pixmap(16, 16))
        show_if(begun, self._brain, self.memory, self.switch)

    def _points(self, heading: str, points: tuple[Point, ...]) -> Card:
        card = Card(heading)
        for point in points:
            decided = point.kind == PointKind.DECISION
            mark = sign(self._theme, "check", "accent") if decided else bullet()
            card.add(line(mark, self._text(point), *self._chips(point)))
        card.end()
        return card

    def _text(self, point: Point) -> QWidget:
        if point.own:
            return plain(point.text)
        made = TextButton(self._theme, point.text, partial(self.turn_wanted.emit, point))
        made.setToolTip(self.tr("Show where it was said"))
        return made

    def _chips(self, point: Point) -> list[QWidget]:
        number = self._numbers.get((point.message or 0, point.source or 0))
        if number is None:
            return []
        wanted = partial(self.passage_wanted.emit, point)
        return [chip(number, self.tr("Show the passage"), wanted)]

    def _questions(self) -> Card:
        card = Card(self.tr("Open questions"))
        for question in self.summary.digest.questions:
            ask = button("small", partial(self.asked.emit, question), self.tr("ask"))
            ask.setToolTip(self.tr("Ask it in a new conversation"))
            ask.setAccessibleName(filled(self.tr("Ask: %1"), question))
            mark = sign(self._theme, "circle-question-mark", "gold")
            card.add(line(mark, plain(question), ask))
        card.end()
        return card

    # -- acts -------------------------------------------------------------------------------------

    def _pin(self) -> None:
        self.pinned.emit(not self.summary.pinned)

    def _more(self) -> None:
        self.more.emit(self.menu.mapToGlobal(self.menu.rect().bottomLeft()))

    def _switch(self) -> None:
        self.remembered.emit(not self.summary.remembered)

    def _write(self) -> None:
        self.write.setEnabled(False)
        self.wanted.emit(self.summary.conversation)


def _signed(mark: QWidget, text: QWidget) -> QHBoxLayout:
    return in_row(aligned(mark, TOP), wide(text), spacing=8)
