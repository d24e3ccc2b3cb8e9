"""Documents go from one collection to another, with what was read of them."""

import io
import zipfile
from collections.abc import Callable

import pytest

from app.domain.errors import AccessDenied, Cancelled, CollectionMissing
from app.domain.library.documents import DocumentState
from app.domain.library.watching import WatchedFolder
from app.domain.progress import NoControl
from app.services.jobs import Job
from tests.services.conftest import House

RENT = "The rent of the harbour office is 212 crowns a month."


def contents(house: House, collection: str) -> list[str]:
    return sorted(each.name for each in house.services.library.documents(collection))


@pytest.fixture
def archive(house: House) -> str:
    return house.services.library.create("Archive").id


def added(house: House, name: str, text: str) -> str:
    (document,) = house.services.library.add([house.file(name, text)], NoControl()).documents
    assert document.state is DocumentState.INDEXED
    return document.id


def test_it_is_found_quoted_and_opened_where_it_went(house: House, archive: str) -> None:
    services = house.services
    document = added(house, "Rent.txt", RENT)
    services.library.tag([document], add=["money"])
    before = house.ask("What is the rent of the harbour office?")
    first = services.library.collections()[0].id
    found = services.relocating.move([document], archive)
    assert found.moved == (document,)
    assert contents(house, first) == []
    assert contents(house, archive) == ["Rent.txt"]
    (there,) = services.library.documents(archive)
    assert (there.id, there.tags) == (document, ("money",))
    assert services.library.original(document) == RENT.encode()
    segment = services.retrieval.find("rent of the harbour office").segments[0]
    assert segment.document == document
    assert before.sources[0].segment.document == document, "what quoted it still finds it"
    assert services.library.passages(document)[0].text == RENT


def test_the_vectors_go_along(house: House, archive: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document = added(house, "Rent.txt", RENT)
    embedder = house.services.models.embedder()
    monkeypatch.setattr(embedder, "embed_passages", None)
    house.services.relocating.move([document], archive)
    opened = house.services.library.open_collections.one(archive)
    (hit,) = opened.index.nearest_of(embedder.embed_queries([RENT])[0], 5)
    assert hit.score > 0.9


def test_an_archive_goes_with_its_parts(house: House, archive: str) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        packed.writestr("one.txt", "The first sheet tells of masts.")
        packed.writestr("two.txt", "The second sheet tells of sails.")
    documents = house.services.library.add([house.file("all.zip", data.getvalue())]).documents
    ids = [each.id for each in documents]
    first = house.services.library.collections()[0].id
    found = house.services.relocating.move(ids, archive)
    assert found.moved
    assert contents(house, first) == []
    assert contents(house, archive) == sorted(each.name for each in documents)


def test_what_cannot_go_stays_and_is_named(house: House, archive: str) -> None:
    services = house.services
    kept = added(house, "Rent.txt", RENT)
    services.library.add([house.file("copy/Rent.txt", RENT)], NoControl(), archive)
    folder = house.file("watched/Masts.txt", "Masts are made of spruce.").parent
    services.watching.watch(WatchedFolder(str(folder)))
    services.library.ingest(NoControl())
    watched = next(e.id for e in services.library.documents() if e.name == "Masts.txt")
    broken = services.library.add([house.file("empty.txt", "")], NoControl()).documents[0].id
    found = services.relocating.move([kept, watched, broken], archive)
    assert found.moved == ()
    assert (found.there, found.watched, found.unread) == (
        ("Rent.txt",), ("Masts.txt",), ("empty.txt",),
    )  # fmt: skip
    assert contents(house, archive) == ["Rent.txt"]


def test_a_stop_leaves_the_rest_where_it_was(house: House, archive: str) -> None:
    ids = [added(house, f"{name}.txt", f"The {name} is red.") for name in ("mast", "sail", "hull")]
    job: Job = Job("move", lambda _: job.cancel())
    with pytest.raises(Cancelled):
        house.services.relocating.move(ids, archive, job)
    assert len(contents(house, archive)) == 1
    assert len(house.services.library.documents()) == 3


def test_it_is_there_after_a_lock(
    house: House, archive: str, open_house: Callable[..., House]
) -> None:
    document = added(house, "Rent.txt", RENT)
    house.services.relocating.move([document], archive)
    again = open_house()
    assert contents(again, archive) == ["Rent.txt"]
    assert again.services.retrieval.find("rent of the harbour").segments[0].document == document


def test_a_reader_moves_nothing(open_house: Callable[..., House]) -> None:
    house = open_house()
    document = added(house, "Rent.txt", RENT)
    archive = house.services.library.create("Archive").id
    with pytest.raises(CollectionMissing):
        house.services.relocating.move([document], "no such")
    reader = open_house("Rita")
    with pytest.raises(AccessDenied):
        reader.services.relocating.move([document], archive)
