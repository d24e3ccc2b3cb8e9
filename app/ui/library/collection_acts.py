"""What can be done with a collection: make, rename and delete it, watch folders for it."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import LaretsError
from app.domain.library.documents import Collection
from app.ui.dialogs.questions import agreed, named
from app.ui.language import Language
from app.ui.library.services import LibraryServices
from app.ui.library.watched import WatchedDialog


class CollectionActs(QObject):
    """Asks over `page`. `made` gives a new collection's id, `gone` one that is about to go,
    `watched` says that folders may have brought files, `failed` gives an error."""

    made, gone, watched, failed = Signal(str), Signal(str), Signal(), Signal(object)

    def __init__(self, page: QWidget, services: LibraryServices, language: Language) -> None:
        super().__init__(page)
        self._page, self._services, self._language = page, services, language

    def ask_new(self) -> None:
        title, asked = self.tr("New collection"), self.tr("Name of the collection")
        if name := named(self._page, title, asked, self.tr("Create")):
            self.make(name)

    def make(self, name: str) -> None:
        """Make a collection."""

        def tell(found: Collection) -> None:
            self.made.emit(found.id)

        library = self._services.library
        self._services.reading.begin(self, lambda _: library.create(name), tell, failed=self._fail)

    def ask_rename(self, collection: str, before: str) -> None:
        title, asked = self.tr("Rename the collection"), self.tr("Name of the collection")
        if name := named(self._page, title, asked, self.tr("Rename"), before):
            library = self._services.library
            self._services.reading.begin(
                self, lambda _: library.rename(collection, name), failed=self._fail
            )

    def ask_delete(self, collection: str) -> None:
        question = self.tr("Delete the collection?")
        why = self.tr("All its documents go with it. This cannot be undone.")
        if agreed(self._page, question, why, act=self.tr("Delete"), final=True):
            self.gone.emit(collection)
            self._services.indexing.begin(
                self,
                lambda _: self._services.library.delete(collection),
                failed=self._fail,
            )

    def watch(self, collection: str) -> None:
        """Show its watched folders until the dialog is closed."""
        services = self._services
        WatchedDialog(
            self._page, services.watching, collection, services.reading, self._language
        ).exec()
        self.watched.emit()

    def _fail(self, error: LaretsError) -> None:
        self.failed.emit(error)
