"""A question that leans on the conversation is searched for in words of its own."""

from collections.abc import Callable, Sequence

from app.domain.models.model import Speed
from app.domain.progress import NoControl
from app.engines.fake import FakeChat
from app.engines.turns import Turn
from tests.services.conftest import House

PUMP = "The oil filter of pump NP-42 is changed every 500 hours by the mechanic on duty."
LEAVE = "Paid leave lasts 28 days and is approved by the head of the department."


def house_with(open_house: Callable[..., House], rewriting: str, speed: float) -> House:
    def reply(turns: Sequence[Turn]) -> str:
        return rewriting if "Rewrite the last question" in turns[-1].text else "It is so [1]."

    house = open_house(chat=FakeChat(reply))
    for name, text in (("pump.txt", PUMP), ("leave.txt", LEAVE)):
        house.services.library.add([house.file(name, text)], NoControl())
    house.services.inference.chat()
    house.services.inference._keep(Speed(speed, speed))
    return house


def test_the_model_rewrites_it(open_house: Callable[..., House]) -> None:
    house = house_with(open_house, "Who approves the paid leave?", 1000.0)
    conversation = house.services.conversations.begin("q")
    first = house.ask("How many days does the paid leave of the department last?", conversation)
    assert first.searched == ""
    answer = house.ask("Who approves it?", conversation)
    assert answer.searched == "Who approves the paid leave?"
    assert answer.sources[0].segment.name == "leave.txt"
    question, stored = house.services.conversations.messages(conversation)[-2:]
    assert question.text == "Who approves it?", "what was asked stays as it was asked"
    assert stored.searched == answer.searched
    assert "Question: Who approves it?" in house.chat.asked[-1][-1].text


def test_a_slow_machine_joins_it_to_the_question_before(open_house: Callable[..., House]) -> None:
    house = house_with(open_house, "Who approves the paid leave?", 5.0)
    conversation = house.services.conversations.begin("q")
    house.ask("How many days does the paid leave of the department last?", conversation)
    answer = house.ask("Who approves it?", conversation)
    assert answer.searched.endswith("last? Who approves it?")
    assert answer.sources[0].segment.name == "leave.txt"


def test_nonsense_is_not_searched_for(open_house: Callable[..., House]) -> None:
    house = house_with(open_house, "Paris is the capital of France", 1000.0)
    conversation = house.services.conversations.begin("q")
    house.ask("How many days does the paid leave of the department last?", conversation)
    assert "Paris" not in house.ask("Who approves it?", conversation).searched


def test_a_question_of_its_own_is_left_alone(open_house: Callable[..., House]) -> None:
    house = house_with(open_house, "something else", 1000.0)
    conversation = house.services.conversations.begin("q")
    house.ask("How many days does the paid leave of the department last?", conversation)
    asked = house.ask("When is the oil filter of the pump NP-42 changed by us?", conversation)
    assert asked.searched == ""
    assert asked.sources[0].segment.name == "pump.txt"
