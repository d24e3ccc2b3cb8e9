"""Of which days, assistant and collection figures are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.domain.chat.assistants import Assistant
from app.domain.library.documents import Collection
from app.ui.settings.setting import Choice
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

#: Days that are looked at, 0 for all.
DAYS = (7, 30, 90, 0)
_USUAL = 30


@dataclass(frozen=True)
class Chosen:
    """None leaves it open; an `assistant` of "" is none in particular."""

    since: date | None
    assistant: str | None
    collection: str | None


class PeriodChoice(Retranslating, QWidget):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.days, self.of = Choice(DAYS), _USUAL
        self.days.show_chosen(self.of)
        self.days.chosen.connect(self.choose)
        self.assistant, self.collection = QComboBox(), QComboBox()
        self._assistants: Sequence[Assistant] = ()
        self._collections: Sequence[Collection] = ()
        for field in (self.assistant, self.collection):
            field.setSizeAdjustPolicy(field.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setMinimumContentsLength(12)
            field.activated.connect(lambda _: self.changed.emit())
        row = in_row(wide(self.assistant), wide(self.collection), spacing=8)
        in_column(self.days, row, on=self, margins=0, spacing=8)
        self._retranslate()

    @property
    def chosen(self) -> Chosen:
        today = datetime.now().astimezone().date()
        since = today - timedelta(days=self.of - 1) if self.of else None
        return Chosen(since, self.assistant.currentData(), self.collection.currentData())

    def choose(self, days: int) -> None:
        """So many days up to today, 0 for all."""
        self.of = days
        self.days.show_chosen(days)
        self.changed.emit()

    def show_names(
        self, assistants: Sequence[Assistant], collections: Sequence[Collection]
    ) -> None:
        """Whom and what one can choose; what was chosen stays, where it is still there."""
        self._assistants, self._collections = assistants, collections
        self._fill()

    def _retranslate(self) -> None:
        names = (self.tr("7 days"), self.tr("30 days"), self.tr("90 days"), self.tr("All time"))
        self.days.say(names, self.tr("Period"))
        for field, name in (
            (self.assistant, self.tr("Assistant")),
            (self.collection, self.tr("Cited collection")),
        ):
            field.setAccessibleName(name)
            field.setToolTip(name)
        self._fill()

    def _fill(self) -> None:
        people = [(each.name, each.id) for each in self._assistants]
        whom = [(self.tr("All assistants"), None), (self.tr("No assistant"), ""), *people]
        _offer(self.assistant, whom)
        shelves = [(each.name, each.id) for each in self._collections]
        _offer(self.collection, [(self.tr("All collections"), None), *shelves])


def _offer(field: QComboBox, lines: Sequence[tuple[str, str | None]]) -> None:
    before = field.currentData()
    field.clear()
    for name, value in lines:
        field.addItem(name, value)
    field.setCurrentIndex(next((at for at, (_, value) in enumerate(lines) if value == before), 0))
