"""The table of documents: ten thousand rows as plain values, drawn by one delegate."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.library import AddProgress, Document, DocumentState
from app.services.wording import Wording
from app.ui.theme import Theme, font

Index = QModelIndex | QPersistentModelIndex
NAME, PAGES, STATE, ADDED, TAGS = range(5)
_ICONS = {
    "pdf": "file-text",
    "docx": "file-text",
    **dict.fromkeys(("csv", "tsv", "tab", "xlsx", "xlsm"), "table"),
}


class DocumentsModel(QAbstractTableModel):
    def __init__(self, wording: Callable[[], Wording]) -> None:
        super().__init__()
        self._wording = wording
        self._all: list[Document] = []
        self._rows: list[Document] = []
        self._filter = ""
        self._progress: AddProgress | None = None

    def set_documents(self, documents: list[Document]) -> None:
        self._all = documents
        self._rebuild()

    def set_filter(self, text: str) -> None:
        self._filter = text.casefold().strip()
        self._rebuild()

    def set_progress(self, progress: AddProgress | None) -> None:
        """Show the bar of the file at hand."""
        before, self._progress = self._progress, progress
        for each in (before, progress):
            if each and (row := self._row_of(each.document)) >= 0:
                index = self.index(row, STATE)
                self.dataChanged.emit(index, index)

    def document(self, index: Index) -> Document | None:
        return self._rows[index.row()] if index.isValid() else None

    def _row_of(self, document_id: str) -> int:
        return next((row for row, each in enumerate(self._rows) if each.id == document_id), -1)

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._rows = [each for each in self._all if self._filter in each.name.casefold()]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            translate = QCoreApplication.translate
            return (
                translate("Documents", "Name"),
                translate("Documents", "Pages"),
                translate("Documents", "State"),
                translate("Documents", "Added"),
                translate("Documents", "Tags"),
            )[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        document = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(document, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            if index.column() == TAGS:
                return ", ".join(document.tags)
            return document.path if index.column() == NAME else self.reason(document)
        if role == Qt.ItemDataRole.UserRole:
            current = self._progress
            working = current is not None and current.document == document.id
            return document, current if working else None
        return None

    def reason(self, document: Document) -> str:
        """Why it failed and what to do; empty when it did not."""
        if not document.error:
            return ""
        sentence = self._wording().of_code(document.error, dict(document.error_facts))
        return f"{sentence.what} {sentence.hint}"

    def _text(self, document: Document, column: int) -> str:
        if column == NAME:
            return document.name
        if column == PAGES:
            return str(document.pages) if document.pages else "—"
        if column == STATE:
            return state_name(document.state)
        return added_on(document.added) if column == ADDED else ", ".join(document.tags)


def state_name(state: DocumentState) -> str:
    translate = QCoreApplication.translate
    return {
        DocumentState.QUEUED: translate("Documents", "waiting"),
        DocumentState.PARSING: translate("Documents", "being read"),
        DocumentState.EMBEDDING: translate("Documents", "being indexed"),
        DocumentState.INDEXED: translate("Documents", "ready"),
        DocumentState.FAILED: translate("Documents", "failed"),
    }[state]


def added_on(moment: float) -> str:
    now = datetime.now().astimezone()
    when = datetime.fromtimestamp(moment, now.tzinfo)
    days = (now.date() - when.date()).days
    if days == 0:
        return QCoreApplication.translate("Documents", "today")
    if days == 1:
        return QCoreApplication.translate("Documents", "yesterday")
    return when.strftime("%d.%m.%Y")


class DocumentDelegate(QStyledItemDelegate):
    """An icon before the name; a dot or a thin bar for the state."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area = QRectF(option.rect)
        colors = self._theme.colors
        document, progress = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(colors.selection))
        painter.setPen(QColor(colors.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inner = area.adjusted(12, 0, -12, 0)
        if index.column() == NAME:
            self._icon(painter, inner, document)
            inner.setLeft(inner.left() + 28)
        elif index.column() == STATE:
            inner = self._state(painter, inner, document, progress)
        painter.setFont(font())
        muted = index.column() in {PAGES, ADDED, TAGS}
        painter.setPen(QColor(colors.muted if muted else colors.text))
        text = index.data() if progress is None or index.column() != STATE else ""
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideMiddle, int(inner.width())
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def _icon(self, painter: QPainter, area: QRectF, document: Document) -> None:
        icon = self._theme.icon(_ICONS.get(document.type, "file"), "muted", 18)
        icon.paint(painter, int(area.left()), int(area.center().y()) - 9, 18, 18)

    def _state(
        self, painter: QPainter, area: QRectF, document: Document, progress: AddProgress | None
    ) -> QRectF:
        """Draw the dot or the bar; what is left for the text."""
        colors = self._theme.colors
        painter.setPen(Qt.PenStyle.NoPen)
        if progress is not None:
            bar = QRectF(area.left(), area.center().y() - 2.5, area.width() - 44, 5)
            painter.setBrush(QColor(colors.line))
            painter.drawRoundedRect(bar, 2.5, 2.5)
            painter.setBrush(QColor(colors.accent))
            done = bar.adjusted(0, 0, -bar.width() * (1 - progress.fraction), 0)
            painter.drawRoundedRect(done, 2.5, 2.5)
            painter.setFont(font())
            painter.setPen(QColor(colors.text))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(area, right, f"{progress.fraction:.0%}")
            return area
        dot = {DocumentState.INDEXED: colors.accent, DocumentState.FAILED: colors.danger}
        painter.setBrush(QColor(dot.get(document.state, colors.muted)))
        painter.drawEllipse(QRectF(area.left(), area.center().y() - 3.5, 7, 7))
        return area.adjusted(14, 0, 0, 0)
