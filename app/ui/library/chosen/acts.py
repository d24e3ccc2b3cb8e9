"""What can be done with the chosen documents: remove, move, read again, keep, tag, ask about."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.errors import LaretsError
from app.domain.library.documents import DocumentState
from app.domain.roles import Act
from app.services.library.aside import UNDO_SECONDS
from app.ui.library.adding import Adding
from app.ui.library.chosen.moving import Moving
from app.ui.library.services import LibraryServices
from app.ui.library.table.pane import DocumentsPane
from app.ui.library.table.panel import DocumentPanel
from app.ui.pages.permitted import Permitted
from app.ui.pages.undoing import Undoing
from app.ui.widgets.toast import Toast


class ChosenActs(QObject):
    """Over `page`. `asked` gives a document's name, `failed` an error, `removed` the ids of
    those that go; `opened` wants the only one in a window."""

    asked, opened, failed = Signal(str), Signal(), Signal(object)
    removed = Signal(object)

    def __init__(
        self,
        page: QWidget,
        services: LibraryServices,
        permitted: Permitted,
        adding: Adding,
        parts: tuple[DocumentsPane, DocumentPanel],
        toast: Toast,
    ) -> None:
        super().__init__(page)
        self._page, self._services, self._permitted = page, services, permitted
        self._undoing = Undoing(page, services.reading, toast)
        self._deleting = Undoing(page, services.background, toast)
        self._adding, (self._pane, self._panel) = adding, parts
        self._moving = Moving(page, services, permitted, toast)
        self._pane.removal.connect(self.remove)
        self._pane.table.customContextMenuRequested.connect(self._show_menu)
        details = self._panel.details
        details.asked.connect(self.ask)
        details.removed.connect(self.remove)
        details.retried.connect(self.retry)
        details.kept.connect(self._keep)
        details.tagged.connect(self._tag)

    def remove(self) -> None:
        """As `remove_these`."""
        self.remove_these([document.id for document in self._pane.chosen()])

    def remove_these(self, ids: list[str]) -> None:
        """Hide them at once; they are deleted with every trace when it was not taken back."""
        if not ids or not self._permitted.allows(Act.REMOVE_DOCUMENTS):
            return
        library = self._services.library
        self._panel.viewer.clear()
        self.removed.emit(ids)
        told = self.tr("%n document(s) removed", "", len(ids))
        self._undoing.do(told, lambda: library.set_aside(ids), lambda: library.take_back(ids))
        self._deleting.end_later(UNDO_SECONDS, library.remove_aside)

    def delete_left(self) -> None:
        """What an earlier session had set aside."""
        library = self._services.library
        if self._permitted.allows(Act.REMOVE_DOCUMENTS):
            self._services.background.begin(
                self, lambda _: library.remove_aside(), failed=self._fail
            )

    def retry(self) -> None:
        """Read them again."""
        self._adding.retry([document.id for document in self._pane.chosen()])

    def ask(self) -> None:
        if chosen := self._pane.chosen():
            self.asked.emit(chosen[0].name)

    def _keep(self) -> None:
        ids = [document.id for document in self._pane.chosen() if document.missing]
        self._act(lambda: self._services.watching.keep(ids))

    def _tag(self, add: set[str], remove: set[str]) -> None:
        ids = [document.id for document in self._pane.chosen()]
        self._act(lambda: self._services.library.tag(ids, add, remove))

    def _act(self, act: Callable[[], object]) -> None:
        """Something short."""
        self._services.reading.begin(self, lambda _: act(), failed=self._fail)

    def _fail(self, error: LaretsError) -> None:
        self.failed.emit(error)

    # -- the menu of a row ------------------------------------------------------------------------

    def _show_menu(self, at: QPoint) -> None:
        if menu := self.menu():
            menu.exec(self._pane.table.viewport().mapToGlobal(at))
            menu.deleteLater()

    def menu(self) -> QMenu | None:
        """Of the chosen documents; None when there are none."""
        chosen = self._pane.chosen()
        if not chosen:
            return None
        menu, offer = QMenu(self._page), self._permitted.offer
        if len(chosen) == 1 and chosen[0].state == DocumentState.INDEXED:
            menu.addAction(self.tr("Open"), self.opened.emit)
            menu.addAction(self.tr("Ask about it"), self.ask)
        offer(menu, self.tr("Read again"), Act.ADD_DOCUMENTS, self.retry)
        if any(document.missing for document in chosen):
            offer(menu, self.tr("Keep without its file"), Act.ADD_DOCUMENTS, self._keep)
        self._moving.offer(menu, chosen)
        menu.addSeparator()
        offer(menu, self.tr("Remove"), Act.REMOVE_DOCUMENTS, self.remove)
        return menu
