"""Branches, judgements, deletion and search of conversations, through the real services."""

from collections.abc import Callable

import pytest

from app.domain.chat.conversation import AnswerState, Feedback, Message, MessageFilter, NamedBy
from app.domain.errors import ConversationMissing
from app.domain.progress import NoControl
from app.domain.settings import Sampling
from app.engines.fake import FakeChat
from app.engines.turns import TurnKind
from app.services.chat.context import AnswerRequest
from tests.services.conftest import House
from tests.services.controls import Recording

PUMP = "The pump NP-42 delivers 120 litres a minute. Change the oil filter every 500 hours."
FILTER = "When is the oil filter changed?"


@pytest.fixture
def talking(open_house: Callable[..., House]) -> House:
    """A house with a document whose model counts its answers."""
    count = iter(range(1, 100))
    house = open_house(chat=FakeChat(lambda turns: f"Every 500 hours [1]. Answer {next(count)}."))
    house.services.library.add([house.file("pump.txt", PUMP)])
    return house


def texts(house: House, conversation: str) -> list[str]:
    return [each.text for each in house.services.conversations.messages(conversation)]


def numbers(house: House, conversation: str) -> list[str]:
    """The answers by what they end in."""
    return [each[-2] for each in texts(house, conversation)[1::2]]


@pytest.fixture
def conversation(talking: House) -> str:
    """Two questions with their answers."""
    key = talking.services.conversations.begin(FILTER)
    talking.ask(FILTER, key)
    talking.ask("And how many litres?", key)
    return key


def test_another_answer_stands_beside_the_first(talking: House, conversation: str) -> None:
    services = talking.services
    second = services.conversations.messages(conversation)[3]
    again = services.chat.answer_again(conversation, second.id, NoControl())
    assert again.parent == second.parent
    assert numbers(talking, conversation) == ["1", "3"]
    services.conversations.step(conversation, again.id, -1)
    assert numbers(talking, conversation) == ["1", "2"]
    services.conversations.step(conversation, second.id, -1)
    assert numbers(talking, conversation) == ["1", "2"], "there is none before the first"
    services.conversations.step(conversation, second.id, 1)
    assert numbers(talking, conversation) == ["1", "3"]
    assert talking.chat.asked[-1] == talking.chat.asked[-2], "the same prompt"


def test_a_question_asked_otherwise_begins_a_branch(talking: House, conversation: str) -> None:
    services = talking.services
    first, _, second, _ = services.conversations.messages(conversation)
    services.chat.ask_otherwise(conversation, second.id, "How many litres?", NoControl())
    assert texts(talking, conversation)[::2] == [FILTER, "How many litres?"]
    services.chat.ask_otherwise(conversation, first.id, "What about oil?", NoControl())
    assert texts(talking, conversation)[::2] == ["What about oil?"]
    assert FILTER not in str(talking.chat.asked[-1])
    services.conversations.show_turn(conversation, second.id)
    assert texts(talking, conversation)[::2] == [FILTER, "And how many litres?"]


def test_an_answer_is_written_from_chosen_passages(talking: House, conversation: str) -> None:
    services = talking.services
    answer = services.conversations.messages(conversation)[1]
    other = talking.file("other.txt", "Zebras have stripes.")
    services.library.add([other])
    stripes = services.retrieval.find("zebras").segments[:1]
    settings = AnswerRequest(chosen=stripes)
    again = services.chat.answer_again(conversation, answer.id, NoControl(), settings)
    assert [each.segment.name for each in again.sources] == ["other.txt"]
    assert again.sources[0].number not in {each.number for each in answer.sources}
    pinned = AnswerRequest(pinned=stripes)
    next_ = services.chat.answer(conversation, FILTER, NoControl(), pinned)
    assert [each.segment.name for each in next_.sources][:2] == ["other.txt", "pump.txt"]


def test_an_answer_that_was_cut_off_is_written_on(open_house: Callable[..., House]) -> None:
    house = open_house(chat=FakeChat(lambda turns: "Every 500 hours [1]. That is a lot of oil."))
    house.services.library.add([house.file("pump.txt", PUMP)])
    key = house.services.conversations.begin(FILTER)
    short = AnswerRequest(sampling=Sampling(max_tokens=3))
    cut = house.services.chat.answer(key, FILTER, NoControl(), short)
    assert (cut.state, cut.text) == (AnswerState.CUT, "Every 500 hours ")
    control = Recording()
    whole = house.services.chat.go_on(key, cut.id, control)
    assert (whole.id, whole.state) == (cut.id, AnswerState.DONE)
    assert whole.text == "Every 500 hours [1]. That is a lot of oil."
    assert whole.citations[0].supported
    assert house.chat.asked[-1] == house.chat.asked[-2], "from the very prompt that it began with"
    assert house.services.conversations.messages(key)[1] == whole


