"""The list of summaries: grouped by time, pinned ones first, with how far each one is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QStyleOptionViewItem

from app.domain.memory.summaries import Summary, SummaryState
from app.ui.chat.history.conversations import ConversationDelegate, day
from app.ui.summaries.words import SummaryWords
from app.ui.widgets.rows import HeldRows, Index

translate = QCoreApplication.translate
_SIGNS = {
    SummaryState.PENDING: ("loader-circle", "muted"),
    SummaryState.FAILED: ("triangle-alert", "danger"),
}
_HEAD, _LINE = QSize(100, 34), QSize(100, 56)


@dataclass(frozen=True, slots=True)
class _Row:
    title: str
    preview: str
    sign: tuple[str, str] | None


def grouped(summaries: Sequence[Summary]) -> list[Summary | str]:
    """Those that are pinned before the others, with the names of the groups between them; from any
    thread, as so many take a while. The newest are given first."""
    rows: list[Summary | str] = []
    pinned, group = translate("Conversations", "Pinned"), ""
    for each in sorted(summaries, key=lambda summary: not summary.pinned):
        if (named := pinned if each.pinned else day(each.created)) != group:
            group = named
            rows.append(group)
        rows.append(each)
    return rows


class TimelineModel(HeldRows[Summary | str]):
    """Rows are summaries and, before the first of a group, the group's name."""

    def __init__(self, words: SummaryWords) -> None:
        super().__init__()
        self._words = words
        self._places: dict[str, int] = {}

    def show(self, rows: Sequence[Summary | str]) -> None:
        """What `grouped` gave."""
        self._places = {row.id: at for at, row in enumerate(rows) if isinstance(row, Summary)}
        self.hold(rows)

    def summary(self, index: Index) -> Summary | None:
        row = self.rows[index.row()] if index.isValid() else ""
        return row if isinstance(row, Summary) else None

    def row_of(self, summary: str) -> int:
        """−1 for one that is not shown."""
        return self._places.get(summary, -1)

    def nearest(self, row: int) -> int:
        """The row of a summary at or beside a row; −1 for an empty list."""
        places = self._places.values()
        return min(places, key=lambda at: (abs(at - row), at), default=-1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if isinstance(row, str):
            shown = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.UserRole}
            return row if role in shown else None
        if role == Qt.ItemDataRole.UserRole:
            sign = ("pin", "muted") if row.pinned else None
            return _Row(row.title, self._words.line(row), _SIGNS.get(row.state, sign))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {self._words.line(row)}"
        named = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}
        return row.title if role in named else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.summary(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class TimelineDelegate(ConversationDelegate):
    """`alike`: heads are as high as other rows, so that a long list need not ask each for its
    size (ten thousand take 0.1 s)."""

    alike = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        head = index.flags() == Qt.ItemFlag.NoItemFlags
        return _HEAD if head and not self.alike else _LINE

    def _sign(self, row: Any) -> tuple[str, str] | None:
        return row.sign if isinstance(row, _Row) else None
