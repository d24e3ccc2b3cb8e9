"""Ask and answer: the question is stored, passages are found, the model answers from them, the
citations are checked, the answer is stored. Runs on the inference worker thread."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from app.domain.chat import prompting
from app.domain.chat.branches import Branches
from app.domain.chat.conversation import AnswerState, Message, NamedBy, SourcesFound, Speaker
from app.domain.chat.prompting import Exchange
from app.domain.errors import Cancelled, LaretsError
from app.domain.progress import Control
from app.domain.roles import Act
from app.domain.settings import Sampling
from app.domain.text import language
from app.services.chat.answer_log import log_answer
from app.services.chat.answer_style import AnswerStyle, AnswerStyles
from app.services.chat.answer_writer import AnswerContext, AnswerWriter, GeneratedAnswer, timings_of
from app.services.chat.conversations import ConversationService
from app.services.profiles.access import Access
from app.services.retrieval.passage_finder import PassageFinder, RetrievalRequest
from app.store.chat.messages import MessageStore

#: An answer looks back at least so many turns; cut at multiples of it, so that the prompt's
#: beginning, which the model has read, stays the same for as many turns.
_LOOK_BACK = 64
#: The least temperature when the same is asked again of the same passages.
_AGAIN = 0.7


@dataclass(frozen=True)
class AnswerSettings:
    """`wanted`: which passages; `sampling` None is the assistant's."""

    wanted: RetrievalRequest = field(default_factory=RetrievalRequest)
    sampling: Sampling | None = None


