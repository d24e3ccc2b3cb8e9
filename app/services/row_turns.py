"""A row as the turns of a chat: the very prompt that an answer gets, and the answer."""

from app.domain import language, prompting
from app.domain.conversation import Segment, Source
from app.domain.library import Locator
from app.domain.rows import Row, RowPassage
from app.engines.base import Turn, TurnKind
from app.services.prompts import Prompts

_NOWHERE = Locator(0, 0)


class RowTurns:
    def __init__(self, prompts: Prompts) -> None:
        self._prompts = prompts

    def of(self, row: Row) -> list[Turn]:
        """System text, question with its passages, answer; the question and the answer alone of a
        row without passages, which teaches manner and no rules about passages."""
        answer = Turn(TurnKind.ASSISTANT, row.answer)
        if not row.passages:
            return [Turn(TurnKind.USER, row.question), answer]
        spoken = language.of(row.question)
        sources = [Source(place, _segment(e)) for place, e in enumerate(row.passages, start=1)]
        asked = prompting.question_text(
            row.question,
            sources,
            self._prompts.get("question", spoken),
            self._prompts.get("omitted", spoken),
        )
        system = Turn(TurnKind.SYSTEM, self._prompts.get("answer", spoken))
        return [system, Turn(TurnKind.USER, asked), answer]


def _segment(passage: RowPassage) -> Segment:
    return Segment(
        document="", name="", path="", text=passage.text, header=passage.header,
        locator=_NOWHERE, best=_NOWHERE, passages=(), score=0.0, dense_score=None,
        keyword_score=None,
    )  # fmt: skip
