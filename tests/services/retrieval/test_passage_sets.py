"""Passages that are kept: under a name, by a liked answer, and what is still there of them."""

from collections.abc import Callable

import pytest

from app.domain.chat.conversation import Message
from app.engines.fake import FakeChat
from tests.services.conftest import House
from tests.services.library.test_ingest import rewritten

PUMP = "Change the oil filter every 500 hours. The pump delivers 120 litres."
QUESTION = "When is the oil filter changed?"


@pytest.fixture
def house(open_house: Callable[..., House]) -> House:
    return open_house(chat=FakeChat(lambda turns: "The oil filter is changed every 500 hours [1]."))


@pytest.fixture
def answer(house: House) -> Message:
    house.services.library.add([house.file("pump.txt", PUMP), house.file("zoo.txt", "Zebras run.")])
    return house.ask(QUESTION)


def test_a_set_is_kept_under_a_name(house: House, answer: Message) -> None:
    sets = house.services.sets
    segments = [each.segment for each in answer.sources]
    kept = sets.keep("  Pump\nand zoo ", QUESTION, segments)
    assert sets.all() == [kept]
    assert (kept.name, kept.is_automatic) == ("Pump and zoo", False)
    assert {each.text for each in sets.segments(kept)} == {each.text for each in segments}
    assert {each.passages for each in sets.segments(kept)} == {each.passages for each in segments}
    sets.rename(kept.id, "Renamed")
    assert [each.name for each in sets.all()] == ["Renamed"]
    sets.remove(kept.id)
    assert sets.all() == []


def test_what_changed_or_went_is_no_longer_used(house: House, answer: Message) -> None:
    sets = house.services.sets
    kept = sets.keep("set", QUESTION, [each.segment for each in answer.sources])
    rewritten(house.files / "pump.txt", "Quite other words about filters.")
    house.services.library.add([house.files / "pump.txt"])
    assert [each.name for each in sets.segments(kept)] == ["zoo.txt"]
    (zoo,) = [each for each in house.services.library.documents() if each.name == "zoo.txt"]
    house.services.library.remove([zoo.id])
    assert sets.segments(kept) == []


def test_a_liked_answer_serves_the_same_question_again(house: House, answer: Message) -> None:
    sets = house.services.sets
    assert sets.near(QUESTION) is None
    sets.like(QUESTION, answer)
    (kept,) = sets.all()
    assert kept.is_automatic
    cited = {each.number for each in answer.citations if each.supported}
    assert len(kept.passages) == len(cited) == 1
    again = house.ask(QUESTION)
    assert again.sources[0].segment.passages == (kept.passages[0].passage,)
    assert sets.all()[0].used == 1
    assert sets.near("Entirely different words of zebras") is None
    sets.like(QUESTION, answer)
    assert len(sets.all()) == 1, "liked twice is kept once"
    sets.unlike(answer.id)
    assert sets.all() == []


def test_an_answer_without_citations_keeps_nothing(house: House) -> None:
    answer = house.ask("Anything?")
    house.services.sets.like("Anything?", answer)
    assert house.services.sets.all() == []
