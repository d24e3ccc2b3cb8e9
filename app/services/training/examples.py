"""Rows as the model reads them: the very prompt that an answer is asked with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.chat.conversation import Segment, Source
from app.domain.library.documents import Locator
from app.domain.settings import PromptBudget
from app.domain.text import language
from app.domain.training.row_checks import holds
from app.domain.training.row_split import split
from app.domain.training.rows import Row, RowPassage
from app.domain.training.training import TrainingSettings
from app.engines.training_messages import Example
from app.engines.turns import Turn, TurnKind
from app.services.assistants.prompts import Prompts
from app.services.chat.prompt import PromptBuilder


@dataclass(frozen=True, slots=True)
class Parts:
    """What is learned from, and what the learning is measured on; no document is in both, unless
    there is only one, and then no passage."""

    train: tuple[Row, ...]
    held_out: tuple[Row, ...]


def parts(rows: Sequence[Row], settings: TrainingSettings) -> Parts:
    used = [row for row in rows if row.used]
    for group in (_document, _passage, _alone):
        kept_together = [replace(row, group=group(row)) for row in used]
        train, held_out = split(kept_together, settings.held_out, settings.seed)
        if held_out:
            break
    return Parts(train, held_out)


def _document(row: Row) -> str:
    return row.group


def _passage(row: Row) -> str:
    """That its answer stands in."""
    return next((passage.text for passage in row.passages if holds(passage.text, row.quote)), "")


def _alone(_: Row) -> str:
    """Few rows about one passage: measured on other questions about it rather than on nothing."""
    return ""


class ExampleWriter:
    def __init__(self, prompts: Prompts) -> None:
        self._prompts = prompts
        self._builder = PromptBuilder(prompts, PromptBudget())

    def examples(self, rows: Sequence[Row]) -> tuple[Example, ...]:
        """Rows as they are trained on: the prompt of an answer, and the answer."""
        return tuple(self.example(row) for row in rows)

    def example(self, row: Row) -> Example:
        """Opening, passages and question as in an answer; a row without passages has the question
        alone after the system text, as it teaches manner."""
        spoken = language.of(row.question)
        opening = self._builder.opening(spoken)
        if not row.passages:
            turns = [opening[0], Turn(TurnKind.USER, row.question)]
        else:
            turns = [
                *opening,
                Turn(TurnKind.USER, self._builder.question(row.question, sources(row))),
            ]
        return Example(tuple(turns), row.answer, row.question)

    def general(self) -> tuple[str, ...]:
        """Texts that have nothing to do with anybody's documents, in both languages."""
        return tuple(self._prompts.get("general", spoken) for spoken in ("ru", "en"))


def sources(row: Row) -> list[Source]:
    """The row's passages, numbered as its answer cites them."""
    return [
        Source(number, _segment(passage, number)) for number, passage in enumerate(row.passages, 1)
    ]


def _segment(passage: RowPassage, number: int) -> Segment:
    place = Locator(start=0, end=len(passage.text))
    return Segment(
        document=f"row/{number}",
        name=passage.header,
        path="",
        text=passage.text,
        header=passage.header,
        locator=place,
        best=place,
        passages=(number,),
        score=1.0,
        dense_score=None,
        keyword_score=None,
        parts=(place,),
    )
