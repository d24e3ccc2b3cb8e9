"""The list of summaries: grouped by time, pinned ones first, with how far each one is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, Qt

from app.domain.summaries import Summary, SummaryState
from app.ui.chat.conversations import ConversationDelegate, Index, day
from app.ui.summaries.words import SummaryWords

translate = QCoreApplication.translate
_SIGNS = {
    SummaryState.PENDING: ("loader-circle", "muted"),
    SummaryState.FAILED: ("triangle-alert", "danger"),
}


@dataclass(frozen=True, slots=True)
class _Row:
    title: str
    preview: str
    sign: tuple[str, str] | None


class TimelineModel(QAbstractListModel):
    """Rows are summaries and, before the first of a group, the group's name."""

    def __init__(self, words: SummaryWords) -> None:
        super().__init__()
        self._words = words
        self._rows: list[Summary | str] = []

    def show(self, summaries: Sequence[Summary]) -> None:
        """The newest first."""
        self.beginResetModel()
        self._rows = []
        group = ""
        for each in sorted(summaries, key=lambda each: not each.pinned):
            pinned = translate("Conversations", "Pinned")
            if (named := pinned if each.pinned else day(each.created)) != group:
                group = named
                self._rows.append(group)
            self._rows.append(each)
        self.endResetModel()

    def summary(self, index: Index) -> Summary | None:
        row = self._rows[index.row()] if index.isValid() else ""
        return row if isinstance(row, Summary) else None

    def row_of(self, summary: str) -> int:
        """−1 for one that is not shown."""
        rows = enumerate(self._rows)
        own = (at for at, row in rows if isinstance(row, Summary) and row.id == summary)
        return next(own, -1)

    def nearest(self, row: int) -> int:
        """The row of a summary at or beside a row; −1 for an empty list."""
        found = [at for at, each in enumerate(self._rows) if isinstance(each, Summary)]
        return min(found, key=lambda at: (abs(at - row), at), default=-1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
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
    def _sign(self, row: Any) -> tuple[str, str] | None:
        return row.sign if isinstance(row, _Row) else None
