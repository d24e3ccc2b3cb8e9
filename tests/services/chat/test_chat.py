from collections.abc import Callable, Sequence

import pytest

from app.domain.chat.conversation import (
    AnswerPiece,
    AnswerState,
    PromptRead,
    SourcesFound,
    Speaker,
)
from app.domain.errors import DamagedModel
from app.domain.events import ConversationsChanged
from app.domain.progress import Progress
from app.engines.fake import FakeChat
from app.engines.turns import Turn, TurnKind
from tests.services.conftest import House
from tests.services.controls import Recording

TEXT = "The pump NP-42 delivers 120 litres a minute. Change the oil filter every 500 hours."
RUSSIAN = "Суточные по России составляют 1200 рублей. Отчёт сдают за три рабочих дня."
ANSWER = "The oil filter is changed every 500 hours [1]. It costs 99 coins [1]."


@pytest.fixture
def asked(open_house: Callable[..., House]) -> House:
    """A house with two documents whose model answers about the filter."""
    house = open_house(chat=FakeChat(lambda turns: ANSWER))
    house.services.library.add([house.file("pump.txt", TEXT), house.file("travel.txt", RUSSIAN)])
    return house


def replies(*texts: str) -> FakeChat:
    left = list(texts)
    return FakeChat(lambda turns: left.pop(0))


def fill(house: House) -> House:
    house.services.library.add([house.file("pump.txt", TEXT), house.file("travel.txt", RUSSIAN)])
    return house


def test_an_answer_is_stored_with_its_sources_and_citations(asked: House) -> None:
    changes: list[ConversationsChanged] = []
    asked.services.events.subscribe(ConversationsChanged, changes.append)
    control = Recording()
    answer = asked.ask("When is the oil filter changed?", control=control)
    assert (answer.text, answer.state, answer.model) == (ANSWER, AnswerState.DONE, "fake-chat")
    assert [(each.number, each.supported) for each in answer.citations] == [(1, True), (1, False)]
    assert answer.citations[0].quote == "Change the oil filter every 500 hours."
    assert answer.sources[0].segment.name == "pump.txt"
    assert answer.timings is not None
    assert answer.timings.total_ms >= answer.timings.first_token_ms > 0
    (conversation,) = asked.services.conversations.all()
    question, stored = asked.services.conversations.messages(conversation.id)
    assert (question.speaker, question.text) == (Speaker.USER, "When is the oil filter changed?")
    assert stored == answer
    assert {each.conversation for each in changes} == {conversation.id}
    seen = [each for each in control.seen if not isinstance(each, Progress)]
    assert [type(each) for each in seen[:2]] == [SourcesFound, PromptRead]
    assert {type(each) for each in seen[2:]} == {AnswerPiece}
    assert "".join(each.text for each in seen[2:]) == ANSWER


def test_a_stopped_answer_keeps_its_part(asked: House) -> None:
    pieces: list[str] = []

    def enough(report: object) -> bool:
        if isinstance(report, AnswerPiece):
            pieces.append(report.text)
        return len(pieces) == 3

    answer = asked.ask("When is the oil filter changed?", control=Recording(enough))
    assert (answer.text, answer.state) == ("The oil filter ", AnswerState.STOPPED)
    (conversation,) = asked.services.conversations.all()
    assert asked.services.conversations.messages(conversation.id)[1] == answer


@pytest.mark.parametrize(
    ("question", "refusal"),
    [
        ("What about the oil filter?", "The documents do not answer this question."),
        ("Что с суточными?", "В документах нет ответа на этот вопрос."),
    ],
)
def test_a_refusal_is_an_abstention_without_citations(
    open_house: Callable[..., House], question: str, refusal: str
) -> None:
    house = fill(open_house(chat=replies(refusal)))
    answer = house.ask(question)
    assert (answer.state, answer.citations, answer.text) == (AnswerState.ABSTAINED, (), refusal)


def test_without_any_passage_the_model_is_not_asked(house: House) -> None:
    answer = house.ask("Anything?")
    assert (answer.state, answer.text, answer.sources) == (AnswerState.ABSTAINED, "", ())
    assert house.chat.asked == []


def test_a_failure_keeps_the_question(open_house: Callable[..., House]) -> None:
    def fail(turns: Sequence[Turn]) -> str:
        raise DamagedModel(name="fake")

    house = fill(open_house(chat=FakeChat(fail)))
    with pytest.raises(DamagedModel):
        house.ask("When is the oil filter changed?")
    (conversation,) = house.services.conversations.all()
    question, answer = house.services.conversations.messages(conversation.id)
    assert question.text == "When is the oil filter changed?"
    assert (answer.state, answer.text) == (AnswerState.FAILED, "")


