"""What a snapshot holds, what a second one writes, and that it is whole while others write."""

import os
import resource
import threading
from pathlib import Path

import pytest

from app.domain.backups import BackupChoice, Retention, SkipReason
from app.domain.errors import (
    BackupInUse,
    Cancelled,
    FolderUnreachable,
    NotABackup,
    OtherBackup,
    StorageFull,
)
from app.domain.progress import NoControl, Progress
from app.domain.roles import Role
from app.store.backup import repository, rotation
from app.store.chat.conversations import ConversationStore
from app.store.keys import KdfParameters
from app.store.vault.vault import Vault
from tests.store.backup.scene import PASSWORD, Scene, add_document, held


def _sizes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("packs/*/*"))


def test_equal_content_is_written_once(scene: Scene) -> None:
    first, second = scene.taken(), scene.taken()
    assert first.new_bytes == _sizes(scene.folder) - second.new_bytes
    assert second.new_bytes < first.new_bytes / 4
    assert scene.snapshots() == [first.id, second.id]


def test_a_file_that_did_not_change_is_not_read_again_unless_asked(scene: Scene) -> None:
    with scene.opened() as anna:
        scene.take(anna)
        original = next(scene.data.glob("collections/*/files/*"))
        found = original.stat()
        settled = found.st_mtime_ns - 10_000_000_000
        os.utime(original, ns=(settled, settled))
        scene.take(anna)
        content = original.read_bytes()
        original.write_bytes(bytes([content[0] ^ 1]) + content[1:])
        os.utime(original, ns=(settled, settled))
        unread = scene.take(anna)
        read = scene.take(anna, choice=BackupChoice(full=True))
    assert read.new_bytes > unread.new_bytes + 250_000


def test_what_lies_open_or_locks_is_left_out_and_the_header_is_not(scene: Scene) -> None:
    with scene.opened() as anna:
        (scene.data / "log").mkdir()
        (scene.data / "log" / "larets.log").write_text("a line")
        (scene.data / "elsewhere").symlink_to(scene.data / "workspace.json")
        taken = scene.take(anna)
    paths = {entry.path for entry in taken.manifest.files}
    assert {"workspace.json", "workspace.copy.json", "generation", "workspace.db"} <= paths
    assert not [path for path in paths if path.startswith(("log", "spare", "lock", "header.lock"))]
    assert [(each.what, each.reason) for each in taken.manifest.skipped] == [
        ("elsewhere", SkipReason.LINK)
    ]


def test_a_database_is_whole_though_it_is_written_to_all_the_while(scene: Scene) -> None:
    """Documents are saved and checkpoints made while the copy runs: what was committed before the
    backup began is in it, and every database opens and is sound."""
    stop, saved = threading.Event(), 0
    with scene.opened() as anna:
        library = anna.open_collection(anna.collections()[0])

        def write() -> None:
            nonlocal saved
            while not stop.is_set():
                add_document(library, f"file {saved}")
                library.database.checkpoint()
                ConversationStore(anna.database).create(f"title {saved}")
                saved += 1

        writer = threading.Thread(target=write)
        writer.start()
        before: list[int] = []
        while len(before) < 4:
            before.append(saved)
            scene.take(anna, library)
        stop.set()
        writer.join()
        library.close()
    assert before[-1] > before[0]
    for snapshot, least in zip(scene.snapshots(), before, strict=True):
        target = scene.data.with_name(f"restored-{least}-{snapshot[:4]}")
        scene.restore(target, snapshot)
        titles, documents, _ = held(target)
        assert len(documents) >= least + 1
        assert len(titles) >= least + 1
        _sound(target)


def _sound(data: Path) -> None:
    anna = Vault(data).unlock("Anna", PASSWORD)
    library = anna.open_collection(anna.collections()[0])
    for database in (anna.workspace, anna.database, library.database):
        database.verify()
    read = [each for each in library.documents() if library.content(each.id)]
    assert all(library.original(each.id) for each in read)
    library.close()
    anna.close()


def test_two_runs_at_once_are_refused_in_words(scene: Scene) -> None:
    scene.taken()
    with repository.alone(scene.folder, writing=True), pytest.raises(BackupInUse):
        scene.taken()


def test_only_administrators_open_a_backup(scene: Scene) -> None:
    with scene.opened() as anna:
        vault = Vault(scene.data, scene.witness)
        vault.create("Boris", PASSWORD, Role.EDITOR, anna, KdfParameters())
        scene.take(anna)
    with scene.opened("Boris") as boris, pytest.raises(OtherBackup):
        scene.take(boris)
    with pytest.raises(OtherBackup):
        repository.opened_with_password(scene.folder, "Boris", PASSWORD)


def test_a_folder_of_other_things_stays_as_it_is(scene: Scene, tmp_path: Path) -> None:
    scene.folder.mkdir()
    (scene.folder / "letter.txt").write_text("mine")
    with pytest.raises(NotABackup):
        scene.taken()
    assert [each.name for each in scene.folder.iterdir()] == ["letter.txt"]
    scene.folder = tmp_path / "unplugged" / "backup"
    with pytest.raises(FolderUnreachable):
        scene.taken()


def test_a_full_disk_lists_nothing_and_what_was_written_is_used(scene: Scene) -> None:
    """No file may grow beyond 100 KB: the first pack does not fit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with scene.opened() as anna:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
        try:
            with pytest.raises(StorageFull):
                scene.take(anna)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert scene.snapshots() == []
        scene.take(anna)
    assert scene.checked().well


class _Stopped(NoControl):
    """Asks to stop once the databases are copied."""

    _late = False

    def report(self, progress: object) -> None:
        self._late = isinstance(progress, Progress) and "/files/" in progress.name

    def check(self) -> None:
        if self._late:
            raise Cancelled


def test_one_that_was_stopped_is_not_listed_and_serves_the_next(scene: Scene) -> None:
    whole = scene.taken().new_bytes
    for path in scene.folder.glob("snapshots/*"):
        path.unlink()
    for path in [*scene.folder.glob("packs/*/*"), *scene.folder.glob("index/*")]:
        path.unlink()
    with scene.opened() as anna, pytest.raises(Cancelled):
        scene.take(anna, control=_Stopped())
    assert scene.snapshots() == []
    assert 0 < scene.taken().new_bytes < whole
    assert scene.checked().well


def test_rotation_keeps_the_newest_and_what_it_needs(scene: Scene) -> None:
    scene.taken()
    with scene.opened() as anna:
        scene.add(anna, "second")
        scene.take(anna)
        library = anna.open_collection(anna.collections()[0])
        (document,) = [each for each in library.documents() if each.name == "second"]
        library.remove(document.id)
        library.close()
        newest = scene.take(anna)
    before = _sizes(scene.folder)
    opened = repository.opened_with_password(scene.folder, "Anna", PASSWORD)
    gone = rotation.rotate(opened, Retention(1, 1, 1), newest.id)
    opened.close()
    assert len(gone) == 2
    assert scene.snapshots() == [newest.id]
    assert _sizes(scene.folder) < before - 250_000
    assert scene.checked().well
    scene.restore(scene.data.with_name("restored"))
