"""The table of documents: ten thousand rows as plain values, drawn by one delegate."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.domain.library.documents import AddProgress, Document, DocumentState
from app.services.wording import Wording
from app.ui.theme import font
from app.ui.widgets.rows import HeadedTable, ThemedDelegate

Index = QModelIndex | QPersistentModelIndex
NAME, PAGES, STATE, ADDED, TAGS = range(5)
#: Rows that come or go one by one; of more the view is told to look anew.
_MANY = 64
#: Type of a document → the icon before its name.
ICONS = {
    **dict.fromkeys(
        "pdf doc dot docx docm dotx dotm odt ott fodt rtf md markdown txt text log tex "
        "rst srt ics vcf".split(),
        "file-text",
    ),
    **dict.fromkeys("csv tsv tab xlsx xlsm xltx xltm xls xlt xlsb ods ots fods".split(), "table"),
    **dict.fromkeys(
        "ppt pps pot pptx pptm ppsx ppsm potx potm odp otp fodp".split(),
        "presentation",
    ),
    **dict.fromkeys("eml msg mbox".split(), "mail"),
    **dict.fromkeys("png jpg jpeg tif tiff bmp webp gif".split(), "image"),
    **dict.fromkeys("html htm xhtml mht mhtml".split(), "globe"),
    **dict.fromkeys("json jsonl ndjson yaml yml ini".split(), "file-code"),
    **dict.fromkeys("epub fb2".split(), "book-open"),
    **dict.fromkeys("zip 7z rar tar tgz gz".split(), "file-archive"),
    **dict.fromkeys("db db3 sqlite sqlite3".split(), "database"),
}


class Group(StrEnum):
    """What the list can be narrowed to."""

    ALL = "all"
    READY = "ready"
    WAITING = "waiting"
    FAILED = "failed"
    PARTLY = "partly"
    GONE = "gone"

    def holds(self, document: Document) -> bool:
        """Whether a document belongs to it."""
        if self is Group.READY:
            return document.state == DocumentState.INDEXED and not document.pending
        if self is Group.WAITING:
            return document.pending
        if self is Group.FAILED:
            return bool(document.error)
        if self is Group.PARTLY:
            return document.partly_read
        return self is Group.ALL or document.missing


_PLACES = {document_state: place for place, document_state in enumerate(DocumentState)}
#: What each column is sorted by.
_ORDERS: dict[int, Callable[[Document], Any]] = {
    NAME: lambda each: each.name.casefold(),
    PAGES: lambda each: each.pages or 0,
    STATE: lambda each: (_PLACES[each.state], each.error, not each.partly_read),
    ADDED: lambda each: each.added,
    TAGS: lambda each: ", ".join(each.tags).casefold(),
}


class DocumentsModel(HeadedTable):
    """What is shown are those documents that fit the filter, in the order asked for."""

    columns = 5

    def __init__(self, wording: Callable[[], Wording]) -> None:
        super().__init__()
        self._wording = wording
        self._all: dict[str, Document] = {}
        self._rows: list[str] = []
        self._words: list[str] = []
        self._group = Group.ALL
        self._order, self._falling = ADDED, True
        self._progress: AddProgress | None = None

    def set_documents(self, documents: list[Document]) -> None:
        """These and no others."""
        self._all = {document.id: document for document in documents}
        self.beginResetModel()
        self._rows = self._wanted()
        self.endResetModel()

    def update(self, documents: list[Document], gone: set[str]) -> None:
        """These are as given, those of `gone` no longer there; what is chosen stays chosen."""
        for each in gone:
            self._all.pop(each, None)
        self._all |= {document.id: document for document in documents}
        self._follow(changed={document.id for document in documents})

    def set_filter(self, text: str) -> None:
        """All words must be in the name, the tags or the type."""
        self._words = text.casefold().split()
        self._follow()

    def set_group(self, group: Group) -> None:
        self._group = group
        self._follow()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order, self._falling = column, order == Qt.SortOrder.DescendingOrder
        self._follow()

    def set_progress(self, progress: AddProgress | None) -> None:
        """Show the bar of the file at hand."""
        before, self._progress = self._progress, progress
        for key in {
            add_progress.document for add_progress in (before, progress) if add_progress
        } & set(self._rows):
            self._redraw(key)

    def document(self, index: Index) -> Document | None:
        return self._all[self._rows[index.row()]] if index.isValid() else None

    def documents(self) -> list[Document]:
        """All of them, whatever is shown."""
        return list(self._all.values())

    def row_of(self, document_id: str) -> int:
        """-1 when it is not shown."""
        return self._rows.index(document_id) if document_id in self._rows else -1

    def counts(self) -> Counter[Group]:
        """How many documents are in each group."""
        found: Counter[Group] = Counter()
        for document in self._all.values():
            found[Group.ALL] += 1
            found[Group.WAITING] += document.pending
            found[Group.FAILED] += bool(document.error)
            found[Group.PARTLY] += document.partly_read
            found[Group.GONE] += document.missing
            found[Group.READY] += document.state is DocumentState.INDEXED and not document.pending
        return found

    def _redraw(self, document_id: str) -> None:
        row = self._rows.index(document_id)
        self.dataChanged.emit(self.index(row, 0), self.index(row, TAGS))

    def _wanted(self) -> list[str]:
        everything = self._group is Group.ALL and not self._words
        found = self._all.values()
        fitting = (
            list(found) if everything else [document for document in found if self._fits(document)]
        )
        fitting.sort(key=lambda document: document.name.casefold())
        if self._order != NAME or self._falling:
            fitting.sort(key=_ORDERS[self._order], reverse=self._falling)
        return [document.id for document in fitting]

    def _fits(self, document: Document) -> bool:
        if not self._group.holds(document):
            return False
        text = f"{document.name} {document.type} {' '.join(document.tags)}".casefold()
        return all(word in text for word in self._words)

    def _follow(self, changed: set[str] | None = None) -> None:
        """Show what is wanted now, by the fewest steps that a view has to follow."""
        wanted = self._wanted()
        kept = set(wanted)
        gone = [row for row, key in enumerate(self._rows) if key not in kept]
        new = kept - set(self._rows)
        if len(gone) + len(new) > _MANY:
            self.beginResetModel()
            self._rows = wanted
            self.endResetModel()
            return
        for row in reversed(gone):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
        for row, key in enumerate(wanted):
            if key in new:
                row = min(row, len(self._rows))
                self.beginInsertRows(QModelIndex(), row, row)
                self._rows.insert(row, key)
                self.endInsertRows()
        if self._rows != wanted:
            self._reorder(wanted)
        for key in (changed or set()) & kept - new:
            self._redraw(key)

    def _reorder(self, wanted: list[str]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        place = {key: row for row, key in enumerate(wanted)}
        after = [
            self.index(place[self._rows[model_index.row()]], model_index.column())
            for model_index in before
        ]
        self._rows = wanted
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def names(self) -> tuple[str, ...]:
        translate = QCoreApplication.translate
        return (
            translate("Documents", "Name"),
            translate("Documents", "Pages"),
            translate("Documents", "State"),
            translate("Documents", "Added"),
            translate("Documents", "Tags"),
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        document = self._all[self._rows[index.row()]]
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
        """Why it failed, or what was not read of it, and what to do; empty when all is well."""
        if not document.error:
            return self._wording().of_report(document.reading)
        sentence = self._wording().of_code(document.error, dict(document.error_facts))
        return f"{sentence.what} {sentence.hint}"

    def _text(self, document: Document, column: int) -> str:
        if column == NAME:
            return document.name
        if column == PAGES:
            return str(document.pages) if document.pages else "—"
        if column == STATE:
            return state_of(document)
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


def state_of(document: Document) -> str:
    """Its state in a few words, with what is particular about it."""
    translate = QCoreApplication.translate
    if document.error:
        return failure_name(document.error)
    if document.missing:
        return translate("Documents", "file is gone")
    name = state_name(document.state)
    if document.state == DocumentState.INDEXED and document.pending:
        return translate("Documents", "being renewed")
    if document.partly_read:
        return translate("Documents", "read in part")
    if document.state == DocumentState.INDEXED and document.recognised:
        return translate("Documents", "ready · recognised")
    return name


def failure_name(code: str) -> str:
    translate = QCoreApplication.translate
    return {
        "password-needed": translate("Documents", "needs a password"),
        "no-text": translate("Documents", "no text"),
        "empty-document": translate("Documents", "empty"),
        "file-missing": translate("Documents", "not found"),
        "file-denied": translate("Documents", "no permission"),
        "file-changing": translate("Documents", "being written"),
        "file-too-large": translate("Documents", "too large"),
        "damaged-file": translate("Documents", "damaged"),
        "unknown-format": translate("Documents", "unknown format"),
        "reader-timed-out": translate("Documents", "took too long"),
    }.get(code, translate("Documents", "failed"))


def added_on(moment: float) -> str:
    now = datetime.now().astimezone()
    when = datetime.fromtimestamp(moment, now.tzinfo)
    days = (now.date() - when.date()).days
    if days == 0:
        return QCoreApplication.translate("Documents", "today")
    if days == 1:
        return QCoreApplication.translate("Documents", "yesterday")
    return when.strftime("%d.%m.%Y")


class DocumentDelegate(ThemedDelegate):
    """An icon before the name; a dot or a thin bar for the state."""

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
        name = "scan-text" if document.recognised else ICONS.get(document.type, "file")
        icon = self._theme.icon(name, "muted", 18)
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
        ready = document.state == DocumentState.INDEXED
        color = colors.accent if ready else colors.muted
        if document.error:
            color = colors.danger
        elif document.missing or document.partly_read:
            color = colors.gold
        painter.setBrush(QColor(color))
        painter.drawEllipse(QRectF(area.left(), area.center().y() - 3.5, 7, 7))
        return area.adjusted(14, 0, 0, 0)
