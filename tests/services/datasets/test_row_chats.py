"""Rows from what a user liked or put right."""

from collections.abc import Callable, Sequence

import pytest

from app.domain.chat.conversation import Feedback, Message
from app.domain.training.rows import Row, RowFault, RowOrigin
from app.engines.fake import FakeChat
from app.engines.turns import Turn
from tests.services.conftest import House

PUMP = "The pump NP-42 delivers 120 litres a minute. Change the oil filter every 500 hours."
TRAVEL = "Daily allowances within the country are 1200 roubles. Hand the report in within 3 days."
FILTER = "When is the oil filter changed?"
ANSWER = "The oil filter is changed every 500 hours [1]. It costs 99 coins [1]."


def _reply(turns: Sequence[Turn]) -> str:
    if "champion" in turns[-1].text:
        return "The documents do not answer this question."
    return ANSWER


@pytest.fixture
def house(open_house: Callable[..., House]) -> House:
    opened = open_house(chat=FakeChat(_reply))
    opened.services.library.add([opened.file("pump.txt", PUMP), opened.file("travel.txt", TRAVEL)])
    return opened


def judged(
    house: House, question: str, feedback: Feedback, correction: str = "", talk: str = ""
) -> Message:
    answer = house.ask(question, talk)
    house.services.conversations.judge(answer.id, feedback, correction)
    return answer


def rows(house: House) -> tuple[Row, ...]:
    return house.services.datasets.from_chats().rows


def test_a_liked_answer_with_the_citations_that_hold(house: House) -> None:
    answer = judged(house, FILTER, Feedback.UP)
    (row,) = rows(house)
    assert row.question == FILTER
    assert row.answer == "The oil filter is changed every 500 hours [1]. It costs 99 coins."
    assert row.quote == "Change the oil filter every 500 hours."
    assert [each.text for each in row.passages] == [e.segment.text for e in answer.sources]
    assert (row.answered, row.origin) == (True, RowOrigin.CHATS)
    assert row.group == house.services.conversations.all()[0].id


def test_a_correction_goes_before_the_answer(house: House) -> None:
    judged(house, FILTER, Feedback.DOWN, "Every 500 hours of work, says the manual.")
    (row,) = rows(house)
    assert row.answer == "Every 500 hours of work, says the manual."
    assert row.quote == ""
    assert PUMP in [each.text for each in row.passages]


def test_numbers_of_a_later_turn_begin_at_one(house: House) -> None:
    first = judged(house, FILTER, Feedback.NONE)
    talk = house.services.conversations.all()[0].id
    numbers = [each.number for each in first.sources]
    corrected = f"They are 1200 roubles [{max(numbers)}] and no more [77]."
    later = "How high are the daily allowances within the country?"
    second = judged(house, later, Feedback.UP, corrected, talk)
    (row,) = rows(house)
    assert {each.number for each in second.sources} == set(numbers)
    shown = [each.text for each in row.passages]
    last = next(e.segment.text for e in second.sources if e.number == max(numbers))
    assert row.answer == f"They are 1200 roubles [{shown.index(last) + 1}] and no more."


def test_what_nobody_liked_is_left_out(house: House) -> None:
    judged(house, FILTER, Feedback.DOWN)
    judged(house, "How many litres does the pump NP-42 deliver?", Feedback.NONE)
    assert rows(house) == ()


def test_a_liked_refusal_teaches_to_refuse(house: House) -> None:
    judged(house, "Which pump NP-42 is champion of litres a minute?", Feedback.UP)
    (row,) = rows(house)
    assert not row.answered
    assert row.answer == "The documents do not answer this question."


def test_of_a_question_that_comes_again_the_newest(house: House) -> None:
    judged(house, FILTER, Feedback.UP)
    judged(house, FILTER, Feedback.UP, "Every 500 hours.")
    found = house.services.datasets.from_chats()
    assert [row.answer for row in found.rows] == ["Every 500 hours."]
    assert found.rejected == {RowFault.DUPLICATE: 1}
    again = house.services.datasets.from_chats(found.rows)
    assert (again.rows, again.rejected) == ((), {RowFault.DUPLICATE: 2})


def test_a_removed_conversation_is_not_learned_from(house: House) -> None:
    judged(house, FILTER, Feedback.UP)
    house.services.conversations.remove(house.services.conversations.all()[0].id)
    assert rows(house) == ()
