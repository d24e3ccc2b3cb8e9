"""A disk without a free byte: what is there can be deleted, and the log says so."""

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from app.domain.errors import StorageFull
from app.store import keys, reserve
from app.store.chat.conversations import ConversationStore
from app.store.reserve import RESERVE, Reserve
from app.store.vault import workspace_file
from app.store.vault.unlocked import Unlocked
from tests.faults.workspace import PASSWORD, filled, vault


@pytest.fixture
def data(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A closed workspace on it, its reserve in place."""
    monkeypatch.setattr(keys, "calibrated", keys.calibrated)  # `filled` puts another there
    filled(small_disk / "data")
    monkeypatch.setattr(reserve, "PIECE", 512 * 1024)
    shutil.rmtree(small_disk / "data" / RESERVE)
    _opened(small_disk / "data").close()
    return small_disk / "data"


def _opened(data: Path) -> Unlocked:
    return vault(data).unlock("Anna", PASSWORD)


def _fill(data: Path) -> None:
    with (data.parent / "filler").open("ab", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(b"\1" * 4096)
    assert shutil.disk_usage(data).free == 0


def _create_until_refused(conversations: ConversationStore) -> None:
    for number in range(1000):
        conversations.create(f"{number}")


def _pieces(data: Path) -> int:
    return len(list((data / RESERVE).iterdir()))


def test_a_profile_opens_and_everything_can_be_deleted(data: Path) -> None:
    assert _pieces(data) == 4
    _fill(data)
    anna = _opened(data)
    assert _pieces(data) == 3
    _fill(data)
    conversations = ConversationStore(anna.database)
    with pytest.raises(StorageFull):
        _create_until_refused(conversations)
    kept = conversations.all()
    conversations.remove(kept[0].id)
    assert len(conversations.all()) == len(kept) - 1
    _fill(data)
    library, contracts = anna.collections()
    store = anna.open_collection(library)
    first = store.documents()[0]
    store.remove(first.id)
    assert first.id not in {each.id for each in store.documents()}
    store.close()
    _fill(data)
    anna.delete_collection(contracts.id)
    anna.record("delete-collection", contracts.name)
    assert [each.name for each in anna.collections()] == [library.name]
    assert anna.audit.entries()[-1].subject == contracts.name
    assert anna.audit.intact(anna.roster())
    anna.close()


def test_without_a_reserve_the_same_is_refused(data: Path) -> None:
    """What is kept is what makes the difference."""
    shutil.rmtree(data / RESERVE)
    _fill(data)
    with pytest.raises(StorageFull):
        _opened(data)


def test_the_reserve_comes_back_with_room_and_not_before(data: Path) -> None:
    _fill(data)
    _opened(data).close()
    assert _pieces(data) == 3
    _opened(data).close()
    assert _pieces(data) == 3, "there is no ample room yet"
    (data.parent / "filler").unlink()
    _opened(data).close()
    assert _pieces(data) == 4


def test_room_that_is_refused_leaves_no_empty_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EDQUOT, "quota")

    monkeypatch.setattr(os, "posix_fallocate", refuse, raising=False)
    Reserve(tmp_path).refill()
    assert _pieces(tmp_path) == 0


def test_a_quota_that_no_figure_shows_is_believed(tmp_path: Path) -> None:
    kept = Reserve(tmp_path)
    kept.refill()
    kept.give_up()
    assert _pieces(tmp_path) == 4, "there is room"
    kept.note_refusal()
    kept.give_up()
    kept.give_up()
    assert _pieces(tmp_path) == 3, "one piece for one refusal"


def test_new_keys_for_which_there_is_no_room_keep_nobody_out(data: Path) -> None:
    """A removed member leaves them due; they stay so."""
    anna = _opened(data)
    _fill(data)
    vault(data).delete("Boris", anna)
    for piece in (data / RESERVE).iterdir():
        if piece.name != "3":
            piece.unlink()
    _fill(data)
    anna.close()
    assert workspace_file.read(data).due
    anna = _opened(data)
    assert len(anna.roster().members) == 1
    anna.close()
    (data.parent / "filler").unlink()
    _opened(data).close()
    assert not workspace_file.read(data).due
