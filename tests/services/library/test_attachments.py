"""Files of one conversation: searched in it alone, deleted with it, taken over into the library."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.errors import AccessDenied
from app.domain.library.documents import DocumentState, Scope
from app.domain.progress import NoControl
from app.domain.roles import Role
from app.services.chat.context import AnswerRequest
from tests.services.conftest import PASSWORD, House

LIBRARY = "The canteen opens at noon."
PRIVATE = "The penalty for late delivery is 0.17 percent a day."
QUESTION = "What is the penalty for late delivery?"


@pytest.fixture
def attached(house: House) -> str:
    """A conversation with a file, beside a library without it."""
    house.services.library.add([house.file("canteen.txt", LIBRARY)])
    key = house.services.conversations.begin("contract.txt")
    file = house.file("contract.txt", PRIVATE)
    house.services.attachments.attach(key, [file], NoControl())
    return key


def names(house: House, conversation: str, settings: AnswerRequest | None = None) -> set[str]:
    chat = house.services.chat
    answer = chat.answer(conversation, QUESTION, NoControl(), settings)
    return {each.segment.name for each in answer.sources}


def test_only_its_conversation_finds_it(house: House, attached: str) -> None:
    assert names(house, attached) == {"contract.txt", "canteen.txt"}
    assert "contract.txt" not in names(house, house.services.conversations.begin("another"))
    assert [each.name for each in house.services.library.documents()] == ["canteen.txt"]
    assert [each.name for each in house.services.library.collections()] == ["Library"]
    assert house.services.library.counts()[0] == 1


def test_no_scope_leaves_it_out(house: House, attached: str) -> None:
    (library,) = house.services.library.collections()
    for scope in (
        Scope(types=frozenset({"pdf"})),
        Scope(collections=frozenset({library.id}), tags=frozenset({"none"})),
    ):
        assert names(house, attached, AnswerRequest(scope)) == {"contract.txt"}


def test_the_viewer_opens_it(house: House, attached: str) -> None:
    (document,) = house.services.attachments.documents(attached)
    assert house.services.library.original(document.id) == PRIVATE.encode()
    assert house.services.library.passages(document.id)[0].text == PRIVATE


def test_the_conversation_is_named_by_its_first_question(house: House, attached: str) -> None:
    names(house, attached)
    assert house.services.conversations.one(attached).title == QUESTION


def test_it_is_there_again_after_a_lock(open_house: Callable[..., House]) -> None:
    house = open_house()
    key = house.services.conversations.begin("q")
    house.services.attachments.attach(key, [house.file("contract.txt", PRIVATE)], NoControl())
    house.services.close()
    again = open_house()
    assert names(again, key) == {"contract.txt"}


def test_it_is_nobody_elses(open_house: Callable[..., House]) -> None:
    house = open_house()
    key = house.services.conversations.begin("q")
    house.services.attachments.attach(key, [house.file("contract.txt", PRIVATE)], NoControl())
    house.services.profiles.create("Olga", PASSWORD, Role.EDITOR)
    house.services.close()
    for name in ("Egor", "Olga"):
        other = open_house(name)
        assert other.services.attachments.documents(key) == []
        assert other.services.library.documents() == []
        other.services.close()


def test_it_goes_with_the_conversation(house: House, attached: str) -> None:
    folder = house.paths.data / "collections"
    before = set(folder.iterdir())
    house.services.conversations.remove(attached)
    house.services.conversations.purge(older=-1)
    assert house.services.attachments.documents(attached) == []
    assert len(before - set(folder.iterdir())) == 1


def test_one_file_can_go_alone(house: House, attached: str) -> None:
    more = house.file("more.txt", "Other words.")
    found = house.services.attachments.attach(attached, [more], NoControl())
    assert {each.name for each in found} == {"contract.txt", "more.txt"}
    gone = next(each for each in found if each.name == "contract.txt")
    house.services.attachments.detach(attached, gone.id)
    assert names(house, attached) == {"more.txt", "canteen.txt"}


def test_it_is_kept_in_the_library(house: House, attached: str) -> None:
    (document,) = house.services.attachments.documents(attached)
    (house.files / "contract.txt").unlink()
    house.services.attachments.keep_in_library(attached, document.id)
    house.services.library.ingest()
    assert house.services.attachments.documents(attached) == []
    found = {each.name: each for each in house.services.library.documents()}
    assert found["contract.txt"].state == DocumentState.INDEXED
    assert house.services.library.original(found["contract.txt"].id) == PRIVATE.encode()
    assert names(house, attached) == {"contract.txt", "canteen.txt"}


def test_what_the_library_has_is_not_added_twice(house: House, attached: str) -> None:
    house.services.library.add([house.files / "contract.txt"])
    (document,) = house.services.attachments.documents(attached)
    house.services.attachments.keep_in_library(attached, document.id)
    assert len(house.services.library.documents()) == 2
    assert house.services.attachments.documents(attached) == []


def test_a_reader_may_attach_but_not_add(open_house: Callable[..., House], tmp_path: Path) -> None:
    house = open_house("Rita")
    key = house.services.conversations.begin("q")
    (document,) = house.services.attachments.attach(
        key, [house.file("contract.txt", PRIVATE)], NoControl()
    )
    assert names(house, key) == {"contract.txt"}
    with pytest.raises(AccessDenied):
        house.services.attachments.keep_in_library(key, document.id)


def test_what_cannot_be_read_says_why(house: House) -> None:
    key = house.services.conversations.begin("q")
    broken = house.file("broken.docx", b"PK\x03\x04 nothing")
    (document,) = house.services.attachments.attach(key, [broken], NoControl())
    assert document.state == DocumentState.FAILED
    assert document.error
    assert names(house, key) == set()
