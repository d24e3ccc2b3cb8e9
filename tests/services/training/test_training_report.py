"""What is counted in answers, and the advice that follows."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from app.domain.chat.conversation import AnswerState, Citation, Message, Speaker
from app.domain.training.rows import Row, RowPassage
from app.domain.training.training import Advice
from app.engines.training_messages import AtStrength, TrainingFinished
from app.services.training.report import Compared, advised_strength, chosen, rates, report

HELD = Row("When?", "At noon [1].", (RowPassage("a", "It is at noon."),))
MISSING = replace(HELD, question="Who?", answered=False)
FINISHED = TrainingFinished(b"", 8, 1e-5, 1e-4, 2.0, 3.0, (AtStrength(1.0, 1.5, 3.02),))


def message(*supported: bool, added: bool = False, refused: bool = False) -> Message:
    """An answer of three words with citations, each supported or not."""
    state = AnswerState.ABSTAINED if refused else AnswerState.DONE
    cited = tuple(Citation(1, 0, "", 0, 0, each, added) for each in supported)
    return Message(0, Speaker.ASSISTANT, "one two three", 0.0, state, citations=cited)


def finished(*strengths: tuple[float, float, float]) -> TrainingFinished:
    """Scale, held-out loss (2.0 before) and loss on the general text (3.0 before)."""
    return replace(FINISHED, strengths=tuple(AtStrength(*each) for each in strengths))


def test_shares_of_answers() -> None:
    rows = [HELD, HELD, HELD, HELD, MISSING, MISSING]
    answers = [
        message(True, False),
        message(False),
        message(),
        message(refused=True),
        message(refused=True),
        message(True),
    ]
    found = rates(rows, answers)
    assert (found.questions, found.words) == (6, 3.0)
    assert found.cited == 1 / 4
    assert found.precise == 2 / 4
    assert found.refused == 1 / 2
    assert found.refused_wrongly == 1 / 4


def test_a_citation_that_the_program_put_there_says_nothing_of_the_model() -> None:
    found = rates([HELD], [message(True, added=True)])
    assert (found.cited, found.precise) == (1.0, None)


def test_where_nothing_counts_there_is_no_share() -> None:
    found = rates([HELD], [message()])
    assert (found.cited, found.precise, found.refused) == (0.0, None, None)
    assert rates([], []).words == 0.0


def test_questions_that_are_asked() -> None:
    manner = replace(HELD, passages=())
    asked = chosen([manner, *[HELD] * 20, *[MISSING] * 20])
    assert asked.count(HELD) == 8
    assert asked.count(MISSING) == 4
    assert chosen([manner, *[HELD] * 20]) == [HELD] * 12
    assert chosen([manner, MISSING]) == [MISSING]


@pytest.mark.parametrize(
    ("found", "strength"),
    [
        (finished((1.0, 1.5, 3.04)), 1.0),
        (finished((1.0, 1.5, 3.08), (0.75, 1.6, 3.04)), 0.75),
        (finished((1.0, 1.5, 3.08), (0.75, 1.6, 3.06), (0.5, 1.7, 3.03)), 0.5),
        (finished((1.0, 1.5, 3.08), (0.75, 1.9, 3.04)), 1.0),  # most of the gain would be lost
        (finished((1.0, 1.5, 3.2), (0.75, 1.6, 3.15), (0.5, 1.7, 3.12)), 1.0),
    ],
)
def test_as_strong_as_it_forgets_little(found: TrainingFinished, strength: float) -> None:
    assert advised_strength(found) == strength


def advice(
    found: TrainingFinished, base: Sequence[Message] = (), adapted: Sequence[Message] = ()
) -> str:
    rows = [HELD] * len(base) if len(base) < 3 else [HELD, HELD, MISSING]
    return report(found, Compared(rows, base, adapted), advised_strength(found)).advice


@pytest.mark.parametrize(
    ("found", "advised"),
    [
        (finished((1.0, 1.5, 3.02)), Advice.USE),
        (finished((1.0, 1.5, 3.08), (0.75, 1.6, 3.04)), Advice.USE_WEAKER),
        (finished((1.0, 1.5, 3.09)), Advice.USE),
        (finished((1.0, 1.5, 3.11)), Advice.DO_NOT_USE),
        (finished((1.0, 1.99, 3.0)), Advice.DO_NOT_USE),
        (finished((1.0, 2.2, 3.0)), Advice.DO_NOT_USE),
    ],
)
def test_advice_by_the_losses(found: TrainingFinished, advised: Advice) -> None:
    assert advice(found) == advised


GOOD = [message(True), message(True), message(refused=True)]


@pytest.mark.parametrize(
    ("adapted", "advised"),
    [
        (GOOD, Advice.USE),
        ([message(True), message(), message(refused=True)], Advice.DO_NOT_USE),
        ([message(True), message(True, False), message(refused=True)], Advice.DO_NOT_USE),
        ([message(True), message(True), message(True)], Advice.DO_NOT_USE),
        ([message(True), message(refused=True), message(refused=True)], Advice.DO_NOT_USE),
    ],
)
def test_advice_by_citations_and_refusals(adapted: list[Message], advised: Advice) -> None:
    assert advice(FINISHED, GOOD, adapted) == advised
    assert advice(FINISHED, adapted, GOOD) == Advice.USE, "better is never held against it"


def test_the_report_tells_of_the_strength_that_is_advised() -> None:
    told = report(finished((1.0, 1.5, 3.08), (0.5, 1.7, 3.04)), Compared(), 0.5)
    assert (told.held_out_before, told.held_out_after) == (2.0, 1.7)
    assert told.forgetting == pytest.approx(0.04)
    assert told.gain == pytest.approx(0.15)
    assert (told.base, told.adapted, told.strength) == (None, None, 0.5)
    asked = report(FINISHED, Compared([HELD], [message()], [message(True)]), 1.0)
    assert [(each.question, each.wanted) for each in asked.pairs] == [("When?", "At noon [1].")]
