"""The chat: conversations, transcript, composer, and what an answer rests on."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.chat.branches import RemovedTurns
from app.domain.chat.conversation import (
    Citation,
    Conversation,
    Message,
    MessageFilter,
    MessageHit,
    QuotationFound,
    Speaker,
)
from app.domain.events import (
    AssistantsChanged,
    ConversationsChanged,
    ModelsChanged,
    PreferencesChanged,
)
from app.domain.library.documents import Scope
from app.domain.models.model import Model, ModelKind
from app.services.conversations.service import UNDO_SECONDS
from app.ui.chat.columns import ChatColumns
from app.ui.chat.composer.attached import AttachedFiles, Attaching
from app.ui.chat.composer.composer import Composer
from app.ui.chat.composer.prepared import PreparedQuestions
from app.ui.chat.composer.suggestions import AfterAnswer, Suggestions
from app.ui.chat.composer.templates import ChatTemplates
from app.ui.chat.controller import ConversationController
from app.ui.chat.history.exporting import ConversationExport
from app.ui.chat.history.greeting import Welcome
from app.ui.chat.history.sidebar import ConversationSidebar
from app.ui.chat.remembering import Remembering
from app.ui.chat.services import ChatServices
from app.ui.chat.sources.context import ContextPanel
from app.ui.chat.sources.sources import SourcesPanel
from app.ui.chat.transcript.transcript import Transcript
from app.ui.chat.transcript.turn_acts import TurnActs
from app.ui.chat.words import AnswerWords
from app.ui.first_run.checklist import Checklist
from app.ui.language import Language, filled
from app.ui.library.viewer.viewer import DocumentViewer
from app.ui.pages.dropping import TakesFiles
from app.ui.pages.permitted import Permitted
from app.ui.pages.undoing import Undoing
from app.ui.remembered import Remembered
from app.ui.theme import Theme
from app.ui.widgets.controls import frame, stacked
from app.ui.widgets.layouts import Placed, in_column, in_row, wide
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.toast import Toast

#: Times as large as usual while presenting.
_PRESENTED = 1.35


class ChatPage(Retranslating, TakesFiles, QWidget):
    """Answers run on the inference thread, lists and messages load on `reading`."""

    def __init__(
        self,
        services: ChatServices,
        viewer: DocumentViewer,
        theme: Theme,
        language: Language,
        remembered: Remembered,
    ) -> None:
        super().__init__()
        self._services, self._remembered = services, remembered
        self._reading = services.reading
        self._theme, self._language = theme, language
        self._words = AnswerWords(language)
        self.transcript = Transcript(theme, self._words)
        self.controller = ConversationController(services, self.transcript, language)
        self.context = ContextPanel(services, theme, self._words)
        self.viewer = viewer
        self.sources = SourcesPanel(viewer, self.transcript, self.context)
        self.sidebar = ConversationSidebar(theme)
        permitted = Permitted(services.attachments.allows)
        self.attached = AttachedFiles(theme, language, permitted)
        self.attaching = Attaching(services, self.attached, self)
        self.acts = TurnActs(services, self.controller, self._words, theme, self)
        self.setAcceptDrops(True)
        self._answers_with = ""
        self._build()
        self.toast = Toast(self._stack)
        self._undoing = Undoing(self, services.reading, self.toast)
        self._exporting = ConversationExport(
            self, services.transcripts, services.background, language
        )
        self.templates = ChatTemplates(self, services, self.composer, theme, language)
        AfterAnswer(
            services.auxiliary, services.answers, self.controller, self.composer, self.suggestions
        )
        self.remembering = Remembering(services, self.controller)
        self._connect()
        self._retranslate()
        self._load_preferences()
        self._load_model()
        self.reload()

    # -- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        self.columns = ChatColumns(
            self.sidebar, self._conversation(), self.sources, self._remembered, self
        )
        in_row(self.columns, on=self, margins=0, spacing=0)

    def _conversation(self) -> QWidget:
        middle = frame("content")
        self.composer = Composer(self._theme, self.attached)
        self.composer.setMaximumWidth(760)
        self.suggestions = Suggestions()
        self.suggestions.setMaximumWidth(760)
        services = self._services
        checklist = Checklist(
            services.models, services.library, services.events, self._reading, self._theme
        )
        self.welcome = Welcome(
            services.summaries, services.events, self._reading, self._language, checklist
        )
        self._stack = stacked(self.transcript, self.welcome)
        self.prepared = PreparedQuestions(self._services.preferences)
        rows = [
            in_row(Placed(stretch=1), wide(part, 99), Placed(stretch=1))
            for part in (self.suggestions, self.composer)
        ]
        bottom = in_column(self.prepared, *rows, margins=(28, 0, 28, 20), spacing=8)
        in_column(wide(self._stack), bottom, on=middle, margins=0, spacing=0)
        return middle

    def _connect(self) -> None:
        sidebar, controller, acts, events = (
            self.sidebar,
            self.controller,
            self.acts,
            self._services.events,
        )
        conversations = self._services.conversations
        sidebar.chosen.connect(self._chosen)
        sidebar.hit.connect(self._open_hit)
        sidebar.searched.connect(self._search)
        sidebar.renamed.connect(self._act(conversations.rename))
        sidebar.pinned.connect(self._act(lambda key, on: conversations.pin(key, pinned=on)))
        sidebar.archived.connect(self._act(lambda key, on: conversations.archive(key, archived=on)))
        sidebar.removed.connect(self._remove)
        sidebar.exported.connect(self._export)
        sidebar.imported.connect(lambda: self._exporting.import_one(self.show_conversation))
        sidebar.begun.connect(self.begin)
        self.composer.sent.connect(self.send)
        self.prepared.asked.connect(self.send)
        self.suggestions.asked.connect(self.send)
        self.welcome.card.asked.connect(self.send)
        self.welcome.card.continued.connect(self.show_conversation)
        self.composer.remembering.connect(controller.remember)
        self.composer.rewritten.connect(self._ask_otherwise)
        self.composer.stopped.connect(controller.stop)
        self.composer.recalled.connect(self._recall)
        self.composer.attaching.connect(self.attaching.choose)
        self.attaching.begun.connect(controller.begin_with)
        self.attaching.begun.connect(lambda _: self.reload())
        self.transcript.source_chosen.connect(self.sources.open)
        self.transcript.acted.connect(acts.act)
        controller.busy.connect(self.composer.set_writing)
        controller.found.connect(self.context.show_sources)
        controller.quoted.connect(self._open_quoted)
        self.sources.filled.connect(lambda filled: self.columns.fill(filled=filled))
        self.context.pinned.connect(controller.pin)
        self.context.asked_again.connect(controller.answer_from)
        controller.answered.connect(self._show_answer)
        controller.opened.connect(self.sources.show_answer)
        acts.edited.connect(self.composer.rewrite)
        acts.quoted.connect(self.composer.quote)
        acts.removed.connect(self._offer_turns)
        acts.exported.connect(self._export_answer)
        events.subscribe(ConversationsChanged, lambda _: self.reload())
        events.subscribe(AssistantsChanged, lambda _: self.reload())
        events.subscribe(ModelsChanged, lambda _: self._load_model())
        events.subscribe(PreferencesChanged, lambda _: self._load_preferences())
        for keys, act in (
            ("Ctrl+N", self.begin),
            ("Esc", self._escape),
            ("Ctrl+F", sidebar.search.setFocus),
            ("Alt+Up", self._edit_last),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def _retranslate(self) -> None:
        self.transcript.setAccessibleName(self.tr("Conversation"))
        self.composer.model.setText(self._answers_with or self.tr("No chat model"))
        self.transcript.redraw()
        self.reload()

    # -- acts -------------------------------------------------------------------------------------

    def begin(self) -> None:
        """An empty conversation; it is stored with its first question."""
        self.controller.begin()
        self.attaching.show(None)
        self.sources.clear()
        self.transcript.mark_words(None)
        self._stack.setCurrentIndex(1)
        self.sidebar.list.clearSelection()
        self.composer.text.setFocus()

    def ask_about(self, name: str) -> None:
        """Begin a conversation about a document, its name in the composer."""
        self.begin()
        self.composer.text.setPlainText(f"«{name}»: ")
        self.composer.text.moveCursor(self.composer.text.textCursor().MoveOperation.End)

    def search_in(self, scope: Scope) -> None:
        """What the next questions are asked of."""
        self.controller.search_in(scope)

    def send(self, question: str) -> None:
        """Ask; the answer streams into the transcript."""
        if not self.controller.answering:
            self._stack.setCurrentIndex(0)
            self.controller.ask(question)

    def stop(self) -> None:
        self.controller.stop()

    @property
    def answering(self) -> bool:
        return self.controller.answering

    def _escape(self) -> None:
        if self.controller.answering:
            self.controller.stop()
        elif not self.composer.leave_rewriting():
            self.transcript.mark_words(None)
            if self.transcript.spoken.focused:
                self.composer.text.setFocus()

    def _ask_otherwise(self, asked: Message, question: str) -> None:
        self.controller.ask_otherwise(asked, question)

    def _edit_last(self) -> None:
        questions = [entry.message for entry in self.transcript.entries if entry.can("edit")]
        if questions and not self.controller.answering:
            self.composer.rewrite(questions[-1])

    def _recall(self) -> None:
        turns = [entry.message for entry in self.transcript.entries]
        asked = [turn.text for turn in turns if turn.speaker == Speaker.USER]
        if asked:
            self.composer.put(asked[-1])

    def _show_answer(self, message: Message) -> None:
        self.attaching.show(self.controller.conversation)
        self.sources.show_answer(message)
        self.sources.open_first(message)
        self.reload()

    def _open_quoted(self, found: QuotationFound) -> None:
        """The page of what stands in the answer's place until the model has spoken."""
        quoted = found.quotation
        source = next(each for each in found.sources if each.number == quoted.number)
        cited = Citation(quoted.number, 0, quoted.text, quoted.start, quoted.end, supported=True)
        self.sources.open_passage(source.segment, cited)

    def _take_files(self, paths: list[Path]) -> None:
        self.attaching.attach(paths)

    def present(self, *, on: bool) -> None:
        """Larger, and nothing of other conversations on the screen."""
        self.columns.present(on=on)
        self.transcript.set_zoom(_PRESENTED if on else 1.0)
        self.composer.set_zoom(_PRESENTED if on else 1.0)
        self.prepared.setVisible(on)
        if on:
            self.prepared.begin()

    # -- conversations ----------------------------------------------------------------------------

    def reload(self) -> None:
        services = self._services

        def work(_: object) -> tuple[list[Conversation], dict[str, str]]:
            names = {assistant.id: assistant.name for assistant in services.assistants.all()}
            return services.conversations.all(), names

        services.reading.begin(self, work, self._show_list)

    def _show_list(self, found: tuple[list[Conversation], dict[str, str]]) -> None:
        conversations, assistants = found
        current = self.controller.conversation
        self.sidebar.show_conversations(conversations, assistants, current)
        if not current and not self.answering:
            self._stack.setCurrentIndex(1)

    def _chosen(self, conversation: str) -> None:
        if conversation != self.controller.conversation:
            self.show_conversation(conversation)

    def show_conversation(self, conversation: str, turn: int = 0) -> None:
        """Open a conversation at its end, or at a turn."""
        self.sources.clear()
        self.transcript.mark_words(None)
        self._stack.setCurrentIndex(0)
        self.controller.show(conversation, turn)
        self.attaching.show(conversation)

    def _search(self, text: str, among: MessageFilter) -> None:
        conversations = self._services.conversations
        self._reading.begin(
            self,
            lambda _: conversations.find(text, among),
            lambda hits: self.sidebar.show_hits(text, hits),
        )

    def _open_hit(self, hit: MessageHit) -> None:
        query, conversations = self.sidebar.query, self._services.conversations
        self.show_conversation(hit.conversation, hit.message)
        self.transcript.mark_words(lambda text: conversations.marks(text, query))

    def _act(self, act: Callable[..., object]) -> Callable[..., None]:
        """Run an act on a conversation away from the window."""

        def begin(*given: object) -> None:
            self._reading.begin(self, lambda _: act(*given))

        return begin

    def _remove(self, conversation: Conversation) -> None:
        if conversation.id == self.controller.conversation:
            self.begin()
        conversations = self._services.conversations
        self._undoing.do(
            filled(self.tr("“%1” was deleted."), conversation.title),
            lambda: conversations.remove(conversation.id),
            lambda: conversations.restore(conversation.id),
        )
        self._undoing.end_later(UNDO_SECONDS, conversations.purge)

    def _export(self, conversation: Conversation) -> None:
        self._exporting.export(conversation.id, conversation.title, self._say_exported)

    def _export_answer(self, answer: Message) -> None:
        if self.controller.conversation:
            title = self.transcript.question_of(answer)
            done = self._say_exported
            self._exporting.export(self.controller.conversation, title, done, answer.id)

    def _say_exported(self, path: Path) -> None:
        told = self.tr("Saved as “%1”, readable by everybody who can open it.")
        self.toast.say(filled(told, path.name))

    def _offer_turns(self, removed: RemovedTurns) -> None:
        def restore() -> None:
            self._reading.begin(
                self,
                lambda _: self._services.conversations.restore_turns(removed),
                lambda _: self.controller.reload(),
            )

        self.toast.say(self.tr("The question was deleted with its answers."), restore)

    def _load_preferences(self) -> None:
        self._reading.begin(
            self,
            lambda _: self._services.preferences.get(),
            lambda chosen: self.composer.send_by(enter=chosen.send_by_enter),
        )

    def _load_model(self) -> None:
        models = self._services.models
        self._reading.begin(self, lambda _: models.in_use(ModelKind.CHAT), self._show_model)

    def _show_model(self, model: Model | None) -> None:
        self._answers_with = model.name if model else ""
        self.composer.model.setText(self._answers_with or self.tr("No chat model"))
