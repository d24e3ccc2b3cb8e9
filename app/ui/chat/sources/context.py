"""The passages behind an answer, to be corrected: pin, leave out, add, ask again, keep."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu

from app.domain.chat.conversation import Message, Segment, Source
from app.domain.retrieval.passage_sets import PassageSet
from app.ui.chat.services import ChatServices
from app.ui.chat.sources.found import FoundSourceList, FoundSources
from app.ui.chat.words import AnswerWords
from app.ui.dialogs.questions import named
from app.ui.language import filled
from app.ui.theme import Theme
from app.ui.widgets.controls import button, invite, rest
from app.ui.widgets.layouts import in_column, in_row, wide
from app.ui.widgets.lines import Lines
from app.ui.widgets.retranslating import Retranslating

_TYPING_MILLISECONDS = 300
_OFFERED = 6


class ContextPanel(Retranslating, QFrame):
    """`chosen` gives a source that is to be opened, `asked_again` an answer and the passages that
    it is to be written from anew, `pinned` those of the next questions, `counted` how many there
    are."""

    chosen, asked_again, pinned = Signal(object), Signal(object, object), Signal(object)
    counted = Signal(int)

    def __init__(self, services: ChatServices, theme: Theme, words: AnswerWords) -> None:
        super().__init__()
        self._sets, self._retrieval = services.sets, services.retrieval
        self._reading = services.reading
        self._answer: Message | None = None
        self._question = ""
        self.found = FoundSources()
        self._searched = self._kept = ""
        self._remembered = list[str]()
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.search.setClearButtonEnabled(True)
        self.offers = Lines(theme)
        self.offers.setMaximumHeight(300)
        self.offers.hide()
        self.list = FoundSourceList(theme, words)
        self.again = button("primary", self._ask_again)
        self._more = button("quiet", self._show_sets)
        row = in_row(wide(self.again), self._more)
        column = in_column(on=self, margins=(0, 6, 0, 8), spacing=8)
        for part in (self.search, self.offers, self.list):
            column.addWidget(part, 1 if part is self.list else 0)
        column.addLayout(row)
        self._typing = rest(self, _TYPING_MILLISECONDS)
        self._connect()
        self._retranslate()

    def _connect(self) -> None:
        self._typing.timeout.connect(self._look)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.offers.picked.connect(self.add)
        self.list.chosen.connect(self.chosen)
        self.list.pinned.connect(self.turn_pin)
        self.list.excluded.connect(self.turn_out)

    def _retranslate(self) -> None:
        invite(self.search, self.tr("Add a passage from the library"))
        self.offers.setAccessibleName(self.tr("Passages to add"))
        self.again.setText(self.tr("Ask again with these"))
        self._more.setText(self.tr("Sets"))
        self._more.setToolTip(self.tr("Keep these passages under a name, or use kept ones"))
        self._show()

    # -- what is shown ----------------------------------------------------------------------------

    def show_sources(self, sources: tuple[Source, ...], kept: str = "") -> None:
        """Before the first word; `kept` names the set of a liked answer that is part of them."""
        self._answer, self._searched, self._kept = None, "", kept
        self._put(sources)

    def show_answer(self, message: Message | None, question: str) -> None:
        """What an answer to `question` could use; None for none."""
        if message is None or (self._answer and message.id != self._answer.id):
            self._kept = ""
        self._answer, self._question = message, question
        self._searched = message.searched if message else ""
        self._put(message.sources if message else ())

    def forget_pins(self) -> None:
        """In another conversation nothing is pinned."""
        self.found = FoundSources()
        self._tell_pinned()
        self._show()

    def _put(self, sources: tuple[Source, ...]) -> None:
        passages = tuple(source for source in sources if source.segment.is_passage)
        self._remembered = [source.segment.name for source in sources if source.segment.memory]
        held = {_key(passage.segment) for passage in passages}
        pinned = {segment for segment in self.found.pinned if _key(segment) not in held}
        same = {passage.segment for passage in passages if _key(passage.segment) in self._pins()}
        self.found = FoundSources(passages, frozenset(pinned | same))
        self._show()

    def _pins(self) -> set[tuple[str, tuple[int, ...]]]:
        return {_key(segment) for segment in self.found.pinned}

    def _show(self) -> None:
        notes = []
        if self._searched:
            notes.append(filled(self.tr("Searched for: %1"), self._searched))
        if self._kept:
            told = self.tr("With the passages of an answer that you liked: %1")
            notes.append(filled(told, self._kept))
        if self._remembered:
            told = self.tr("Remembered from earlier conversations: %1")
            notes.append(filled(told, ", ".join(f"«{each}»" for each in self._remembered)))
        self.list.show_found(self.found, notes)
        self.again.setEnabled(self._answer is not None and bool(self.found.segments))
        self.counted.emit(len(self.found.sources))

    # -- acts -------------------------------------------------------------------------------------

    def turn_pin(self, segment: Segment) -> None:
        self.found = replace(self.found, pinned=self.found.pinned ^ {segment})
        self._tell_pinned()
        self._show()

    def turn_out(self, segment: Segment) -> None:
        pinned = self.found.pinned - {segment}
        excluded = self.found.excluded ^ {segment}
        self.found = replace(self.found, pinned=pinned, excluded=excluded)
        self._tell_pinned()
        self._show()

    def add(self, segment: Segment) -> None:
        """A passage that the user looked up."""
        self.search.clear()
        self.offers.hide()
        if _key(segment) not in {_key(source.segment) for source in self.found.sources}:
            sources = (Source(0, segment), *self.found.sources)
            self.found = replace(self.found, sources=sources)
        self._show()

    def _tell_pinned(self) -> None:
        self.pinned.emit(tuple(self.found.pinned))

    def _ask_again(self) -> None:
        if self._answer:
            self.asked_again.emit(self._answer, self.found.segments)

    def _look(self) -> None:
        text = self.search.text().strip()
        if not text:
            self.offers.hide()
            return
        self._reading.begin(
            self,
            lambda _: self._retrieval.find(text, _OFFERED).segments,
            lambda found: self._offer(text, found),
        )

    def _offer(self, text: str, segments: tuple[Segment, ...]) -> None:
        if text != self.search.text().strip():
            return
        self.offers.clear()
        for segment in segments:
            self.offers.add(segment.name, " ".join(segment.text.split())[:200], segment)
        if not segments:
            self.offers.say(self.tr("Nothing in the library comes near these words."))
        self.offers.show()

    # -- kept sets --------------------------------------------------------------------------------

    def _show_sets(self) -> None:
        self._reading.begin(
            self,
            lambda _: self._sets.all(),
            lambda kept: self.menu(kept).popup(self._more.mapToGlobal(self._more.rect().topLeft())),
        )

    def menu(self, kept: list[PassageSet]) -> QMenu:
        """Keep these, and what was kept."""
        menu = QMenu(self)
        keep = menu.addAction(self.tr("Keep these passages…"), self._ask_name)
        keep.setEnabled(bool(self.found.segments))
        for title, automatic in (
            (self.tr("Kept by you"), False),
            (self.tr("From answers that you liked"), True),
        ):
            own = [passage_set for passage_set in kept if passage_set.is_automatic == automatic]
            if own:
                menu.addSection(title)
            for each in own:
                inner = menu.addMenu(each.name)
                inner.addAction(self.tr("Use for the next questions"), partial(self.use, each))
                inner.addAction(self.tr("Forget this set"), partial(self.forget, each))
        return menu

    def _ask_name(self) -> None:
        title, asked, act = self.tr("Keep these passages"), self.tr("Name"), self.tr("Keep")
        if name := named(self, title, asked, act, self._question[:60]):
            self.keep(name)

    def keep(self, name: str) -> None:
        """These passages under a name."""
        question, segments = self._question, self.found.segments
        self._reading.begin(self, lambda _: self._sets.keep(name, question or name, segments))

    def use(self, kept: PassageSet) -> None:
        """Pin what is still there of a set."""

        def pin(segments: list[Segment]) -> None:
            held = {_key(source.segment) for source in self.found.sources}
            fresh = tuple(Source(0, segment) for segment in segments if _key(segment) not in held)
            keys = {_key(segment) for segment in segments}
            sources = (*fresh, *self.found.sources)
            pinned = {source.segment for source in sources if _key(source.segment) in keys}
            self.found = replace(self.found, sources=sources, pinned=self.found.pinned | pinned)
            self._tell_pinned()
            self._show()

        self._reading.begin(self, lambda _: self._sets.segments(kept), pin)

    def forget(self, kept: PassageSet) -> None:
        self._reading.begin(self, lambda _: self._sets.remove(kept.id))


def _key(segment: Segment) -> tuple[str, tuple[int, ...]]:
    """The same passages, whatever their scores."""
    return segment.document, segment.passages
