"""A workspace that was put back to an earlier state is told until somebody acknowledges it."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.domain.errors import DamagedData
from app.domain.library.documents import Locator, Passage
from app.domain.losses import LossKind
from app.domain.roles import Role
from app.store.chat.conversations import ConversationStore
from app.store.keys import KdfParameters
from app.store.vault.unlocked import Unlocked
from app.store.vault.vault import Vault
from app.store.vault.workspace_file import Header
from tests.store.rows import queued

PASSWORD = "correct horse"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    vault = Vault(data, tmp_path / "witness")
    vault.create("Anna", PASSWORD, Role.ADMINISTRATOR, kdf=KdfParameters())
    anna = _open(data)
    anna.create_collection("Library")
    assert _close(anna) == []
    return data


def _open(data: Path) -> Unlocked:
    return Vault(data, data.parent / "witness").unlock("Anna", PASSWORD)


def _close(unlocked: Unlocked) -> list[LossKind]:
    kinds = [each.kind for each in unlocked.losses()]
    unlocked.close()
    return kinds


def _work(data: Path) -> None:
    """A little of everything, so that each database goes on."""
    anna = _open(data)
    ConversationStore(anna.database).create("a title")
    library = anna.open_collection(anna.collections()[0])
    library.set_fact("embedding-model", "some")
    library.close()
    assert _close(anna) == []


def _library(data: Path) -> Path:
    return next(data.glob("collections/*/collection.db"))


def _opened_library(anna: Unlocked) -> None:
    anna.open_collection(anna.collections()[0]).close()


PARTS: dict[str, Callable[[Path], Path]] = {
    "workspace": lambda data: data / "workspace.db",
    "profile": lambda data: next(data.glob("profiles/*.db")),
    "collection": _library,
}


@pytest.mark.parametrize("part", PARTS)
def test_a_database_put_back_is_told_until_it_is_acknowledged(data: Path, part: str) -> None:
    path = PARTS[part](data)
    earlier = path.read_bytes()
    _work(data)
    path.write_bytes(earlier)
    anna = _open(data)
    _opened_library(anna)
    assert LossKind.OLDER in _close(anna)
    anna = _open(data)
    _opened_library(anna)
    assert LossKind.OLDER in [each.kind for each in anna.losses()]
    anna.acknowledge()
    assert any(each.act.startswith("acknowledge-") for each in anna.audit.entries())
    assert anna.audit.intact()
    assert _close(anna) == []
    assert _close(_open(data)) == []


def test_what_a_killed_program_had_committed_is_missed_when_its_log_is_cut(data: Path) -> None:
    """The log of a database, which no integrity check sees: told by the count of the record."""
    anna = _open(data)
    ConversationStore(anna.database).create("committed, and in the log alone")
    log = anna.database.path.with_name(f"{anna.database.path.name}-wal")
    copy = data.parent / "as a kill leaves it"
    shutil.copytree(data, copy)
    anna.close()
    cut = copy / log.relative_to(data)
    assert cut.stat().st_size > 0
    cut.write_bytes(b"")
    anna = _open(copy)
    assert LossKind.OLDER in _close(anna)


def test_everything_put_back_together_is_told_by_the_witness(data: Path) -> None:
    earlier = data.parent / "earlier"
    shutil.copytree(data, earlier)
    _work(data)
    shutil.rmtree(data)
    shutil.copytree(earlier, data)
    assert _close(_open(data)) == [LossKind.ALL_OLDER]


def test_a_copy_elsewhere_is_not_taken_for_one_put_back(data: Path) -> None:
    elsewhere = data.parent / "elsewhere"
    shutil.copytree(data, elsewhere)
    _work(data)
    assert _close(_open(elsewhere)) == []


@pytest.mark.parametrize("byte", [0x00, 0x41, 0x80, 0xFF])
def test_any_damage_of_the_record_is_told_and_locks_nothing(data: Path, byte: int) -> None:
    path = data / "generation"
    raw = bytearray(path.read_bytes())
    raw[30] = byte if raw[30] != byte else 0x42
    path.write_bytes(raw)
    assert _close(_open(data)) == [LossKind.NO_RECORD]


def test_a_record_that_was_deleted_is_told(data: Path) -> None:
    for path in data.glob("generation*"):
        path.unlink()
    assert LossKind.NO_RECORD in _close(_open(data))


def test_a_lost_database_of_another_profile_is_told(data: Path) -> None:
    anna = _open(data)
    Vault(data).create("Boris", PASSWORD, Role.READER, by=anna, kdf=KdfParameters())
    own = anna.database.path
    anna.close()
    for path in data.glob("profiles/*.db"):
        if path != own:
            path.unlink()
    anna = _open(data)
    assert [(each.kind, each.name) for each in anna.losses()] == [(LossKind.MISSING, "Boris")]
    anna.close()


def test_a_lost_collection_is_no_empty_one(data: Path) -> None:
    shutil.rmtree(_library(data).parent)
    anna = _open(data)
    assert [(each.kind, each.name) for each in anna.losses()] == [(LossKind.MISSING, "Library")]
    with pytest.raises(DamagedData):
        _opened_library(anna)
    assert not list(data.glob("collections/*/*")), "nothing was begun anew"
    anna.close()


def test_originals_that_an_older_database_does_not_name_are_kept(data: Path) -> None:
    earlier = _library(data).read_bytes()
    anna = _open(data)
    library = anna.open_collection(anna.collections()[0])
    kept = library.originals.keep(io.BytesIO(b"words"))
    document = queued(library, "/a.txt")
    pieces = [Passage("words", "", Locator(0, 5))]
    library.save(document, b"words", pieces, np.ones((1, 4), np.float16))
    name = library.content(document.id)
    library.originals.discard(kept.name)
    library.close()
    anna.close()
    later = _library(data).read_bytes()
    _library(data).write_bytes(earlier)
    anna = _open(data)
    _opened_library(anna)
    anna.close()
    assert (_library(data).parent / "set-aside" / name).exists()
    _library(data).write_bytes(later)
    anna = _open(data)
    library = anna.open_collection(anna.collections()[0])
    assert library.original(document.id) == b"words"
    library.close()
    anna.close()


class Killed(BaseException):
    """What a test ends an act with, as a kill would."""


def _kill(*_: object) -> None:
    raise Killed


def test_new_keys_over_new_keys_that_nobody_opened_keep_the_record(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A member went, so the workspace got new keys when it was closed; the next change of keys is
    killed between the record and the header. What is put back then is noticed all the same."""
    earlier = shutil.copy(_library(data), data.parent / "earlier.db")
    _work(data)
    anna, vault = _open(data), Vault(data, data.parent / "witness")
    vault.create("Boris", "another password", Role.READER, by=anna)
    vault.delete("Boris", anna)
    assert _close(anna) == []
    with monkeypatch.context() as dying:
        dying.setattr("app.store.vault.renewal._Renewal._files_of", _kill)
        with pytest.raises(Killed):
            vault.change_password("Anna", PASSWORD, "battery staple")
    shutil.copy(earlier, _library(data))
    again = vault.unlock("Anna", "battery staple")
    _opened_library(again)
    assert LossKind.OLDER in _close(again)


def test_what_new_keys_replaced_is_dropped_though_a_kill_came_between(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = Vault(data, data.parent / "witness")

    def die(_data: Path, header: Header) -> None:
        if header.now.retired:
            raise Killed

    with monkeypatch.context() as dying:
        dying.setattr("app.store.vault.renewal.drop_retired", die)
        with pytest.raises(Killed):
            vault.change_password("Anna", PASSWORD, "battery staple")
    vault.change_password("Anna", "battery staple", PASSWORD)
    assert _close(_open(data)) == []