def test_after_a_failure_the_conversation_goes_on(open_house: Callable[..., House]) -> None:
    left: list[str | None] = [None, "Every 500 hours [1]."]

    def reply(turns: Sequence[Turn]) -> str:
        text = left.pop(0)
        if text is None:
            raise DamagedModel(name="fake")
        return text

    house = fill(open_house(chat=FakeChat(reply)))
    with pytest.raises(DamagedModel):
        house.ask("When is the oil filter changed?")
    (conversation,) = house.services.conversations.all()
    answer = house.ask("When, then?", conversation.id)
    assert answer.state == AnswerState.DONE
    assert "When is the oil filter changed?" not in str(house.chat.asked[-1])


def test_a_follow_up_extends_the_first_prompt_exactly(open_house: Callable[..., House]) -> None:
    house = fill(open_house(chat=replies("First answer [1].", "Ответ [2].", "Third.")))
    conversation = house.services.conversations.begin("q")
    questions = ("When is the oil filter changed?", "Каковы суточные?", "What about 120 litres?")
    for question in questions:
        house.ask(question, conversation)
    first, second, third = house.chat.asked
    assert second[: len(first)] == first
    assert third[: len(second)] == second
    assert second[len(first)] == Turn(TurnKind.ASSISTANT, "First answer [1].")
    assert first[0].kind == TurnKind.SYSTEM
    everything = "".join(turn.text for turn in third)
    assert everything.count(TEXT) == everything.count(RUSSIAN) == 1, "no passage is sent twice"
    assert third[-1].text.endswith("Question: What about 120 litres?")


def test_numbers_last_as_long_as_the_conversation(open_house: Callable[..., House]) -> None:
    house = fill(open_house(chat=replies("One.", "Two.")))
    conversation = house.services.conversations.begin("q")
    first = house.ask("When is the oil filter changed?", conversation)
    second = house.ask("Каковы суточные?", conversation)
    numbers = {each.segment.name: each.number for each in first.sources}
    assert {each.segment.name: each.number for each in second.sources} == numbers


def test_a_long_conversation_drops_its_oldest_turns(open_house: Callable[..., House]) -> None:
    chat = FakeChat(lambda turns: "word " * 120)
    house = fill(open_house(chat=chat))
    chat.context_length = 1600
    conversation = house.services.conversations.begin("q")
    for number in range(6):
        house.ask(f"question {number} about the oil filter?", conversation)
        sent = sum(chat.count(turn.text) for turn in chat.asked[-1])
        assert sent + 512 <= chat.context_length
    last = "".join(turn.text for turn in chat.asked[-1])
    assert "question 5" in last
    assert "question 4" in last
    assert "question 0" not in last
    assert TEXT in last, "passages that fell out with a turn are sent again"


def test_a_reader_may_ask(open_house: Callable[..., House]) -> None:
    fill(open_house())
    reader = open_house("Rita", replies("Every 500 hours [1]."))
    assert reader.ask("When is the oil filter changed?").citations[0].supported


def test_conversations_belong_to_their_profile(open_house: Callable[..., House]) -> None:
    fill(open_house()).ask("When is the oil filter changed?")
    assert open_house("Egor").services.conversations.all() == []
    assert len(open_house("Anna").services.conversations.all()) == 1


def test_titles(house: House) -> None:
    chat = house.services.conversations
    chat.begin("  Short\nquestion? ")
    long = chat.begin("word " * 40)
    titles = {each.id: each.title for each in chat.all()}
    assert "Short question?" in titles.values()
    assert titles[long].endswith("…")
    assert len(titles[long]) <= 60
    chat.rename(long, "renamed")
    chat.remove(next(key for key in titles if key != long))
    assert [each.title for each in chat.all()] == ["renamed"]


def test_the_prompt_can_be_read_ahead(house: House) -> None:
    read: list[Sequence[Turn]] = []
    house.chat.read_ahead = lambda turns, control: read.append(turns)  # type: ignore[method-assign]
    house.services.chat.prepare("en", Recording())
    fill(house).ask("When is the oil filter changed?")
    assert house.chat.asked[0][: len(read[0])] == read[0]


def test_how_often_a_document_is_cited(asked: House) -> None:
    documents = {each.name: each.id for each in asked.services.library.documents()}
    assert asked.services.conversations.cited(documents["pump.txt"]) == (0, None)
    answer = asked.ask("When is the oil filter changed?")
    count, last = asked.services.conversations.cited(documents["pump.txt"])
    assert (count, last) == (1, answer.created)
    assert asked.services.conversations.cited(documents["travel.txt"]) == (0, None)
