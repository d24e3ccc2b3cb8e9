"""Ask and answer: the question is stored, passages are found, the model answers from them, the
citations are checked, the answer is stored. Runs on the inference worker thread."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from app.domain.chat import prompting
from app.domain.chat.assistants import Assistant
from app.domain.chat.branches import Branches
from app.domain.chat.conversation import (
    AnswerState,
    Message,
    QuestionKind,
    QuotationFound,
    Segment,
    Source,
    SourcesFound,
    Speaker,
)
from app.domain.chat.prompting import Exchange
from app.domain.errors import Cancelled, LaretsError
from app.domain.evidence.quotation import quotation
from app.domain.evidence.settling import WELL_MET
from app.domain.progress import Control, Redirected
from app.domain.roles import Act
from app.domain.text import language
from app.domain.text.shortening import without_middle
from app.services.chat.answer_log import log_answer
from app.services.chat.answer_style import AnswerStyle, AnswerStyles
from app.services.chat.answer_writer import AnswerWriter, GeneratedAnswer
from app.services.chat.context import AnswerContext, AnswerRequest
from app.services.chat.passage_finder import PassageFinder
from app.services.chat.read_states import ReadStates
from app.services.conversations.draft import Draft
from app.services.conversations.service import ConversationService
from app.services.profiles.access import Access
from app.store.chat.messages import MessageStore

#: An answer looks back at least so many turns; cut at multiples of it, so that the prompt's
#: beginning, which the model has read, stays the same for as many turns.
_LOOK_BACK = 64
#: Characters of a question that are read; of a longer one its beginning and its end.
_QUESTION = 3000
#: The least temperature when the same is asked again of the same passages.
_AGAIN = 0.7


class ChatService:
    def __init__(
        self,
        messages: MessageStore,
        conversations: ConversationService,
        finder: PassageFinder,
        writer: AnswerWriter,
        states: ReadStates,
        styles: AnswerStyles,
        access: Access,
        record: Callable[[str, str], None],
    ) -> None:
        self._messages = messages
        self._conversations = conversations
        self._finder = finder
        self._writer = writer
        self._states = states
        self._styles = styles
        self._access = access
        self._record = record

    def prepare(self, spoken: str, control: Control, assistant: str = "") -> None:
        """Get ready for a first question in that language, while nobody waits."""
        self._states.read_ahead(spoken, self._styles.of(assistant, spoken), control)

    def restore_state(self, conversation: str, control: Control) -> None:
        """Take back what was read of a conversation in an earlier session."""
        self._states.restore(conversation, self._style(conversation, (), ""), control)

    def export_state(self, conversation: str) -> None:
        """Store what was read of a conversation, so that `restore_state` can take it back."""
        branches, leaf = self._messages.outline(conversation)
        history = self._history([node.id for node in branches.path(leaf)])
        style = self._style(conversation, history, "")
        context = AnswerContext("", style, conversation=conversation, history=history)
        self._states.export(context)

    # -- answers ----------------------------------------------------------------------------------

    def answer(
        self,
        conversation: str,
        question: str,
        control: Control,
        request: AnswerRequest | None = None,
    ) -> Message:
        """Answer `question` as the next turn, reporting SourcesFound, Progress while a model
        loads, PromptRead, AnswerPiece.

        A cancelled control ends it with what was written, state STOPPED. Without a chat model the
        documents are quoted, state QUOTED. `ConversationMissing`, `ModelError`, `VaultError`; the
        question stays stored, the answer is then marked FAILED.
        """
        self._access.require(Act.ASK)
        branches, leaf = self._outline(conversation)
        path = [node.id for node in branches.path(leaf)]
        if not path:
            self._conversations.name_after(conversation, question)
        return self._ask(conversation, path, question, control, request)

    def ask_otherwise(
        self,
        conversation: str,
        turn: int,
        question: str,
        control: Control,
        request: AnswerRequest | None = None,
    ) -> Message:
        """Answer another wording of a question, on a branch beside it. As `answer`."""
        self._access.require(Act.ASK)
        branches, _ = self._outline(conversation)
        path = [node.id for node in branches.path(turn)][:-1]
        return self._ask(conversation, path, question, control, request)

    def answer_again(
        self,
        conversation: str,
        turn: int,
        control: Control,
        request: AnswerRequest | None = None,
    ) -> Message:
        """Another answer beside one, from the passages of `request`; as `answer`."""
        self._access.require(Act.ASK)
        request = request or AnswerRequest()
        branches, _ = self._outline(conversation)
        path = [node.id for node in branches.path(turn)][:-1]
        (asked,) = self._messages.load(path[-1:])
        if not request.chosen and request.sampling is None:
            usual = self._style(conversation, (), asked.text).sampling
            warmer = replace(usual, temperature=max(usual.temperature, _AGAIN))
            request = replace(request, sampling=warmer)
        return self._answer(conversation, path[:-1], asked, control, request)

    def go_on(self, conversation: str, turn: int, control: Control) -> Message:
        """Write on an answer that was stopped or cut off, from the very prompt that it began with;
        one that is put together from sides goes on with those that were not read. Reports
        PromptRead and AnswerPiece. `ModelError`."""
        self._access.require(Act.ASK)
        (answer,) = self._messages.load([turn])
        prompt = self._messages.prompt(turn)
        if prompt is None:
            return self._gone_on(conversation, answer, control)
        style = self._style(conversation, (), answer.text)
        asked = [each.text for each in self._messages.load([answer.parent or 0])]
        question = answer.searched or "".join(asked)
        written = self._writer.go_on(answer, question, prompt, style, control)
        return self._stored(conversation, written)

    def _gone_on(self, conversation: str, answer: Message, control: Control) -> Message:
        """The sides that were read are remembered, so that reading begins where it stopped."""
        branches, _ = self._outline(conversation)
        path = [node.id for node in branches.path(answer.id)][:-1]
        (asked,) = self._messages.load(path[-1:])
        context = self._context(conversation, path[:-1], asked, AnswerRequest())
        bare = replace(answer, text="", citations=(), state=AnswerState.WRITING)
        return self._stored(conversation, self._written(bare, context, control))

    def answer_unkept(
        self,
        question: str,
        control: Control,
        request: AnswerRequest,
        history: Sequence[Exchange] = (),
        assistant: Assistant | None = None,
    ) -> Message:
        """Answer another program, which keeps the conversation itself, or a test question:
        `history` is what was said before. Nothing is stored but that there was an answer. Reports
        and errors as `answer`."""
        self._access.require(Act.ASK)
        spoken = language.of(history[0].question if history else question)
        style, request = _narrowed(self._styles.as_told(assistant, spoken), request)
        context = AnswerContext(without_middle(question, _QUESTION), style, request, "", history)
        empty = replace(_turn(Speaker.ASSISTANT, ""), state=AnswerState.WRITING)
        answer = self._written_unkept(empty, context, control)
        if request.kind is None and _says_nothing(answer):
            wanted = replace(request, kind=QuestionKind.LOOKUP)
            answer = self._written_unkept(empty, replace(context, request=wanted), control)
        self._record("answer", "")
        log_answer(answer)
        return answer

    def _written_unkept(self, answer: Message, context: AnswerContext, control: Control) -> Message:
        answer, context = self._with_found(answer, context, control)
        control.report(SourcesFound(answer.sources, context.found.milliseconds, context.kept))
        return self._writer.write(answer, context, control).answer

    def _ask(
        self,
        conversation: str,
        before: Sequence[int],
        question: str,
        control: Control,
        request: AnswerRequest | None,
    ) -> Message:
        asked = replace(_turn(Speaker.USER, question), parent=before[-1] if before else None)
        asked = self._messages.append(conversation, asked)
        return self._answer(conversation, before, asked, control, request or AnswerRequest())

    def _answer(
        self,
        conversation: str,
        before: Sequence[int],
        asked: Message,
        control: Control,
        request: AnswerRequest,
    ) -> Message:
        context = self._context(conversation, before, asked, request)
        empty = replace(_turn(Speaker.ASSISTANT, ""), parent=asked.id, state=AnswerState.WRITING)
        answer = self._messages.append(conversation, empty)
        self._conversations.changed(conversation)  # the question and its place for an answer
        try:
            generated = self._written(answer, context, control)
            if context.request.kind is None and _says_nothing(generated.answer):
                # None of the sides says anything: the nearest passages may.
                wanted = replace(context.request, kind=QuestionKind.LOOKUP)
                generated = self._written(answer, replace(context, request=wanted), control)
        except Cancelled:
            generated = GeneratedAnswer(replace(answer, state=AnswerState.STOPPED))
        except LaretsError:
            stored = self._messages.load([answer.id])
            self._messages.replace(replace(stored[0], state=AnswerState.FAILED))
            raise
        return self._stored(conversation, generated)

    def _written(
        self, answer: Message, context: AnswerContext, control: Control
    ) -> GeneratedAnswer:
        """`answer` from what is found for its question; what that is, is reported first."""
        answer, context = self._with_found(answer, context, control)
        self._messages.replace(answer)
        control.report(SourcesFound(answer.sources, context.found.milliseconds, context.kept))
        draft = Draft(self._messages, answer.id, control)
        try:
            return self._writer.write(answer, context, Redirected(control, draft.report))
        except Cancelled:
            return GeneratedAnswer(replace(answer, state=AnswerState.STOPPED))

    def _with_found(
        self, answer: Message, context: AnswerContext, control: Control
    ) -> tuple[Message, AnswerContext]:
        """`answer` with its sources; a quotation that says enough is reported."""
        context = self._finder.find(context, control)
        answer = self._with_sources(answer, context)
        if answer.quotation and (answer.quotation.answers or answer.quotation.met >= WELL_MET):
            control.report(QuotationFound(answer.quotation, answer.sources))
            context = replace(context, useful=time.perf_counter())
        return answer, context

    def _context(
        self, conversation: str, before: Sequence[int], asked: Message, request: AnswerRequest
    ) -> AnswerContext:
        """What a question is asked in. What the user narrowed wins over what the assistant is
        limited to."""
        history = self._history(before)
        style, request = _narrowed(self._style(conversation, history, asked.text), request)
        given = self._messages.numbers(conversation)
        question = without_middle(asked.text, _QUESTION)
        return AnswerContext(question, style, request, conversation, history, given=given)

    def _with_sources(self, answer: Message, context: AnswerContext) -> Message:
        sources = self._numbered(context.found.segments, context)
        searched = context.searched if context.searched != context.question else ""
        shown = quotation(sources, context.searched) if context.found.sufficient else None
        return replace(
            answer, sources=sources, searched=searched, quotation=shown, kind=context.plan.kind
        )

    def _numbered(self, segments: Sequence[Segment], context: AnswerContext) -> tuple[Source, ...]:
        """Under numbers that the conversation has not given yet."""
        return tuple(prompting.number(segments, context.history, context.given))

    def _stored(self, conversation: str, generated: GeneratedAnswer) -> Message:
        answer = generated.answer
        self._messages.replace(answer)
        self._finder.note_cited(answer)
        if generated.prompt:
            self._messages.keep_prompt(answer.id, generated.prompt)
        self._record("answer", conversation)
        log_answer(answer)
        self._conversations.changed(conversation)
        return answer

    def _outline(self, conversation: str) -> tuple[Branches, int | None]:
        self._conversations.one(conversation)
        return self._messages.outline(conversation)

    def _style(self, conversation: str, history: Sequence[Exchange], question: str) -> AnswerStyle:
        """In the language of the first question, so that the system text never changes."""
        spoken = language.of(history[0].question if history else question)
        return self._styles.of(self._conversations.one(conversation).assistant, spoken)

    def _history(self, turns: Sequence[int]) -> list[Exchange]:
        first = max(len(turns) - _LOOK_BACK, 0) // _LOOK_BACK * _LOOK_BACK
        return _exchanges(self._messages.load(turns[first:]))


def _narrowed(style: AnswerStyle, request: AnswerRequest) -> tuple[AnswerStyle, AnswerRequest]:
    """Both as they hold together."""
    if request.sampling:
        style = replace(style, sampling=request.sampling)
    scope = request.scope
    if style.collections and not scope.collections:
        scope = replace(scope, collections=style.collections)
    remember = request.remember and style.remembers
    return style, replace(request, scope=scope, remember=remember)


def _says_nothing(answer: Message) -> bool:
    """Whether an answer that was put together from sides or documents found nothing in any."""
    sides = answer.kind in (QuestionKind.SIDES, QuestionKind.LIST)
    return sides and answer.state is AnswerState.DONE and not answer.citations


def _turn(speaker: Speaker, text: str) -> Message:
    return Message(id=0, speaker=speaker, text=text, created=time.time())


def _exchanges(turns: Sequence[Message]) -> list[Exchange]:
    """Question and answer pairs that go back into the prompt: those with an answer."""
    pairs = []
    for asked, answered in pairwise(turns):
        follows = asked.speaker == Speaker.USER and answered.speaker == Speaker.ASSISTANT
        if follows and answered.text:
            whole = answered.kind is QuestionKind.DOCUMENT
            prompt = prompting.WHOLE if whole else prompting.QUESTION
            question = without_middle(asked.text, _QUESTION)
            pairs.append(Exchange(question, answered.sources, answered.text, prompt))
    return pairs
