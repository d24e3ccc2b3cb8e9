"""What the search finds beside the passage of a question, and the row that comes of it."""

import random
from collections.abc import Sequence
from dataclasses import replace

from app.domain.chat import citations
from app.domain.chat.conversation import Segment, Source
from app.domain.library.documents import Scope
from app.domain.settings import RowWriting
from app.domain.text import language
from app.domain.training import row_checks, row_writing
from app.domain.training.rows import Row, RowPassage
from app.engines.base import ChatModel
from app.services.assistants.prompts import Prompts
from app.services.retrieval.service import RetrievalService

#: Results among which the passage of a question must be.
_NEAR = 3
#: Tokens of a passage that says something.
_LEAST = 40


class RowAssembly:
    def __init__(self, retrieval: RetrievalService, prompts: Prompts, settings: RowWriting) -> None:
        self._retrieval = retrieval
        self._prompts = prompts
        self._settings = settings

    def found(self, question: str, gold: Segment, scope: Scope) -> list[Segment] | None:
        """What an answer would get beside the passage that the question is about. None where that
        is not among the first: the question can only be understood beside it."""
        segments = self._retrieval.find(question, scope=scope).segments
        own = set(gold.passages)
        if not any(own & set(segment.passages) for segment in segments[:_NEAR]):
            return None
        return [segment for segment in segments if not own & set(segment.passages)]

    def answered(self, row: Row, found: Sequence[Segment], model: ChatModel) -> Row:
        """`row`, which has its own passage alone, among others, in any order; its answer cites."""
        own = row.passages[0]
        room = self._settings.passages - _cost(own, model)
        passages = [own, *self._distractors(found, room, model)]
        random.Random(row.question).shuffle(passages)
        answer = row_writing.cited(row.answer, passages.index(own) + 1)
        return replace(row, passages=tuple(passages), answer=answer)

    def unanswered(self, row: Row, found: Sequence[Segment], model: ChatModel) -> Row | None:
        """The same question without its passage, nor any other that answers it; None where that
        leaves nothing."""
        others = [
            segment
            for segment in found
            if not row_checks.holds(segment.text, row.quote) and not supported(row.answer, segment)
        ]
        passages = self._distractors(others, self._settings.passages, model)
        if not passages:
            return None
        refusal = self._prompts.get("row-refusal", language.of(row.question))
        return replace(row, passages=tuple(passages), answer=refusal, quote="", answered=False)

    def _distractors(
        self, found: Sequence[Segment], room: int, model: ChatModel
    ) -> list[RowPassage]:
        """The best of what was found, each with an equal part of the room that is left."""
        chosen: list[RowPassage] = []
        wanted = min(self._settings.distractors, len(found), max(room // (2 * _LEAST), 0))
        for left, segment in zip(range(wanted, 0, -1), found, strict=False):
            share = room // left - model.count(segment.header)
            text = row_writing.fitted(segment.text, share, model.count) if share >= _LEAST else ""
            if text:
                chosen.append(RowPassage(segment.header, text))
                room -= _cost(chosen[-1], model)
        return chosen


def supported(answer: str, segment: Segment) -> bool:
    """Whether a passage supports each sentence of an answer, as answers of the chat are checked."""
    marked = row_writing.cited(answer, 1)
    found = citations.check(marked, [Source(1, segment)])
    return bool(found) and all(citation.supported for citation in found)


def _cost(passage: RowPassage, model: ChatModel) -> int:
    return model.count(passage.header) + model.count(passage.text)
