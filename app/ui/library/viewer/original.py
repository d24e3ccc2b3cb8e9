"""An original outside of Larets: asked, decrypted into a private folder, shown by the system."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.library.documents import Document
from app.services.library.service import LibraryService
from app.ui.acts import Acts
from app.ui.dialogs.questions import agreed, told
from app.ui.language import filled


class Original:
    """`opener` shows a file and says whether it could; `parent` is what dialogs stand over."""

    def __init__(
        self,
        parent: QWidget,
        library: LibraryService,
        reading: Acts,
        opener: Callable[[Path], bool],
    ) -> None:
        self._parent, self._library = parent, library
        self._reading, self._opener = reading, opener

    def offer(self, document: Document) -> None:
        """Ask; then decrypt and show it."""
        if self._agreed(document.name):
            self._reading.begin(
                self._parent, lambda _: self._library.open_original(document.id), self._show
            )

    def _agreed(self, name: str) -> bool:
        lines = (
            filled(self.tr("Open “%1” with another program?"), name),
            self.tr("It is decrypted into a private folder until Larets is locked or closed."),
            self.tr("The other program may keep a copy of its own."),
        )
        return agreed(self._parent, *lines, act=self.tr("Open the original"))

    def _show(self, path: Path) -> None:
        if not self._opener(path):
            text = self.tr("This computer has no program that opens such files.")
            told(self._parent, self.tr("Open the original"), text)

    def tr(self, text: str) -> str:
        return QCoreApplication.translate("Original", text)
