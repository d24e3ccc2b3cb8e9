"""Titles and further questions: from an open, quick model alone, and never in anybody's way."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from app.domain.chat.conversation import AnswerState, NamedBy
from app.domain.models.model import Speed
from app.domain.progress import NoControl
from app.engines.base import CacheSequence
from app.engines.fake import FakeChat
from app.engines.turns import Turn
from app.services.jobs import Job
from tests.services.conftest import House

QUESTION = "How many days does the paid leave last?"
FURTHER = ["Who approves the leave?", "When can it be moved to another year?"]
LEAVE = "Paid leave lasts 28 days and is approved by the head of the department."


class Model(FakeChat):
    """Answers, titles and suggests; `slots` in the order in which they were used."""

    def __init__(self, title: str = "Paid leave", further: object = FURTHER) -> None:
        super().__init__(self._say)
        self.title, self.further = title, further
        self.slots: list[CacheSequence] = []

    def _say(self, turns: Sequence[Turn]) -> str:
        if "as the heading of a folder" in turns[-1].text:
            return self.title
        if "Question: Who won" in turns[-1].text:
            return "The documents do not answer this question."
        return json.dumps(self.further) if "JSON array" in turns[-1].text else f"{LEAVE} [1]"

    def stream(self, turns, sampling, control, slot=CacheSequence.CHAT, begun=""):  # type: ignore[no-untyped-def]
        self.slots.append(slot)
        return super().stream(turns, sampling, control, slot, begun)


@pytest.fixture
def asked(open_house: Callable[..., House]) -> Callable[..., tuple[House, str]]:
    """A workspace with a conversation of one answer, by a model of that speed."""

    def build(model: Model | None = None, speed: float = 1000.0) -> tuple[House, str]:
        house = open_house(chat=model or Model())
        house.services.library.add([house.file("leave.txt", LEAVE)], NoControl())
        conversation = house.services.conversations.begin(QUESTION)
        house.ask(QUESTION, conversation)
        house.services.inference._keep(Speed(speed, speed))
        return house, conversation

    return build


def _cancelled() -> Job:
    job = Job("", lambda progress: None)
    job.cancel()
    return job


def test_a_conversation_gets_a_title(asked: Callable[..., tuple[House, str]]) -> None:
    house, conversation = asked()
    assert house.services.auxiliary.name(conversation, NoControl()) == "Paid leave"
    kept = house.services.conversations.one(conversation)
    assert (kept.title, kept.named_by) == ("Paid leave", NamedBy.MODEL)
    assert isinstance(house.chat, Model)
    assert house.chat.slots == [CacheSequence.CHAT, CacheSequence.AUXILIARY]
    assert house.services.auxiliary.name(conversation, NoControl()) is None, "once is enough"


@pytest.mark.parametrize(
    "model",
    [Model("Sorry, I cannot do that"), Model("Отпуск"), Model("word " * 40), Model("")],
)
def test_junk_is_no_title(asked: Callable[..., tuple[House, str]], model: Model) -> None:
    house, conversation = asked(model)
    assert house.services.auxiliary.name(conversation, NoControl()) is None
    assert house.services.conversations.one(conversation).title == QUESTION


def test_a_name_of_the_users_own_stays(asked: Callable[..., tuple[House, str]]) -> None:
    house, conversation = asked()
    house.services.conversations.rename(conversation, "Mine")
    assert house.services.auxiliary.name(conversation, NoControl()) is None
    assert house.services.conversations.one(conversation).title == "Mine"


def test_a_slow_machine_does_neither(asked: Callable[..., tuple[House, str]]) -> None:
    house, conversation = asked(speed=5.0)
    before = len(house.chat.asked)
    assert house.services.auxiliary.name(conversation, NoControl()) is None
    assert house.services.auxiliary.suggest(conversation, NoControl()) == ()
    assert len(house.chat.asked) == before


def test_what_was_cancelled_changes_nothing(asked: Callable[..., tuple[House, str]]) -> None:
    house, conversation = asked()
    assert house.services.auxiliary.name(conversation, _cancelled()) is None
    assert house.services.auxiliary.suggest(conversation, _cancelled()) == ()
    assert house.services.conversations.one(conversation).title == QUESTION


def test_a_model_that_is_not_open_is_not_loaded(asked: Callable[..., tuple[House, str]]) -> None:
    house, conversation = asked()
    house.services.inference.unload()
    assert house.services.auxiliary.name(conversation, NoControl()) is None
    assert house.services.auxiliary.suggest(conversation, NoControl()) == ()
    assert house.services.inference.running is None


def test_further_questions_come_from_what_was_cited(
    asked: Callable[..., tuple[House, str]],
) -> None:
    house, conversation = asked(Model(further=[QUESTION, *FURTHER]))
    found = house.services.auxiliary.suggest(conversation, NoControl())
    assert found == tuple(FURTHER)
    assert LEAVE in house.chat.asked[-1][0].text
    assert isinstance(house.chat, Model)
    assert house.chat.slots[-1] == CacheSequence.AUXILIARY


def test_the_user_decides_before_the_speed_does(asked: Callable[..., tuple[House, str]]) -> None:
    house, conversation = asked(speed=5.0)
    preferences = house.services.preferences
    for wanted, found in ((True, tuple(FURTHER)), (False, ()), (None, ())):
        preferences.choose(replace(preferences.get(), suggest=wanted))
        assert preferences.get().suggest is wanted
        assert house.services.auxiliary.suggest(conversation, NoControl()) == found


def test_nothing_follows_an_answer_without_documents(
    asked: Callable[..., tuple[House, str]],
) -> None:
    house, conversation = asked()
    answer = house.ask("Who won the chess championship in Reykjavik?", conversation)
    assert answer.state == AnswerState.ABSTAINED
    before = len(house.chat.asked)
    assert house.services.auxiliary.suggest(conversation, NoControl()) == ()
    assert len(house.chat.asked) == before
