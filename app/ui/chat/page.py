"""The chat: conversations, transcript, composer, and what an answer rests on."""

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.domain.conversation import (
    AnswerPiece,
    AnswerState,
    Conversation,
    Message,
    PromptRead,
    SourcesFound,
    Speaker,
)
from app.domain.errors import Cancelled
from app.domain.events import ConversationsChanged, ModelsChanged
from app.domain.library import Scope
from app.domain.models import ModelKind
from app.domain.progress import Progress
from app.services.answering import AnswerSettings
from app.services.chat import ChatService
from app.services.events import Events
from app.services.jobs import Job, Worker
from app.services.models import ModelService
from app.ui.chat.composer import Composer
from app.ui.chat.found import FoundList
from app.ui.chat.sidebar import ConversationSidebar
from app.ui.chat.transcript import Transcript
from app.ui.chat.words import AnswerWords
from app.ui.language import Language
from app.ui.library.spot import Spot, spot
from app.ui.library.viewer import DocumentViewer
from app.ui.theme import Theme
from app.ui.widgets.controls import label

_PANEL = 380
#: After an answer, until what was read of the conversation is stored.
_IDLE_MILLISECONDS = 3000
T = TypeVar("T")


class ChatPage(QWidget):
    """Answers run on `answers`, lists and messages load on `reading`."""

    def __init__(
        self,
        chat: ChatService,
        models: ModelService,
        answers: Worker,
        reading: Worker,
        events: Events,
        viewer: DocumentViewer,
        theme: Theme,
        language: Language,
    ) -> None:
        super().__init__()
        self._chat, self._models = chat, models
        self._answers, self._reading = answers, reading
        self.viewer, self._theme, self._language = viewer, theme, language
        self._words = AnswerWords(language)
        self._conversation: str | None = None
        self._answer: Message | None = None
        self._job: Job | None = None
        self._asking: object | None = None
        self._cards: dict[Spot, tuple[int, int]] = {}
        self._scope = Scope()
        self._sidebar = ConversationSidebar(theme)
        self._build()
        self._connect(events)
        self._retranslate()
        self.reload()

    # -- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._sidebar)
        split = QSplitter()
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self._middle())
        split.addWidget(self._panel())
        split.setStretchFactor(0, 1)
        split.setSizes([500, _PANEL])
        row.addWidget(split, 1)

    def _middle(self) -> QWidget:
        middle = QFrame()
        middle.setObjectName("content")
        middle.setMinimumWidth(320)
        self._transcript = Transcript(self._theme, self._words)
        self._composer = Composer(self._theme)
        self._composer.setMaximumWidth(760)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._transcript)
        self._stack.addWidget(self._welcome())
        bottom = QHBoxLayout()
        bottom.setContentsMargins(28, 0, 28, 20)
        bottom.addWidget(self._composer, 1)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addLayout(bottom)
        return middle

    def _welcome(self) -> QWidget:
        empty = QWidget()
        column = QVBoxLayout(empty)
        self._hello, self._help = label("title"), label("muted", wrap=True)
        column.addStretch()
        for part in (self._hello, self._help):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        column.addStretch()
        return empty

    def _panel(self) -> QWidget:
        panel = QFrame()
        panel.setObjectName("panel")
        panel.setMinimumWidth(250)
        self._tabs = QTabBar()
        self._tabs.addTab("")
        self._tabs.addTab("")
        self._tabs.setExpanding(False)
        self._found = FoundList(self._theme, self._words)
        self._sides = QStackedWidget()
        self._sides.addWidget(self.viewer)
        self._sides.addWidget(self._found)
        self._tabs.currentChanged.connect(self._sides.setCurrentIndex)
        column = QVBoxLayout(panel)
        column.setContentsMargins(16, 2, 12, 4)
        column.addWidget(self._tabs)
        column.addWidget(self._sides, 1)
        return panel

    def _connect(self, events: Events) -> None:
        self._sidebar.chosen.connect(self._chosen)
        self._sidebar.removed.connect(self._remove)
        self._sidebar.begun.connect(self.begin)
        self._composer.sent.connect(self.send)
        self._composer.stopped.connect(self.stop)
        self._transcript.source_chosen.connect(self._open_source)
        self._transcript.asked_again.connect(self._ask_again)
        self._found.chosen.connect(self._open_found)
        self.viewer.stepped.connect(self._mark_stepped)
        events.subscribe(ConversationsChanged, lambda _: self.reload())
        events.subscribe(ModelsChanged, lambda _: self._show_model())
        for keys, act in (
            ("Ctrl+N", self.begin),
            ("Esc", self.stop),
            ("Ctrl+F", self._sidebar.search.setFocus),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._transcript.setAccessibleName(self.tr("Conversation"))
        self._hello.setText(self.tr("What would you like to know?"))
        self._help.setText(
            self.tr("Answers come from your documents, each with the passages that it rests on.")
        )
        self._tabs.setTabText(0, self.tr("Document"))
        self._show_found_count()
        self._show_model()
        self._transcript.redraw()
        self.reload()

    # -- acts -------------------------------------------------------------------------------------

    def begin(self) -> None:
        """An empty conversation; it is stored with its first question."""
        self._leave()
        self._conversation = self._answer = None
        self._transcript.show_messages([])
        self._found.show_sources(())
        self.viewer.clear()
        self._show_found_count()
        self._stack.setCurrentIndex(1)
        self._sidebar.list.clearSelection()
        self._composer.text.setFocus()

    def ask_about(self, name: str) -> None:
        """Begin a conversation about a document, its name in the composer."""
        self.begin()
        self._composer.text.setPlainText(f"«{name}»: ")
        self._composer.text.moveCursor(self._composer.text.textCursor().MoveOperation.End)

    def search_in(self, scope: Scope) -> None:
        """What the next questions are asked of."""
        self._scope = scope

    def send(self, question: str) -> None:
        """Ask; the answer streams into the transcript."""
        if self._job is not None:
            return
        self._stack.setCurrentIndex(0)
        self._transcript.add_question(question)
        waiting = Message(0, Speaker.ASSISTANT, "", time.time(), AnswerState.WRITING)
        self._transcript.begin_answer(waiting, self.tr("Looking through the documents…"))
        self._composer.set_writing(True)
        conversation, settings = self._conversation, AnswerSettings(scope=self._scope)
        self._asking = asking = object()

        def current(show: Callable[[T], None]) -> Callable[[T], None]:
            """Nothing of an answer reaches a conversation that was opened since."""
            return lambda value: show(value) if self._asking is asking else None

        def work(job: Job) -> tuple[str, Message]:
            chosen = conversation or self._chat.begin(question)
            return chosen, self._chat.answer(chosen, question, job, settings)

        self._job = self._answers.run(
            work,
            title=question,
            on_progress=current(self._progress),
            on_done=current(self._done),
            on_error=current(self._failed),
        )

    def stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _leave(self) -> None:
        """The answer under way is stopped; what was written of it is kept in its conversation."""
        self.stop()
        self._asking = None
        self._end()

    @property
    def answering(self) -> bool:
        return self._job is not None

    @property
    def transcript(self) -> Transcript:
        return self._transcript

    @property
    def composer(self) -> Composer:
        return self._composer

    # -- what comes back --------------------------------------------------------------------------

    def _progress(self, value: object) -> None:
        if isinstance(value, SourcesFound):
            self._transcript.set_sources(value.sources)
            self._found.show_sources(value.sources)
            self._show_found_count()
            found = self._found.sources
            names = ", ".join(dict.fromkeys(f"«{each.segment.name}»" for each in found))
            text = self.tr("%n passage(s) found, reading", "", len(found))
            self._transcript.set_status(f"{text} {names}…")
        elif isinstance(value, Progress):
            self._transcript.set_status(self.tr("Loading the model…"))
            self._transcript.set_reading(value.done / max(value.total, 1))
        elif isinstance(value, PromptRead):
            self._transcript.set_reading(value.done / max(value.total, 1))
        elif isinstance(value, AnswerPiece):
            self._transcript.write(value.text)

    def _done(self, answered: tuple[str, Message]) -> None:
        self._end()
        self._conversation, message = answered
        self._answer = message
        self._transcript.end_answer(message)
        self._found.show_sources(message.sources, message.searched)
        self._show_found_count()
        first = next((each for each in message.citations if each.supported), None)
        if first:
            self._open_source(message, first.number)
        self.reload()
        QTimer.singleShot(_IDLE_MILLISECONDS, self, lambda: self._keep(answered[0]))

    def _failed(self, error: BaseException) -> None:
        self._end()
        sentence = self._language.wording.of(error)
        state = AnswerState.STOPPED if isinstance(error, Cancelled) else AnswerState.DONE
        text = "" if isinstance(error, Cancelled) else f"**{sentence.what}** {sentence.hint}"
        self._transcript.end_answer(Message(0, Speaker.ASSISTANT, text, time.time(), state))
        self.reload()

    def _end(self) -> None:
        self._job = None
        self._composer.set_writing(False)

    # -- conversations ----------------------------------------------------------------------------

    def reload(self) -> None:
        self._reading.run(lambda _: self._chat.conversations(), on_done=self._show_list)

    def _show_list(self, conversations: list[Conversation]) -> None:
        self._sidebar.show_conversations(conversations, self._conversation)
        if not self._conversation and not self.answering:
            self._stack.setCurrentIndex(1)

    def _chosen(self, conversation: str) -> None:
        if conversation != self._conversation:
            self._leave()
            self.show_conversation(conversation)

    def show_conversation(self, conversation: str) -> None:
        self._conversation = conversation
        self._reading.run(lambda _: self._chat.messages(conversation), on_done=self._show_messages)
        self._answers.run(lambda job: self._chat.reopen(conversation, job))

    def _show_messages(self, messages: list[Message]) -> None:
        self._stack.setCurrentIndex(0)
        self._transcript.show_messages(messages)
        answers = [each for each in messages if each.speaker == Speaker.ASSISTANT]
        self._answer = answers[-1] if answers else None
        answer = self._answer
        self._found.show_sources(*((answer.sources, answer.searched) if answer else ((), "")))
        self._show_found_count()
        self.viewer.clear()

    def _remove(self, conversation: str) -> None:
        if conversation == self._conversation:
            self.begin()
        self._reading.run(lambda _: self._chat.remove(conversation))

    def _keep(self, conversation: str) -> None:
        """Store what the model has read of it, unless somebody waits for an answer."""
        if not self.answering:
            self._answers.run(lambda _: self._chat.keep(conversation))

    # -- sources ----------------------------------------------------------------------------------

    def _open_source(self, message: Message, number: int) -> None:
        source = next((each for each in message.sources if each.number == number), None)
        if source is None:
            return
        cited = _cited(message)
        places = [at for at, (each, _) in enumerate(cited) if each == number]
        self._tabs.setCurrentIndex(0)
        if places:
            self._cards = {found: (message.id, each) for each, found in cited}
            self.viewer.set_spots([found for _, found in cited], places[0])
        else:
            self.viewer.open(spot(source.segment, None))
        self._transcript.mark_source(message.id, number)

    def _mark_stepped(self, place: Spot) -> None:
        if place in self._cards:
            self._transcript.mark_source(*self._cards[place])

    def _open_found(self, number: int) -> None:
        if self._answer:
            self._open_source(self._answer, number)

    def _ask_again(self, message: Message) -> None:
        entries = self._transcript.questions_before(message)
        if entries and not self.answering:
            self.send(entries[-1])

    def _show_found_count(self) -> None:
        count = len(self._found.sources)
        found = self.tr("Found")
        self._tabs.setTabText(1, f"{found} {count}" if count else found)

    def _show_model(self) -> None:
        model = self._models.in_use(ModelKind.CHAT)
        self._composer.model.setText(model.name if model else self.tr("No chat model"))


def _cited(message: Message) -> list[tuple[int, Spot]]:
    """The places that an answer cites, each once, in the order of the answer, with the numbers of
    their sources."""
    segments = {each.number: each.segment for each in message.sources}
    citations = sorted(message.citations, key=lambda each: each.at)
    supported = [each for each in citations if each.supported and each.number in segments]
    found = [(each.number, spot(segments[each.number], each)) for each in supported]
    return list(dict.fromkeys(found))
