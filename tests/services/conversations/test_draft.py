"""An answer that a kill ends is there as far as it came."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from app.domain.chat.conversation import AnswerPiece, AnswerState
from app.domain.errors import StorageFull
from app.domain.progress import NoControl
from app.engines.fake import FakeChat
from app.services.conversations.draft import Draft
from app.store.chat.messages import MessageStore
from tests.services.conftest import House

TEXT = "The pump NP-42 delivers 120 litres a minute. Change the oil filter every 500 hours."
ANSWER = "The oil filter of the pump is changed every 500 hours [1]. It is a good filter [1]."


class _Killed(BaseException):
    """Nothing of the program expects it."""


class _KilledAt(NoControl):
    def __init__(self, piece: int) -> None:
        self._left = piece

    def report(self, progress: object) -> None:
        if isinstance(progress, AnswerPiece):
            self._left -= 1
            if self._left < 0:
                raise _Killed


def _house(open_house: Callable[..., House]) -> House:
    house = open_house(chat=FakeChat(lambda turns: ANSWER))
    house.services.library.add([house.file("pump.txt", TEXT)])
    return house


def test_it_is_kept_as_far_as_it_came_and_can_be_asked_for_again(
    open_house: Callable[..., House], monkeypatch: pytest.MonkeyPatch
) -> None:
    house = _house(open_house)
    monkeypatch.setattr("app.services.conversations.draft._EVERY", 0)
    with pytest.raises(_Killed):
        house.ask("When is the oil filter changed?", control=_KilledAt(9))
    house = open_house(chat=FakeChat(lambda turns: ANSWER))
    (conversation,) = house.services.conversations.all()
    _, kept = house.services.conversations.messages(conversation.id)
    assert kept.state is AnswerState.STOPPED
    assert len(kept.text) > 20
    assert ANSWER.startswith(kept.text)
    assert kept.sources
    (hit,) = house.services.conversations.find("changed every")
    assert hit.message == kept.id
    whole = house.services.chat.answer_again(conversation.id, kept.id, NoControl())
    assert (whole.text, whole.state) == (ANSWER, AnswerState.DONE)
    # What was kept is written on, too: no word of it is lost or doubled.
    written = house.services.chat.go_on(conversation.id, kept.id, NoControl())
    assert (written.text, written.state) == (ANSWER, AnswerState.DONE)


def test_an_answer_is_written_no_more_often_than_each_second(
    open_house: Callable[..., House], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []
    monkeypatch.setattr(MessageStore, "keep_draft", lambda _, __, text: kept.append(text))
    now = [0.0]
    clock = SimpleNamespace(monotonic=lambda: now[0])
    monkeypatch.setattr("app.services.conversations.draft.time", clock)
    house = open_house()
    draft = Draft(house.services.chat._messages, 1, NoControl())
    for word, now[0] in (("a", 0.4), ("b", 0.9), ("c", 1.1), ("d", 1.8), ("e", 2.2)):
        draft.report(AnswerPiece(word))
    assert kept == ["abc", "abcde"]


def test_a_finished_answer_is_never_put_back(open_house: Callable[..., House]) -> None:
    house = _house(open_house)
    answer = house.ask("When is the oil filter changed?")
    messages = house.services.chat._messages
    messages.keep_draft(answer.id, "The oil")
    assert messages.load([answer.id])[0].text == ANSWER


def test_a_full_disk_ends_no_answer(
    open_house: Callable[..., House], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageFull(path="somewhere")

    house = _house(open_house)
    monkeypatch.setattr("app.services.conversations.draft._EVERY", 0)
    monkeypatch.setattr(MessageStore, "keep_draft", full)
    assert house.ask("When is the oil filter changed?").text == ANSWER
