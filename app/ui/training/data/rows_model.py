"""The examples as a table: plain values, filtered and searched, drawn by one delegate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.domain.training.rows import Row, RowOrigin, RowWarning
from app.ui.theme import SMALL_PIXELS, TEXT_PIXELS, font
from app.ui.training.words import TrainingWords
from app.ui.widgets.rows import HeadedTable, ThemedDelegate

Index = QModelIndex | QPersistentModelIndex
QUESTION, ANSWER, SOURCE, LENGTH, LOOK = range(5)
#: What a cell shows is one line: the rest of a long text is not laid out.
_SHOWN = 200


class RowGroup(StrEnum):
    """What the table can be narrowed to."""

    ALL = "all"
    WARNED = "warned"
    DROPPED = "dropped"
    DOCUMENTS = "documents"
    CHATS = "chats"
    IMPORTED = "imported"
    UNANSWERED = "unanswered"


_ORIGINS = {
    RowGroup.DOCUMENTS: RowOrigin.DOCUMENTS,
    RowGroup.CHATS: RowOrigin.CHATS,
    RowGroup.IMPORTED: RowOrigin.IMPORTED,
}
Warnings = Mapping[int, frozenset[RowWarning]]


@dataclass(frozen=True)
class _Counts:
    used: int = 0
    unanswered: int = 0
    look: int = 0
    near: int = 0
    aside: int = 0


class RowsModel(HeadedTable):
    """What is shown are those rows that fit the group and the search, in the order stored."""

    columns = 5

    def __init__(self, words: TrainingWords) -> None:
        super().__init__()
        self._words = words
        self._all: dict[int, Row] = {}
        self._warnings: Warnings = {}
        self._texts: dict[int, str] = {}
        self._shown: list[int] = []
        self._places: dict[int, int] = {}
        self._counts = _Counts()
        self._group, self._sought = RowGroup.ALL, list[str]()

    # -- what it holds ----------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[Row], warnings: Warnings) -> None:
        """These and no others; `warnings` by the rows' ids."""
        self._all = {row.id: row for row in rows}
        self._texts = {row.id: f"{row.question}\n{row.answer}".casefold() for row in rows}
        self._warnings = warnings
        self._count()
        self._anew()

    def set_group(self, group: RowGroup) -> None:
        self._group = group
        self._anew()

    def set_filter(self, text: str) -> None:
        """All words must be in the question or the answer."""
        self._sought = text.casefold().split()
        self._anew()

    def _anew(self) -> None:
        self.beginResetModel()
        self._shown = [key for key, row in self._all.items() if self._fits(row)]
        self._places = {key: place for place, key in enumerate(self._shown)}
        self.endResetModel()

    def _fits(self, row: Row) -> bool:
        if not self._in_group(row, self._group):
            return False
        if not self._sought:
            return True
        text = self._texts[row.id]
        return all(each in text for each in self._sought)

    def _in_group(self, row: Row, group: RowGroup) -> bool:
        if group is RowGroup.DROPPED:
            return not row.used
        if group is RowGroup.WARNED:
            return row.used and bool(self.warned(row))
        if group is RowGroup.UNANSWERED:
            return row.used and not row.answered
        return group is RowGroup.ALL or row.origin is _ORIGINS[group]

    # -- asked from outside -----------------------------------------------------------------------

    def place_of(self, row_id: int) -> int:
        """-1 when it is not shown."""
        return self._places.get(row_id, -1)

    def ids(self, first: int, last: int) -> list[int]:
        """Of the rows shown there, both ends among them."""
        return self._shown[first : last + 1]

    def rows_of(self, ids: Sequence[int]) -> list[Row]:
        return [self._all[identifier] for identifier in ids]

    def warned(self, row: Row) -> frozenset[RowWarning]:
        return self._warnings.get(row.id, frozenset())

    @property
    def total(self) -> int:
        """Rows, whatever is shown."""
        return len(self._all)

    def _count(self) -> None:
        """Once for all that is told of them: there may be ten thousand."""
        used = [row for row in self._all.values() if row.used]
        warned = [found for row in used if (found := self.warned(row))]
        self._counts = _Counts(
            used=len(used),
            unanswered=sum(not row.answered for row in used),
            look=sum(bool(each - {RowWarning.DUPLICATE}) for each in warned),
            near=sum(RowWarning.DUPLICATE in each for each in warned),
            aside=len(self._all) - len(used),
        )

    @property
    def counts(self) -> str:
        """ "412 examples · 68 without an answer in the documents · 9 to look at"."""
        count = self._counts
        parts = [self.tr("%n example(s)", "", count.used)]
        if count.unanswered:
            parts.append(self.tr("%n without an answer in the documents", "", count.unanswered))
        if count.look:
            parts.append(self.tr("%n to look at", "", count.look))
        if count.near:
            parts.append(self.tr("%n near-duplicate(s)", "", count.near))
        if count.aside:
            parts.append(self.tr("%n put aside", "", count.aside))
        return " · ".join(parts)

    # -- Qt's own ---------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def names(self) -> tuple[str, ...]:
        return (
            self.tr("Question"),
            self.tr("Answer"),
            self.tr("From"),
            self.tr("Words"),
            self.tr("To look at"),
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._all[self._shown[index.row()]]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in {QUESTION, ANSWER}:
            return self._text(row, index.column())
        return None

    def _text(self, row: Row, column: int) -> str:
        if column == QUESTION:
            return row.question[:_SHOWN]
        if column == ANSWER:
            return row.answer[:_SHOWN]
        if column == SOURCE:
            return self._words.origin(row.origin)
        return str(len(row.answer.split())) if column == LENGTH else self._told(row)

    def _told(self, row: Row) -> str:
        if not row.used:
            return self.tr("put aside")
        told = [self._words.warning(row_warning) for row_warning in sorted(self.warned(row))]
        if not row.answered:
            told.append(self.tr("no answer there"))
        return ", ".join(told)


class RowDelegate(ThemedDelegate):
    """Text on one line; what was put aside is muted and struck out, warnings are gold."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colors, area = self._theme.colors, QRectF(option.rect)
        row = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, colors.color("selection"))
        painter.setPen(colors.color("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        small = index.column() >= SOURCE
        written = font(SMALL_PIXELS if small else TEXT_PIXELS - 0.5)
        written.setStrikeOut(not row.used and index.column() == QUESTION)
        ink = "muted" if small or not row.used or index.column() == ANSWER else "text"
        if index.column() == LOOK and row.used and row.answered:
            ink = "gold"
        painter.setFont(written)
        painter.setPen(colors.color(ink))
        inner = area.adjusted(12, 0, -8, 0)
        text = str(index.data()).replace("\n", " ")
        mode, room = Qt.TextElideMode.ElideRight, int(inner.width())
        shown = QFontMetrics(written).elidedText(text, mode, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
