"""Every file of a workspace counts as one kind, and only what nothing needs is removed."""

from pathlib import Path

import pytest

from app.domain.storage import CLEANABLE, StorageKind
from app.store import storage

PLACES = {
    "workspace.db": StorageKind.OTHER,
    "workspace.db.before-0004": StorageKind.MIGRATED,
    "reserve/0": StorageKind.OTHER,
    "profiles/a.db": StorageKind.CONVERSATIONS,
    "profiles/a.db.before-0007": StorageKind.MIGRATED,
    "profiles/a.states/093444": StorageKind.PREPARED,
    "collections/c/collection.db": StorageKind.INDEXES,
    "collections/c/collection.db-wal": StorageKind.INDEXES,
    "collections/c/files/2b39": StorageKind.ORIGINALS,
    "collections/c/set-aside/2b40": StorageKind.ASIDE,
    "set-aside/profiles/b.db": StorageKind.ASIDE,
    "models/m/model.gguf": StorageKind.MODELS,
    "adapters/4": StorageKind.ADAPTERS,
    "training/e/checkpoint": StorageKind.TRAININGS,
    "spare/workspace.db": StorageKind.SPARE,
    "log/larets.log": StorageKind.LOG,
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for number, place in enumerate(PLACES, start=1):
        file = tmp_path / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x" * number)
    return tmp_path


def test_every_place_has_its_kind_and_all_of_it_is_counted(data: Path) -> None:
    assert {place: storage.kind_of(Path(place)) for place in PLACES} == PLACES
    found = storage.used(data)
    assert [each.kind for each in found] == list(StorageKind)
    assert sum(each.size for each in found) == sum(range(1, len(PLACES) + 1))
    assert sum(each.files for each in found) == len(PLACES)


@pytest.mark.parametrize("kind", sorted(CLEANABLE))
def test_what_is_cleaned_is_that_kind_alone(data: Path, kind: StorageKind) -> None:
    before = {each.kind: each.size for each in storage.used(data)}
    assert storage.clean(data, kind) == before[kind]
    left = {file.relative_to(data).as_posix() for file in data.rglob("*") if file.is_file()}
    assert left == {place for place, found in PLACES.items() if found is not kind}


def test_what_somebody_made_is_never_removed(data: Path) -> None:
    for kind in set(StorageKind) - CLEANABLE:
        with pytest.raises(ValueError, match="may be removed"):
            storage.clean(data, kind)
    assert len([file for file in data.rglob("*") if file.is_file()]) == len(PLACES)
