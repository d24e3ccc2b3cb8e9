"""Writes an answer from what was found: prompt, model, check of the citations.

Runs on the inference worker thread.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.chat import citations, prompting
from app.domain.chat.conversation import (
    AnswerPiece,
    AnswerState,
    LookedAt,
    Message,
    Quotation,
    SentPrompt,
    SentTurn,
    Source,
    SourcesFound,
    Speaker,
    TextSpan,
    Timings,
)
from app.domain.chat.prompting import SourceNumbers
from app.domain.chat.refusals import is_refusal
from app.domain.errors import ModelMissing, ModelServerAway, NoChatModel
from app.domain.evidence.excerpts import Choice, chosen
from app.domain.evidence.quotation import best_stretch, quotation
from app.domain.evidence.settling import quoting, settled
from app.domain.progress import Control, Redirected
from app.domain.settings import EvidenceChoice, Sampling
from app.domain.text import language
from app.engines.base import ChatModel, Finish, Generated
from app.engines.turns import Turn, TurnKind
from app.services.chat.answer_style import AnswerStyle
from app.services.chat.context import AnswerContext
from app.services.chat.extraction import Extraction
from app.services.chat.prompt import PromptBuilder
from app.services.chat.sheet_questions import SheetQuestions
from app.services.models.inference import Inference
from app.services.models.service import ModelService
from app.services.questions.set_writer import SetWriter

_STATES = {
    Finish.END: AnswerState.DONE,
    Finish.LENGTH: AnswerState.CUT,
    Finish.STOPPED: AnswerState.STOPPED,
}


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
        sheets: SheetQuestions,
        choice: EvidenceChoice,
        sets: SetWriter,
    ) -> None:
        self._models = models
        self._inference = inference
        self._prompt = prompt
        self._sheets = sheets
        self._choice = choice
        self._sets = sets
        self._extraction = Extraction(models)

    def write(self, answer: Message, context: AnswerContext, control: Control) -> GeneratedAnswer:
        """`answer` with its text, from as many of its sources as the patience allows; reports
        SourcesFound when that is fewer. Where nothing is near enough it is ABSTAINED and no model
        is asked; without a chat model the sources are quoted. Where the model's server is lost on
        the way, it begins anew with a model of this computer. `ModelError`."""
        try:
            return self._written(answer, context, control)
        except ModelServerAway as error:
            self._inference.part_with(error)
            control.report(SourcesFound(answer.sources, context.found.milliseconds, context.kept))
            return self._written(answer, context, control)

    def _written(
        self, answer: Message, context: AnswerContext, control: Control
    ) -> GeneratedAnswer:
        if not (context.found.sufficient or context.found.doubtful):
            timings = timings_of(context)
            return GeneratedAnswer(replace(answer, state=AnswerState.ABSTAINED, timings=timings))
        try:
            model, facts = self._inference.chat(
                control, context.style.adapters, context.style.model
            )
        except (NoChatModel, ModelMissing):
            if context.plan.sides:
                return self._of_sides(answer, context, None, control)
            return GeneratedAnswer(self._quoted(answer, context, control))
        if context.plan.sides:
            answer = replace(answer, model=facts.name)
            return self._of_sides(answer, context, model, control)
        answer = self._within_patience(answer, context, model, control)
        turns = self._prompt.turns(context, answer.sources, model)
        first = _FirstPiece(control)
        sampling = context.style.sampling
        generated = model.stream(turns, sampling, Redirected(control, first.report))
        self._inference.note(generated)
        timings = timings_of(context, generated, first.moment)
        answer = replace(answer, model=facts.name, timings=timings)
        if generated.finish is Finish.STOPPED and not generated.text and answer.quotation:
            return GeneratedAnswer(quoting(answer))
        finished = self._finished(answer, generated, context.searched)
        found, strict = context.found, context.style.strict
        if strict or not context.request.read_all:
            doubtful = found.doubtful or strict
            finished = settled(finished, context.searched, doubtful=doubtful, sure=found.sure)
        return GeneratedAnswer(finished, self._sent(turns, sampling))

    def answer_once(
        self, context: AnswerContext, sources: Sequence[Source], control: Control
    ) -> Message:
        """An answer of no conversation, from `sources`, kept nowhere. As `write`."""
        empty = Message(
            0, Speaker.ASSISTANT, "", time.time(), AnswerState.WRITING, sources=tuple(sources)
        )
        return self.write(empty, context, control).answer

    def go_on(
        self, answer: Message, asked: str, prompt: SentPrompt, style: AnswerStyle, control: Control
    ) -> GeneratedAnswer:
        """An answer to what was `asked` that was stopped or cut off, written on from the prompt
        that it began with. `ModelError`."""
        model, facts = self._inference.chat(control, style.adapters, style.model)
        turns = [Turn(TurnKind(turn.kind), turn.text) for turn in prompt.turns]
        generated = model.stream(turns, style.sampling, control, begun=answer.text)
        self._inference.note(generated)
        answer = replace(answer, model=facts.name)
        finished = self._finished(answer, generated, asked)
        return GeneratedAnswer(finished, self._sent(turns, style.sampling))

    def _sent(self, turns: Sequence[Turn], sampling: Sampling) -> SentPrompt:
        running = self._inference.running
        adapters = running.adapters if running else ()
        return SentPrompt(
            turns=tuple(SentTurn(turn.kind.value, turn.text) for turn in turns),
            model=running.model.name if running else "",
            temperature=sampling.temperature,
            max_tokens=sampling.max_tokens,
            adapters=tuple((adapter.name, adapter.scale) for adapter in adapters),
        )

    def _within_patience(
        self, answer: Message, context: AnswerContext, model: ChatModel, control: Control
    ) -> Message:
        """`answer` with what a table gave and as many sources as the user's patience allows."""
        began, segments = time.perf_counter(), context.found.segments
        computed = self._sheets.computed(context.searched, segments, model, control)
        pending = model.pending(self._prompt.turns(context, (), model))
        extra: tuple[Source, ...] = ()
        if computed:
            number = prompting.next_number(answer.sources, context.history)
            computed = replace(computed, number=number)
            extra = (self._sheets.source(computed, context.searched, segments[0]),)
            pending += model.count(extra[0].segment.text)
        running = self._inference.running
        if running and running.speed:  # the query took time in which passages could have been read
            pending += round((time.perf_counter() - began) * running.speed.prompt)
        found = [each.number for each in answer.sources]
        choice = self._chosen(context, pending, model)
        sources = [
            replace(answer.sources[place], excerpt=choice.stretches[place]) for place in choice.read
        ]
        shown = quotation(sources, context.searched) if answer.quotation else None
        answer = replace(
            answer,
            sources=(*_marked(sources, shown), *extra),
            computed=computed,
            looked_at=LookedAt(len(segments), len(sources)),
            quotation=shown,
        )
        if [each.number for each in answer.sources] != found:
            control.report(SourcesFound(answer.sources, context.found.milliseconds))
        return answer

    def _chosen(self, context: AnswerContext, pending: int, model: ChatModel) -> Choice:
        """What of the passages is read: of a whole document as much as patience allows, in its
        order; otherwise the sentences that speak for an answer."""
        segments = context.found.segments
        room = self._inference.passage_room(pending)
        if context.request.read_all:
            room = max(room, model.context_length // 2)
        if context.plan.document or context.request.chosen:
            kept = prompting.within(segments, room, model.count)
            return Choice(tuple((TextSpan(0, len(each.text)),) for each in kept))
        if not context.request.read_all:
            room = min(room, self._choice.tokens)
        return chosen(segments, room, model.count, self._choice.least)

    def _of_sides(
        self, answer: Message, context: AnswerContext, model: ChatModel | None, control: Control
    ) -> GeneratedAnswer:
        """Every side read on its own; see SetWriter."""
        assert context.retrieval is not None
        first = _FirstPiece(control)
        written = self._sets.write(
            answer,
            context.searched,
            context.plan,
            context.retrieval,
            model,
            SourceNumbers(context.history, context.given).of,
            Redirected(control, first.report),
        )
        timings = timings_of(context, None, first.moment)
        return GeneratedAnswer(replace(written, timings=timings))

    def _quoted(self, answer: Message, context: AnswerContext, control: Control) -> Message:
        text, cited = self._extraction.quote(context.question, answer.sources, control)
        state = AnswerState.QUOTED if text else AnswerState.ABSTAINED
        return replace(answer, text=text, citations=cited, state=state, timings=timings_of(context))

    def _finished(self, answer: Message, generated: Generated, question: str) -> Message:
        refused = is_refusal(generated.text)
        state = AnswerState.ABSTAINED if refused else _STATES[generated.finish]
        checked = () if refused else citations.check(
            generated.text, answer.sources, self._similarity, question
        )  # fmt: skip
        return replace(answer, text=generated.text, state=state, citations=checked)

    def _similarity(self, claim: str, sentences: Sequence[str]) -> list[float]:
        """Above 0 for sentences of another language that mean the same; −1 in the same language,
        where the words themselves decide."""
        if language.of(claim) == language.of(" ".join(sentences)):
            return [-1.0] * len(sentences)
        embedder = self._models.embedder()
        vectors = embedder.embed_queries([claim, *sentences])
        least = embedder.calibration.same_meaning
        return [float(score) - least for score in vectors[1:] @ vectors[0]]


class _FirstPiece:
    """Passes on what is reported, and remembers when the first words came."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self.moment: float | None = None

    def report(self, progress: object) -> None:
        if self.moment is None and isinstance(progress, AnswerPiece):
            self.moment = time.perf_counter()
        self._control.report(progress)


def _marked(sources: Sequence[Source], shown: Quotation | None) -> list[Source]:
    """The sources, in that of the quotation the sentence that meets the question best."""
    return [
        replace(source, mark=best_stretch(source.segment))
        if shown and source.number == shown.number
        else source
        for source in sources
    ]


def timings_of(
    context: AnswerContext, generated: Generated | None = None, first: float | None = None
) -> Timings:
    """`generated` is None when no model answered."""
    now = time.perf_counter()
    timings = Timings(
        retrieve_ms=context.found.milliseconds,
        first_token_ms=((first or now) - context.began) * 1000,
        first_useful_ms=((context.useful or first or now) - context.began) * 1000,
        total_ms=(now - context.began) * 1000,
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
