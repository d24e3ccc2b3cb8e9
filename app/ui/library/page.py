"""The library: add by button or by dropping, watch, cancel, look at, remove."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QMessageBox,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import Cancelled
from app.domain.events import LibraryChanged
from app.domain.library import AddProgress, AddReport, Document, DocumentState
from app.services.events import Events
from app.services.jobs import Job, JobState, Worker
from app.services.library import LibraryService
from app.ui.language import Language
from app.ui.library.details import DocumentDetails
from app.ui.library.documents_model import (
    ADDED,
    NAME,
    PAGES,
    STATE,
    TAGS,
    DocumentDelegate,
    DocumentsModel,
)
from app.ui.library.strips import AddingStrip, ProblemStrip
from app.ui.library.viewer import DocumentViewer, Spot
from app.ui.theme import Theme
from app.ui.widgets.controls import button, label

#: A burst of changes reloads the table once.
_SETTLE_MS = 150


class LibraryPage(QWidget):
    """`asked` wants a question about a document to be begun."""

    asked = Signal(str)

    def __init__(
        self,
        library: LibraryService,
        background: Worker,
        reading: Worker,
        events: Events,
        theme: Theme,
        language: Language,
    ) -> None:
        super().__init__()
        self._library, self._background, self._reading = library, background, reading
        self._theme, self._language = theme, language
        self._jobs: list[Job] = []
        self._numbers = (0, 0)
        self._samples: Path | None = None
        self.documents = DocumentsModel(lambda: language.wording)
        self._viewer = DocumentViewer(library, reading, theme, language)
        self.setAcceptDrops(True)
        self._build()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.reload)
        events.subscribe(LibraryChanged, lambda _: self._settle.start())
        theme.changed.connect(self._table.viewport().update)
        self._draw()
        self.retranslate()

    # -- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._sidebar())
        row.addWidget(self._content(), 1)
        row.addWidget(self._panel())

    def _sidebar(self) -> QWidget:
        side = QFrame()
        side.setObjectName("sidebar")
        side.setFixedWidth(244)
        column = QVBoxLayout(side)
        column.setContentsMargins(20, 22, 20, 12)
        self._section = label("section")
        self._collection, self._counts = label("strong"), label("small")
        for part in (self._section, self._collection, self._counts):
            column.addWidget(part)
        column.addStretch()
        return side

    def _content(self) -> QWidget:
        content = QFrame()
        content.setObjectName("content")
        column = QVBoxLayout(content)
        column.setContentsMargins(22, 16, 22, 12)
        column.setSpacing(12)
        self._title, self._filter = label("title"), QLineEdit()
        self._filter.setProperty("kind", "search")
        self._filter.setMaximumWidth(220)
        self._filter.setMinimumWidth(130)
        self._filter.textChanged.connect(self.documents.set_filter)
        self._add = button("primary", self._choose)
        self._theme.changed.connect(self._draw)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch()
        for part in (self._filter, self._add):
            head.addWidget(part)
        column.addLayout(head)
        self._adding = AddingStrip(self.cancel)
        self._problem = ProblemStrip(lambda: self.add([]))
        column.addWidget(self._adding)
        column.addWidget(self._problem)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table_part())
        self._stack.addWidget(self._empty_part())
        column.addWidget(self._stack, 1)
        QShortcut(QKeySequence("Ctrl+O"), self, self.choose_files)
        QShortcut(QKeySequence("Ctrl+F"), self, self._filter.setFocus)
        return content

    def _table_part(self) -> QWidget:
        self._table = table = QTableView()
        table.setModel(self.documents)
        table.setItemDelegate(DocumentDelegate(self._theme))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(41)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in ((PAGES, 68), (STATE, 108), (ADDED, 88), (TAGS, 92)):
            table.setColumnWidth(column, width)
        table.selectionModel().selectionChanged.connect(self._selected)
        table.doubleClicked.connect(lambda _: self._open())
        QShortcut(QKeySequence(Qt.Key.Key_Delete), table, self.remove_selected)
        return table

    def _empty_part(self) -> QWidget:
        empty = QWidget()
        column = QVBoxLayout(empty)
        self._empty_title, self._empty_text = label("strong"), label("muted", wrap=True)
        self._take_samples = button("", self._add_samples)
        self._empty_add = button("primary", self.choose_files)
        column.addStretch()
        for part in (self._empty_title, self._empty_text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        acts = QHBoxLayout()
        acts.addStretch()
        acts.addWidget(self._take_samples)
        acts.addWidget(self._empty_add)
        acts.addStretch()
        column.addSpacing(8)
        column.addLayout(acts)
        column.addStretch()
        return empty

    def _panel(self) -> QWidget:
        panel = QFrame()
        panel.setObjectName("panel")
        panel.setFixedWidth(326)
        column = QVBoxLayout(panel)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        self._details = DocumentDetails(self._language)
        self._details.asked.connect(self._ask_selected)
        self._details.removed.connect(self.remove_selected)
        self._details.tagged.connect(self._tag_selected)
        column.addWidget(self._viewer, 1)
        column.addWidget(self._details)
        return panel

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self._section.setText(self.tr("COLLECTIONS"))
        self._collection.setText(self.tr("Library"))
        self._title.setText(self.tr("Library"))
        self._filter.setPlaceholderText(self.tr("Filter by name"))
        self._filter.setAccessibleName(self.tr("Filter by name"))
        self._add.setText(self.tr("Add"))
        self._add.setToolTip("Ctrl+O")
        self._empty_add.setText(self.tr("Add files"))
        self._empty_title.setText(self.tr("No documents yet"))
        self._empty_text.setText(
            self.tr(
                "Drop files or a folder here: PDF, DOCX, XLSX, CSV, TXT, Markdown. "
                "They stay on this computer, encrypted."
            )
        )
        self._take_samples.setText(self.tr("Take the sample library"))
        self.documents.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, TAGS)
        self._viewer.set_hint(self.tr("Choose a document to look at it."))
        self._table.setAccessibleName(self.tr("Documents"))
        self._selected()
        self._show_counts()

    @property
    def problem(self) -> str:
        """The sentence in the strip over the table; empty without one."""
        return "" if self._problem.isHidden() else self._problem.text

    # -- acts -------------------------------------------------------------------------------------

    def offer_samples(self, folder: Path) -> None:
        """The folder that "Take the sample library" adds."""
        self._samples = folder

    def reload(self) -> None:
        self._reading.run(
            lambda _: (self._library.documents(), self._library.counts()),
            on_done=lambda found: self._show(*found),
        )

    def _choose(self) -> None:
        menu = QMenu(self)
        menu.addAction(self.tr("Add files"), self.choose_files)
        menu.addAction(self.tr("Add a folder"), self.choose_folder)
        menu.exec(self._add.mapToGlobal(self._add.rect().bottomLeft()))

    def _draw(self) -> None:
        self._add.setIcon(self._theme.icon("plus", "on_accent", 16))

    def choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Add files"))
        if names:
            self.add([Path(name) for name in names])

    def choose_folder(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, self.tr("Add a folder")):
            self.add([Path(name)])

    def add(self, paths: list[Path]) -> None:
        """Index in the background; several calls wait for each other."""
        self._problem.hide()
        self._adding.prepare()
        job = self._background.run(
            lambda control: self._library.add(paths, control), title=self.tr("Adding documents"),
            on_progress=self._show_progress, on_done=self._added, on_error=self._stopped,
        )  # fmt: skip
        self._jobs.append(job)

    def cancel(self) -> None:
        """Stop; what was finished stays, what waits is dropped."""
        for job in self._jobs:
            job.cancel()
        self._background.run(lambda _: self._library.forget_unfinished())

    def remove_selected(self) -> None:
        chosen = self._chosen()
        if not chosen:
            return
        question = self.tr(
            "Remove %n document(s) with everything that was made of them?", "", len(chosen)
        )
        answer = QMessageBox.question(self, self.tr("Remove"), question)
        if answer == QMessageBox.StandardButton.Yes:
            ids = [each.id for each in chosen]
            self._viewer.clear()
            self._background.run(lambda _: self._library.remove(ids), on_error=self._say_problem)

    # -- what comes back --------------------------------------------------------------------------

    def _show(self, documents: list[Document], counts: tuple[int, int]) -> None:
        chosen = {each.id for each in self._chosen()}
        self.documents.set_documents(documents)
        self._numbers = counts
        self._show_counts()
        self._stack.setCurrentIndex(0 if documents else 1)
        self._take_samples.setVisible(self._samples is not None)
        for row in range(self.documents.rowCount()):
            document = self.documents.document(self.documents.index(row, 0))
            if document and document.id in chosen:
                self._table.selectRow(row)
        waiting = sum(1 for each in documents if each.state == DocumentState.QUEUED)
        if waiting and not self._background.jobs():
            text = self.tr("%n file(s) wait from an earlier run.", "", waiting)
            self._problem.say(text, can_go_on=True)

    def _show_counts(self) -> None:
        documents, passages = self._numbers
        first = self.tr("%n document(s)", "", documents)
        second = self.tr("%n passage(s)", "", passages)
        self._counts.setText(f"{first} · {second}")

    def _show_progress(self, progress: AddProgress) -> None:
        self._adding.show_progress(progress)
        self.documents.set_progress(progress)

    def _added(self, report: AddReport) -> None:
        self._finish()
        failed = [each for each in report.documents if each.state == DocumentState.FAILED]
        if failed:
            first = self.documents.reason(failed[0])
            more = self.tr("%n file(s) could not be read.", "", len(failed))
            self._problem.say(f"{more} {first}", can_go_on=False)

    def _stopped(self, error: BaseException) -> None:
        self._finish()
        if not isinstance(error, Cancelled):
            self._say_problem(error)

    def _say_problem(self, error: BaseException) -> None:
        sentence = self._language.wording.of(error)
        self._problem.say(f"{sentence.what} {sentence.hint}", can_go_on=True)

    def _finish(self) -> None:
        self.documents.set_progress(None)
        ahead = (JobState.WAITING, JobState.RUNNING)
        self._jobs = [each for each in self._jobs if each.state in ahead]
        self._adding.setVisible(bool(self._jobs))
        self.reload()

    def select_first(self) -> None:
        """Choose the first document, as a reader would to look at it."""
        self._table.selectRow(0)

    def select(self, name: str) -> None:
        """Choose the document of that name."""
        for row in range(self.documents.rowCount()):
            if self.documents.index(row, NAME).data() == name:
                self._table.selectRow(row)

    @property
    def reason_shown(self) -> str:
        """Why the chosen document failed, as the details say it."""
        return self._details.reason_shown

    # -- details ----------------------------------------------------------------------------------

    def _chosen(self) -> list[Document]:
        rows = self._table.selectionModel().selectedRows()
        return [each for row in rows if (each := self.documents.document(row))]

    def _selected(self) -> None:
        chosen = self._chosen()
        one = chosen[0] if len(chosen) == 1 else None
        self._details.show_documents(chosen, self.documents.reason(one) if one else "")
        if one and one.state == DocumentState.INDEXED:
            self._open()

    def _open(self) -> None:
        chosen = self._chosen()
        if chosen and chosen[0].state == DocumentState.INDEXED:
            document = chosen[0]
            self._viewer.open(Spot(document.id, 1 if document.pages else None, "", 0, 0))

    def _ask_selected(self) -> None:
        if chosen := self._chosen():
            self.asked.emit(chosen[0].name)

    def _tag_selected(self, add: set[str], remove: set[str]) -> None:
        ids = [each.id for each in self._chosen()]
        self._reading.run(lambda _: self._library.tag(ids, add, remove), on_error=self._say_problem)

    def _add_samples(self) -> None:
        if self._samples:
            self.add([self._samples])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [url.toLocalFile() for url in event.mimeData().urls()]
        self.add([Path(name) for name in local if name])
