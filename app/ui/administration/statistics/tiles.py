"""Figures with what they mean: large ones side by side, the rest in a line below."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.domain.statistics import Middle, Report, Served
from app.ui.language import Language, filled
from app.ui.widgets.controls import label
from app.ui.widgets.layouts import STRETCH, in_column
from app.ui.widgets.retranslating import Retranslating

#: Pixels that a tile needs, and between two.
_NARROWEST, _BETWEEN = 220, 10
_MILLION, _THOUSAND = 1_000_000, 10_000


class Tile(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.name, self.figure = label("section", wrap=True), label("large", wrap=True)
        self._means = label("small", wrap=True)
        in_column(
            self.name, self.figure, self._means, STRETCH, on=self, margins=(14, 12, 14, 12),
            spacing=2,
        )  # fmt: skip

    def say(self, name: str, figure: str, means: str) -> None:
        self.name.setText(name)
        self.figure.setText(figure)
        self._means.setText(means)
        self.setAccessibleName(f"{name}: {figure}")
        self.setAccessibleDescription(means)


class Tiles(Retranslating, QWidget):
    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._report: Report | None = None
        self.questions, self.answered, self.abstained = Tile(), Tile(), Tile()
        self.unsupported, self.first, self.judged = Tile(), Tile(), Tile()
        self._tiles = (
            self.questions, self.answered, self.abstained, self.unsupported, self.first,
            self.judged,
        )  # fmt: skip
        self.rest = label("small", wrap=True)
        self._grid, self._columns = QGridLayout(), 0
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_BETWEEN)
        in_column(self._grid, self.rest, on=self, margins=0, spacing=8)
        self._place(2)

    def show_report(self, report: Report) -> None:
        self._report = report
        self._retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitting = (event.size().width() + _BETWEEN) // (_NARROWEST + _BETWEEN)
        self._place(3 if fitting >= 3 else 2)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    # -- words ------------------------------------------------------------------------------------

    def _retranslate(self) -> None:
        if self._report is None:
            return
        served = self._report.served
        self.questions.say(
            self.tr("Questions"),
            self._count(served.questions),
            self.tr("Asking the same again counts again."),
        )
        self.answered.say(
            self.tr("Answered"),
            self._share(served.answered + served.quoted, served),
            self.tr("A passage confirms at least one sentence, or the documents were quoted."),
        )
        self.abstained.say(
            self.tr("Not in the documents"),
            self._share(served.abstained, served),
            self.tr("Larets said that the documents do not answer. See below what is lacking."),
        )
        self.unsupported.say(
            self.tr("Not confirmed"),
            self._share(served.unsupported, served),
            self.tr("An answer was written that no passage confirms, and was marked as that."),
        )
        self._say_times(self._report)
        self.judged.say(
            self.tr("Your thumbs"),
            filled(self.tr("%1 up, %2 down"), served.liked, served.disliked),
            self.tr("Of the answers that you judged."),
        )
        self.rest.setText(self._rest(self._report))

    def _say_times(self, report: Report) -> None:
        means = self.tr("In half of the answers; a quotation counts too.")
        if (first := report.first) is not None:
            means = filled(
                self.tr("In half of the answers; in 95 of 100 it took up to %1."),
                self._seconds(first.most),
            )
        self.first.say(self.tr("First useful word"), self._middle(first), means)

    def _rest(self, report: Report) -> str:
        served, whole = report.served, report.whole
        parts = [
            filled(self.tr("Stopped: %1"), served.stopped),
            filled(self.tr("failed: %1"), served.failed),
            filled(self.tr("quoted without a model: %1"), served.quoted),
            filled(self.tr("tokens read: %1, written: %2"), self._count(served.read_tokens),
                   self._count(served.written_tokens)),
        ]  # fmt: skip
        if whole is not None:
            text = self.tr("whole answer: %1, in 95 of 100 up to %2")
            parts.append(filled(text, self._seconds(whole.median), self._seconds(whole.most)))
        if report.untimed:
            text = self.tr("%n answer(s) have no time to the first word", "", report.untimed)
            parts.append(text)
        return " · ".join(parts)

    def _share(self, part: int, served: Served) -> str:
        share = round(100 * part / served.questions) if served.questions else 0
        return filled(self.tr("%1 · %2 %"), self._count(part), share)

    def _middle(self, middle: Middle | None) -> str:
        return "—" if middle is None else self._seconds(middle.median)

    def _seconds(self, milliseconds: float) -> str:
        return filled(self.tr("%1 s"), self._language.number(milliseconds / 1000))

    def _count(self, value: int) -> str:
        if value >= _MILLION:
            return filled(self.tr("%1 million"), self._language.number(value / _MILLION))
        if value >= _THOUSAND:
            return filled(self.tr("%1 thousand"), self._language.number(value / 1000, 0))
        return str(value)
