"""Watched folders: new, changed, moved, deleted, and drives that are not there."""

import shutil
from pathlib import Path

import pytest

from app.domain.errors import AccessDenied, FolderUnreachable
from app.domain.library.watching import Removal, WatchedFolder
from tests.services.conftest import House


def watched(house: House, **rest: object) -> Path:
    for name in ("a.txt", "b.txt", "drafts/c.txt"):
        house.file(f"watched/{name}", f"Words of the file {name}.")
    folder = house.files / "watched"
    house.services.watching.watch(WatchedFolder(str(folder), **rest))  # type: ignore[arg-type]
    house.services.library.ingest()
    return folder


def names(house: House) -> set[str]:
    return {each.name for each in house.services.library.documents()}


def missing(house: House) -> set[str]:
    return {each.name for each in house.services.library.documents() if each.missing}


def look(house: House) -> None:
    house.services.watching.scan()
    house.services.library.ingest()


def test_what_is_new_or_changed_is_read_and_nothing_else(house: House) -> None:
    folder = watched(house)
    before = {each.name: each for each in house.services.library.documents()}
    assert house.services.watching.scan().queued == 0
    (folder / "a.txt").write_text("zebra")
    (folder / "d.txt").write_text("giraffe")
    assert house.services.watching.scan().queued == 2
    report = house.services.library.ingest()
    assert {each.name for each in report.documents} == {"a.txt", "d.txt"}
    after = {each.name: each for each in house.services.library.documents()}
    assert after["a.txt"].id == before["a.txt"].id
    assert after["b.txt"] == before["b.txt"]


def test_patterns_choose(house: House) -> None:
    watched(house, include=("*.TXT",), exclude=("drafts/*", "b.*"))
    assert names(house) == {"a.txt"}


def test_a_moved_file_keeps_its_document(house: House) -> None:
    folder = watched(house, removal=Removal.REMOVE)
    before = {each.name: each.id for each in house.services.library.documents()}
    (folder / "sub").mkdir()
    (folder / "a.txt").rename(folder / "sub" / "moved.txt")
    look(house)
    look(house)
    after = {each.name: each for each in house.services.library.documents()}
    assert set(after) == {"moved.txt", "b.txt", "c.txt"}
    assert after["moved.txt"].id == before["a.txt"]
    assert after["moved.txt"].path == str(folder / "sub" / "moved.txt")
    assert not after["moved.txt"].missing


def test_a_deleted_file_is_asked_about(house: House) -> None:
    folder = watched(house)
    (folder / "a.txt").unlink()
    look(house)
    look(house)
    assert missing(house) == {"a.txt"}
    (document,) = [each for each in house.services.library.documents() if each.missing]
    house.services.watching.keep([document.id])
    look(house)
    assert missing(house) == set()
    assert "a.txt" in names(house)


def test_a_deleted_file_is_followed_where_that_is_wished(house: House) -> None:
    folder = watched(house, removal=Removal.REMOVE)
    (folder / "a.txt").unlink()
    look(house)
    assert missing(house) == {"a.txt"}, "first it is only noticed"
    look(house)
    assert names(house) == {"b.txt", "c.txt"}


def test_a_file_that_comes_back_is_there_again(house: House) -> None:
    folder = watched(house)
    (folder / "a.txt").rename(house.files / "away.txt")
    look(house)
    assert missing(house) == {"a.txt"}
    (house.files / "away.txt").rename(folder / "a.txt")
    look(house)
    assert missing(house) == set()


@pytest.mark.parametrize("how", ["gone", "empty"])
def test_an_unplugged_drive_is_no_deletion(house: House, how: str) -> None:
    folder = watched(house, removal=Removal.REMOVE)
    away = folder.with_name("away")
    folder.rename(away)
    if how == "empty":
        folder.mkdir()  # the mount point stays
    for _ in range(3):
        look(house)
    assert names(house) == {"a.txt", "b.txt", "c.txt"}
    assert missing(house) == set()
    assert house.services.watching.folders()[0].problem == FolderUnreachable.code
    if how == "empty":
        folder.rmdir()
    away.rename(folder)
    look(house)
    assert house.services.watching.folders()[0].problem == ""
    assert missing(house) == set()


def test_another_device_below_the_folder_is_no_deletion(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = watched(house, removal=Removal.REMOVE)
    (folder / "drafts" / "c.txt").unlink()
    monkeypatch.setattr("app.services.library.watching._device_above", lambda path: "another")
    look(house)
    assert missing(house) == set()


def test_a_changed_copy_parts_from_its_twin(house: House) -> None:
    folder = watched(house)
    shutil.copyfile(folder / "a.txt", folder / "twin.txt")
    look(house)
    assert names(house) == {"a.txt", "b.txt", "c.txt"}
    (folder / "a.txt").write_text("zebra")
    look(house)
    texts = {
        each.name: house.services.library.original(each.id).decode()
        for each in house.services.library.documents()
    }
    assert texts["a.txt"] == "zebra"
    assert texts["twin.txt"] == "Words of the file a.txt."


def test_unwatching_keeps_the_documents(house: House) -> None:
    folder = watched(house)
    house.services.watching.unwatch(str(folder))
    (folder / "d.txt").write_text("giraffe")
    look(house)
    assert names(house) == {"a.txt", "b.txt", "c.txt"}


def test_a_folder_that_is_not_there_is_refused(house: House) -> None:
    with pytest.raises(FolderUnreachable):
        house.services.watching.watch(WatchedFolder(str(house.files / "none")))


def test_readers_watch_nothing(house: House, open_house: object) -> None:
    folder = watched(house)
    reader = open_house("Rita")  # type: ignore[operator]
    with pytest.raises(AccessDenied):
        reader.services.watching.watch(WatchedFolder(str(folder)))
    with pytest.raises(AccessDenied):
        reader.services.watching.scan()