def test_what_was_sent_can_be_looked_at(talking: House, conversation: str) -> None:
    answer = talking.services.conversations.messages(conversation)[3]
    prompt = talking.services.conversations.prompt(answer.id)
    assert prompt is not None
    assert prompt.model == "fake-chat"
    sent = [(each.kind.value, each.text) for each in talking.chat.asked[-1]]
    assert [(each.kind, each.text) for each in prompt.turns] == sent
    assert sent[0][0] == TurnKind.SYSTEM.value


def test_a_deleted_question_takes_its_answers_and_can_come_back(
    talking: House, conversation: str
) -> None:
    services = talking.services
    before = services.conversations.messages(conversation)
    services.chat.answer_again(conversation, before[1].id, NoControl())
    services.conversations.show_turn(conversation, before[3].id)
    removed = services.conversations.remove_turn(conversation, before[1].id)
    assert texts(talking, conversation) == [before[2].text, before[3].text]
    assert services.conversations.find("filter") == []
    services.conversations.restore_turns(removed)
    assert services.conversations.messages(conversation) == before
    shown = services.conversations.shown(conversation)
    assert shown.turns == tuple(each.id for each in before)
    assert len(shown.branches.beside(before[1].id)) == 2
    assert len(services.conversations.find("filter")) == 1


def test_the_last_question_is_deleted(talking: House) -> None:
    key = talking.services.conversations.begin(FILTER)
    answer = talking.ask(FILTER, key)
    talking.services.conversations.remove_turn(key, answer.id)
    assert texts(talking, key) == []
    assert talking.ask(FILTER, key).parent is not None


def test_a_judgement_and_a_correction_are_kept(talking: House, conversation: str) -> None:
    conversations = talking.services.conversations
    answer = conversations.messages(conversation)[1]
    conversations.judge(answer.id, Feedback.DOWN, "  Every 400 hours. ")
    judged = conversations.messages(conversation)[1]
    assert (judged.feedback, judged.correction) == (Feedback.DOWN, "Every 400 hours.")


def test_a_user_names_for_good(talking: House, conversation: str) -> None:
    conversations = talking.services.conversations
    conversations.rename(conversation, "By the model", NamedBy.MODEL)
    assert conversations.one(conversation).title == "By the model"
    conversations.rename(conversation, "  By the\nuser ")
    conversations.rename(conversation, "By the model", NamedBy.MODEL)
    conversations.rename(conversation, " ")
    assert conversations.one(conversation).title == "By the user"


def test_deleted_for_good_after_a_while(talking: House, conversation: str) -> None:
    conversations = talking.services.conversations
    conversations.remove(conversation)
    with pytest.raises(ConversationMissing):
        talking.ask(FILTER, conversation)
    conversations.purge()
    conversations.restore(conversation)
    assert len(texts(talking, conversation)) == 4
    conversations.remove(conversation)
    conversations.purge(older=-1)
    conversations.restore(conversation)
    assert conversations.all() == []
    assert texts(talking, conversation) == []


def test_a_deletion_becomes_final_at_a_later_start(open_house: Callable[..., House]) -> None:
    house = open_house()
    conversations = house.services.conversations
    gone, kept = conversations.begin("gone"), conversations.begin("kept")
    conversations.remove(gone)
    conversations.remove(kept)
    conversations._store._set(gone, removed=1.0)
    house.services.close()
    again = open_house().services.conversations
    for key in (gone, kept):
        again.restore(key)
    assert [each.id for each in again.all()] == [kept]


def test_search_over_all_turns(talking: House, conversation: str) -> None:
    conversations = talking.services.conversations
    hits = conversations.find("changing filters")
    assert [(each.conversation, each.title) for each in hits] == [(conversation, FILTER)]
    (document,) = talking.services.library.documents()
    among = MessageFilter(document=document.id)
    answers = [each.message for each in conversations.find("hours", among)]
    assert answers == [each.id for each in _answers(talking, conversation)][::-1]
    assert conversations.find("hours", MessageFilter(document="0" * 32)) == []


def _answers(house: House, conversation: str) -> list[Message]:
    return house.services.conversations.messages(conversation)[1::2]


def test_a_long_conversation_is_not_read_from_its_beginning(talking: House) -> None:
    """The prompt's beginning stays where it was for 64 turns at a time."""
    key = talking.services.conversations.begin(FILTER)
    talking.chat.context_length = 10**6
    for number in range(70):
        talking.ask(f"Oil filter number {number}?", key)
    firsts = [next(t.text for t in turns[3:] if "number" in t.text) for turns in talking.chat.asked]
    beginnings = [first.rpartition("number ")[2] for first in firsts]
    assert set(beginnings[:64]) == {"0?"}
    assert set(beginnings[64:]) == {"32?"}
