"""Leads from the library's menus to the export and the import of a collection."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.domain.roles import Act
from app.domain.transfers import SUFFIX, Transferred, VectorFate
from app.ui.language import Language, filled
from app.ui.library.services import LibraryServices
from app.ui.library.transfer.export_dialog import ExportDialog
from app.ui.library.transfer.import_dialog import ImportDialog
from app.ui.pages.permitted import Permitted
from app.ui.theme import Theme
from app.ui.widgets.toast import Toast


class Transfers(QObject):
    """Over `page`. `came` gives the id of a collection that was taken in, `waiting` says that its
    documents are to be read anew."""

    came, waiting = Signal(str), Signal()

    def __init__(
        self,
        page: QWidget,
        services: LibraryServices,
        permitted: Permitted,
        toast: Toast,
        around: tuple[Theme, Language],
    ) -> None:
        super().__init__(page)
        self._page, self._services, self._permitted = page, services, permitted
        self._toast, self._around = toast, around

    def offer_import(self, menu: QMenu) -> None:
        text = self.tr("Import a collection…")
        self._permitted.offer(menu, text, Act.ADD_DOCUMENTS, self._ask_which)

    def offer_export(self, menu: QMenu, collection: str, name: str) -> None:
        """`name` as it is shown."""

        def ask() -> None:
            self.export(collection, name)

        self._permitted.offer(menu, self.tr("Export the collection…"), Act.EXPORT, ask)

    def export(self, collection: str, name: str) -> ExportDialog:
        """Ask for a passphrase and a place."""
        dialog = ExportDialog(
            self._page.window(), self._services, (collection, name), *self._around
        )
        dialog.exported.connect(self._exported)
        dialog.open()
        return dialog

    def take_in(self, path: Path) -> ImportDialog:
        """Ask for the passphrase of a file, and tell of it."""
        dialog = ImportDialog(self._page.window(), self._services, path, *self._around)
        dialog.imported.connect(self._imported)
        dialog.open()
        return dialog

    def _ask_which(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self._page,
            self.tr("Import a collection"),
            "",
            filled(self.tr("Collections (*%1)"), SUFFIX),
        )
        if name:
            self.take_in(Path(name))

    def _exported(self, done: Transferred) -> None:
        documents = self.tr("%n document(s) exported", "", done.documents)
        told = f"{documents} · {self._around[1].size(done.size)}"
        if done.left_out:
            left = self.tr("%n left out: not read yet, or unreadable", "", done.left_out)
            told = f"{told} · {left}"
        self._toast.say(told)

    def _imported(self, done: Transferred) -> None:
        self._toast.say(self.tr("%n document(s) taken in", "", done.documents))
        self.came.emit(done.id)
        if done.vectors is VectorFate.QUEUED:
            self.waiting.emit()
