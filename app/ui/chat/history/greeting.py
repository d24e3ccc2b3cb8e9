"""What stands where nothing was asked yet: for a user who comes back, how it ended last time."""

from functools import partial

from PySide6.QtCore import QDateTime, QLocale, QMargins, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.events import SummariesChanged
from app.domain.memory.summaries import PointKind, Summary
from app.services.events import Events
from app.services.memory.summaries import Greeting, SummaryService
from app.ui.acts import Acts
from app.ui.language import Language, filled
from app.ui.widgets.controls import button, label, let_go
from app.ui.widgets.layouts import STRETCH, Placed, in_row, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.scroll import Scroll

#: Points, open questions and documents that are shown, and the width that reads well.
_POINTS, _QUESTIONS, _DOCUMENTS, _WIDTH = 3, 3, 3, 620


class Welcome(Retranslating, Scroll):
    """Loads what it tells on `reading`, anew when summaries change."""

    def __init__(
        self, summaries: SummaryService, events: Events, reading: Acts, language: Language
    ) -> None:
        super().__init__(QMargins(28, 20, 28, 20), 6)
        self._summaries, self._reading = summaries, reading
        self.card = GreetingCard(language)
        self._hello, self._help = label("title", wrap=True), label("muted", wrap=True)
        column = self.column
        column.addStretch()
        for part in (self._hello, self._help):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        column.addSpacing(16)
        row = in_row(Placed(stretch=1), wide(self.card, 8), Placed(stretch=1))
        column.addLayout(row)
        column.addStretch()
        events.subscribe(SummariesChanged, lambda _: self.reload())
        self._retranslate()
        self.reload()

    def _retranslate(self) -> None:
        self._hello.setText(self.tr("What would you like to know?"))
        self._help.setText(
            self.tr("Answers come from your documents, each with the passages that it rests on.")
        )

    def reload(self) -> None:
        self._reading.begin(self, lambda _: self._summaries.greeting(), self.card.show_greeting)


class GreetingCard(Retranslating, QFrame):
    """`asked` gives an open question, `continued` the conversation, `opened` the summary that is
    to be shown. Hidden while there is nothing to tell."""

    asked, continued, opened = Signal(str), Signal(str), Signal(str)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setMaximumWidth(_WIDTH)
        self._language = language
        self._greeting = Greeting(None, 0)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(8)
        self.hide()

    def show_greeting(self, greeting: Greeting) -> None:
        self._greeting = greeting
        self._draw()

    def _draw(self) -> None:
        while item := self._column.takeAt(0):
            if widget := item.widget():
                let_go(widget)
        summary, waiting = self._greeting.summary, self._greeting.waiting
        if summary:
            self._draw_summary(summary)
        if waiting:
            told = self.tr("%n conversation(s) will be summarised while nobody asks.", "", waiting)
            self._say("small", told)
        self.setVisible(bool(summary))

    def _draw_summary(self, summary: Summary) -> None:
        moment = QDateTime.fromSecsSinceEpoch(int(summary.created))
        date = QLocale(self._language.code).toString(moment, "d MMMM, HH:mm")
        self._say("small", filled(self.tr("Last time, %1"), date))
        self._say("strong", summary.title)
        decided = summary.of_kind(PointKind.DECISION)
        others = (*summary.of_kind(PointKind.KEY), *summary.of_kind(PointKind.FACT))
        for mark, points in (("✓ ", decided), ("• ", others)):
            room = _POINTS - (len(decided[:_POINTS]) if points is others else 0)
            for point in points[: max(room, 1)]:
                self._say("", mark + point.text)
        for question in summary.digest.questions[:_QUESTIONS]:
            chip = button("toggle", partial(self.asked.emit, question), question)
            chip.setAccessibleName(filled(self.tr("Ask: %1"), question))
            chip.setToolTip(question)
            self._column.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        if summary.documents:
            names = ", ".join(summary.documents[:_DOCUMENTS])
            self._say("small", filled(self.tr("Documents: %1"), names))
        self._column.addWidget(self._acts(summary))

    def _say(self, kind: str, text: str) -> None:
        line = label(kind, text, wrap=True)
        self._column.addWidget(line)

    def _acts(self, summary: Summary) -> QWidget:
        row = QWidget()
        go_on = button(
            "",
            partial(self.continued.emit, summary.conversation),
            self.tr("Continue the conversation"),
        )
        whole = button("quiet", partial(self.opened.emit, summary.id), self.tr("The whole summary"))
        in_row(go_on, whole, STRETCH, on=row, margins=(0, 4, 0, 0))
        return row
