"""What an answer rests on, beside it: the document at the cited place, and all that was found."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QTabBar

from app.domain.chat.conversation import Citation, Message, Segment, Source
from app.ui.chat.sources.context import ContextPanel
from app.ui.chat.transcript.transcript import Transcript
from app.ui.library.viewer.spot import Spot, spot
from app.ui.library.viewer.viewer import DocumentViewer
from app.ui.widgets.controls import stacked
from app.ui.widgets.layouts import in_column, wide
from app.ui.widgets.retranslating import Retranslating


class SourcesPanel(Retranslating, QFrame):
    """`remembered` gives the summary or note (its id) that a source is; `filled` says whether there
    is anything to be seen."""

    remembered, filled = Signal(str), Signal(bool)

    def __init__(
        self, viewer: DocumentViewer, transcript: Transcript, context: ContextPanel
    ) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setMinimumWidth(250)
        self.viewer, self._transcript = viewer, transcript
        self._answer: Message | None = None
        self._cards: dict[Spot, tuple[int, int]] = {}
        self._tabs = QTabBar()
        self._tabs.addTab("")
        self._tabs.addTab("")
        self._tabs.setExpanding(False)
        self.context = context
        self._count = 0
        self._sides = stacked(viewer, context)
        in_column(self._tabs, wide(self._sides), on=self, margins=(16, 2, 12, 4))
        self._tabs.currentChanged.connect(self._sides.setCurrentIndex)
        context.chosen.connect(self._open_found)
        context.counted.connect(self._show_count)
        viewer.stepped.connect(self._mark_stepped)
        self._retranslate()

    def _retranslate(self) -> None:
        self._tabs.setTabText(0, self.tr("Document"))
        self._show_count(self._count)

    def _show_count(self, count: int) -> None:
        self._count = count
        found = self.tr("Found")
        self._tabs.setTabText(1, f"{found} {count}" if count else found)
        if count:
            self.filled.emit(True)

    def clear(self) -> None:
        """Another conversation."""
        self.show_answer(None)
        self.context.forget_pins()
        self.viewer.clear()
        self.filled.emit(False)

    def show_answer(self, message: Message | None) -> None:
        """What an answer could use; None for none."""
        self._answer = message
        question = self._transcript.question_of(message) if message else ""
        self.context.show_answer(message, question)

    def open_first(self, message: Message) -> None:
        """The document at the first place that the answer cites."""
        passages = {e.number for e in message.sources if not e.segment.memory}
        cited = (e.number for e in message.citations if e.supported and e.number in passages)
        first = next(cited, None)
        if first is not None:
            self.open(message, first)

    def open(self, message: Message, number: int, citation: int = -1) -> None:
        """The document of a source, at the sentence that a citation of the answer rests on, or that
        the first one does which has the source."""
        source = next((each for each in message.sources if each.number == number), None)
        if source is None:
            return
        if source.segment.memory:
            self.remembered.emit(source.segment.memory)
            return
        cited = _cited(message)
        chosen = message.citations[citation] if citation >= 0 else None
        wanted = spot(source.segment, chosen) if chosen and chosen.supported else None
        places = [
            at for at, (each, place) in enumerate(cited)
            if each == number and wanted in {None, place}
        ]  # fmt: skip
        self._tabs.setCurrentIndex(0)
        self.filled.emit(True)
        if places:
            self._cards = {found: (message.id, each) for each, found in cited}
            self.viewer.set_spots([found for _, found in cited], places[0])
        else:
            self.viewer.open(spot(source.segment, None))
        self._transcript.mark_source(message.id, number)

    def _mark_stepped(self, place: Spot) -> None:
        if place in self._cards:
            self._transcript.mark_source(*self._cards[place])

    def _open_found(self, source: Source) -> None:
        if self._answer and source.number:
            self.open(self._answer, source.number)
        else:
            self.open_passage(source.segment, None)

    def open_passage(self, segment: Segment, citation: Citation | None) -> None:
        """The document at a passage, or at the sentence of it that supports a citation."""
        self._tabs.setCurrentIndex(0)
        self.filled.emit(True)
        self.viewer.open(spot(segment, citation))


def _cited(message: Message) -> list[tuple[int, Spot]]:
    """The places that an answer cites, each once, in the order of the answer, with the numbers of
    their sources."""
    segments = {e.number: e.segment for e in message.sources if not e.segment.memory}
    citations = sorted(message.citations, key=lambda citation: citation.at)
    supported = [
        citation for citation in citations if citation.supported and citation.number in segments
    ]
    found = [(citation.number, spot(segments[citation.number], citation)) for citation in supported]
    return list(dict.fromkeys(found))
