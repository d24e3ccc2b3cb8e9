"""The documents of a table: ten thousand rows as plain values."""

from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from app.domain.library.documents import AddProgress, Document, DocumentState
from app.services.wording import Wording
from app.ui.library.table.words import added_on, state_of
from app.ui.widgets.rows import HeadedTable

Index = QModelIndex | QPersistentModelIndex
NAME, TYPE, PAGES, STATE, ADDED = range(5)
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
    TYPE: lambda each: each.type,
    PAGES: lambda each: each.pages or 0,
    STATE: lambda each: (_PLACES[each.state], each.error, not each.partly_read),
    ADDED: lambda each: each.added,
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
        self._paused = False
        #: Whether it was told of any, or that there are none.
        self.is_read = False

    def set_documents(self, documents: list[Document]) -> None:
        """These and no others."""
        self.is_read = True
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

    def set_paused(self, *, paused: bool) -> None:
        """What waits says that it does so by wish."""
        if paused != self._paused:
            self._paused = paused
            last = self.index(max(self.rowCount() - 1, 0), STATE)
            self.dataChanged.emit(self.index(0, STATE), last)

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
        self.dataChanged.emit(self.index(row, 0), self.index(row, ADDED))

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
            translate("Documents", "Type"),
            translate("Documents", "Pages"),
            translate("Documents", "State"),
            translate("Documents", "Added"),
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        document = self._all[self._rows[index.row()]]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(document, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._whole(document) if index.column() == NAME else self.reason(document)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == NAME:
            return ", ".join((document.name, *document.tags))
        return None

    def progress_of(self, document: Document) -> AddProgress | None:
        """How far its reading is, None while it is not at hand."""
        current = self._progress
        return current if current is not None and current.document == document.id else None

    def reason(self, document: Document) -> str:
        """Why it failed, or what was not read of it, and what to do; empty when all is well."""
        if not document.error:
            return self._wording().of_report(document.reading)
        sentence = self._wording().of_code(document.error, dict(document.error_facts))
        return f"{sentence.what} {sentence.hint}"

    def _whole(self, document: Document) -> str:
        """What a row has no room for."""
        return "\n".join(
            each for each in (document.name, document.path, ", ".join(document.tags)) if each
        )

    def text(self, document: Document, column: int) -> str:
        """What a cell says."""
        if column == NAME:
            return document.name
        if column == TYPE:
            return document.type.upper() or "—"
        if column == PAGES:
            return str(document.pages) if document.pages else "—"
        if column == STATE:
            return state_of(document, paused=self._paused)
        return added_on(document.added)
