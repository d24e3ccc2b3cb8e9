"""Reads each side of a question on its own: its nearest sentences, and what the chat model takes
from them. Runs on the inference worker thread."""

from collections import OrderedDict
from dataclasses import dataclass, field

from app.domain.chat.conversation import Segment, TextSpan
from app.domain.chat.refusals import is_refusal
from app.domain.errors import Cancelled
from app.domain.evidence.excerpts import chosen
from app.domain.evidence.quotation import best_stretch
from app.domain.evidence.support import figures_of, support
from app.domain.progress import Control, Redirected
from app.domain.settings import Sampling
from app.domain.text import language
from app.domain.text.injection import fenced
from app.engines.base import CacheSequence, ChatModel, Finish
from app.engines.turns import Turn, TurnKind
from app.services.assistants.prompts import Prompts
from app.services.questions.plan import Side
from app.services.retrieval.service import RetrievalService
from app.stems import stems

#: Tokens of a side's passages that are read, and of what is taken from them.
_READ, _TAKEN = 220, 48
#: Segments of a side that are looked at.
_SEGMENTS = 2
#: Findings that are remembered.
_REMEMBERED = 500
_SAMPLING = Sampling(temperature=0, repeat_penalty=1.0, max_tokens=_TAKEN, stop=("\n",))


@dataclass(frozen=True, slots=True)
class Finding:
    """What a side says: `text` in short, "" where it says nothing of what was asked, with the
    segment and the stretch of it that it rests on."""

    side: Side
    text: str = ""
    segment: Segment | None = None
    quote: TextSpan = field(default_factory=lambda: TextSpan(0, 0))


class SideReader:
    def __init__(self, prompts: Prompts) -> None:
        self._prompts = prompts
        self._known: OrderedDict[tuple[object, ...], Finding] = OrderedDict()

    def read(
        self,
        side: Side,
        retrieval: RetrievalService,
        model: ChatModel | None,
        wanted: str,
        control: Control,
    ) -> Finding:
        """The finding of one side, `wanted` in words; without a model its nearest sentence. What
        was read lately is remembered as long as its passages are the same. `Cancelled`, and as
        RetrievalService.find."""
        control.check()
        segments = retrieval.find(side.asked, _SEGMENTS, side.scope).segments
        if not segments:
            return Finding(side)
        key = (
            side.asked,
            wanted,
            model is None,
            *(each.passages for each in segments),
            segments[0].text,
        )
        if key not in self._known:
            self._known[key] = self._finding(side, segments, model, wanted, control)
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return self._known[key]

    def _finding(
        self,
        side: Side,
        segments: tuple[Segment, ...],
        model: ChatModel | None,
        wanted: str,
        control: Control,
    ) -> Finding:
        best = segments[0]
        span = best_stretch(best) or TextSpan(0, min(len(best.text), 300))
        quoted = Finding(side, " ".join(best.text[span.start : span.end].split()), best, span)
        if model is None:
            return quoted
        taken = self._taken(side, segments, model, wanted, control)
        if is_nothing(taken):
            return Finding(side, "", best, span)
        if set(stems(taken)) <= set(stems(f"{side.name} {side.asked}")):
            return quoted  # it only says again what was asked
        for segment in segments:
            held = support(taken, segment.text, side.asked, segment.header)
            if held.share >= _HELD and _figures_held(taken, segment.text):
                return Finding(side, taken, segment, TextSpan(held.start, held.end))
        return quoted

    def _taken(
        self,
        side: Side,
        segments: tuple[Segment, ...],
        model: ChatModel,
        wanted: str,
        control: Control,
    ) -> str:
        choice = chosen(segments, _READ, model.count)
        spoken = language.of(side.asked)
        fences = [self._prompts.get(use, spoken) for use in ("fence", "omitted")]
        texts = [
            "\n".join(
                segments[place].text[each.start : each.end] for each in choice.stretches[place]
            )
            for place in choice.read
        ]
        asked = self._prompts.filled(
            "side",
            spoken,
            name=segments[0].name,
            wanted=wanted,
            passages="\n\n".join(fenced(text, *fences) for text in texts),
            question=side.asked,
        )
        # These words are no answer: nobody is told.
        silent = Redirected(control, lambda progress: None)
        turn = Turn(TurnKind.USER, asked)
        generated = model.stream([turn], _SAMPLING, silent, CacheSequence.AUXILIARY)
        if generated.finish is Finish.STOPPED:
            raise Cancelled
        return " ".join(generated.text.split()).strip(' ."«»')


#: Share of a taken phrase that its sentences must hold.
_HELD = 0.8
_NOTHING = frozenset(
    {"нет", "no", "none", "не указано", "not stated", "нет данных", "not specified"}
)


def is_nothing(taken: str) -> bool:
    """Whether the model says that a side does not answer."""
    return not taken or taken.casefold().strip(" .") in _NOTHING or is_refusal(taken)


def _figures_held(taken: str, text: str) -> bool:
    return set(figures_of(taken)) <= set(figures_of(text))
