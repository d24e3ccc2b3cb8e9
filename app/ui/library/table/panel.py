"""The right side of the library: a document's first look and facts, its outline, its passages; or
how the collection stands when no document is chosen."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QTabBar, QWidget

from app.domain.library.documents import Document, DocumentState, Passage
from app.services.conversations.service import ConversationService
from app.services.jobs import Job
from app.services.library.service import LibraryService
from app.ui.acts import Acts
from app.ui.language import Language, filled
from app.ui.library.table.details import DocumentDetails
from app.ui.library.table.statistics import CollectionStatistics
from app.ui.library.viewer.look import spot_of
from app.ui.library.viewer.spot import Spot
from app.ui.library.viewer.viewer import DocumentViewer
from app.ui.pages.permitted import Permitted
from app.ui.theme import Theme
from app.ui.widgets.controls import stacked
from app.ui.widgets.layouts import in_column, wide
from app.ui.widgets.lines import Lines
from app.ui.widgets.retranslating import Retranslating

DETAILS, OUTLINE, PASSAGES = range(3)
#: Between the parts of a heading path, see domain.passages.
_PATH = " › "
_SNIPPET = 220


class DocumentPanel(Retranslating, QFrame):
    def __init__(
        self,
        library: LibraryService,
        conversations: ConversationService,
        reading: Acts,
        theme: Theme,
        language: Language,
    ) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._library, self._conversations = library, conversations
        self._reading = reading
        self.one: Document | None = None
        self._job: Job | None = None
        self._passages: list[Passage] = []
        self.viewer = DocumentViewer(library, reading, theme, language)
        self.details = DocumentDetails(theme, language, Permitted(library.allows))
        self.tabs = QTabBar()
        for _ in range(3):
            self.tabs.addTab("")
        self.tabs.setExpanding(False)
        self.outline, self.passages = Lines(theme), Lines(theme)
        self.statistics = CollectionStatistics(language)
        first = QWidget()
        in_column(wide(self.viewer), self.details, on=first, margins=0, spacing=10)
        self._pages = stacked(first, self.outline, self.passages, self.statistics)
        in_column(self.tabs, wide(self._pages), on=self, margins=(16, 4, 16, 12), spacing=6)
        self.tabs.currentChanged.connect(self._turn)
        for lines in (self.outline, self.passages):
            lines.picked.connect(self._look_at)
        self._retranslate()

    def _retranslate(self) -> None:
        self.tabs.setTabText(DETAILS, self.tr("Details"))
        self.tabs.setTabText(OUTLINE, self.tr("Outline"))
        self._name_passages()
        self.outline.setAccessibleName(self.tr("Outline"))
        self.passages.setAccessibleName(self.tr("Passages"))
        self.viewer.set_hint(self._hint())

    def _hint(self) -> str:
        """Why there is nothing to look at."""
        if self.one is None:
            return self.tr("Choose a document to look at it.")
        if self.one.error:
            return self.tr("It could not be read. Why, and what to do, stands below.")
        return self.tr("It is shown as soon as it is read.")

    def _name_passages(self) -> None:
        name = self.tr("Passages")
        count = self.one.passages if self.one else 0
        self.tabs.setTabText(PASSAGES, f"{name} {count}" if count else name)

    def show_documents(self, chosen: Sequence[Document], reason: str) -> None:
        """`reason` why the only one failed, "" when it did not."""
        one = chosen[0] if len(chosen) == 1 else None
        another = (one and one.id) != (self.one and self.one.id)
        self.one = one
        self.viewer.set_hint(self._hint())
        self.tabs.setVisible(bool(chosen))
        self.details.show_documents(chosen, reason)
        self._name_passages()
        if not chosen:
            self._pages.setCurrentIndex(3)
            self.viewer.clear()
            return
        if another:
            self.outline.clear()
            self.passages.clear()
        self._turn(self.tabs.currentIndex())
        if one and another:
            self._ask_how_often_cited(one)
            if one.state != DocumentState.INDEXED:
                self.viewer.clear()

    def spot(self) -> Spot | None:
        """The beginning of the chosen document; None where it cannot be looked at."""
        one = self.one
        if one is None or one.state != DocumentState.INDEXED or not one.passages:
            return None
        return Spot(one.id, 1 if one.pages else None, "", 0, 0)

    def open(self) -> None:
        """Show the chosen document from its beginning."""
        if found := self.spot():
            self.tabs.setCurrentIndex(DETAILS)
            self.viewer.open(found)

    def show_statistics(self, documents: Sequence[Document]) -> None:
        """How the collection stands."""
        self.statistics.show_documents(documents)

    def _ask_how_often_cited(self, document: Document) -> None:
        def show(found: tuple[int, float | None]) -> None:
            if self.one and self.one.id == document.id:
                self.details.show_cited(*found)

        self._reading.begin(self, lambda _: self._conversations.cited(document.id), show)

    def _turn(self, tab: int) -> None:
        self._pages.setCurrentIndex(tab)
        document = self.one
        if tab == DETAILS or document is None or self.passages.count():
            return
        if self._job:
            self._job.cancel()

        def show(found: list[Passage]) -> None:
            if self.one and self.one.id == document.id:
                self._fill(found)

        self._job = self._reading.begin(self, lambda _: self._library.passages(document.id), show)

    def _fill(self, passages: list[Passage]) -> None:
        self._passages = passages
        self.outline.clear()
        self.passages.clear()
        last: list[str] = []
        for place, passage in enumerate(passages):
            page = filled(self.tr("p. %1"), passage.locator.page)
            where = page if passage.locator.page else passage.locator.cells
            text = " ".join(passage.text.split())[:_SNIPPET]
            self.passages.add(where, text, place)
            path = [part for part in passage.locator.heading.split(_PATH) if part]
            for depth, heading in enumerate(path):
                if path[: depth + 1] != last[: depth + 1]:
                    self.outline.add("", heading, place, depth)
            last = path
        if not self.outline.count():
            self.outline.say(self.tr("This document has no headings."))

    def _look_at(self, place: int) -> None:
        if self.one is None:
            return
        self.tabs.setCurrentIndex(DETAILS)
        self.viewer.open(spot_of(self.one.id, self._passages[place]))
