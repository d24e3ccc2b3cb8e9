"""What an adapter changes: held-out questions answered by the base and with it, as the chat answers
them, and the advice that follows. Runs on the inference worker thread."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.chat.conversation import AnswerState, Message
from app.domain.progress import Control, NoControl, Progress
from app.domain.settings import Sampling
from app.domain.training.rows import Row
from app.domain.training.training import Advice, AnswerPair, AnswerRates, Report
from app.engines.training_messages import AtStrength, TrainingFinished
from app.services.chat.answer_style import AnswerStyle
from app.services.chat.answer_writer import AnswerWriter
from app.services.chat.context import AnswerContext
from app.services.retrieval.service import RetrievalResult
from app.services.training.examples import sources

#: Questions that are asked, and tokens of an answer: some minutes on a laptop.
_QUESTIONS, _TOKENS = 12, 160
#: A loss on the general text that rose by more is worth a warning, by much more forbids use
#: (results/training.md: 0.03–0.06 is usual, 0.11 was a bad run).
_FORGETS, _FORGETS_MUCH = 0.05, 0.10
#: The held-out loss must fall by this share for an adapter to be worth anything, and the rates of
#: citations may fall by this much: one question of the twelve.
_WORTH, _LOST = 0.01, 0.09


class Comparison:
    def __init__(self, writer: AnswerWriter) -> None:
        self._writer = writer

    def answers(
        self, rows: Sequence[Row], adapter: str, strength: float, control: Control
    ) -> list[Message]:
        """One a row, with the adapter of that id, or the base's alone where it is "".
        `ModelError`, `Cancelled`."""
        scales = ((adapter, strength),) if adapter else ()
        style = AnswerStyle(Sampling(temperature=0, max_tokens=_TOKENS), adapters=scales)
        found = []
        for number, row in enumerate(rows):
            control.check()
            control.report(Progress(number, len(rows), row.question))
            found.append(self._answer(row, style))
        return found

    def _answer(self, row: Row, style: AnswerStyle) -> Message:
        given = sources(row)
        found = RetrievalResult(tuple(source.segment for source in given), sufficient=True)
        context = AnswerContext(row.question, style, searched=row.question, found=found)
        return self._writer.answer_once(context, given, NoControl())


def chosen(rows: Sequence[Row]) -> list[Row]:
    """Those that are asked: with passages, answered and unanswerable ones in turn."""
    fit = [row for row in rows if row.passages]
    refusals = [row for row in fit if not row.answered][: _QUESTIONS // 3]
    return ([row for row in fit if row.answered][: _QUESTIONS - len(refusals)]) + refusals


def rates(rows: Sequence[Row], answers: Sequence[Message]) -> AnswerRates:
    """See AnswerRates; both in the same order."""
    pairs = list(zip(rows, answers, strict=True))
    held = [answer for row, answer in pairs if row.answered]
    missing = [answer for row, answer in pairs if not row.answered]
    citations = [
        citation for answer in answers for citation in answer.citations if not citation.added
    ]
    cited = [any(citation.supported for citation in answer.citations) for answer in held]
    return AnswerRates(
        questions=len(pairs),
        cited=_share(cited),
        precise=_share([citation.supported for citation in citations]),
        refused=_share([answer.state == AnswerState.ABSTAINED for answer in missing]),
        refused_wrongly=_share([answer.state == AnswerState.ABSTAINED for answer in held]),
        words=sum(len(answer.text.split()) for answer in answers) / max(len(answers), 1),
    )


def _share(told: Sequence[bool]) -> float | None:
    return sum(told) / len(told) if told else None


@dataclass(frozen=True)
class Compared:
    """The held-out questions, asked of both."""

    rows: Sequence[Row] = ()
    base: Sequence[Message] = field(default_factory=list)
    adapted: Sequence[Message] = field(default_factory=list)


def report(finished: TrainingFinished, compared: Compared, strength: float) -> Report:
    """With the advice that follows from all of it."""
    at = next(at_strength for at_strength in finished.strengths if at_strength.strength == strength)
    base = rates(compared.rows, compared.base) if compared.rows else None
    adapted = rates(compared.rows, compared.adapted) if compared.rows else None
    forgetting = at.general - finished.general_before
    lost = base is not None and adapted is not None and _worse(base, adapted)
    useless = at.held_out > finished.held_out_before * (1 - _WORTH)
    if lost or useless or forgetting > _FORGETS_MUCH:
        advice = Advice.DO_NOT_USE
    else:
        advice = Advice.USE if strength == 1.0 else Advice.USE_WEAKER
    return Report(
        held_out_before=finished.held_out_before,
        held_out_after=at.held_out,
        export_kl=finished.export_kl,
        forgetting=forgetting,
        base=base,
        adapted=adapted,
        pairs=_pairs(compared),
        advice=advice,
        strength=strength,
    )


def advised_strength(finished: TrainingFinished) -> float:
    """Full, or weaker where that keeps most of the gain and the model forgets less."""
    full = finished.strengths[0]

    def gain(at: AtStrength) -> float:
        return finished.held_out_before - at.held_out

    for at in finished.strengths:
        if at.general - finished.general_before <= _FORGETS and gain(at) >= gain(full) / 2:
            return at.strength
    return full.strength


def _worse(base: AnswerRates, adapted: AnswerRates) -> bool:
    """Whether citations or refusals suffer."""
    pairs = (
        (base.cited, adapted.cited),
        (base.precise, adapted.precise),
        (base.refused, adapted.refused),
        (adapted.refused_wrongly, base.refused_wrongly),
    )
    return any(was is not None and now is not None and now < was - _LOST for was, now in pairs)


def _pairs(compared: Compared) -> tuple[AnswerPair, ...]:
    return tuple(
        AnswerPair(row.question, row.answer, base.text, adapted.text)
        for row, base, adapted in zip(compared.rows, compared.base, compared.adapted, strict=True)
    )
