"""A collection leaves one workspace and comes into another as it was."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import (
    AccessDenied,
    Cancelled,
    ForbiddenByPolicy,
    ForgedTransfer,
    NameTaken,
    StorageDenied,
    WeakPassword,
    WrongPassphrase,
)
from app.domain.library.documents import Document, DocumentState, Passage
from app.domain.progress import NoControl
from app.domain.transfers import Transferred, VectorFate
from app.engines.fake import FakeEmbedder
from app.services.library.open_collection import OpenCollection
from app.store.index.stored_vectors import StoredVectors
from tests.services.conftest import House, add_model
from tests.services.transfers.conftest import PASSPHRASE

There = Callable[..., House]


class StopsAt(NoControl):
    """Asks to stop at the so-many-th look."""

    def __init__(self, looks: int) -> None:
        self._left = looks

    def check(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Cancelled


def opened(house: House, name: str) -> OpenCollection:
    library = house.services.library
    return library.open_collections.one(library.collection_named(name))


def taken(house: House, path: Path, name: str, control: NoControl | None = None) -> Transferred:
    """Looked at, and taken in."""
    transfers = house.services.transfers
    sender = transfers.look(path, PASSPHRASE).sender
    return transfers.take_in(path, PASSPHRASE, sender, name, control or NoControl())


Held = tuple[Document, list[Passage], bytes, bytes]


def held(collection: OpenCollection) -> list[Held]:
    """All that is kept of each document, its name for its id."""
    store, dimensions = collection.store, StoredVectors(collection.store.database).made().dimensions
    names = {document.id: document.name for document in store.documents()}
    found: list[Held] = []
    for document in sorted(store.documents(), key=lambda each: each.name):
        passages = store.passages_of(document.id)
        ids = [each.id for each in passages]
        vectors = StoredVectors(store.database).of(ids, dimensions)[1].tobytes()
        plain = replace(document, id="", container=names.get(document.container, ""))
        original = store.original(document.id)
        found.append((plain, [each.passage for each in passages], vectors, original))
    return found


def texts(house: House, question: str) -> set[str]:
    return {each.name for each in house.services.retrieval.find(question, 10).segments}


def test_everything_that_was_kept_comes_and_nothing_is_embedded(
    filled: House, sent: Path, there: There, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = held(opened(filled, "Library"))
    house = there()
    calls: list[str] = []
    for name in ("embed_passages", "embed_queries"):
        monkeypatch.setattr(FakeEmbedder, name, lambda *_, name=name: calls.append(name))
    done = taken(house, sent, "Sent")
    assert calls == []
    monkeypatch.undo()
    assert held(opened(house, "Sent")) == before
    assert (done.collection, done.documents, done.vectors) == ("Sent", 3, VectorFate.KEPT)
    assert done.passages == sum(len(row[1]) for row in before)
    assert (done.size, done.left_out) == (sent.stat().st_size, 0)
    assert "oil.txt" in texts(house, "How often is the oil filter changed?")


def test_it_can_be_added_to_and_read_anew_afterwards(sent: Path, there: There) -> None:
    house = there()
    done = taken(house, sent, "Sent")
    more = house.file("more/new.txt", "Cranes are inspected in June.")
    house.services.library.add([more], collection=done.id)
    house.services.library.reindex()
    assert "new.txt" in texts(house, "When are cranes inspected?")
    documents = house.services.library.documents(done.id)
    assert {each.state for each in documents} == {DocumentState.INDEXED}
    assert len(documents) == 4


def test_the_sender_is_told_before_anything_is_taken(filled: House, sent: Path) -> None:
    services = filled.services
    found = services.transfers.look(sent, PASSPHRASE)
    assert (found.sender.name, found.sender.member) == ("Anna", "Anna")
    assert (found.documents, found.model, found.vectors) == (3, "fake-embedder", VectorFate.KEPT)
    assert len(services.library.collections()) == 1


def test_another_workspace_does_not_know_the_sender(sent: Path, there: There) -> None:
    found = there().services.transfers.look(sent, PASSPHRASE)
    assert (found.sender.name, found.sender.member) == ("Anna", "")
    assert len(found.sender.fingerprint.split()) == 4


def test_a_file_that_was_exchanged_since_is_not_taken(
    filled: House, sent: Path, there: There, tmp_path: Path
) -> None:
    house = there()
    shown = house.services.transfers.look(sent, PASSPHRASE).sender
    collection = house.services.library.collection_named("Library")
    house.services.transfers.export(collection, sent, PASSPHRASE, NoControl())
    with pytest.raises(ForgedTransfer):
        house.services.transfers.take_in(sent, PASSPHRASE, shown, "Sent", NoControl())
    assert len(house.services.library.collections()) == 1


def test_a_stranger_keeps_none_of_his_ids(filled: House, sent: Path, there: There) -> None:
    before = {each.id for each in filled.services.library.documents()}
    house = there()
    taken(house, sent, "Sent")
    assert before.isdisjoint(each.id for each in house.services.library.documents())


def test_a_member_keeps_his_for_citations_to_lead_to(filled: House, sent: Path) -> None:
    library = filled.services.library
    before = {each.id for each in library.documents()}
    library.create("Other")
    library.delete(library.collection_named("Library"))
    taken(filled, sent, "Library")
    assert {each.id for each in library.documents()} == before


def test_a_name_that_no_other_system_takes_is_made_one(
    filled: House, there: There, tmp_path: Path
) -> None:
    odd, path = filled.file("odd/two\nlines.txt", "Two lines."), tmp_path / "odd.larets"
    filled.services.library.add([odd])
    collection = filled.services.library.collection_named("Library")
    filled.services.transfers.export(collection, path, PASSPHRASE, NoControl())
    house = there()
    taken(house, path, "Sent")
    assert "two_lines.txt" in {each.name for each in house.services.library.documents()}


def test_beside_the_original_its_documents_have_ids_of_their_own(filled: House, sent: Path) -> None:
    taken(filled, sent, "Copy")
    ids = [each.id for each in filled.services.library.documents()]
    assert len(ids) == len(set(ids)) == 6
    copied = opened(filled, "Copy").store.documents()
    assert all(filled.services.library.document(each.id) == each for each in copied)


def test_both_acts_stand_in_the_log(filled: House, sent: Path) -> None:
    done = taken(filled, sent, "Copy")
    rows = filled.services.administration.log.rows()
    told = {row.act: row.subject for row in rows}
    assert told["export-collection"] == "Library"
    assert told["import-collection"] == f"Copy ← Anna, {done.sender.fingerprint}"


def test_a_reader_may_export_and_not_import(
    sent: Path, there: There, open_house: Callable[..., House], tmp_path: Path
) -> None:
    with pytest.raises(AccessDenied):
        taken(there("Rita"), sent, "Sent")
    rita = open_house("Rita").services
    collection, path = rita.library.collection_named("Library"), tmp_path / "again.larets"
    rita.transfers.export(collection, path, PASSPHRASE, NoControl())
    assert rita.transfers.look(path, PASSPHRASE).sender.name == "Rita"


def test_where_a_policy_forbids_it_nobody_exports(filled: House, tmp_path: Path) -> None:
    services, path = filled.services, tmp_path / "no.larets"
    services.administration.policies.decide("export", "off")
    with pytest.raises(ForbiddenByPolicy):
        services.transfers.export(
            services.library.collection_named("Library"), path, PASSPHRASE, NoControl()
        )
    assert not path.exists()


@pytest.mark.parametrize("weak", ["short", "password", "AnnaAnna", "        "])
def test_a_passphrase_is_as_strong_as_a_password(filled: House, tmp_path: Path, weak: str) -> None:
    transfers, path = filled.services.transfers, tmp_path / "no.larets"
    collection = filled.services.library.collection_named("Library")
    with pytest.raises(WeakPassword):
        transfers.export(collection, path, weak, NoControl())
    assert not path.exists()


def test_a_policy_may_ask_for_a_longer_one(filled: House, tmp_path: Path) -> None:
    filled.services.administration.policies.decide("password-length", "40")
    with pytest.raises(WeakPassword):
        filled.services.transfers.check_passphrase(PASSPHRASE, "Library")


def test_another_passphrase_opens_nothing(sent: Path, there: There) -> None:
    with pytest.raises(WrongPassphrase):
        there().services.transfers.look(sent, f"{PASSPHRASE}s")


def test_a_name_that_is_taken_is_refused_before_anything_is_read(sent: Path, there: There) -> None:
    with pytest.raises(NameTaken):
        taken(there(), sent, " library ")


def test_vectors_of_another_model_are_left_and_the_documents_wait(
    sent: Path, there: There, tmp_path: Path
) -> None:
    there().services.close()
    add_model(tmp_path / "there" / "kit", "other-embedder", "embedding", b"other weights")
    house = there()
    house.services.models.use("other-embedder")
    transfers = house.services.transfers
    assert transfers.look(sent, PASSPHRASE).vectors is VectorFate.QUEUED
    done = taken(house, sent, "Sent")
    assert done.vectors is VectorFate.QUEUED
    collection = opened(house, "Sent")
    assert StoredVectors(collection.store.database).made().dimensions == 0
    assert "oil.txt" in texts(house, "oil filter"), "by its words, and other collections as well"
    assert house.services.library.unfinished() == 3
    house.services.library.ingest()
    assert house.services.library.unfinished() == 0
    assert StoredVectors(collection.store.database).made().dimensions > 0
    tagged = [each.name for each in collection.store.documents() if each.tags == ("service",)]
    assert tagged == ["oil.txt"]


def _waiting(house: House) -> list[Document]:
    """A file that was queued and not read."""
    path = house.file("later/later.txt", "Not read yet.")
    house.services.library.queue([path])
    return [each for each in house.services.library.documents() if each.pending]


def test_what_was_not_read_and_what_is_hidden_stays(
    filled: House, there: There, tmp_path: Path
) -> None:
    services, path = filled.services, tmp_path / "part.larets"
    assert len(_waiting(filled)) == 1
    oil = next(each for each in services.library.documents() if each.name == "oil.txt")
    services.library.set_aside([oil.id])
    collection = services.library.collection_named("Library")
    done = services.transfers.export(collection, path, PASSPHRASE, NoControl())
    assert (done.documents, done.left_out) == (2, 1)
    house = there()
    taken(house, path, "Sent")
    names = {each.name for each in opened(house, "Sent").store.documents()}
    assert names == {"pump.md", "letter.eml"}


def test_an_export_that_is_stopped_leaves_no_file(filled: House, tmp_path: Path) -> None:
    collection, path = filled.services.library.collection_named("Library"), tmp_path / "no.larets"
    (tmp_path / ".tmp-no.larets").write_bytes(b"what a kill left")
    with pytest.raises(Cancelled):
        filled.services.transfers.export(collection, path, PASSPHRASE, StopsAt(3))
    assert list(tmp_path.glob("*no.larets*")) == []


@pytest.mark.parametrize("looks", [0, 1, 3, 5])
def test_an_import_that_is_stopped_leaves_nothing_and_can_be_begun_again(
    sent: Path, there: There, looks: int
) -> None:
    house = there()
    before = sorted(house.paths.data.rglob("*"))
    with pytest.raises(Cancelled):
        taken(house, sent, "Sent", StopsAt(looks))
    assert len(house.services.library.collections()) == 1
    assert sorted(house.paths.data.rglob("*")) == before
    taken(house, sent, "Sent")
    assert len(opened(house, "Sent").store.documents()) == 3


def test_what_a_killed_import_left_goes_when_the_workspace_is_opened(there: There) -> None:
    house = there()
    left = house.paths.data / ".importing" / "half"
    house.services.close()
    left.mkdir(parents=True)
    (left / "collection.db").write_bytes(b"half")
    there()
    assert not left.parent.exists()


def test_no_folder_is_made_for_an_export(filled: House, tmp_path: Path) -> None:
    collection = filled.services.library.collection_named("Library")
    with pytest.raises(StorageDenied):
        filled.services.transfers.export(
            collection, tmp_path / "nowhere" / "x.larets", PASSPHRASE, NoControl()
        )
