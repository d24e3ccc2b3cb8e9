"""A document on paper: the system's dialog, then its pages as pictures, or its text."""

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from app.domain.errors import LaretsError
from app.domain.library.documents import Document, PageImage
from app.services.jobs import Job
from app.services.library.service import LibraryService
from app.ui.acts import Acts

#: Pixels a point: 216 to the inch, which print cannot be told from more at arm's length.
_SCALE = 3.0


class DocumentPrint(QObject):
    """One printing at a time. `moved` gives the page that was printed and how many there are,
    `ended` says that nothing is printed any more, `failed` gives an error."""

    moved, ended, failed = Signal(int, int), Signal(), Signal(object)

    def __init__(self, owner: QWidget, library: LibraryService, reading: Acts) -> None:
        super().__init__(owner)
        self._owner, self._library, self._reading = owner, library, reading
        self._painter: QPainter | None = None
        self._printer: QPrinter | None = None
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        return self._painter is not None

    def ask(self, document: Document, text: QTextDocument | None) -> None:
        """Ask for a printer; `text` is what is printed of a document without pages."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self._owner)
        if text is None:
            dialog.setMinMax(1, document.pages or 1)
        if dialog.exec():
            self.print_on(printer, document, text)

    def print_on(self, printer: QPrinter, document: Document, text: QTextDocument | None) -> None:
        """Print on it, and note it in the journal as other ways out are."""
        self._reading.begin(self, lambda _: self._library.note_print(document.id))
        if text is not None:
            text.print_(printer)
            self.ended.emit()
            return
        first, last = printer.fromPage() or 1, printer.toPage() or document.pages or 1
        self._printer, self._painter = printer, QPainter()
        if not self._painter.begin(printer):
            self.stop()
            return
        self._print(document.id, first, first, min(last, document.pages or 1))

    def stop(self) -> None:
        """What is not printed yet is left out; nothing of the document is held."""
        if self._job:
            self._job.cancel()
        if self._painter and self._painter.isActive():
            self._painter.end()
        self._job = self._painter = self._printer = None
        self.ended.emit()

    def _print(self, document: str, page: int, first: int, last: int) -> None:
        def done(image: PageImage) -> None:
            self._draw(image, begins=page == first)
            self.moved.emit(page, last)
            if page < last and self._painter:
                self._print(document, page + 1, first, last)
            else:
                self.stop()

        self._job = self._reading.begin(
            self,
            lambda _: self._library.page(document, page, _SCALE, "", ()),
            done,
            failed=self._fail,
        )

    def _fail(self, error: LaretsError) -> None:
        self.stop()
        self.failed.emit(error)

    def _draw(self, image: PageImage, *, begins: bool) -> None:
        printer, painter = self._printer, self._painter
        if printer is None or painter is None:
            return
        if not begins:
            printer.newPage()
        picture = QImage(
            image.pixels, image.width, image.height, image.width * 3, QImage.Format.Format_RGB888
        )
        paper = painter.viewport()
        size = picture.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(paper.topLeft(), size), picture)
