"""Shows a document where a citation points: its pages, its text or its cells; acts on it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.domain.errors import LaretsError
from app.domain.library.documents import Document
from app.domain.library.reading import ReadingReport
from app.services.jobs import Job
from app.services.library.service import LibraryService
from app.ui.acts import Acts
from app.ui.dialogs.outside import open_local
from app.ui.language import Language
from app.ui.library.viewer.find_line import FindLine
from app.ui.library.viewer.grid_view import GridView
from app.ui.library.viewer.look import Look, look_at, look_on
from app.ui.library.viewer.original import Original
from app.ui.library.viewer.scrolled_pages import ScrolledPages
from app.ui.library.viewer.spot import Spot
from app.ui.library.viewer.text.view import TextView
from app.ui.library.viewer.viewer_bars import ActBar, CitationLine, StepperLine
from app.ui.theme import Theme
from app.ui.widgets.controls import label, rest, say_or_hide, stacked
from app.ui.widgets.layouts import in_column, wide
from app.ui.widgets.retranslating import Retranslating

#: What loads longer than that is said to be loading.
_PATIENCE_MS = 250


class DocumentViewer(Retranslating, QWidget):
    """Loads on the reading worker, so that looking waits for neither an answer nor an import.

    `opener` shows a decrypted original. `stepped` gives another one of the spots, `looked` a
    document that came into view, `moved` says that another page of it did; `detached` asks for a
    window of its own, with the spots and the place among them.
    """

    stepped, looked, moved = Signal(object), Signal(object), Signal()
    detached = Signal(object, int)

    def __init__(
        self,
        library: LibraryService,
        reading: Acts,
        theme: Theme,
        language: Language,
        opener: Callable[[Path], bool] = open_local,
        *,
        has_bar: bool = True,
    ) -> None:
        """Without a bar, who holds it has the acts."""
        super().__init__()
        self._library, self._reading = library, reading
        self._language, self._has_bar = language, has_bar
        self._original = Original(self, library, reading, opener)
        self._spot: Spot | None = None
        self._look: Look | None = None
        self._job: Job | None = None
        self._own_hint = ""
        self._hit, self._hits = 0, 0
        self.pages = ScrolledPages(library, reading, theme)
        self.text = TextView(theme)
        self.grid = GridView(theme)
        self.find_line = FindLine(theme)
        self.citations, self.stretch = CitationLine(theme), StepperLine(theme)
        self.bar = ActBar(theme)
        self._patience = rest(self, _PATIENCE_MS, self._say_loading)
        self._build()
        self._connect()
        self._retranslate()

    def _build(self) -> None:
        self.unread = label("notice", wrap=True)
        self._hint = label("muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = stacked(self._hint, self.pages, self.text, self.grid)
        in_column(
            self.citations, self.stretch, wide(self._stack), self.unread, self.find_line, self.bar,
            on=self, margins=0, spacing=0,
        )  # fmt: skip
        for line in self._lines():
            line.hide()

    def _lines(self) -> tuple[QWidget, ...]:
        return self.citations, self.stretch, self.unread, self.find_line, self.bar

    def _connect(self) -> None:
        self.pages.shown.connect(self._show_pages)
        self.pages.failed.connect(self._fail)
        self.grid.turned.connect(self._show_place)
        for view in (self.pages, self.text, self.grid):
            view.found.connect(self._take_hits)
        for area in (self.pages, self.text, self.grid.table):
            area.viewport().installEventFilter(self)
        self.find_line.sought.connect(self._seek)
        self.find_line.stepped.connect(self.step_hit)
        self.find_line.left.connect(self.end_search)
        self.citations.chosen.connect(self._step_to)
        self.stretch.stepped.connect(self._step_stretch)
        self.bar.turned.connect(self.turn)
        self.bar.zoomed.connect(self.zoom)
        self.bar.searched.connect(self.search)
        self.bar.copied.connect(self.copy)
        self.bar.wanted.connect(self.open_original)
        self.bar.detached.connect(self._detach)

    def _retranslate(self) -> None:
        if self._look is None:
            self._hint.setText(self._own_hint or self._usual_hint())
        self.text.setAccessibleName(self.tr("Text of the document"))
        self.pages.setAccessibleName(self.tr("Page of the document"))
        self.stretch.say(self.tr("The part before"), self.tr("The part after"))
        self._show_place()

    def _usual_hint(self) -> str:
        return self.tr(
            "Choose a source under an answer: its document opens here at the very passage."
        )

    @property
    def marks(self) -> int:
        """How many rectangles are highlighted on the page shown."""
        return len(self.pages.sheet.marks)

    @property
    def is_whole(self) -> bool:
        """Whether all of the document is shown, not a stretch of a very long one."""
        return self._look is not None and self._look.stretch is None

    @property
    def page(self) -> int:
        return self.pages.page

    @property
    def shown(self) -> QWidget | None:
        """The view in front: pages, text, grid, or a hint."""
        return self._stack.currentWidget()

    def set_hint(self, text: str) -> None:
        """What is said while nothing is shown."""
        self._own_hint = text
        if self._look is None:
            self._hint.setText(text)

    # -- opening ----------------------------------------------------------------------------------

    def clear(self) -> None:
        """Show nothing, wait for nothing."""
        if self._job:
            self._job.cancel()
        self._patience.stop()
        self._spot = self._look = self._job = None
        self.citations.offer(())
        for view in (self.pages, self.text, self.grid):
            view.stop()
        self.find_line.forget()
        self._hint.setText(self._own_hint or self._usual_hint())
        self._stack.setCurrentWidget(self._hint)
        for line in self._lines():
            line.hide()

    def set_spots(self, spots: Sequence[Spot], current: int) -> None:
        """Open one of several places that can be stepped through."""
        self.citations.offer(spots)
        self.open(spots[current])

    def open(self, spot: Spot) -> None:
        """Show the spot's document with the spot highlighted and in view."""
        if self._spot and self._spot.document != spot.document:
            self.end_search()
        self._spot = spot
        self.citations.show_spot(spot)
        before = self._look
        self._load(lambda job: look_at(self._library, spot, before, job), self._open_look)

    def _load(self, work: Callable[[Job], Look], show: Callable[[Look], None]) -> None:
        if self._job:
            self._job.cancel()
        self._patience.start()
        self._job = self._reading.begin(self, work, show, failed=self._fail)

    def _open_look(self, look: Look) -> None:
        spot, before = self._spot, self._look
        if spot is None or spot.document != look.document.id:
            return  # something else was asked for since
        self._patience.stop()
        self._look = look
        self.citations.name.say(look.document.name)
        self.bar.setVisible(self._has_bar)
        self.looked.emit(look.document)
        if look.document.is_pictured:
            self._patience.start()
            self.pages.show_spot(spot)
        elif look.grids:
            self.grid.show_grids(look.grids, spot)
            self._stack.setCurrentWidget(self.grid)
        else:
            self._stack.setCurrentWidget(self.text)
            self.text.show_pieces(look.pieces, spot)
        if before is not look:
            self._search_again()
        self._show_place()

    def _search_again(self) -> None:
        if self.find_line.isVisible() and self.find_line.field.text():
            self._seek(self.find_line.field.text())

    def _show_pages(self) -> None:
        self._patience.stop()
        self._stack.setCurrentWidget(self.pages)
        self._show_place()

    def _say_loading(self) -> None:
        self._hint.setText(self.tr("Opening the document…"))
        self._stack.setCurrentWidget(self._hint)

    def _fail(self, error: LaretsError) -> None:
        self._patience.stop()
        self._hint.setText(self._language.told(error))
        self._stack.setCurrentWidget(self._hint)
        for line in (self.bar, self.find_line, self.stretch, self.unread):
            line.hide()

    # -- where ------------------------------------------------------------------------------------

    def _show_place(self) -> None:
        """What is looked at, in the lines around it."""
        look = self._look
        self.stretch.setVisible(bool(look and look.stretch))
        if look is None:
            return
        say_or_hide(self.unread, self._unread(look.document))
        if look.document.is_pictured:
            self.bar.show_page(self.pages.page, self.pages.pages)
        else:
            self.bar.show_place(self.grid.place if look.grids else "")
        if look.stretch:
            self.stretch.name.say(self._part(look))
            self.stretch.before.setEnabled(look.stretch.first > 0)
            after = look.stretch.first + len(look.stretch.passages)
            self.stretch.after.setEnabled(after < look.stretch.total)
        self.moved.emit()

    def _unread(self, document: Document) -> str:
        """What was not read of the page that is shown, or of a document without pages."""
        report = document.reading
        if document.is_pictured:
            report = ReadingReport(unread=report.on_page(self.pages.page))
        return self._language.wording.of_report(report)

    def _part(self, look: Look) -> str:
        assert look.stretch is not None
        if look.grids:
            text = self.tr("A long table: rows %1–%2")
            first, last = look.grids[0].first, look.grids[0].last
        else:
            text = self.tr("A long document: passages %1–%2 of %3")
            first = look.stretch.first + 1
            last = look.stretch.first + len(look.stretch.passages)
        for place, number in (("%1", first), ("%2", last), ("%3", look.stretch.total)):
            text = text.replace(place, self._language.number(number, 0))
        return text

    def _step_stretch(self, step: int) -> None:
        look = self._look
        if look and look.stretch:
            first = look.stretch.first + step * len(look.stretch.passages)
            self._load(lambda _: look_on(self._library, look, first), self._open_look)

    def _step_to(self, spot: Spot) -> None:
        self.open(spot)
        self.stepped.emit(spot)

    # -- acts -------------------------------------------------------------------------------------

    def _view(self) -> ScrolledPages | TextView | GridView | None:
        shown = self.shown
        return shown if isinstance(shown, ScrolledPages | TextView | GridView) else None

    def turn(self, pages: int) -> None:
        self.pages.turn(pages)

    def turn_to(self, page: int) -> None:
        self.pages.turn_to(page)

    def step_citation(self, step: int) -> None:
        """The citation before or after, if there is one."""
        self.citations.step(step)

    def _detach(self) -> None:
        if self._spot:
            spots = self.citations.spots or (self._spot,)
            self.detached.emit(spots, spots.index(self._spot))

    def zoom(self, factor: float | None) -> None:
        """Larger or smaller; None: as it was at first."""
        if view := self._view():
            view.zoom(factor)

    def copy(self) -> None:
        """Put the selected text into the clipboard, or else what is marked, or else the page."""
        view, spot = self._view(), self._spot
        if isinstance(view, TextView | GridView):
            _put(view.copied())
        elif view and spot:
            page = self.pages.page
            if spot.quote and not spot.words and page == (spot.page or 1):
                _put(spot.quote)
            else:
                work = self._library.page_text
                self._reading.begin(self, lambda _: work(spot.document, page), _put)

    def search(self) -> None:
        """Show the search line and go there."""
        if self._view():
            self.find_line.show()
            self.find_line.field.setFocus()
            self.find_line.field.selectAll()

    def end_search(self) -> None:
        """Hide the search line and what it found."""
        if self.find_line.isHidden():
            return
        self.find_line.hide()
        self.find_line.forget()
        if view := self._view():
            view.find_text("")
            view.setFocus()

    def _seek(self, text: str) -> None:
        if view := self._view():
            self.find_line.say_searching()
            view.find_text(text)

    def _take_hits(self, hits: int) -> None:
        self._hit, self._hits = 0, hits
        if hits and self.shown is self.pages:
            self._hit = self.pages.nearest()
        self.find_line.show_count(self._hit, hits)
        if hits and self.find_line.isVisible():
            self.step_hit(0)

    def step_hit(self, step: int) -> None:
        view = self._view()
        if view and self._hits:
            self._hit = (self._hit + step) % self._hits
            self.find_line.show_count(self._hit, self._hits)
            view.go_to(self._hit)

    def open_original(self) -> None:
        """Offer to show the original with another program."""
        if self._look:
            self._original.offer(self._look.document)

    # -- keys and wheel ---------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Its keys come before the shortcuts of the page around it."""
        early = event.type() == QEvent.Type.ShortcutOverride
        if early and isinstance(event, QKeyEvent) and self._act_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if act := self._act_of(event):
            act()
            return
        super().keyPressEvent(event)

    def _act_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self._view():
            return None
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_F: self.search,
            Qt.Key.Key_C: self.copy,
            Qt.Key.Key_0: lambda: self.zoom(None),
            Qt.Key.Key_Minus: lambda: self.zoom(1 / 1.25),
            Qt.Key.Key_Plus: lambda: self.zoom(1.25),
            Qt.Key.Key_Equal: lambda: self.zoom(1.25),
        }
        return acts.get(event.key())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl and the wheel over a view, which would scroll by itself."""
        control = Qt.KeyboardModifier.ControlModifier
        if isinstance(event, QWheelEvent) and event.modifiers() & control:
            self.zoom(1.1 if event.angleDelta().y() > 0 else 1 / 1.1)
            return True
        return super().eventFilter(watched, event)


def _put(text: str) -> None:
    if text:
        QGuiApplication.clipboard().setText(text)
