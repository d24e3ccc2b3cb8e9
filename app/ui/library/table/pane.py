"""The middle of the library: head, strips, groups, and the table, or what a search found."""

from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from app.domain.library.documents import Document
from app.domain.roles import Act
from app.ui.library.table.documents_model import ADDED, DocumentsModel, Group
from app.ui.library.table.documents_table import DocumentsTable
from app.ui.library.table.search import SearchHitList
from app.ui.library.table.strips import AddingStrip, ProblemStrip
from app.ui.pages.permitted import Permitted
from app.ui.remembered import Remembered
from app.ui.theme import Theme
from app.ui.widgets.controls import IconButton, button, forbid_if, invite, label, say, stacked
from app.ui.widgets.elided import Elided
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.layouts import STRETCH, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

_TABLE, _EMPTY, _FOUND, _NOTHING = range(4)
#: Pixels from which the head has room for these buttons; the menu behind "…" has both.
_ROOM_FOR_DETAILS, _ROOM_FOR_SEARCH = 540, 620


class DocumentsPane(Retranslating, QFrame):
    """`searched` gives a question, "" when the search was left."""

    searched, selected, opened, removal = Signal(str), Signal(), Signal(), Signal()
    adding, samples, going_on = Signal(), Signal(), Signal()
    switching, more_wanted = Signal(), Signal()

    def __init__(
        self,
        documents: DocumentsModel,
        permitted: Permitted,
        theme: Theme,
        remembered: Remembered,
    ) -> None:
        super().__init__()
        self.setObjectName("content")
        self.documents, self._permitted, self._theme = documents, permitted, theme
        self.strip = AddingStrip(theme)
        self.problem = ProblemStrip(theme, self.going_on.emit)
        self.found = SearchHitList(theme)
        self._stack = stacked(
            self._table(theme, remembered), self._empty(), self.found, self._nothing()
        )
        in_column(
            self._head(), self.strip, self.problem, self._groups(), wide(self._stack), on=self,
            margins=(22, 16, 22, 12), spacing=12,
        )  # fmt: skip
        theme.follow(self._draw)
        self._retranslate()

    # -- building ---------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        self._title, self.filter = Elided("title"), QLineEdit()
        self.filter.setProperty("kind", "search")
        self.filter.setMaximumWidth(260)
        self.filter.setMinimumWidth(110)
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self.filter.returnPressed.connect(self.ask_search)
        self.search = button("", self.ask_search)
        self.add = button("primary", self.adding.emit)
        self.switch = IconButton(self._theme, "chevron-down", self.switching.emit)
        self.more = IconButton(self._theme, "ellipsis", self.more_wanted.emit)
        self.side = IconButton(self._theme, "panel-right", lambda: None)
        self.side.setCheckable(True)
        self.switch.hide()
        head = in_row(self._title, self.switch, STRETCH, wide(self.filter, 2), spacing=8)
        for part in (self.search, self.add, self.more, self.side):
            head.addWidget(part)
        QShortcut(QKeySequence("F9"), self, self.side.click)
        QShortcut(QKeySequence("Ctrl+F"), self, self.filter.setFocus)
        return head

    def _groups(self) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, 6)
        self._group = QButtonGroup(self)
        self.groups = {}
        for place, group in enumerate(Group):
            chip = button("toggle", partial(self.documents.set_group, group))
            chip.setCheckable(True)
            chip.setChecked(group is Group.ALL)
            self._group.addButton(chip, place)
            self.groups[group] = chip
            flow.addWidget(chip)
        return row

    def _table(self, theme: Theme, remembered: Remembered) -> QWidget:
        self.table = DocumentsTable(self.documents, theme, remembered)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self.selected.emit())
        self.table.activated.connect(self._open)
        self.table.wanted_gone.connect(self.removal)
        return self.table

    def _open(self, index: QModelIndex) -> None:
        """The Tab key brings the focus to a row without choosing it."""
        if not self.chosen():
            self.table.selectRow(index.row())
        self.opened.emit()

    def _empty(self) -> QWidget:
        empty = QWidget()
        self._empty_title, self._empty_text = label("strong"), label("muted", wrap=True)
        self.take_samples = button("", self.samples.emit)
        self._empty_add = button("primary", self.adding.emit)
        column = in_column(STRETCH, on=empty)
        for part in (self._empty_title, self._empty_text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        acts = in_row(STRETCH, self.take_samples, self._empty_add, STRETCH)
        column.addSpacing(8)
        column.addLayout(acts)
        column.addStretch()
        return empty

    def _nothing(self) -> QWidget:
        nothing = QWidget()
        self._nothing_title, self._nothing_text = label("strong"), label("muted", wrap=True)
        self.clear_filter = button("", lambda: self.filter.clear())
        self.search_inside = button("primary", self.ask_search)
        column = in_column(STRETCH, on=nothing)
        for part in (self._nothing_title, self._nothing_text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        column.addSpacing(8)
        column.addLayout(in_row(STRETCH, self.clear_filter, self.search_inside, STRETCH))
        column.addStretch()
        return nothing

    def _retranslate(self) -> None:
        named, further = self.tr("Filter by name"), self.tr("Enter searches inside the documents")
        invite(self.filter, named)
        self.filter.setToolTip(f"{named}\n{further}")
        say(self.search, self.tr("Search"), self.tr("Search inside the documents"))
        self.switch.say(self.tr("Choose a collection"))
        self.more.say(self.tr("More"))
        self.side.say(self.tr("Details"), "F9")
        say(self.add, self.tr("Add"), "Ctrl+O")
        self._empty_add.setText(self.tr("Add files"))
        self._empty_title.setText(self.tr("No documents yet"))
        self._empty_text.setText(self._invitation())
        self._nothing_title.setText(self.tr("No name, tag or type has these words"))
        self._nothing_text.setText(
            self.tr("They may stand in the documents themselves: search there, or show all again.")
        )
        self.clear_filter.setText(self.tr("Show all"))
        self.search_inside.setText(self.tr("Search inside the documents"))
        self.take_samples.setText(self.tr("Take the sample library"))
        reason = self._permitted.why_not(Act.ADD_DOCUMENTS)
        forbid_if(reason, self.add, self._empty_add, self.take_samples)
        self.documents.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, ADDED)
        self.table.setAccessibleName(self.tr("Documents"))
        self.found.setAccessibleName(self.tr("Found passages"))
        self.show_counts()

    def _invitation(self) -> str:
        if not self._permitted.allows(Act.ADD_DOCUMENTS):
            return self.tr(
                "Nobody has added anything to this collection. Editors and administrators can; "
                "what they add appears here by itself."
            )
        return self.tr(
            "Drop files or a folder here: PDF, Word, Excel, PowerPoint, mails, web pages, "
            "scans and more. They stay on this computer, encrypted. The sample library shows "
            "how it works."
        )

    def _draw(self) -> None:
        self.add.setIcon(self._theme.icon("plus", "on_accent", 16))
        self.search.setIcon(self._theme.icon("search", "text", 16))
        self.table.viewport().update()

    # -- what is shown ----------------------------------------------------------------------------

    def set_title(self, text: str) -> None:
        self._title.say(text)

    def show_counts(self) -> None:
        """The groups with how many documents are in each, those that hold none left out."""
        counts = self.documents.counts()
        self.table.show_tags(any_tagged=any(each.tags for each in self.documents.documents()))
        names = {
            Group.ALL: self.tr("All"),
            Group.READY: self.tr("Ready"),
            Group.WAITING: self.tr("Waiting"),
            Group.FAILED: self.tr("Not read"),
            Group.PARTLY: self.tr("Read in part"),
            Group.GONE: self.tr("File is gone"),
        }
        for group, chip in self.groups.items():
            chip.setText(f"{names[group]} {counts[group]}")
            chip.setVisible(counts[group] > 0 and counts[Group.ALL] > 0)
        chosen = next(group for group, chip in self.groups.items() if chip.isChecked())
        if chosen is not Group.ALL and not counts[chosen]:
            self.groups[Group.ALL].click()
        if self._stack.currentIndex() != _FOUND:
            self._stack.setCurrentIndex(self._page_of(counts[Group.ALL]))

    def _page_of(self, documents: int) -> int:
        if not documents and self.documents.is_read:
            return _EMPTY
        return _TABLE if self.documents.rowCount() or not self.filter.text() else _NOTHING

    def chosen(self) -> list[Document]:
        rows = self.table.selectionModel().selectedRows()
        return [each for row in rows if (each := self.documents.document(row))]

    def choose(self, ids: list[str]) -> None:
        """Select these rows, as far as they are shown, without a signal each."""
        picked = self.table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        for identifier in ids:
            if (row := self.documents.row_of(identifier)) >= 0:
                picked.select(self.documents.index(row, 0), flags.Select | flags.Rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setVisible(self.width() >= _ROOM_FOR_DETAILS)
        self.search.setVisible(self.width() >= _ROOM_FOR_SEARCH)

    def show_found(self) -> None:
        self._stack.setCurrentIndex(_FOUND)

    def _filter(self, text: str) -> None:
        self.documents.set_filter(text)
        if self._stack.currentIndex() == _FOUND:
            self._stack.setCurrentIndex(_TABLE)
            self.searched.emit("")
        self.show_counts()

    def ask_search(self) -> None:
        """Or go where the question is typed."""
        if question := self.filter.text().strip():
            self.searched.emit(question)
        else:
            self.filter.setFocus()
