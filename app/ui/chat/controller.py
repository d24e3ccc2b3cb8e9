"""The conversation that is open: what is asked in it, and how an answer comes back."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.chat.conversation import (
    AnswerPiece,
    AnswerState,
    LookedAt,
    Message,
    PromptRead,
    QuestionKind,
    QuotationFound,
    Segment,
    SourcesFound,
    Speaker,
)
from app.domain.errors import LaretsError
from app.domain.library.documents import Scope
from app.domain.progress import Progress
from app.services.chat.context import AnswerRequest
from app.services.conversations.service import ShownBranch
from app.services.jobs import Job
from app.ui.acts import told_when_asked
from app.ui.chat.services import ChatServices
from app.ui.chat.transcript.entry import BranchPosition
from app.ui.chat.transcript.transcript import Transcript
from app.ui.language import Language, filled

#: After an answer, until what was read of the conversation is stored.
_IDLE_MILLISECONDS = 3000
#: Turns that are loaded when a conversation is opened; what else comes into view follows.
_FIRST = 16
T = TypeVar("T")
Work = Callable[[str, Job], Message]


@dataclass(frozen=True, slots=True)
class _Begun:
    """Reported before the answer begins: the conversation is stored, and can be chosen in lists."""

    conversation: str


class ConversationController(QObject):
    """Answers run on the inference thread, turns load on `reading`. `found` gives sources before
    the first word, `answered` an answer as it was stored, `opened` the last answer of a
    conversation that was shown, or None; `busy` whether an answer is being written;
    `quoted` a QuotationFound;
    `assistant_changed` the id of who answers next, "" for nobody in particular."""

    found, answered, opened = Signal(object, str), Signal(object), Signal(object)
    busy, assistant_changed, quoted = Signal(bool), Signal(str), Signal(object)

    def __init__(self, services: ChatServices, transcript: Transcript, language: Language) -> None:
        super().__init__()
        self._services, self._transcript, self._language = services, transcript, language
        self._job: Job | None = None
        self._asking: object | None = None
        self._preparing: Job | None = None
        self.conversation: str | None = None
        self.assistant = ""
        self.wanted = AnswerRequest()
        transcript.wanted.connect(self.load)

    @property
    def answering(self) -> bool:
        return self._job is not None

    # -- acts -------------------------------------------------------------------------------------

    def begin(self) -> None:
        """An empty conversation; it is stored with its first question."""
        self.leave()
        self.conversation = None
        self._transcript.show_turns([], [], stay=False)

    def begin_with(self, conversation: str) -> None:
        """What was begun here is stored now, before its first question."""
        if self.conversation is None:
            self.conversation = conversation

    def search_in(self, scope: Scope) -> None:
        """What the next questions are asked of."""
        self.wanted = replace(self.wanted, scope=scope)

    def remember(self, on: bool) -> None:
        """Whether the next questions are answered from earlier conversations too."""
        self.wanted = replace(self.wanted, remember=on)

    def choose_assistant(self, assistant: str) -> None:
        """Who answers from now on, here and in new conversations; it gets ready at once where
        nothing was asked yet."""
        self._answer_as(assistant)
        services, conversation, spoken = self._services, self.conversation, self._language.code
        if conversation is None:
            if self._preparing:
                self._preparing.cancel()
            self._preparing = services.answers.begin(
                self,
                lambda job: services.chat.prepare(spoken, job, assistant),
                failed=told_when_asked,
            )
            return

        def chosen(_: None) -> None:
            if self.conversation == conversation:  # what was loading meanwhile knew the last one
                self._answer_as(assistant)

        services.reading.begin(
            self, lambda _: services.conversations.choose_assistant(conversation, assistant), chosen
        )

    def _answer_as(self, assistant: str) -> None:
        self.assistant = assistant
        self.assistant_changed.emit(assistant)

    def pin(self, segments: tuple[Segment, ...]) -> None:
        """What the next questions are answered from beside what is found."""
        self.wanted = replace(self.wanted, pinned=segments)

    def answer_from(self, answer: Message, segments: tuple[Segment, ...]) -> None:
        """Another answer beside one, from exactly these passages."""
        self.answer_again(answer, replace(self.wanted, chosen=segments))

    def leave(self) -> None:
        """The answer under way is stopped; what was written of it is kept in its conversation."""
        self.stop()
        self._asking = None
        self._end()

    def stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def ask(self, question: str) -> None:
        """The next question; the answer streams into the transcript."""
        settings, conversations = self.wanted, self._services.conversations
        known, assistant = self.conversation, self.assistant

        def work(job: Job) -> tuple[str, Message]:
            conversation = known or conversations.begin(question, assistant)
            job.report(_Begun(conversation))
            return conversation, self._services.chat.answer(conversation, question, job, settings)

        if self._job is None:
            self._transcript.add_question(question)
            self._begin_answer(question, work)

    def ask_otherwise(self, asked: Message, question: str) -> None:
        """Another wording of a question, on a branch beside it."""
        settings = self.wanted

        def work(conversation: str, job: Job) -> Message:
            chat = self._services.chat
            return chat.ask_otherwise(conversation, asked.id, question, job, settings)

        if self._job is None and self.conversation:
            self._transcript.cut_after(asked.parent or 0)
            self._transcript.add_question(question)
            self._begin_answer(question, self._in_conversation(work))

    def answer_again(self, answer: Message, wanted: AnswerRequest | None = None) -> None:
        """Another answer beside one, from the `wanted` passages when they are given."""
        settings = wanted or self.wanted

        def work(conversation: str, job: Job) -> Message:
            return self._services.chat.answer_again(conversation, answer.id, job, settings)

        if self._job is None and self.conversation:
            self._transcript.cut_after(answer.parent or 0)
            self._begin_answer("", self._in_conversation(work))

    def answer_anyway(self, answer: Message) -> None:
        """From all that was found, whether it is near enough or not."""
        self.answer_again(answer, replace(self.wanted, read_all=True))

    def answer_as_look_up(self, answer: Message) -> None:
        """From the nearest passages, whatever kind of question it was taken for."""
        self.answer_again(answer, replace(self.wanted, kind=QuestionKind.LOOKUP))

    def go_on(self, answer: Message) -> None:
        """Write on an answer that was stopped or cut off."""
        if self._job is None and self.conversation:
            self._transcript.begin_again(answer, self.tr("Writing on…"))
            self._run(
                "",
                self._in_conversation(
                    lambda conversation, job: self._services.chat.go_on(
                        conversation, answer.id, job
                    )
                ),
            )

    def _in_conversation(self, work: Work) -> Callable[[Job], tuple[str, Message]]:
        conversation = self.conversation or ""
        return lambda job: (conversation, work(conversation, job))

    def _begin_answer(self, title: str, work: Callable[[Job], tuple[str, Message]]) -> None:
        waiting = Message(0, Speaker.ASSISTANT, "", time.time(), AnswerState.WRITING)
        self._transcript.begin_answer(waiting, self.tr("Looking through the documents…"))
        self._run(title, work)

    def _run(self, title: str, work: Callable[[Job], tuple[str, Message]]) -> None:
        self._asking = asking = object()

        def current(show: Callable[[T], None]) -> Callable[[T], None]:
            """Nothing of an answer reaches a conversation that was opened since."""
            return lambda value: show(value) if self._asking is asking else None

        self._job = self._services.answers.begin(
            self,
            work,
            title=title,
            progress=current(self._progress),
            ended=lambda: self._end_answer() if self._asking is asking else None,
            done=current(self._done),
            failed=current(self._failed),
        )
        self.busy.emit(True)

    # -- what comes back --------------------------------------------------------------------------

    def _progress(self, value: object) -> None:
        if isinstance(value, _Begun):
            self.conversation = value.conversation
        elif isinstance(value, QuotationFound):
            self._transcript.show_quotation(value.quotation, value.sources)
            self._transcript.set_status(self.tr("Wording the answer…"))
            self.quoted.emit(value)
        elif isinstance(value, LookedAt):
            self._transcript.set_status(filled(self.tr("Read: %1 of %2"), value.read, value.of))
            self._transcript.set_reading(value.read / max(value.of, 1))
        elif isinstance(value, SourcesFound):
            self._transcript.set_sources(value.sources)
            self.found.emit(value.sources, value.kept)
            passages = [source for source in value.sources if source.segment.is_passage]
            names = ", ".join(dict.fromkeys(f"«{passage.segment.name}»" for passage in passages))
            text = self.tr("%n passage(s) found, reading", "", len(passages))
            self._transcript.set_status(f"{text} {names}…")
        elif isinstance(value, Progress):
            self._transcript.set_status(self.tr("Loading the model…"))
            self._transcript.set_reading(value.done / max(value.total, 1))
        elif isinstance(value, PromptRead):
            self._transcript.set_reading(value.done / max(value.total, 1))
        elif isinstance(value, AnswerPiece):
            self._transcript.write(value.text)

    def _done(self, answered: tuple[str, Message]) -> None:
        self.conversation, message = answered
        self._transcript.end_answer(message)
        self.answered.emit(message)
        self.reload()
        QTimer.singleShot(_IDLE_MILLISECONDS, self, lambda: self._keep(answered[0]))

    def _failed(self, error: LaretsError) -> None:
        sentence = self._language.wording.of(error)
        text = f"**{sentence.what}** {sentence.hint}"
        failed = Message(0, Speaker.ASSISTANT, text, time.time(), AnswerState.DONE)
        self._transcript.end_answer(failed)

    def _end_answer(self) -> None:
        """Nothing is written any more; what came of it is shown next, if anything did."""
        nothing = Message(0, Speaker.ASSISTANT, "", time.time(), AnswerState.STOPPED)
        self._transcript.end_answer(nothing)
        self._end()

    def _end(self) -> None:
        self._job = None
        self.busy.emit(False)

    def _keep(self, conversation: str) -> None:
        """Store what the model has read of it, unless somebody waits for an answer."""
        if not self.answering:
            self._services.answers.begin(
                self,
                lambda _: self._services.chat.export_state(conversation),
                failed=told_when_asked,
            )

    # -- showing ----------------------------------------------------------------------------------

    def show(self, conversation: str, turn: int = 0) -> None:
        """Open a conversation at its end, or at a turn."""
        self.leave()
        self.conversation = conversation
        conversations = self._services.conversations

        def work(job: Job) -> tuple[ShownBranch, list[Message]]:
            if turn:
                conversations.show_turn(conversation, turn)
            shown = conversations.shown(conversation)
            at = shown.turns.index(turn) if turn in shown.turns else len(shown.turns)
            return shown, conversations.load(shown.turns[max(at - _FIRST, 0) : at + _FIRST])

        def show(found: tuple[ShownBranch, list[Message]]) -> None:
            if self.conversation == conversation:
                self._show(*found, stay=False)
                if turn:
                    self._transcript.scroll_to(turn)
                self.opened.emit(_last_answer(found[1]))

        self._services.reading.begin(self, work, show)
        self._services.answers.begin(
            self,
            lambda job: self._services.chat.restore_state(conversation, job),
            failed=told_when_asked,
        )

    def reload(self) -> None:
        """Turns came or went: show them as they are stored now."""
        conversation = self.conversation
        if not conversation or self.answering:
            return

        def show(shown: ShownBranch) -> None:
            if self.conversation == conversation and not self.answering:
                self._show(shown, [], stay=True)

        conversations = self._services.conversations
        self._services.reading.begin(self, lambda _: conversations.shown(conversation), show)

    def question_of(self, answer: Message) -> str:
        """The question that an answer on the screen answers."""
        return self._transcript.question_of(answer)

    def selected(self) -> str:
        """What is selected on the screen."""
        return self._transcript.selected()

    def _show(self, shown: ShownBranch, loaded: list[Message], *, stay: bool) -> None:
        self._answer_as(shown.conversation.assistant)
        sizes, crowded, alone = shown.branches.sizes, shown.branches.crowded(), BranchPosition()
        turns = [
            (turn, sizes[turn], _place(turn, crowded[turn]) if turn in crowded else alone)
            for turn in shown.turns
        ]
        self._transcript.show_turns(turns, loaded, stay=stay)

    def load(self, turns: list[int]) -> None:
        """These turns as they are stored now."""
        conversation = self.conversation

        def show(messages: list[Message]) -> None:
            if self.conversation == conversation:
                self._transcript.fill(messages)

        conversations = self._services.conversations
        self._services.reading.begin(self, lambda _: conversations.load(turns), show)


def _place(turn: int, beside: tuple[int, ...]) -> BranchPosition:
    return BranchPosition(beside.index(turn), len(beside))


def _last_answer(messages: list[Message]) -> Message | None:
    return next(
        (message for message in messages[::-1] if message.speaker == Speaker.ASSISTANT), None
    )
