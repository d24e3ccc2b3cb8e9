"""Ask and answer: the question is stored, passages are found, the model answers from them, the
citations are checked, the answer is stored. Runs on the inference worker thread."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from app.domain import citations, language, prompting
from app.domain.conversation import (
    AnswerPiece,
    AnswerState,
    Conversation,
    Message,
    Source,
    SourcesFound,
    Speaker,
    Timings,
)
from app.domain.errors import LaretsError, ModelError
from app.domain.events import ConversationsChanged
from app.domain.progress import Control
from app.domain.prompting import Exchange
from app.domain.roles import Act
from app.domain.settings import Retrieval, Sampling
from app.engines.base import ChatModel, Finish, Generated, Turn, TurnKind
from app.services.access import Access
from app.services.events import Events
from app.services.models import ModelService
from app.services.prompts import Prompts
from app.services.retrieval import Found, RetrievalService
from app.store import words
from app.store.conversations import ConversationStore

_TITLE = 60
#: Marks of the sentence that the prompt asks for when the passages do not hold the answer.
_REFUSAL = re.compile(
    r"в документах нет ответа|в (?:этих )?отрывках нет (?:ответа|информации)|"
    r"документ\w* не содерж|documents do not (?:answer|contain|hold)|"
    r"passages do not (?:answer|contain|hold|provide)",
    re.IGNORECASE,
)
#: Cosine above which two e5 sentences of different languages mean the same (XQuAD, parallel
#: sentences: 0.90 on average; unrelated ones 0.76).
_SAME_MEANING = 0.86


@dataclass(frozen=True)
class AnswerSettings:
    sampling: Sampling = field(default_factory=Sampling)
    retrieval: Retrieval = field(default_factory=Retrieval)


class ChatService:
    def __init__(
        self,
        store: ConversationStore,
        retrieval: RetrievalService,
        models: ModelService,
        prompts: Prompts,
        access: Access,
        events: Events,
        record: Callable[[str, str], None],
    ) -> None:
        self._store = store
        self._retrieval = retrieval
        self._models = models
        self._prompts = prompts
        self._access = access
        self._events = events
        self._record = record

    # -- conversations ----------------------------------------------------------------------------

    def conversations(self) -> list[Conversation]:
        return self._store.all()

    def messages(self, conversation: str) -> list[Message]:
        """The turns as stored; an answer that a crash or power cut ended counts as stopped."""
        return [
            replace(each, state=AnswerState.STOPPED) if each.state == AnswerState.WRITING else each
            for each in self._store.messages(conversation)
        ]

    def begin(self, question: str) -> str:
        """A new conversation, titled by its first question; its id."""
        line = " ".join(question.split())
        title = line if len(line) <= _TITLE else line[: _TITLE - 1].rstrip() + "…"
        return self._store.create(title)

    def rename(self, conversation: str, title: str) -> None:
        self._store.rename(conversation, title)
        self._events.publish(ConversationsChanged(conversation))

    def remove(self, conversation: str) -> None:
        self._store.remove(conversation)
        self._events.publish(ConversationsChanged(conversation))

    # -- answers ----------------------------------------------------------------------------------

    def prepare(self, spoken: str, control: Control) -> None:
        """Load the model and read what every conversation begins with, in the language that is
        probably spoken. Without a model nothing happens: the first question will say so."""
        try:
            model, _ = self._models.chat()
        except ModelError:
            return
        model.read_ahead(self._opening(spoken), control)

    def answer(
        self,
        conversation: str,
        question: str,
        control: Control,
        settings: AnswerSettings | None = None,
    ) -> Message:
        """Answer `question` as the next turn, reporting SourcesFound, PromptRead, AnswerPiece.

        A cancelled control ends it with what was written, state STOPPED. `ModelError`,
        `VaultError`; the question stays stored, the answer is then marked FAILED.
        """
        self._access.require(Act.ASK)
        settings = settings or AnswerSettings()
        began = time.perf_counter()
        history = _exchanges(self._store.messages(conversation))
        self._store.append(conversation, _message(Speaker.USER, question))
        answer = self._store.append(
            conversation, replace(_message(Speaker.ASSISTANT, ""), state=AnswerState.WRITING)
        )
        self._events.publish(ConversationsChanged(conversation))
        try:
            found = self._retrieval.find(question)
            answer = replace(answer, sources=tuple(prompting.number(found.segments, history)))
            control.report(SourcesFound(answer.sources, found.milliseconds))
            if found.evident:
                asking = _Asking(question, history, found, began)
                answer = self._write(answer, asking, control, settings)
            else:
                timings = _timings(found, None, began, None)
                answer = replace(answer, state=AnswerState.ABSTAINED, timings=timings)
        except LaretsError:
            self._store.replace(replace(answer, state=AnswerState.FAILED))
            raise
        self._store.replace(answer)
        self._record("answer", conversation)
        self._events.publish(ConversationsChanged(conversation))
        return answer

    def _write(
        self, answer: Message, asking: "_Asking", control: Control, settings: AnswerSettings
    ) -> Message:
        model, facts = self._models.chat()
        room = settings.retrieval.passage_tokens
        kept = len(prompting.within(asking.found.segments, room, model.count))
        if kept < len(answer.sources):
            answer = replace(answer, sources=answer.sources[:kept])
            control.report(SourcesFound(answer.sources, asking.found.milliseconds))
        answer = replace(answer, model=facts.name)
        self._store.replace(answer)
        turns = self._turns(asking.question, answer.sources, asking.history, model, settings)
        first = _FirstPiece(control)
        generated = model.stream(turns, settings.sampling, first)
        timings = _timings(asking.found, generated, asking.began, first.at)
        return self._finished(replace(answer, timings=timings), generated)

    def _turns(
        self,
        question: str,
        sources: Sequence[Source],
        history: Sequence[Exchange],
        model: ChatModel,
        settings: AnswerSettings,
    ) -> list[Turn]:
        # The first question's language decides, so that the system text never changes.
        spoken = language.of(history[0].question if history else question)

        def asked(text: str, given: Sequence[Source]) -> str:
            template = self._prompts.get("question", language.of(text))
            return prompting.question_text(text, given, template)

        now = asked(question, prompting.fresh(sources, history))
        room = (
            model.context_length
            - sum(model.count(turn.text) for turn in self._opening(spoken))
            - model.count(now)
            - settings.sampling.max_tokens
            - 64  # marks of the chat format
        )
        kept = prompting.recent(
            history,
            room,
            lambda each: model.count(asked(each.question, each.sources) + each.answer),
        )
        if len(kept) < len(history):
            now = asked(question, prompting.fresh(sources, kept))
        turns = self._opening(spoken)
        for place, each in enumerate(kept):
            earlier = asked(each.question, prompting.fresh(each.sources, kept[:place]))
            turns += [Turn(TurnKind.USER, earlier), Turn(TurnKind.ASSISTANT, each.answer)]
        return [*turns, Turn(TurnKind.USER, now)]

    def _opening(self, spoken: str) -> list[Turn]:
        """The system text and one example: small models learn the manner from it, and as it never
        changes it is read once."""
        return [
            Turn(TurnKind.SYSTEM, self._prompts.get("answer", spoken)),
            Turn(TurnKind.USER, self._prompts.get("example-question", spoken)),
            Turn(TurnKind.ASSISTANT, self._prompts.get("example-answer", spoken)),
        ]

    def _finished(self, answer: Message, generated: Generated) -> Message:
        refused = bool(_REFUSAL.search(generated.text)) and len(generated.text) < 300
        state = AnswerState.ABSTAINED if refused else AnswerState.DONE
        if generated.finish == Finish.STOPPED:
            state = AnswerState.STOPPED
        checked = () if refused else citations.check(
            generated.text, answer.sources, words.stems, self._similarity
        )  # fmt: skip
        return replace(answer, text=generated.text, state=state, citations=checked)

    def _similarity(self, claim: str, sentences: Sequence[str]) -> list[float]:
        """Above 0 for sentences of another language that mean the same; −1 in the same language,
        where the words themselves decide."""
        if language.of(claim) == language.of(" ".join(sentences)):
            return [-1.0] * len(sentences)
        vectors = self._models.embedder().embed_queries([claim, *sentences])
        return [float(score) - _SAME_MEANING for score in vectors[1:] @ vectors[0]]


@dataclass(frozen=True, slots=True)
class _Asking:
    """A question on its way: what went before it, what was found, when it began."""

    question: str
    history: Sequence[Exchange]
    found: Found
    began: float


class _FirstPiece:
    """A Control that notes when the first piece of the answer came."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self.at: float | None = None
        self.on_cancel = control.on_cancel
        self.check = control.check

    @property
    def cancelled(self) -> bool:
        return self._control.cancelled

    def report(self, progress: object) -> None:
        if self.at is None and isinstance(progress, AnswerPiece):
            self.at = time.perf_counter()
        self._control.report(progress)


def _message(speaker: Speaker, text: str) -> Message:
    return Message(id=0, speaker=speaker, text=text, created=time.time())


def _exchanges(messages: Sequence[Message]) -> list[Exchange]:
    """Question and answer pairs that go back into the prompt: those with an answer."""
    pairs = []
    for asked, answered in pairwise(messages):
        follows = asked.speaker == Speaker.USER and answered.speaker == Speaker.ASSISTANT
        if follows and answered.text:
            pairs.append(Exchange(asked.text, answered.sources, answered.text))
    return pairs


def _timings(
    found: Found, generated: Generated | None, began: float, first: float | None
) -> Timings:
    """`generated` is None when nothing was near enough to answer from."""
    now = time.perf_counter()
    timings = Timings(
        retrieve_ms=found.milliseconds,
        first_token_ms=((first or now) - began) * 1000,
        total_ms=(now - began) * 1000,
    )
    if generated is None:
        return timings
    return replace(
        timings,
        prompt_tokens=generated.prompt_tokens,
        reused_tokens=generated.reused_tokens,
        generated_tokens=generated.generated_tokens,
        tokens_per_second=generated.generated_tokens / max(generated.seconds, 1e-9),
    )
