"""A department as its members use it: founded, joined, filled, asked, cut off, left."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import (
    DepartmentAddress,
    DepartmentRefused,
    DepartmentThere,
    DepartmentUnreachable,
    ForbiddenByPolicy,
    NoDepartment,
    NotADepartment,
    OtherFingerprint,
    PersonManages,
    PersonMissing,
    ReadOnlyCollection,
)
from app.domain.library.documents import Document, DocumentState, Scope
from app.domain.progress import NoControl
from app.services.session import Services
from tests.department_server import DepartmentServer
from tests.services.conftest import House

OpenHouse = Callable[..., House]


@pytest.fixture
def url(postgres: DepartmentServer) -> str:
    return postgres.url(postgres.new_database())


def _founded(open_house: OpenHouse, url: str) -> House:
    house = open_house("Anna")
    house.services.administration.policies.decide("department", "on")
    house.services.department.membership.found(url)
    return house


def _shared(house: House, name: str = "Rules") -> str:
    return house.services.department.collections.create(name).id


def _work(services: Services) -> list[str]:
    told: list[str] = []

    def tell(collection: str, document: Document) -> None:
        told.append(f"{collection}/{document.name}")

    services.department.collections.connect()
    services.department.worker.run(NoControl(), tell, until_empty=True)
    return told


def _joined(open_house: OpenHouse, url: str, name: str = "Egor") -> House:
    house = open_house(name)
    house.services.department.membership.join(url)
    house.services.department.collections.connect()
    return house


def test_a_file_goes_to_the_server_is_read_there_and_found(open_house: OpenHouse, url: str) -> None:
    house = _founded(open_house, url)
    rules = _shared(house)
    path = house.file("order.txt", "The oil filter is changed every 500 hours.")
    library = house.services.library
    (queued,) = library.queue([path], rules)
    assert library.document(queued).state is DocumentState.QUEUED
    assert _work(house.services) == ["Rules/order.txt"]
    document = library.document(queued)
    assert (document.state, document.name) == (DocumentState.INDEXED, "order.txt")
    assert document.passages
    found = house.services.retrieval.find("oil filter")
    assert found.segments[0].document == queued
    assert "500 hours" in found.segments[0].text
    assert library.original(queued) == path.read_bytes()
    assert "oil filter" in library.passages(queued)[0].text
    told = {each.name: each for each in library.collections()}
    assert told["Rules"].documents == 1
    assert told["Rules"].server
    assert not told["Library"].server


def test_the_same_content_is_read_once(open_house: OpenHouse, url: str) -> None:
    house = _founded(open_house, url)
    rules = _shared(house)
    one = house.file("one.txt", "The same words.")
    two = house.file("two.txt", "The same words.")
    assert len(house.services.library.queue([one, two], rules)) == 1
    _work(house.services)
    assert len(house.services.library.documents(rules)) == 1


def test_what_an_archive_holds_is_read_too(open_house: OpenHouse, url: str, tmp_path: Path) -> None:
    house = _founded(open_house, url)
    rules = _shared(house)
    path = tmp_path / "letters.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("first.txt", "The pump stands in hall seven.")
        archive.writestr("second.txt", "The valve stands in hall eight.")
    house.services.library.queue([path], rules)
    _work(house.services)
    documents = {each.name: each for each in house.services.library.documents(rules)}
    assert documents.keys() == {"letters.zip", "first.txt", "second.txt"}
    assert documents["first.txt"].container == documents["letters.zip"].id
    assert "hall seven" in house.services.retrieval.find("pump hall").segments[0].text
    house.services.library.remove([documents["letters.zip"].id])
    assert house.services.library.documents(rules) == []


def test_a_file_that_cannot_be_read_says_why(open_house: OpenHouse, url: str) -> None:
    house = _founded(open_house, url)
    rules = _shared(house)
    (queued,) = house.services.library.queue([house.file("broken.pdf", b"%PDF-1.4 x")], rules)
    _work(house.services)
    document = house.services.library.document(queued)
    assert document.state is DocumentState.FAILED
    assert document.error
    house.services.library.retry([queued])
    assert house.services.library.document(queued).state is DocumentState.QUEUED


def test_an_original_that_came_damaged_fails_alone(
    open_house: OpenHouse, url: str, postgres: DepartmentServer
) -> None:
    house = _founded(open_house, url)
    rules = _shared(house)
    paths = [house.file(f"{name}.txt", f"The {name} stands in hall 7.") for name in ("pump", "fan")]
    pump, fan = house.services.library.queue(paths, rules)
    with postgres.connection(url.split("/")[3].split("?")[0]) as connection:
        connection.execute("DELETE FROM larets.originals WHERE document = %s", [pump])
    assert _work(house.services) == ["Rules/fan.txt"]
    documents = {each.id: each for each in house.services.library.documents(rules)}
    assert documents.keys() == {pump, fan}
    assert documents[fan].state is DocumentState.INDEXED
    assert (documents[pump].state, documents[pump].name) == (DocumentState.FAILED, "pump.txt")
    assert documents[pump].error == "damaged-file"


def test_what_does_not_open_is_given_up(
    open_house: OpenHouse, url: str, postgres: DepartmentServer
) -> None:
    house = _founded(open_house, url)
    rules = _shared(house)
    (queued,) = house.services.library.queue([house.file("a.txt", "The oil filter.")], rules)
    with postgres.connection(url.split("/")[3].split("?")[0]) as connection:
        connection.execute("UPDATE larets.documents SET sealed = '\\x00' WHERE id = %s", [queued])
    assert _work(house.services) == []
    assert house.services.department.membership.status().queue.failed == 1
    (document,) = house.services.library.documents(rules)
    assert (document.state, document.error) == (DocumentState.FAILED, "damaged-file")


def test_another_is_let_in_after_keys_were_compared(open_house: OpenHouse, url: str) -> None:
    anna = _founded(open_house, url)
    rules = _shared(anna)
    path = anna.file("order.txt", "The oil filter is changed every 500 hours.")
    anna.services.library.queue([path], rules)
    _work(anna.services)
    egor = _joined(open_house, url)
    own = egor.services.department.membership.oneself().fingerprint
    assert egor.services.department.collections.all() == ()
    assert egor.services.retrieval.find("oil filter").segments == ()
    anna = open_house("Anna")
    anna.services.department.collections.connect()
    rights = anna.services.department.rights
    for wrong in ("", "1234 1234 1234 1234"):
        with pytest.raises(OtherFingerprint) as told:
            rights.share("Rules", "Egor", wrong)
        assert told.value.facts["fingerprint"] == own
    rights.share("Rules", "Egor", own)
    assert [(e.person.name, e.adds) for e in rights.of("Rules")] == [
        ("Anna", True),
        ("Egor", False),
    ]
    rights.share("Rules", "Egor", adds=True)  # compared once
    rights.share("Rules", "Egor")
    egor = open_house("Egor")
    egor.services.department.collections.connect()
    assert "500 hours" in egor.services.retrieval.find("oil filter").segments[0].text
    with pytest.raises(ReadOnlyCollection):
        egor.services.library.queue([path], rules)
    anna = open_house("Anna")
    anna.services.department.collections.connect()
    anna.services.department.rights.unshare("Rules", "Egor")
    egor = open_house("Egor")
    egor.services.department.collections.connect()
    assert egor.services.department.collections.all() == ()


def test_a_server_that_goes_away_costs_its_own_collections_alone(
    open_house: OpenHouse, url: str, postgres: DepartmentServer
) -> None:
    house = _founded(open_house, url)
    rules = _shared(house)
    services = house.services
    services.library.queue([house.file("there.txt", "The oil filter of the server.")], rules)
    _work(services)
    services.library.add([house.file("here.txt", "The oil filter of this computer.")])
    assert len(services.retrieval.find("oil filter").segments) == 2
    postgres.stop(hard=True)
    try:
        found = services.retrieval.find("oil filter")
        assert [each.name for each in found.segments] == ["here.txt"]
        assert found.not_searched == ("Rules",)
        assert services.department.collections.away() == ("Rules",)
        services.department.collections.look()
        assert [each.name for each in services.library.collections()] == ["Library"]
        with pytest.raises(DepartmentUnreachable):
            services.department.membership.status()
        services.library.add([house.file("more.txt", "Work goes on.")])
    finally:
        postgres.start()
    services.department.collections.look()
    assert services.department.collections.away() == ()
    names = [each.name for each in services.retrieval.find("oil filter").segments]
    assert "there.txt" in names


def test_a_right_that_is_taken_away_during_a_session_ends_no_search(
    open_house: OpenHouse, url: str, postgres: DepartmentServer
) -> None:
    house = _founded(open_house, url)
    rules = _shared(house)
    services = house.services
    services.library.queue([house.file("there.txt", "The oil filter of the server.")], rules)
    _work(services)
    services.library.add([house.file("here.txt", "The oil filter of this computer.")])
    with postgres.connection(url.split("/")[3].split("?")[0]) as connection:
        connection.execute("DELETE FROM larets.grants")
    found = services.retrieval.find("oil filter")
    assert [each.name for each in found.segments] == ["here.txt"]
    assert services.department.collections.all() == ()


def test_a_collection_goes_there_and_back_without_being_embedded_again(
    open_house: OpenHouse, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = _founded(open_house, url)
    services = house.services
    texts = {f"{n}.txt": f"Chapter {n}. The pump of hall {n} is served by team {n % 7}."
             for n in range(40)}  # fmt: skip
    services.library.add([house.file(name, text) for name, text in texts.items()])
    services.library.tag([services.library.documents()[0].id], ["pumps"])
    local = services.library.collections()[0]
    embedder = type(services.models.embedder())
    monkeypatch.setattr(embedder, "embed_passages", lambda *_: pytest.fail("embedded again"))
    department = services.department
    sent = department.moving.to_department(local.id, "Pumps", NoControl())
    assert (sent.documents, sent.passages, sent.left_out) == (40, local.passages, 0)
    back = department.moving.to_workspace(
        department.collections.one("Pumps").id, "Back", NoControl()
    )
    assert (back.documents, back.passages, back.left_out) == (40, local.passages, 0)
    found = {}
    for question in ("pump of hall 7", "team 3", "chapter"):
        for collection in services.library.collections():
            scope = _only(collection.id)
            segments = services.retrieval.find(question, 10, scope).segments
            scores = [round(each.score, 2) for each in segments]
            found[question, collection.name] = scores
        assert found[question, "Library"] == found[question, "Pumps"] == found[question, "Back"]
    (tagged,) = [e for e in services.library.documents(back.collection.id) if e.tags]
    assert tagged.tags == ("pumps",)
    assert services.library.original(tagged.id) == texts[tagged.name].encode()


def _only(collection: str) -> Scope:
    return Scope(collections=frozenset([collection]))


def test_what_a_policy_forbids_is_refused_and_closed(open_house: OpenHouse, url: str) -> None:
    house = open_house("Anna")
    with pytest.raises(ForbiddenByPolicy):
        house.services.department.membership.found(url)
    house = _founded(open_house, url)
    _shared(house)
    house.services.administration.policies.decide("department", "off")
    house.services.department.collections.connect()
    assert house.services.department.collections.all() == ()
    with pytest.raises(ForbiddenByPolicy):
        house.services.department.membership.status()


def test_wrong_addresses_are_told_apart(
    open_house: OpenHouse, url: str, postgres: DepartmentServer
) -> None:
    house = _founded(open_house, url)
    membership = house.services.department.membership
    with pytest.raises(DepartmentThere):
        membership.found(url)
    with pytest.raises(NotADepartment):
        membership.join(postgres.url(postgres.new_database()))
    with pytest.raises(DepartmentRefused):
        membership.join(postgres.url("nosuch"))
    with pytest.raises(DepartmentUnreachable):
        membership.join("postgresql://a@/d?host=/nowhere")
    for wrong in ("mysql://h/d", "postgresql:///d", "postgresql://h/d?sslmode=require",
                  "postgresql://h/d?options=-c"):  # fmt: skip
        with pytest.raises(DepartmentAddress):
            membership.join(wrong)
    assert membership.status().person.name == "Anna"
    membership.leave()
    with pytest.raises(NoDepartment):
        membership.status()


def test_one_who_was_invited_comes_in_as_himself(open_house: OpenHouse, url: str) -> None:
    anna = _founded(open_house, url)
    address, made = anna.services.department.membership.invite("Egor")
    egor = open_house("Egor")
    told = egor.services.department.membership.join(
        url.replace("postgres@", f"{made.role}@"), made.password
    )
    assert told.person.role == made.role
    assert replace(address, password="") == address


def test_a_collection_without_an_index_of_words_is_searched_by_meaning(
    open_house: OpenHouse, url: str
) -> None:
    house = _founded(open_house, url)
    opened = house.services.department.collections.create("Quiet", words=False)
    house.services.library.queue([house.file("a.txt", "The oil filter.")], opened.id)
    _work(house.services)
    assert opened.index.by_words("oil filter", 5) == []
    assert house.services.retrieval.find("oil filter").segments


def test_who_leaves_is_locked_out_unless_something_is_his_alone(
    open_house: OpenHouse, url: str
) -> None:
    anna = _founded(open_house, url)
    _shared(anna)
    _, made = anna.services.department.membership.invite("Egor")
    egor = open_house("Egor")
    egor.services.department.membership.join(
        url.replace("postgres@", f"{made.role}@"), made.password
    )
    own = _shared(egor, "Notes of Egor")
    anna = open_house("Anna")
    rights = anna.services.department.rights
    with pytest.raises(PersonManages) as told:
        rights.dismiss("Egor")
    assert told.value.facts["collections"] == "Notes of Egor"
    egor = open_house("Egor")
    egor.services.department.collections.connect()
    egor.services.department.collections.delete(own)
    anna = open_house("Anna")
    person, dropped = anna.services.department.rights.dismiss("Egor")
    assert (person.role, dropped) == (made.role, True)
    egor = open_house("Egor")
    with pytest.raises(DepartmentRefused):
        egor.services.department.collections.connect()
    with pytest.raises(PersonMissing):
        open_house("Anna").services.department.rights.dismiss("Egor")
