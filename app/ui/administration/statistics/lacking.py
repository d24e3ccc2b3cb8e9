"""What the library lacks: questions without an answer, those together that mean about the same."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.statistics import Gap
from app.ui.language import filled
from app.ui.widgets.controls import button, forbid_if, label, let_go, say_or_hide
from app.ui.widgets.layouts import CENTRE, TOP, aligned, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

#: Groups that are shown, and of each how many other wordings.
_SHOWN, _WORDINGS = 8, 2
#: Pixels of how often, so that the questions stand in line.
_COUNT = 76


class LackingCard(Retranslating, QWidget):
    """`asked` gives a question."""

    asked, adding = Signal(str), Signal()

    def __init__(self) -> None:
        super().__init__()
        self._gaps: Sequence[Gap] = ()
        self._looking, self._problem, self._reason = False, "", ""
        self._title, self._about = label("strong", wrap=True), label("small", wrap=True)
        self.add = button("", self.adding.emit)
        self.rows: list[QWidget] = []
        self.again: list[QPushButton] = []
        self._column = in_column(spacing=10)
        head = in_row(wide(self._title), self.add, spacing=8)
        in_column(head, self._about, self._column, on=self, margins=0, spacing=6)
        self._retranslate()

    def forbid_adding(self, reason: str) -> None:
        """Why this role adds no documents; "" where it may."""
        self._reason = reason
        self._retranslate()

    def look(self) -> None:
        """Questions are being put together."""
        self._looking, self._problem, self._gaps = True, "", ()
        self._retranslate()

    def fail(self, problem: str) -> None:
        """They could not be put together, and why."""
        self._looking, self._problem = False, problem
        self._retranslate()

    @property
    def is_looking(self) -> bool:
        return self._looking

    def show_gaps(self, gaps: Sequence[Gap]) -> None:
        self._looking, self._gaps = False, gaps
        self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("What the library lacks"))
        self.add.setText(self.tr("Add documents…"))
        self.add.setToolTip(self.tr("Add documents that answer these questions"))
        forbid_if(self._reason, self.add)
        say_or_hide(self._about, self._told())
        for row in self.rows:
            let_go(row)
        self.rows, self.again = [], []
        for gap in self._gaps[:_SHOWN]:
            self._column.addWidget(self._row(gap))

    def _told(self) -> str:
        if self._problem:
            return self._problem
        if self._looking:
            return self.tr("Questions are being put together by their meaning…")
        if not self._gaps:
            return self.tr("Every question of this period found an answer.")
        if (more := len(self._gaps) - _SHOWN) > 0:
            return self.tr("%n more subject(s) stand in an export.", "", more)
        return self.tr("Questions that the documents did not answer, by their meaning.")

    def _row(self, gap: Gap) -> QWidget:
        first, row = gap.questions[0], QWidget()
        wordings = list(dict.fromkeys(each.text for each in gap.questions[1:]))
        beside = [each for each in wordings if each.casefold() != first.text.casefold()]
        texts = [label("", first.text, wrap=True)]
        texts += [
            label("small", filled(self.tr("“%1”"), each), wrap=True) for each in beside[:_WORDINGS]
        ]
        again = button("small", partial(self.asked.emit, first.text), self.tr("Ask again"))
        again.setAccessibleName(f"{self.tr('Ask again')}: {first.text}")
        count = label("count", self.tr("%n time(s)", "", len(gap.questions)))
        count.setMinimumWidth(_COUNT)
        count.setAlignment(CENTRE)
        in_row(
            aligned(count, TOP), wide(in_column(*texts, spacing=2)), aligned(again, TOP), on=row,
            margins=0, spacing=10,
        )  # fmt: skip
        self.rows.append(row)
        self.again.append(again)
        return row