class ChatService:
    def __init__(
        self,
        messages: MessageStore,
        conversations: ConversationService,
        finder: PassageFinder,
        answering: AnswerWriter,
        manners: AnswerStyles,
        access: Access,
        record: Callable[[str, str], None],
    ) -> None:
        self._messages = messages
        self._conversations = conversations
        self._finder = finder
        self._answering = answering
        self._manners = manners
        self._access = access
        self._record = record

    def prepare(self, spoken: str, control: Control, assistant: str = "") -> None:
        """Get ready for a first question in that language, while nobody waits."""
        self._answering.prepare(spoken, self._manners.of(assistant, spoken), control)

    def restore_state(self, conversation: str, control: Control) -> None:
        """Take back what was read of a conversation in an earlier session."""
        self._answering.restore_state(conversation, self._manner(conversation, [], ""), control)

    def export_state(self, conversation: str) -> None:
        """Store what was read of a conversation, so that `reopen` can take it back."""
        branches, leaf = self._messages.outline(conversation)
        history = self._history([node.id for node in branches.path(leaf)])
        manner = self._manner(conversation, history, "")
        self._answering.export_state(conversation, history, manner)

    # -- answers ----------------------------------------------------------------------------------

    def answer(
        self,
        conversation: str,
        question: str,
        control: Control,
        settings: AnswerSettings | None = None,
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
            self._conversations.rename(conversation, question, NamedBy.QUESTION)
        return self._ask(conversation, path, question, control, settings)

    def ask_otherwise(
        self,
        conversation: str,
        turn: int,
        question: str,
        control: Control,
        settings: AnswerSettings | None = None,
    ) -> Message:
        """Answer another wording of a question, on a branch beside it. As `answer`."""
        self._access.require(Act.ASK)
        branches, _ = self._outline(conversation)
        path = [node.id for node in branches.path(turn)][:-1]
        return self._ask(conversation, path, question, control, settings)

    def answer_again(
        self,
        conversation: str,
        turn: int,
        control: Control,
        settings: AnswerSettings | None = None,
    ) -> Message:
        """Another answer beside one, from the passages of `settings`; as `answer`."""
        self._access.require(Act.ASK)
        settings = settings or AnswerSettings()
        branches, _ = self._outline(conversation)
        path = [node.id for node in branches.path(turn)][:-1]
        (asked,) = self._messages.load(path[-1:])
        if not settings.wanted.chosen and settings.sampling is None:
            usual = self._manner(conversation, [], asked.text).sampling
            warmer = replace(usual, temperature=max(usual.temperature, _AGAIN))
            settings = replace(settings, sampling=warmer)
        return self._answer(conversation, path[:-1], asked, control, settings)

    def go_on(self, conversation: str, turn: int, control: Control) -> Message:
        """Write on an answer that was stopped or cut off, from the very prompt that it began with;
        reports PromptRead and AnswerPiece. `ModelError`."""
        self._access.require(Act.ASK)
        (answer,) = self._messages.load([turn])
        prompt = self._messages.prompt(turn)
        if prompt is None:
            return answer
        manner = self._manner(conversation, [], answer.text)
        written = self._answering.go_on(answer, prompt, control, manner)
        return self._stored(conversation, written)

    def _ask(
        self,
        conversation: str,
        before: Sequence[int],
        question: str,
        control: Control,
        settings: AnswerSettings | None,
    ) -> Message:
        asked = replace(_turn(Speaker.USER, question), parent=before[-1] if before else None)
        asked = self._messages.append(conversation, asked)
        return self._answer(conversation, before, asked, control, settings or AnswerSettings())

    def _answer(
        self,
        conversation: str,
        before: Sequence[int],
        asked: Message,
        control: Control,
        settings: AnswerSettings,
    ) -> Message:
        began = time.perf_counter()
        history = self._history(before)
        empty = replace(_turn(Speaker.ASSISTANT, ""), parent=asked.id, state=AnswerState.WRITING)
        answer = self._messages.append(conversation, empty)
        self._conversations.changed(conversation)
        manner = self._manner(conversation, history, asked.text)
        if settings.sampling:
            manner = replace(manner, sampling=settings.sampling)
        try:
            wanted = _within(settings, manner)
            looked = self._finder.find(asked.text, conversation, history, wanted, control)
            segments, searched = looked.found.segments, looked.searched
            numbered = prompting.number(segments, history, self._messages.numbers(conversation))
            answer = replace(
                answer,
                sources=tuple(numbered),
                searched=searched if searched != asked.text else "",
            )
            kept = looked.kept.name if looked.kept else ""
            control.report(SourcesFound(answer.sources, looked.found.milliseconds, kept))
            asking = AnswerContext(asked.text, searched, history, looked.found, began)
            if looked.found.sufficient:
                self._messages.replace(answer)
                written = self._answering.write(answer, asking, control, manner)
            else:
                timings = timings_of(asking)
                written = GeneratedAnswer(
                    replace(answer, state=AnswerState.ABSTAINED, timings=timings)
                )
        except Cancelled:
            written = GeneratedAnswer(replace(answer, state=AnswerState.STOPPED))
        except LaretsError:
            self._messages.replace(replace(answer, state=AnswerState.FAILED))
            raise
        return self._stored(conversation, written)

    def _stored(self, conversation: str, written: GeneratedAnswer) -> Message:
        self._messages.replace(written.answer)
        self._finder.note_cited(written.answer)
        if written.prompt:
            self._messages.keep_prompt(written.answer.id, written.prompt)
        self._record("answer", conversation)
        log_answer(written.answer)
        self._conversations.changed(conversation)
        return written.answer

    def _outline(self, conversation: str) -> tuple[Branches, int | None]:
        self._conversations.one(conversation)
        return self._messages.outline(conversation)

    def _manner(self, conversation: str, history: Sequence[Exchange], question: str) -> AnswerStyle:
        """In the language of the first question, so that the system text never changes."""
        spoken = language.of(history[0].question if history else question)
        return self._manners.of(self._conversations.one(conversation).assistant, spoken)

    def _history(self, turns: Sequence[int]) -> list[Exchange]:
        first = max(len(turns) - _LOOK_BACK, 0) // _LOOK_BACK * _LOOK_BACK
        return _exchanges(self._messages.load(turns[first:]))


def _within(settings: AnswerSettings, manner: AnswerStyle) -> RetrievalRequest:
    """What the user narrowed wins over what the assistant is limited to."""
    wanted = settings.wanted
    wanted = replace(wanted, remember=wanted.remember and manner.remembers)
    if wanted.scope.collections or not manner.collections:
        return wanted
    return replace(wanted, scope=replace(wanted.scope, collections=manner.collections))


def _turn(speaker: Speaker, text: str) -> Message:
    return Message(id=0, speaker=speaker, text=text, created=time.time())


def _exchanges(turns: Sequence[Message]) -> list[Exchange]:
    """Question and answer pairs that go back into the prompt: those with an answer."""
    pairs = []
    for asked, answered in pairwise(turns):
        follows = asked.speaker == Speaker.USER and answered.speaker == Speaker.ASSISTANT
        if follows and answered.text:
            pairs.append(Exchange(asked.text, answered.sources, answered.text))
    return pairs
