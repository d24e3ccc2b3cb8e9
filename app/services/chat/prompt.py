"""The prompt of an answer: opening, history, passages, question, within context and patience."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from app.domain.chat import prompting
from app.domain.chat.conversation import Source
from app.domain.chat.prompting import Exchange
from app.domain.settings import PromptBudget
from app.domain.text import language
from app.domain.text.injection import orders
from app.engines.base import ChatModel
from app.engines.turns import Turn, TurnKind
from app.services.assistants.prompts import Prompts
from app.services.chat.context import AnswerContext

#: Where a part of a prompt is left out.
_BLANK = re.compile(r"\n{3,}")
#: Tokens of the chat format's marks.
_MARKS = 64
#: Questions with their passages that are held as text.
_REMEMBERED = 256


class PromptBuilder:
    def __init__(self, prompts: Prompts, budget: PromptBudget) -> None:
        self._prompts = prompts
        self._budget = budget
        # Looking for orders takes a millisecond a passage, and a history is counted often.
        self._written = lru_cache(maxsize=_REMEMBERED)(self.question)

    def turns(
        self, context: AnswerContext, sources: Sequence[Source], model: ChatModel
    ) -> list[Turn]:
        """The question with its numbered `sources` after its history, as the model reads them; the
        context leaves room for the longest answer."""
        history, style = context.history, context.style
        # The first question's language decides, so that the system text never changes.
        first = history[0].question if history else context.question
        spoken = style.spoken or language.of(first)
        opening = self.opening(spoken, style.instruction)
        prompt = prompting.WHOLE if context.plan.document else prompting.QUESTION
        fresh = tuple(prompting.fresh(sources, history))
        now = self._written(context.question, fresh, prompt, style.spoken)
        # Reserved whatever this question takes, so that the history is cut at the same turns.
        reserved = min(self._budget.most + 256, model.context_length // 4)
        room = (
            model.context_length
            - sum(model.count(turn.text) for turn in opening)
            - max(reserved, model.count(now))
            - style.sampling.max_tokens
            - _MARKS
        )

        @cache
        def cost(exchange: Exchange) -> int:
            asked = self._written(
                exchange.question, exchange.sources, exchange.prompt, style.spoken
            )
            return model.count(asked + exchange.answer)

        kept = prompting.fitted(history, room, cost)
        last = self._user(context.question, sources, kept, prompt, style.spoken)
        return [*opening, *self._past(kept, style.spoken), last]

    def past(self, context: AnswerContext, model: ChatModel) -> list[Turn]:
        """The turns that the next prompt of the conversation will begin with."""
        return self.turns(replace(context, question=""), (), model)[:-1]

    def opening(self, spoken: str, instruction: str = "") -> list[Turn]:
        """The system text and one example: small models learn the manner from it, and as it never
        changes it is read once."""
        system = "\n".join(filter(None, (self._prompts.get("answer", spoken), instruction)))
        return [
            Turn(TurnKind.SYSTEM, system),
            Turn(TurnKind.USER, self._prompts.get("example-question", spoken)),
            Turn(TurnKind.ASSISTANT, self._prompts.get("example-answer", spoken)),
        ]

    def _past(self, kept: Sequence[Exchange], answered: str) -> list[Turn]:
        turns = []
        for place, exchange in enumerate(kept):
            turns += [
                self._user(
                    exchange.question, exchange.sources, kept[:place], exchange.prompt, answered
                ),
                Turn(TurnKind.ASSISTANT, exchange.answer),
            ]
        return turns

    def _user(
        self,
        question: str,
        sources: Sequence[Source],
        before: Sequence[Exchange],
        prompt: str,
        answered: str,
    ) -> Turn:
        fresh = tuple(prompting.fresh(sources, before))
        return Turn(TurnKind.USER, self._written(question, fresh, prompt, answered))

    def question(
        self,
        question: str,
        sources: Sequence[Source],
        prompt: str = prompting.QUESTION,
        answered: str = "",
    ) -> str:
        """The user's turn: numbered passages, then the question, in the question's language, or in
        that of the answer where it is another, which is said last: small models do what they read
        last."""
        spoken = answered or language.of(question)
        fences = (self._prompts.get(use, spoken) for use in ("fence", "omitted"))
        passages = prompting.passages_text(sources, *fences)
        caution = self._caution(sources, spoken)
        written = self._prompts.filled(
            prompt,
            spoken,
            passages=passages,
            nearest="" if caution else self._nearest(sources, spoken),
            caution=caution,
            question=question,
        )
        if answered:
            written += "\n\n" + self._prompts.get("language", answered)
        return _BLANK.sub("\n\n", written).strip()

    def _nearest(self, sources: Sequence[Source], spoken: str) -> str:
        """The sentence that meets the question best, once more: small models answer from what
        stands last (results/answers.md)."""
        for source in sources:
            if source.mark:
                text = source.segment.text[source.mark.start : source.mark.end]
                text = " ".join(text.split())
                return self._prompts.filled("nearest", spoken, number=str(source.number), text=text)
        return ""

    def _caution(self, sources: Sequence[Source], spoken: str) -> str:
        """What the fences in the passages mean, where there are any. It stands last, in place of a
        nearest sentence, which may be the order itself (results/injection.md)."""
        segments = [source.segment for source in sources]
        told = (text for segment in segments for text in (segment.header, segment.text))
        return self._prompts.get("caution", spoken) if any(map(orders, told)) else ""
