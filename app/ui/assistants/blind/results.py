"""What was preferred so far, pair by pair, and forgetting it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QWidget

from app.domain.exams.blind import Tally
from app.ui.assistants.blind.words import BlindWords
from app.ui.dialogs.dialog import Dialog

_WIDTH, _LIST = 620, 240


class ResultsDialog(Dialog):
    """`forgotten` when all is to be counted anew."""

    forgotten = Signal()

    def __init__(self, parent: QWidget, words: BlindWords, tallies: Sequence[Tally]) -> None:
        super().__init__(
            parent,
            "",
            self.tr("What you preferred without knowing who answered. Only you see it."),
            width=_WIDTH,
        )
        title = self.tr("Results of blind comparisons")
        self.title.setText(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.list = QListWidget()
        self.list.setProperty("kind", "lines")
        self.list.setWordWrap(True)
        self.list.setFixedHeight(_LIST)
        self.list.setAccessibleName(title)
        for each in reversed(tallies):
            self.list.addItem(f"{words.pair(each)}\n{words.counts(each)}")
        if not tallies:
            self.list.addItem(self.tr("Nothing was compared yet."))
        self.hold(self.list)
        self.forget = self.act(self.tr("Forget all"), self._forget, "final")
        self.forget.setEnabled(bool(tallies))
        self.usual(self.act(self.tr("Close"), self.reject))

    def _forget(self) -> None:
        self.forgotten.emit()
        self.accept()
