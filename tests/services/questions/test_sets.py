"""Questions that ask for a set of documents or compare: every member is read on its own."""

from collections.abc import Callable, Sequence

import pytest

from app.domain.chat.conversation import AnswerState, LookedAt, QuestionKind
from app.domain.progress import NoControl
from app.engines.fake import FakeChat
from app.engines.turns import Turn
from app.services.chat.context import AnswerRequest
from tests.services.conftest import House
from tests.services.controls import Recording

OBJECTS = ("Lighthouse", "Elevator", "Boiler house", "Garage", "Archive", "Canteen")


def reply(turns: Sequence[Turn]) -> str:
    """The object that stands in the passage, or what a lease costs."""
    text = turns[-1].text
    for name in OBJECTS:
        if f"Object: {name}" in text:
            return name
    if "the date" in text:
        return next(each for each in ("31 January 2027", "1 March 2028") if each in text)
    for words in ("212 000 roubles a month", "168 500 roubles a month", "31 January 2027"):
        if words in text:
            return words
    return "no"


@pytest.fixture
def house(open_house: Callable[..., House]) -> House:
    opened = open_house(chat=FakeChat(reply))
    files = {
        f"Inspection report {n}.txt": f"Inspection report No. {n}\nObject: {name}. Remarks: {n}."
        for n, name in enumerate(OBJECTS, start=1)
    }
    for number, rent, until in (
        ("12-K", "212 000", "31 January 2027"),
        ("15-K", "168 500", "1 March 2028"),
    ):
        files[f"Lease {number}.txt"] = (
            f"Lease No. {number}\nThe rent is {rent} roubles a month. The lease ends on {until}."
        )
    opened.services.library.add([opened.file(name, text) for name, text in files.items()])
    return opened


def test_every_document_of_a_set_is_read(house: House) -> None:
    answer = house.ask("List all objects that have inspection reports.")
    assert answer.kind is QuestionKind.LIST
    assert answer.looked_at == LookedAt(6, 6)
    assert all(name in answer.text for name in OBJECTS)
    assert len(answer.sources) == len(answer.citations) == 6
    assert answer.confirmed
    places = [answer.text.find(name) for name in OBJECTS]
    assert places == sorted(places)


def test_a_mere_count_asks_no_model(house: House) -> None:
    answer = house.ask("How many inspection reports are there?")
    assert "6" in answer.text
    assert answer.looked_at == LookedAt(6, 6)
    assert len(answer.citations) == 6
    assert house.chat.asked == []


def test_sides_that_are_named_are_read_one_by_one(house: House) -> None:
    answer = house.ask("Compare the rent of the leases 12-K and 15-K.")
    assert answer.kind is QuestionKind.SIDES
    assert "212 000" in answer.text
    assert "168 500" in answer.text
    quoted = {each.number: each.quote for each in answer.citations}
    assert ["212 000" in quote or "168 500" in quote for quote in quoted.values()] == [True, True]


def test_which_is_earlier_is_told_from_the_dates(house: House) -> None:
    answer = house.ask("Which lease ends earlier?")
    assert answer.kind is QuestionKind.SIDES
    assert answer.text.endswith("The earlier one: Lease 12-K.")


def test_more_than_one_attribute_makes_a_table(house: House) -> None:
    answer = house.ask("Compare the rent and end of the leases 12-K and 15-K.")
    assert answer.text.startswith("| | 12-K | 15-K |\n|---|---|---|\n| Rent |")
    assert answer.looked_at == LookedAt(2, 2)


def test_a_stop_keeps_what_was_read_and_says_so(house: House) -> None:
    control = Recording(lambda report: report == LookedAt(6, 3))
    question = "List all objects that have inspection reports."
    answer = house.ask(question, control=control)
    assert answer.state is AnswerState.STOPPED
    assert "3 of 6 were read" in answer.text
    assert answer.looked_at == LookedAt(6, 3)
    asked = len(house.chat.asked)
    (conversation,) = house.services.conversations.all()
    whole = house.services.chat.go_on(conversation.id, answer.id, NoControl())
    assert (whole.id, whole.state) == (answer.id, AnswerState.DONE)
    assert whole.looked_at == LookedAt(6, 6)
    assert len(house.chat.asked) == asked + 3, "what was read before is not read again"


def test_a_model_that_says_what_is_not_there_is_not_believed(
    open_house: Callable[..., House],
) -> None:
    house = open_house(chat=FakeChat(lambda _: "999 roubles"))
    for number in ("1-A", "2-A"):
        house.services.library.add(
            [house.file(f"Lease {number}.txt", f"Lease {number}\nThe rent is 5 roubles.")]
        )
    answer = house.ask("Compare the rent of the leases 1-A and 2-A.")
    assert "999" not in answer.text
    assert answer.text.count("The rent is 5 roubles") == 2


def test_the_user_may_have_it_answered_as_a_look_up(house: House) -> None:
    question = "List all objects that have inspection reports."
    conversation = house.services.conversations.begin(question)
    request = AnswerRequest(kind=QuestionKind.LOOKUP)
    answer = house.services.chat.answer(conversation, question, NoControl(), request)
    assert answer.kind is QuestionKind.LOOKUP


def test_without_a_set_a_question_is_a_look_up(house: House) -> None:
    assert house.ask("Which colours does the flag have?").kind is QuestionKind.LOOKUP
    assert house.ask("Compare apples and pears.").kind is QuestionKind.SIDES


def test_a_document_that_is_named_is_told_of_as_a_whole(house: House) -> None:
    answer = house.ask("Summarise the document Lease 12-K")
    assert answer.kind is QuestionKind.DOCUMENT
    assert {source.segment.name for source in answer.sources} == {"Lease 12-K.txt"}
