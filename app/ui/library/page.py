"""The library: collections, their documents, what is being added, a look at each."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.domain.events import CollectionsChanged, LibraryChanged
from app.domain.library.documents import Collection, Document, DocumentState, Scope
from app.domain.roles import Act
from app.domain.transfers import SUFFIX
from app.ui.language import Language
from app.ui.library.adding import Adding
from app.ui.library.adding_news import AddingNews
from app.ui.library.chosen.acts import ChosenActs
from app.ui.library.collection_acts import CollectionActs
from app.ui.library.collections import CollectionList
from app.ui.library.columns import LibraryColumns
from app.ui.library.database import DatabaseDialog
from app.ui.library.sample_library import SampleLibrary
from app.ui.library.services import LibraryServices
from app.ui.library.table.documents_model import NAME, DocumentsModel
from app.ui.library.table.pane import DocumentsPane
from app.ui.library.table.panel import DETAILS, DocumentPanel
from app.ui.library.transfer.transfers import Transfers
from app.ui.library.viewer.spot import Spot
from app.ui.pages.dropping import TakesFiles
from app.ui.pages.permitted import Permitted
from app.ui.remembered import Remembered
from app.ui.theme import Theme
from app.ui.widgets.controls import rest
from app.ui.widgets.layouts import in_row
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.toast import Toast

#: A burst of changes reloads the table once.
_SETTLE_MS = 200
#: Passages that a search shows.
_FOUND = 30


class LibraryPage(Retranslating, TakesFiles, QWidget):
    """`asked` wants a question about a document to be begun, `opened` a window for places in one,
    with the place among them that is looked at first; `removed` gives the ids of documents that are
    not to be seen any more, None for all."""

    asked, opened, removed = Signal(str), Signal(object, int), Signal(object)

    def __init__(
        self,
        services: LibraryServices,
        panel: DocumentPanel,
        theme: Theme,
        language: Language,
        remembered: Remembered,
    ) -> None:
        super().__init__()
        self._services, self._library = services, services.library
        self._reading = services.reading
        self._samples: Callable[[], SampleLibrary] | None = None
        self._changed: set[str] | None = set()
        self.documents = DocumentsModel(lambda: language.wording)
        self.adding = Adding(services)
        self.permitted = Permitted(services.library.allows)
        self.collections = CollectionList(theme, self.permitted)
        self.pane = DocumentsPane(self.documents, self.permitted, theme, remembered)
        self.panel = panel
        self.toast = Toast(self)
        self._collection_acts = CollectionActs(self, services, language)
        around = (theme, language)
        self.transfers = Transfers(self, services, self.permitted, self.toast, around)
        self.chosen = ChosenActs(
            self, services, self.permitted, self.adding, (self.pane, self.panel), self.toast
        )
        self.news = AddingNews(self.adding, self.pane, self.toast, language)
        self.setAcceptDrops(True)
        self.columns = LibraryColumns(self.collections, self.pane, self.panel, remembered, self)
        in_row(self.columns, on=self, margins=0)
        self._settle = rest(self, _SETTLE_MS, self._catch_up)
        services.events.subscribe(LibraryChanged, self._note)
        services.events.subscribe(CollectionsChanged, lambda _: self._load_collections())
        QShortcut(QKeySequence("Ctrl+O"), self, self.choose_files)
        self._connect()
        self.pane.take_samples.hide()
        self._load_collections()

    def _connect(self) -> None:
        self.collections.chosen.connect(lambda _: self.reload())
        self.collections.wanted.connect(self._collection_acts.ask_new)
        self.collections.renamed.connect(self._collection_acts.ask_rename)
        self.collections.deleted.connect(self._collection_acts.ask_delete)
        self.collections.watched.connect(self._collection_acts.watch)
        self.collections.exported.connect(self.transfers.export)
        self.transfers.came.connect(self._load_collections)
        self.transfers.waiting.connect(self.adding.run)
        self._collection_acts.made.connect(self._load_collections)
        self._collection_acts.gone.connect(self._prepare_deletion)
        self._collection_acts.watched.connect(self._follow_folders)
        self._collection_acts.failed.connect(self.news.say)
        self.chosen.asked.connect(self.asked)
        self.chosen.failed.connect(self.news.say)
        self.chosen.removed.connect(self.removed)
        self.pane.selected.connect(self._selected)
        self.pane.opened.connect(self.open_window)
        self.panel.viewer.detached.connect(self.opened)
        self.chosen.opened.connect(self.open_window)
        self.pane.adding.connect(self._choose)
        self.pane.samples.connect(self.add_samples)
        self.pane.switching.connect(self._offer_collections)
        self.pane.more_wanted.connect(self._offer_more)
        self.pane.side.clicked.connect(self._turn_details)
        self.columns.narrowed.connect(self.pane.switch.setVisible)
        self.pane.side.setChecked(self.columns.details_shown)
        self.pane.searched.connect(self.search)
        self.pane.found.picked.connect(self._show_found)
        self.panel.details.opened.connect(self.open_window)

    def _retranslate(self) -> None:
        self.pane.set_title(self.collections.current_name)
        self._show_counts()

    @property
    def problem(self) -> str:
        """The sentence in the strip over the table; empty without one."""
        return "" if self.pane.problem.isHidden() else self.pane.problem.text

    @property
    def reason_shown(self) -> str:
        """Why the chosen document failed, as the details say it."""
        return self.panel.details.reason_shown

    # -- loading ----------------------------------------------------------------------------------

    def reload(self) -> None:
        """All documents of the chosen collection anew."""
        collection = self.collections.current
        self.pane.set_title(self.collections.current_name)
        self._reading.begin(
            self,
            lambda _: self._library.documents(collection or None),
            lambda found: self._show(collection, found),
        )

    def _load_collections(self, choose: str = "") -> None:
        def load(_: object) -> tuple[list[Collection], set[str]]:
            found = self._library.collections()
            watching = {e.id for e in found if self._services.watching.folders(e.id)}
            return found, watching

        def show(loaded: tuple[list[Collection], set[str]]) -> None:
            self.collections.show_collections(*loaded)
            if choose:
                self.collections.choose(choose)
            self.pane.set_title(self.collections.current_name)

        self._reading.begin(self, load, show)

    def _note(self, change: LibraryChanged) -> None:
        if self._changed is not None and change.documents:
            self._changed |= set(change.documents)
        else:
            self._changed = None
        if not self._settle.isActive():
            self._settle.start()

    def _catch_up(self) -> None:
        """Load what changed since the last time, and nothing else."""
        changed, self._changed = self._changed, set()
        self._load_collections()
        if changed is None:
            self.reload()
            return
        collection, ids = self.collections.current, sorted(changed)
        self._reading.begin(
            self,
            lambda _: self._library.documents(collection or None, ids),
            lambda found: self._update(collection, found, set(ids)),
        )

    def _show(self, collection: str, documents: list[Document]) -> None:
        if collection != self.collections.current:
            return
        chosen = [document.id for document in self.pane.chosen()]
        self.documents.set_documents(documents)
        self.pane.choose(chosen)
        self._show_counts()

    def _update(self, collection: str, documents: list[Document], ids: set[str]) -> None:
        if collection != self.collections.current:
            return
        self.documents.update(documents, ids - {document.id for document in documents})
        if ids & {document.id for document in self.pane.chosen()}:
            self._selected()
        self._show_counts()

    def _show_counts(self) -> None:
        self.pane.show_counts()
        self.panel.show_statistics(self.documents.documents())
        self._selected()

    # -- adding -----------------------------------------------------------------------------------

    def offer_samples(self, samples: Callable[[], SampleLibrary]) -> None:
        """What "Take the sample library" adds, in the language of that moment."""
        self._samples = samples
        self.pane.take_samples.show()

    def _choose(self) -> None:
        self._pop_up(self.adding_menu(), self.pane.add)

    def adding_menu(self) -> QMenu:
        """The ways in which documents come."""
        menu, offer, adds = QMenu(self), self.permitted.offer, Act.ADD_DOCUMENTS
        offer(menu, self.tr("Add files"), adds, self.choose_files)
        offer(menu, self.tr("Add a folder"), adds, self.choose_folder)
        offer(
            menu,
            self.tr("Watch a folder…"),
            adds,
            lambda: self._collection_acts.watch(self.collections.current),
        )
        offer(menu, self.tr("Add a database…"), Act.CONNECT_DATABASES, self._choose_database)
        menu.addSeparator()
        self.transfers.offer_import(menu)
        return menu

    def _offer_collections(self) -> None:
        self._pop_up(self.collections_menu(), self.pane.switch)

    def collections_menu(self) -> QMenu:
        """In place of their column, where there is no room for it."""
        menu = QMenu(self)
        for key, name in self.collections.choices():
            line = menu.addAction(name, partial(self.collections.choose, key))
            line.setCheckable(True)
            line.setChecked(key == self.collections.current)
        menu.addSeparator()
        make = self._collection_acts.ask_new
        self.permitted.offer(menu, self.tr("New collection…"), Act.ADD_DOCUMENTS, make)
        return menu

    def _offer_more(self) -> None:
        self._pop_up(self.more_menu(), self.pane.more)

    def more_menu(self) -> QMenu:
        """What the head of the table has no room for."""
        menu, offer, adds = QMenu(self), self.permitted.offer, Act.ADD_DOCUMENTS
        if self.pane.search.isHidden():
            menu.addAction(self.tr("Search inside the documents"), self.pane.ask_search)
        watch = partial(self._collection_acts.watch, self.collections.current)
        offer(menu, self.tr("Watched folders…"), adds, watch)
        offer(menu, self.tr("Add a database…"), Act.CONNECT_DATABASES, self._choose_database)
        names = self.collections.current, self.collections.current_name
        self.transfers.offer_export(menu, *names)
        shown = menu.addAction(self.tr("Details"), self.pane.side.click)
        shown.setCheckable(True)
        shown.setChecked(self.columns.details_shown)
        if samples := self._shown_samples():
            menu.addSeparator()
            remove = partial(self.chosen.remove_these, samples)
            offer(menu, self.tr("Remove the sample documents"), Act.REMOVE_DOCUMENTS, remove)
        return menu

    def _pop_up(self, menu: QMenu, below: QWidget) -> None:
        menu.exec(below.mapToGlobal(below.rect().bottomLeft()))
        menu.deleteLater()

    def _turn_details(self) -> None:
        self.columns.show_details(shown=self.pane.side.isChecked())

    def choose_files(self) -> None:
        if not self.permitted.allows(Act.ADD_DOCUMENTS):
            return
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Add files"))
        if names:
            self.add([Path(name) for name in names])

    def _choose_database(self) -> None:
        dialog = DatabaseDialog(self)
        if dialog.exec() and dialog.url:
            self.adding.add_database(dialog.url, dialog.query, self.collections.current)

    def choose_folder(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, self.tr("Add a folder")):
            self.add([Path(name)])

    def add(self, paths: list[Path]) -> None:
        """Queue them before all that waits, and read in the background; a collection that somebody
        exported is asked about instead."""
        sent = [path for path in paths if path.suffix.lower() == SUFFIX]
        for path in sent[:1]:  # one question at a time
            self.transfers.take_in(path)
        if documents := [path for path in paths if path not in sent]:
            self.adding.add(documents, self.collections.current)

    def cancel(self) -> None:
        """Stop; what was finished stays, what waits is dropped."""
        self.adding.cancel()

    def add_samples(self) -> None:
        """Under a tag, by which they can be filtered, and removed together."""
        if self._samples is not None:
            samples = self._samples()
            self.adding.add([samples.folder], self.collections.current, (samples.tag,))

    def _shown_samples(self) -> list[str]:
        """The ids of the sample documents in this collection, and of what was taken out of
        them."""
        tags, shown = self._samples().tags if self._samples else frozenset(), self.documents
        tagged = {each.id for each in shown.documents() if tags.intersection(each.tags)}
        return [each.id for each in shown.documents() if {each.id, each.container} & tagged]

    # -- collections ------------------------------------------------------------------------------

    def make_collection(self, name: str) -> None:
        """Make a collection and choose it."""
        self._collection_acts.make(name)

    def _prepare_deletion(self, collection: str) -> None:
        self.removed.emit(None)
        if collection == self.collections.current:
            self.panel.viewer.clear()

    def _follow_folders(self) -> None:
        self._load_collections()
        self.adding.run()

    # -- chosen documents -------------------------------------------------------------------------

    def select_first(self) -> None:
        """Choose the first document, as a reader would to look at it."""
        self.pane.table.selectRow(0)

    def select(self, name: str) -> None:
        """Choose the document of that name."""
        for row in range(self.documents.rowCount()):
            if self.documents.index(row, NAME).data() == name:
                self.pane.table.selectRow(row)

    def open_window(self) -> None:
        """The chosen document in a window of its own."""
        if spot := self.panel.spot():
            self.opened.emit((spot,), 0)

    def remove_selected(self) -> None:
        self.chosen.remove()

    def _selected(self) -> None:
        chosen = self.pane.chosen()
        one = chosen[0] if len(chosen) == 1 else None
        before = self.panel.one
        self.panel.show_documents(chosen, self.documents.reason(one) if one else "")
        if one and one.state == DocumentState.INDEXED and (before is None or before.id != one.id):
            self.panel.open()

    # -- searching --------------------------------------------------------------------------------

    def search(self, question: str) -> None:
        """Show the passages of this collection that come nearest; "" leaves the search."""
        if not question:
            return
        self.documents.set_filter("")
        self.pane.found.say_searching()
        self.pane.show_found()
        current = self.collections.current
        scope = Scope(collections=frozenset({current} if current else ()))
        self._reading.begin(
            self,
            lambda _: self._services.retrieval.find(question, _FOUND, scope),
            lambda found: self.pane.found.show_segments(
                found.segments, question, evident=found.sufficient
            ),
            failed=self.news.say,
        )

    def _show_found(self, spot: Spot) -> None:
        self.pane.table.clearSelection()
        self.pane.choose([spot.document])
        self.panel.tabs.setCurrentIndex(DETAILS)
        self.panel.viewer.open(spot)

    # -- dropped files ----------------------------------------------------------------------------

    def _is_wanted(self, path: Path) -> bool:
        return self.permitted.allows(Act.ADD_DOCUMENTS)

    def _take_files(self, paths: list[Path]) -> None:
        self.add(paths)
