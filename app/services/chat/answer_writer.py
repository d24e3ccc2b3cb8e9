"""Writes an answer from what was found: prompt, model, check of the citations; and keeps what the
model has read. Runs on the inference worker thread."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.chat import citations, prompting
from app.domain.chat.conversation import (
    AnswerPiece,
    AnswerState,
    Message,
    SentPrompt,
    SentTurn,
    Source,
    SourcesFound,
    Speaker,
    Timings,
)
from app.domain.chat.prompting import Exchange
from app.domain.chat.refusals import is_refusal
from app.domain.errors import ModelError, ModelMissing, NoChatModel
from app.domain.models.model import Model
from app.domain.progress import Control, Redirected
from app.domain.text import language
from app.engines.base import ChatModel, Finish, Generated, Turn, TurnKind
from app.services.chat.answer_style import AnswerStyle
from app.services.chat.extraction import Extraction
from app.services.chat.prompt import PromptBuilder, PromptRequest
from app.services.chat.sheet_questions import SheetQuestions
from app.services.models.inference import Inference
from app.services.models.service import ModelService
from app.services.retrieval.service import RetrievalResult
from app.store.chat.sequence_states import StateStore
from app.store.index import words

#: Seconds of reading from which on a conversation's state is worth its space on the disk, and
#: tokens a second where nothing was measured yet.
_WORTH_KEEPING, _USUAL_SPEED = 2.0, 100.0
_STATES = {
    Finish.END: AnswerState.DONE,
    Finish.LENGTH: AnswerState.CUT,
    Finish.STOPPED: AnswerState.STOPPED,
}


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """A question on its way: what went before it, what was found, when it began; `searched` is the
    question as it can be understood alone."""

    question: str
    searched: str
    history: Sequence[Exchange]
    found: RetrievalResult
    began: float


@dataclass(frozen=True, slots=True)
class GeneratedAnswer:
    """An answer, and what it was generated from where a model was asked."""

    answer: Message
    prompt: SentPrompt | None = None


class AnswerWriter:
    def __init__(
        self,
        models: ModelService,
        inference: Inference,
        prompt: PromptBuilder,
        states: StateStore,
        sheets: SheetQuestions,
    ) -> None:
        self._models = models
        self._inference = inference
        self._prompt = prompt
        self._states = states
        self._sheets = sheets
        self._extraction = Extraction(models)

    def prepare(self, spoken: str, manner: AnswerStyle, control: Control) -> None:
        """Load the model and read what every conversation begins with, in the language that is
        probably spoken. Without a model nothing happens: the first question will say so."""
        try:
            model, _ = self._inference.chat(control, manner.adapters)
        except ModelError:
            return
        model.read_ahead(self._prompt.opening(spoken, manner.instruction), control)

    def restore_state(self, conversation: str, manner: AnswerStyle, control: Control) -> None:
        """What was read of a conversation in an earlier session, if it was kept."""
        try:
            model, facts = self._inference.chat(control, manner.adapters)
        except ModelError:
            return
        state = self._states.load(conversation, _form(model, facts))
        if state is not None:
            model.restore_state(state)

    def export_state(
        self, conversation: str, history: Sequence[Exchange], manner: AnswerStyle
    ) -> None:
        """Store what was read of a conversation, if reading it again would take a while."""
        if self._inference.running is None or not history:
            return
        model, facts = self._inference.chat(adapters=manner.adapters)
        tokens = manner.sampling.max_tokens
        turns = self._prompt.past(history, model, tokens, manner.instruction)
        speed = self._inference.running.speed
        tokens = sum(model.count(turn.text) for turn in turns)
        if tokens < (speed.prompt if speed else _USUAL_SPEED) * _WORTH_KEEPING:
            return
        if (state := model.export_state(turns)) is not None:
            self._states.keep(conversation, _form(model, facts), state)

    def forget_state(self, conversation: str) -> None:
        """It was removed."""
        self._states.remove(conversation)

    def write(
        self, answer: Message, asking: AnswerContext, control: Control, manner: AnswerStyle
    ) -> GeneratedAnswer:
        """`answer` with its text, from as many of its sources as the budget allows; reports
        SourcesFound when that is fewer. `ModelError`."""
        try:
            model, facts = self._inference.chat(control, manner.adapters)
        except (NoChatModel, ModelMissing):
            return GeneratedAnswer(self._quoted(answer, asking, control))
        tokens = manner.sampling.max_tokens
        answer = self._based(answer, asking, model, manner, control)
        asked = PromptRequest(asking.question, answer.sources, asking.history, manner.instruction)
        turns = self._prompt.turns(asked, model, tokens)
        pieces: list[float] = []

        def report(progress: object) -> None:
            if not pieces and isinstance(progress, AnswerPiece):
                pieces.append(time.perf_counter())
            control.report(progress)

        generated = model.stream(turns, manner.sampling, Redirected(control, report))
        self._inference.note(generated)
        timings = timings_of(asking, generated, pieces[0] if pieces else None)
        answer = replace(answer, model=facts.name, timings=timings)
        return GeneratedAnswer(self._finished(answer, generated), self._sent(turns, manner))

    def answer_once(
        self,
        question: str,
        sources: Sequence[Source],
        found: RetrievalResult,
        manner: AnswerStyle,
        control: Control,
    ) -> Message:
        """An answer of no conversation, kept nowhere; ABSTAINED where nothing is near enough.
        `ModelError`."""
        empty = Message(
            0, Speaker.ASSISTANT, "", time.time(), AnswerState.WRITING, sources=tuple(sources)
        )
        if not found.sufficient:
            return replace(empty, state=AnswerState.ABSTAINED)
        asking = AnswerContext(question, question, (), found, time.perf_counter())
        return self.write(empty, asking, control, manner).answer

    def go_on(
        self, answer: Message, prompt: SentPrompt, control: Control, manner: AnswerStyle
    ) -> GeneratedAnswer:
        """An answer that was stopped or cut off, written on from the prompt that it began with.
        `ModelError`."""
        model, facts = self._inference.chat(control, manner.adapters)
        turns = [Turn(TurnKind(turn.kind), turn.text) for turn in prompt.turns]
        generated = model.stream(turns, manner.sampling, control, begun=answer.text)
        self._inference.note(generated)
        answer = replace(answer, model=facts.name)
        return GeneratedAnswer(self._finished(answer, generated), self._sent(turns, manner))

    def _sent(self, turns: Sequence[Turn], manner: AnswerStyle) -> SentPrompt:
        running = self._inference.running
        return SentPrompt(
            turns=tuple(SentTurn(turn.kind.value, turn.text) for turn in turns),
            model=running.model.name if running else "",
            temperature=manner.sampling.temperature,
            max_tokens=manner.sampling.max_tokens,
            adapters=tuple((adapter.name, adapter.scale) for adapter in running.adapters)
            if running
            else (),
        )

    def _based(
        self,
        answer: Message,
        asking: AnswerContext,
        model: ChatModel,
        manner: AnswerStyle,
        control: Control,
    ) -> Message:
        """`answer` with what a table gave and as many sources as the user's patience allows."""
        began, segments = time.perf_counter(), asking.found.segments
        computed = self._sheets.computed(asking.searched, segments, model, control)
        bare = PromptRequest(asking.question, (), asking.history, manner.instruction)
        turns = self._prompt.turns(bare, model, manner.sampling.max_tokens)
        pending = model.pending(turns)
        extra: tuple[Source, ...] = ()
        if computed:
            number = prompting.next_number(answer.sources, asking.history)
            computed = replace(computed, number=number)
            extra = (self._sheets.source(computed, asking.searched, segments[0]),)
            pending += model.count(extra[0].segment.text)
        running = self._inference.running
        if running and running.speed:  # the query took time in which passages could have been read
            pending += round((time.perf_counter() - began) * running.speed.prompt)
        kept = len(prompting.within(segments, self._inference.passage_room(pending), model.count))
        if extra or kept < len(answer.sources):
            answer = replace(answer, sources=answer.sources[:kept] + extra, computed=computed)
            control.report(SourcesFound(answer.sources, asking.found.milliseconds))
        return answer

    def _quoted(self, answer: Message, asking: AnswerContext, control: Control) -> Message:
        text, cited = self._extraction.quote(asking.question, answer.sources, control)
        state = AnswerState.QUOTED if text else AnswerState.ABSTAINED
        return replace(answer, text=text, citations=cited, state=state, timings=timings_of(asking))

    def _finished(self, answer: Message, generated: Generated) -> Message:
        refused = is_refusal(generated.text)
        state = AnswerState.ABSTAINED if refused else _STATES[generated.finish]
        checked = () if refused else citations.check(
            generated.text, answer.sources, words.stems, self._similarity
        )  # fmt: skip
        return replace(answer, text=generated.text, state=state, citations=checked)

    def _similarity(self, claim: str, sentences: Sequence[str]) -> list[float]:
        """Above 0 for sentences of another language that mean the same; −1 in the same language,
        where the words themselves decide."""
        if language.of(claim) == language.of(" ".join(sentences)):
            return [-1.0] * len(sentences)
        embedder = self._models.embedder()
        vectors, least = (
            embedder.embed_queries([claim, *sentences]),
            embedder.calibration.same_meaning,
        )
        return [float(score) - least for score in vectors[1:] @ vectors[0]]


def _form(model: ChatModel, facts: Model) -> str:
    """What a kept state belongs to beside its conversation."""
    return f"{facts.sha256}/{model.state_form}"


def timings_of(
    asking: AnswerContext, generated: Generated | None = None, first: float | None = None
) -> Timings:
    """`generated` is None when no model answered."""
    now = time.perf_counter()
    timings = Timings(
        retrieve_ms=asking.found.milliseconds,
        first_token_ms=((first or now) - asking.began) * 1000,
        total_ms=(now - asking.began) * 1000,
    )
    if generated is None:
        return timings
    return replace(
        timings,
        prompt_tokens=generated.prompt_tokens,
        reused_tokens=generated.reused_tokens,
        generated_tokens=generated.generated_tokens,
        tokens_per_second=generated.speed,
    )
