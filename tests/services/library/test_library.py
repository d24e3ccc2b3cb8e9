import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.errors import (
    AccessDenied,
    Cancelled,
    DocumentMissing,
    NameTaken,
    NoEmbeddingModel,
    StorageDenied,
    StorageFull,
)
from app.domain.events import LibraryChanged
from app.domain.library.documents import AddProgress, Document, DocumentState
from app.store import files as encrypted_files
from tests.conftest import is_root
from tests.services.conftest import House, add_model
from tests.services.controls import Recording

INDEXED, FAILED, QUEUED = DocumentState.INDEXED, DocumentState.FAILED, DocumentState.QUEUED


def states(house: House) -> dict[str, DocumentState]:
    return {each.name: each.state for each in house.services.library.documents()}


def three(house: House) -> list[Path]:
    return [house.file(f"{name}.txt", f"Words of the file {name}.") for name in ("a", "b", "c")]


def at(name: str, state: DocumentState) -> Callable[[object], bool]:
    def reached(report: object) -> bool:
        return isinstance(report, AddProgress) and (report.name, report.state) == (name, state)

    return reached


def texts(house: House, question: str) -> set[str]:
    return {each.name for each in house.services.retrieval.find(question, 10).segments}


def test_a_folder_is_added_with_what_a_reader_knows(house: House) -> None:
    three(house)
    for name in (".hidden.txt", "~$lock.docx", "music.mp3", ".git/note.txt"):
        house.file(name, "not added")
    house.file("deep/er/d.md", "# Head\n\nWords of the file d.")
    changes: list[LibraryChanged] = []
    house.services.events.subscribe(LibraryChanged, changes.append)
    control = Recording()
    report = house.services.library.add([house.files], control)
    assert [each.name for each in report.documents] == ["a.txt", "b.txt", "c.txt", "d.md"]
    assert set(states(house).values()) == {INDEXED}
    assert house.services.library.counts() == (4, 4)
    named = {key for change in changes for key in change.documents}
    assert named == {each.id for each in report.documents}
    steps = [(each.total, each.state) for each in control.seen if each.name == "b.txt"]
    assert steps[0] == (4, DocumentState.PARSING)
    assert steps[-1] == (4, DocumentState.EMBEDDING)
    assert control.seen[-1].fraction == 1.0


def test_the_same_content_is_stored_once(house: House) -> None:
    one, same = house.file("one.txt", "the same"), house.file("same.txt", "the same")
    report = house.services.library.add([one, same])
    assert report.duplicates == 1
    assert report.documents[0] == report.documents[1]
    assert states(house) == {"one.txt": INDEXED}
    again = house.services.library.add([one])
    assert (again.duplicates, again.documents) == (0, report.documents[:1])


def test_a_failed_file_is_a_row_with_its_reason_and_the_others_go_on(house: House) -> None:
    good = house.file("z.txt", "good words")
    bad = house.file("a.pdf", "no PDF at all")
    report = house.services.library.add([bad, house.files / "missing.txt", good])
    found = {each.name: (each.state, each.error) for each in report.documents}
    assert found == {
        "a.pdf": (FAILED, "damaged-file"),
        "missing.txt": (FAILED, "file-missing"),
        "z.txt": (INDEXED, ""),
    }
    assert report.documents[0].error_facts == (("name", "a.pdf"),)
    bad.unlink()
    bad = house.file("a.pdf", make_readable())
    (document,) = house.services.library.add([bad]).documents
    assert (document.state, document.error) == (INDEXED, "")
    assert len(house.services.library.documents()) == 3


def make_readable() -> bytes:
    from tests.samples import make_pdf

    return make_pdf(["Now it is a PDF."])


@pytest.mark.skipif(is_root(), reason="root reads everything")
def test_a_file_without_permission(house: House) -> None:
    path = house.file("secret.txt", "words")
    path.chmod(0)
    (document,) = house.services.library.add([path]).documents
    assert document.error == "file-denied"


def test_a_cancelled_run_is_taken_up_where_it_ended(house: House) -> None:
    with pytest.raises(Cancelled):
        house.services.library.add(three(house), Recording(at("b.txt", DocumentState.PARSING)))
    ended = [each for each, state in states(house).items() if state == INDEXED]
    assert house.services.library.unfinished() == 3 - len(ended) > 0
    report = house.services.library.add([])
    assert {each.name for each in report.documents} == {"a.txt", "b.txt", "c.txt"} - set(ended)
    assert set(states(house).values()) == {INDEXED}
    assert house.services.library.unfinished() == 0


def test_an_interrupted_run_goes_on_after_reopening(
    house: House, open_house: Callable[..., House]
) -> None:
    with pytest.raises(Cancelled):
        house.services.library.add(three(house), Recording(at("a.txt", DocumentState.EMBEDDING)))
    again = open_house()
    assert again.services.library.unfinished() > 0
    again.services.library.add([])
    assert texts(again, "words file") == {"a.txt", "b.txt", "c.txt"}


def test_what_still_waits_can_be_dropped(house: House) -> None:
    with pytest.raises(Cancelled):
        house.services.library.add(three(house), Recording(at("b.txt", DocumentState.PARSING)))
    house.services.library.forget_unfinished()
    assert set(states(house).values()) <= {INDEXED}
    assert house.services.library.unfinished() == 0
    house.services.library.add(three(house))
    assert states(house) == dict.fromkeys(("a.txt", "b.txt", "c.txt"), INDEXED)


