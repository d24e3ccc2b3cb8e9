"""What an administrator lets nobody keep is deleted at an opening, and told in the log."""

import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from sqlalchemy import update

from app.domain.errors import StorageFull
from app.store.chat.conversations import ConversationStore
from app.store.database import Database
from app.store.schema import conversations, messages
from tests.services.conftest import House

_DAY = 86_400


def _aged(house: House, days: int) -> str:
    """A conversation that was last changed so many days ago."""
    answer = house.ask("When is the oil filter changed?")
    conversation = house.services.conversations.home(answer.id)
    assert conversation is not None
    with _database(house).transaction() as connection:
        own = conversations.c.id == conversation
        moment = time.time() - days * _DAY
        connection.execute(update(conversations).where(own).values(changed=moment))
    return conversation


def _database(house: House) -> Database:
    return house.services.chat._messages._profile


def _ids(house: House) -> set[str]:
    return {each.id for each in house.services.conversations.all()}


def _log(house: House) -> list[str]:
    rows = house.services.administration.log.rows()
    return [row.subject for row in rows if row.act == "retention"]


def test_old_conversations_go_with_all_that_they_held(open_house: Callable[..., House]) -> None:
    house = open_house()
    old, young = _aged(house, 31), _aged(house, 29)
    house.services.conversations.pin(old, pinned=True)
    assert _ids(open_house()) == {old, young}, "nobody decided anything yet"
    house = open_house()
    house.services.administration.policies.decide("retention", "30")
    house = open_house()
    assert _ids(house) == {old, young}, "the first opening only looks at the clock"
    house = open_house()
    assert _ids(house) == {young}
    assert _log(house) == ["1"]
    with _database(house).transaction() as connection:
        left = connection.execute(messages.select()).mappings().all()
    assert {row["conversation"] for row in left} == {young}
    assert _database(house).free_share() == 0, "nothing of it lies in free pages"
    assert house.services.administration.log.is_intact()
    assert _log(open_house()) == ["1"]


def test_a_clock_that_is_wrong_for_once_deletes_nothing(
    open_house: Callable[..., House], monkeypatch: pytest.MonkeyPatch
) -> None:
    house = open_house()
    young = _aged(house, 1)
    house.services.administration.policies.decide("retention", "30")
    open_house()
    ahead = SimpleNamespace(time=lambda: time.time() + 400 * _DAY)
    with monkeypatch.context() as patch:
        patch.setattr("app.services.conversations.retention.time", ahead)
        assert _ids(open_house()) == {young}
    assert _ids(open_house()) == {young}


def test_a_full_disk_keeps_nobody_out(
    open_house: Callable[..., House], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageFull(path="somewhere")

    house = open_house()
    old = _aged(house, 31)
    house.services.administration.policies.decide("retention", "30")
    open_house()
    with monkeypatch.context() as patch:
        patch.setattr(ConversationStore, "expire", full)
        assert _ids(open_house()) == {old}
    assert _ids(open_house()) == set()
