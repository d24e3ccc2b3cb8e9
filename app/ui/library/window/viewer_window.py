"""A document in a window of its own, beside the main one; and all such windows."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.library.documents import Document
from app.services.library.service import LibraryService
from app.ui.acts import Acts
from app.ui.errors import show_error
from app.ui.language import Language, filled
from app.ui.library.viewer.spot import Spot
from app.ui.library.viewer.viewer import DocumentViewer
from app.ui.library.window.printing import DocumentPrint
from app.ui.library.window.thumbnails import Thumbnails
from app.ui.library.window.window_bar import WindowBar
from app.ui.remembered import Remembered
from app.ui.theme import Theme
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating

_SIZE, _LEAST = QSize(1040, 860), QSize(720, 480)
_KEPT, _COLUMN = "viewer-window", "viewer-column"


class ViewerWindow(Retranslating, QWidget):
    """`asked` gives a document's name, `closed` says that it holds nothing any more."""

    asked, closed = Signal(str), Signal()

    def __init__(
        self,
        library: LibraryService,
        reading: Acts,
        theme: Theme,
        language: Language,
        remembered: Remembered,
    ) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._language, self._remembered = language, remembered
        self.document: Document | None = None
        self._is_new = True
        self.bar = WindowBar(theme)
        self.pages = Thumbnails(library, reading, theme)
        self.viewer = DocumentViewer(library, reading, theme, language, has_bar=False)
        self.printing = DocumentPrint(self, library, reading)
        column = in_column(wide(self.viewer), margins=(12, 0, 12, 8))
        body = in_row(self.pages, wide(column), spacing=0)
        in_column(self.bar, wide(body), on=self, margins=0, spacing=0)
        self.pages.hide()
        self.setMinimumSize(_LEAST)
        kept = remembered.numbers(_KEPT)
        self.resize(QSize(*kept) if len(kept) == 2 else _SIZE)
        self._connect(language)
        self._make_keys()
        if remembered.numbers(_COLUMN) == [1]:
            self.bar.column.click()

    def _connect(self, language: Language) -> None:
        viewer, bar = self.viewer, self.bar
        viewer.looked.connect(self._show_document)
        viewer.moved.connect(self._show_place)
        self.pages.picked.connect(viewer.turn_to)
        bar.turned_to.connect(viewer.turn_to)
        bar.zoomed.connect(viewer.zoom)
        bar.rotated.connect(viewer.pages.rotate)
        bar.arranged.connect(self._arrange)
        bar.searched.connect(viewer.search)
        bar.printed.connect(self.print)
        bar.wanted.connect(viewer.open_original)
        bar.asked.connect(self._ask)
        self.printing.moved.connect(self._say_printed)
        self.printing.ended.connect(self._name_window)
        self.printing.failed.connect(lambda error: show_error(self, error, language.wording))

    def _make_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Esc": self.close, "Ctrl+W": self.close, "Ctrl+F": self.viewer.search,
            "Ctrl+P": self.print, "Ctrl+R": self.viewer.pages.rotate,
            "F8": self.bar.column.click, "Ctrl+G": self._enter_page,
            "Ctrl+0": partial(self.viewer.zoom, None),
            "Ctrl++": partial(self.viewer.zoom, 1.25), "Ctrl+=": partial(self.viewer.zoom, 1.25),
            "Ctrl+-": partial(self.viewer.zoom, 1 / 1.25),
            "F3": partial(self.viewer.step_hit, 1), "Shift+F3": partial(self.viewer.step_hit, -1),
            "Alt+Right": partial(self.viewer.step_citation, 1),
            "Alt+Left": partial(self.viewer.step_citation, -1),
        }  # fmt: skip
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self, act)

    def _retranslate(self) -> None:
        if self.document:
            self._show_document(self.document)

    # -- showing ----------------------------------------------------------------------------------

    def open(self, spots: Sequence[Spot], current: int) -> None:
        """One of several places in documents, in front of the other windows."""
        self.viewer.set_spots(spots, current)
        self.show()
        self.raise_()
        self.activateWindow()

    def _show_document(self, document: Document) -> None:
        self.document = document
        pages = self.tr("%n page(s)", "", document.pages) if document.pages else ""
        parts = (document.type.upper(), pages, self._language.size(document.size))
        unread = self._language.wording.of_report(document.reading) if document.partly_read else ""
        self.bar.show_document(document.name, " · ".join(part for part in parts if part), unread)
        self.bar.show_printing(self._why_not_print(document))
        self._name_window()

    def _why_not_print(self, document: Document) -> str:
        if document.is_sheet:
            return self.tr("Tables are printed by their own program: open the original.")
        if not self.viewer.is_whole:
            return self.tr("It is too long to be printed from here: open the original.")
        return ""

    def _name_window(self) -> None:
        self.setWindowTitle(f"{self.document.name} — Larets" if self.document else "Larets")

    def _show_place(self) -> None:
        viewer, document = self.viewer, self.document
        pictured = document is not None and document.is_pictured
        pages = viewer.pages.pages if pictured else 0
        self.bar.show_page(viewer.page, pages)
        if self._is_new and viewer.shown is not None:
            self._is_new = False
            viewer.shown.setFocus()
        self.pages.setVisible(pages > 1)
        if pages > 1 and document:
            self.pages.show_document(document.id, pages)
            self.pages.mark(viewer.page)

    def _arrange(self, in_column: bool) -> None:
        self._remembered.keep(_COLUMN, [int(in_column)])
        self.viewer.pages.put_in_column(on=in_column)

    # -- acts -------------------------------------------------------------------------------------

    def print(self) -> None:
        """Ask for a printer, where that is possible."""
        document = self.document
        if document is None or self._why_not_print(document) or self.printing.busy:
            return
        self.printing.ask(document, None if document.is_pictured else self.viewer.text.on_paper())

    def _say_printed(self, page: int, pages: int) -> None:
        self.setWindowTitle(filled(self.tr("Printing page %1 of %2…"), page, pages))

    def _ask(self) -> None:
        if self.document:
            self.asked.emit(self.document.name)

    def _enter_page(self) -> None:
        self.bar.page.setFocus()
        self.bar.page.selectAll()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._remembered.keep(_KEPT, [self.width(), self.height()])
        self.printing.stop()
        self.pages.stop()
        self.viewer.clear()
        self.document = None
        self._name_window()
        self.closed.emit()
        super().closeEvent(event)


class ViewerWindows(QObject):
    """One window a document; all of them close at the lock. `asked` gives a document's name."""

    asked = Signal(str)

    def __init__(
        self,
        library: LibraryService,
        reading: Acts,
        theme: Theme,
        language: Language,
        remembered: Remembered,
    ) -> None:
        super().__init__()
        self._make = partial(ViewerWindow, library, reading, theme, language, remembered)
        self.open_ones: dict[str, ViewerWindow] = {}

    def open(self, spots: Sequence[Spot], current: int) -> ViewerWindow:
        """In the window that the document has already, or in a new one."""
        document = spots[current].document
        window = self.open_ones.get(document)
        if window is None:
            window = self.open_ones[document] = self._make()
            window.asked.connect(self.asked)
            window.closed.connect(lambda: self.open_ones.pop(document, None))
        window.open(spots, current)
        return window

    def close(self, documents: Iterable[str] | None = None) -> None:
        """Those of documents that are removed; all of them when the profile is to be locked."""
        closing = list(self.open_ones) if documents is None else list(documents)
        for document in closing:
            if window := self.open_ones.get(document):
                window.close()