def changed(house: House) -> tuple[Document, Path]:
    path = house.file("a.txt", "zebra")
    (document,) = house.services.library.add([path]).documents
    path.write_text("giraffe")
    return document, path


def test_a_changed_file_replaces_what_was_read_from_it(house: House) -> None:
    document, path = changed(house)
    (after,) = house.services.library.add([path]).documents
    assert after.id == document.id
    assert house.services.library.original(after.id) == b"giraffe"
    assert house.services.retrieval.find("giraffe").segments[0].text == "giraffe"
    assert house.services.library.counts() == (1, 1)


def test_cancelling_while_a_changed_file_is_read_keeps_the_old(house: House) -> None:
    document, path = changed(house)
    with pytest.raises(Cancelled):
        house.services.library.add([path], Recording(at("a.txt", DocumentState.PARSING)))
    house.services.library.forget_unfinished()
    assert house.services.library.documents() == [document]
    assert house.services.library.original(document.id) == b"zebra"


def test_reindexing_reads_the_originals_inside(house: House) -> None:
    for path in three(house):
        house.services.library.add([path])
        path.unlink()
    report = house.services.library.reindex()
    assert {each.state for each in report.documents} == {INDEXED}
    assert texts(house, "words file") == {"a.txt", "b.txt", "c.txt"}


def test_cancelled_reindexing_loses_nothing(house: House) -> None:
    for path in three(house):
        house.services.library.add([path])
        path.unlink()
    with pytest.raises(Cancelled):
        house.services.library.reindex(Recording(at("b.txt", DocumentState.PARSING)))
    assert set(states(house).values()) == {INDEXED}
    house.services.library.add([])
    house.services.library.forget_unfinished()
    assert set(states(house).values()) == {INDEXED}
    assert texts(house, "words file") == {"a.txt", "b.txt", "c.txt"}


def test_a_full_disk_ends_the_run_and_leaves_nothing_half(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = encrypted_files.encrypt_file
    calls: list[int] = []

    def full(*arguments: object) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise StorageFull(path="disk")
        kept(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(encrypted_files, "encrypt_file", full)
    with pytest.raises(StorageFull):
        house.services.library.add(three(house))
    assert states(house)["c.txt"] == QUEUED
    assert house.services.library.unfinished() >= 2
    assert texts(house, "words file") <= {"a.txt"}
    house.services.library.add([])
    assert texts(house, "words file") == {"a.txt", "b.txt", "c.txt"}


def test_removed_documents_are_not_found_any_more(house: House) -> None:
    documents = house.services.library.add(three(house)).documents
    house.services.library.remove([documents[0].id, documents[2].id])
    assert texts(house, "words file") == {"b.txt"}
    with pytest.raises(DocumentMissing):
        house.services.library.remove([documents[0].id])
    with pytest.raises(DocumentMissing):
        house.services.library.original(documents[0].id)
    house.services.library.add([house.files / "a.txt"])
    assert texts(house, "words file") == {"a.txt", "b.txt"}


def test_a_reader_changes_nothing(house: House, open_house: Callable[..., House]) -> None:
    (document,) = house.services.library.add(three(house)[:1]).documents
    reader = open_house("Rita")
    for act in (
        lambda: reader.services.library.add(three(reader)),
        lambda: reader.services.library.remove([document.id]),
        lambda: reader.services.library.reindex(),
    ):
        with pytest.raises(AccessDenied) as caught:
            act()
        assert caught.value.facts["role"] == "reader"
    assert reader.services.library.documents() == [document]
    assert reader.services.library.original(document.id) == b"Words of the file a."


def test_an_original_is_exported_as_it_was(house: House, tmp_path: Path) -> None:
    (document,) = house.services.library.add(three(house)[:1]).documents
    house.services.library.export(document.id, tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == b"Words of the file a."
    for target in (tmp_path / "missing" / "out.txt", tmp_path):
        with pytest.raises(StorageDenied):
            house.services.library.export(document.id, target)


def test_blocks_are_read_again_for_viewers(house: House) -> None:
    (document,) = house.services.library.add([house.file("a.md", "# Head\n\nText.")]).documents
    blocks = house.services.library.read_again(document.id).blocks
    assert [each.text for each in blocks] == ["Head", "Text."]


def test_without_an_embedding_model(house: House, open_house: Callable[..., House]) -> None:
    for manifest in (house.paths.kit / "fake-embedder").iterdir():
        manifest.unlink()
    (house.paths.kit / "fake-embedder").rmdir()
    bare = open_house()
    with pytest.raises(NoEmbeddingModel):
        bare.services.library.add(three(bare))
    assert bare.services.library.unfinished() == 3
    add_model(bare.paths.kit, "fake-embedder", "embedding")
    after = open_house()
    after.services.library.add([])
    assert set(states(after).values()) == {INDEXED}


def test_adding_many_small_files_is_quick(house: House) -> None:
    paths = [house.file(f"{number}.txt", f"file number {number}") for number in range(40)]
    began = time.monotonic()
    house.services.library.add(paths)
    assert time.monotonic() - began < 20


def test_a_name_that_a_private_collection_of_another_has_is_taken(
    open_house: Callable[..., House],
) -> None:
    open_house("Egor").services.library.create("Salaries", private=True)
    library = open_house("Anna").services.library
    assert [each.name for each in library.collections()] == ["Library"]
    with pytest.raises(NameTaken):
        library.create("salaries")
    with pytest.raises(NameTaken):
        library.rename(library.collection_named("Library"), "Salaries")
