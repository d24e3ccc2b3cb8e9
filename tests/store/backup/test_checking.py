"""One bit, a cut, a missing file: each is named, with what of the workspace it costs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.backups import DamageKind, Owner
from app.domain.errors import DamagedBackup, NewerBackup, WrongPassword
from app.store.backup import repository
from tests.store.backup.scene import OWNER, PASSWORD, Scene

KINDS = {
    "header": "larets-backup.json",
    "its copy": "larets-backup.copy.json",
    "pack": "packs/*/*",
    "index": "index/*",
    "snapshot": "snapshots/*",
}


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _name(scene: Scene, path: Path) -> str:
    return path.relative_to(scene.folder).as_posix()


def test_what_was_written_is_well_with_a_key_and_without(scene: Scene) -> None:
    scene.taken()
    verdict, bare = scene.checked(), scene.checked(None)
    assert (verdict.well, verdict.authentic, bare.well, bare.authentic) == (True, True, True, False)
    written = sum(each.stat().st_size for each in scene.folder.rglob("*") if each.name != "lock")
    folders = sum(each.stat().st_size for each in scene.folder.rglob("*") if each.is_dir())
    assert verdict.checked_bytes == written - folders


@pytest.mark.parametrize("owner", [OWNER, None], ids=["with a key", "without"])
@pytest.mark.parametrize("damage", [_flip, _cut])
@pytest.mark.parametrize("kind", KINDS)
def test_damage_to_each_kind_of_file_is_named(
    scene: Scene, kind: str, damage: Callable[[Path], None], owner: Owner | None
) -> None:
    scene.taken()
    path = sorted(scene.folder.glob(KINDS[kind]))[0]
    damage(path)
    verdict = scene.checked(owner)
    assert not verdict.well
    assert (_name(scene, path), DamageKind.CHANGED) in [
        (each.what, each.kind) for each in verdict.damage
    ]


@pytest.mark.parametrize("owner", [OWNER, None], ids=["with a key", "without"])
def test_a_missing_pack_is_named_with_the_files_that_it_costs(
    scene: Scene, owner: Owner | None
) -> None:
    taken = scene.taken()
    path = max(scene.folder.glob("packs/*/*"), key=lambda each: each.stat().st_size)
    path.unlink()
    (damage,) = scene.checked(owner).damage[:1]
    assert (damage.what, damage.kind) == (_name(scene, path), DamageKind.MISSING)
    if owner:
        files = {entry.path for entry in taken.manifest.files}
        assert damage.files
        assert {each.split(":")[1] for each in damage.files} <= files


def test_a_damaged_pack_stops_a_restore_before_anything_is_swapped(scene: Scene) -> None:
    scene.taken()
    for path in scene.folder.glob("packs/*/*"):
        _flip(path)
    before = sorted(scene.data.rglob("*"))
    with pytest.raises(DamagedBackup):
        scene.restore(scene.data)
    assert sorted(scene.data.rglob("*")) == before
    assert sorted(each.name for each in scene.data.parent.iterdir()) == [
        "backup", "data", "witness",
    ]  # fmt: skip


def test_what_a_damaged_pack_held_is_stored_anew_by_the_next_backup(scene: Scene) -> None:
    scene.taken()
    for path in scene.folder.glob("packs/*/*"):
        path.unlink()
    taken = scene.taken()
    scene.restore(scene.data.with_name("restored"), taken.id)


def test_a_wrong_password_is_told_and_opens_nothing(scene: Scene) -> None:
    scene.taken()
    with pytest.raises(WrongPassword):
        repository.opened_with_password(scene.folder, "Anna", f"{PASSWORD}!")


def test_a_later_format_is_told(scene: Scene) -> None:
    scene.taken()
    for name in repository.HEADERS:
        path = scene.folder / name
        path.write_bytes(path.read_bytes().replace(b'"version": 1', b'"version": 9', 1))
    with pytest.raises(NewerBackup):
        repository.read_header(scene.folder)
