"""A document that was chosen by hand is read, whatever the question's wording."""

from collections.abc import Callable

import pytest

from app.domain.chat.conversation import AnswerState, Message
from app.domain.library.documents import Scope
from app.domain.models.model import Calibration
from app.domain.progress import NoControl
from app.engines.fake import FakeChat
from app.services.chat.context import AnswerRequest
from app.services.retrieval.service import spread_over
from tests.services.conftest import House

CALIBRATION = Calibration(least_evidence=0.5, least_evidence_across=0.5)
LEASE = "\n\n".join(
    f"Clause {number}. The tenant of warehouse {number} pays the rent on the fifth day of the month"
    " and keeps the roof, the doors and the floor in good order at their own cost." * 3
    for number in range(1, 40)
)
SAID = "The tenant of warehouse 1 pays the rent on the fifth day of the month [1]."


@pytest.fixture
def house(open_house: Callable[..., House]) -> House:
    opened = open_house(chat=FakeChat(lambda _: SAID), calibration=CALIBRATION)
    files = {"lease.txt": LEASE, "canteen.txt": "The canteen opens at noon and closes at three."}
    opened.services.library.add([opened.file(name, text) for name, text in files.items()])
    return opened


def asked(house: House, question: str, *names: str) -> Message:
    chosen = {each.id for each in house.services.library.documents() if each.name in names}
    conversation = house.services.conversations.begin(question)
    request = AnswerRequest(Scope(documents=frozenset(chosen)))
    return house.services.chat.answer(conversation, question, NoControl(), request)


@pytest.mark.parametrize(
    "question", ["О чём этот документ?", "Summarise the document", "Перескажи кратко"]
)
def test_it_is_told_of_from_its_beginning_and_from_all_over_it(house: House, question: str) -> None:
    answer = asked(house, question, "lease.txt")
    assert answer.state == AnswerState.DONE
    segments = [source.segment for source in answer.sources]
    assert {segment.name for segment in segments} == {"lease.txt"}
    assert segments[0].text.startswith("Clause 1.")
    starts = [segment.locator.start for segment in segments]
    assert starts == sorted(starts)
    assert starts[-1] > len(LEASE) / 4, "patience cuts the last ones off"


def test_a_chosen_document_is_never_refused_before_it_is_read(house: House) -> None:
    assert house.ask("What is the capital of Peru?").state == AnswerState.ABSTAINED
    answer = asked(house, "What is the capital of Peru?", "canteen.txt")
    assert answer.state == AnswerState.DONE
    assert {source.segment.name for source in answer.sources} == {"canteen.txt"}


def test_of_two_chosen_documents_the_nearest_passages_are_read(house: House) -> None:
    answer = asked(house, "О чём эти документы?", "canteen.txt", "lease.txt")
    assert answer.state == AnswerState.DONE


@pytest.mark.parametrize(("count", "most"), [(0, 8), (3, 8), (8, 8), (9, 8), (500, 7)])
def test_places_are_spread(count: int, most: int) -> None:
    places = spread_over(count, most)
    assert len(places) == min(count, most)
    assert places == sorted(set(places))
    assert all(0 <= each < count for each in places)
