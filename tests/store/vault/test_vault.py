import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text

from app.domain.errors import (
    DamagedData,
    ProfileExists,
    ProfileMissing,
    TooManyAttempts,
    WeakPassword,
    WorkspaceInUse,
    WrongPassword,
    WrongRecoveryKey,
)
from app.domain.library.documents import Locator, Passage
from app.domain.losses import LossKind
from app.domain.roles import Role
from app.store import keys
from app.store.chat.conversations import ConversationStore
from app.store.keys import KdfParameters
from app.store.library.library import LibraryStore
from app.store.vault import vault, workspace_file
from app.store.vault.unlocked import Unlocked
from app.store.vault.vault import Vault
from tests.store.rows import queued

PASSWORD = "Anna's password"


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least parameters that are accepted."""
    monkeypatch.setattr(keys, "calibrated", lambda: KdfParameters())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    Vault(tmp_path / "data").create("Anna", PASSWORD, Role.READER)
    return tmp_path / "data"


@pytest.fixture
def unlock(data: Path) -> Iterator[Callable[..., Unlocked]]:
    """Opens a profile; whatever is open at the end is closed."""
    opened: list[Unlocked] = []

    def open_one(name: str = "Anna", password: str = PASSWORD) -> Unlocked:
        opened.append(Vault(data).unlock(name, password))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


def fill(library: LibraryStore, words: str) -> str:
    document = queued(library, "/a.txt")
    pieces = [Passage(words, "head", Locator(0, len(words)))]
    library.save(document, words.encode(), pieces, np.ones((1, 4), np.float16))
    return document.id


def test_the_first_profile_founds_the_workspace_and_is_its_administrator(
    data: Path, unlock: Callable[..., Unlocked]
) -> None:
    assert Vault(data).profiles() == ["Anna"]
    anna = unlock("ANNA")
    assert (anna.name, anna.role) == ("Anna", Role.ADMINISTRATOR)
    assert anna.audit.entries()[-1].act == "unlock"


def test_what_a_new_profile_needs(data: Path, unlock: Callable[..., Unlocked]) -> None:
    with pytest.raises(ProfileExists):
        Vault(data).create("anna", "long enough", Role.EDITOR)
    with pytest.raises(WeakPassword) as named:
        Vault(data).create("Пшеничников", "qwerty123", Role.EDITOR)
    assert named.value.facts["reason"] == "guessed"
    with pytest.raises(WeakPassword) as caught:
        Vault(data).create("Boris", "short", Role.EDITOR)
    assert caught.value.facts == {"least": 8, "reason": "short"}
    with pytest.raises(ProfileMissing):
        Vault(data).create("Boris", "long enough", Role.ADMINISTRATOR)
    assert Vault(data).profiles() == ["Anna"]


def test_wrong_passwords_make_the_next_try_wait(
    data: Path, unlock: Callable[..., Unlocked], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [time.time()]
    monkeypatch.setattr("app.store.vault.vault.time.time", lambda: clock[0])
    waits = []
    for _ in range(4):
        with pytest.raises(WrongPassword) as caught:
            unlock(password="wrong password")
        waits.append(int(caught.value.facts["wait"]))
        if waits[-1]:
            clock[0] += 0.2
            with pytest.raises(TooManyAttempts):
                unlock()
        clock[0] += waits[-1]
    assert waits == [0, 1, 2, 4]
    anna = unlock()
    assert [(each.act, each.subject) for each in anna.audit.entries()] == [
        ("wrong-passwords", "4"),
        ("unlock", ""),
    ]
    assert workspace_file.read(data).named("Anna").failures == 0


def test_the_wait_is_bounded_and_a_clock_set_back_locks_nobody_out(
    data: Path, unlock: Callable[..., Unlocked]
) -> None:
    assert [vault._wait(failures) for failures in (0, 1, 2, 9, 50)] == [0, 0, 1, 128, 300]
    record = workspace_file.read(data).named("Anna")
    late = replace(record, failures=4, last_failure=time.time() + 86_400)
    workspace_file.write(data, workspace_file.read(data).with_profile(late))
    unlock()


def test_the_recovery_key_sets_a_new_password(
    tmp_path: Path, unlock: Callable[..., Unlocked], data: Path
) -> None:
    created = Vault(data).create("Boris", "Boris's password", Role.EDITOR, by=unlock())
    typed = created.recovery_key.lower()
    with pytest.raises(WrongRecoveryKey):
        Vault(data).recover("Anna", typed, "another password")
    with pytest.raises(WrongRecoveryKey):
        Vault(data).recover("Boris", typed[:-2], "another password")
    with pytest.raises(WeakPassword):
        Vault(data).recover("Boris", typed, "short")
    Vault(data).recover("Boris", typed, "another password")
    with pytest.raises(WrongPassword):
        Vault(data).change_password("Boris", "Boris's password", "something else")
    Vault(data).recover("Boris", typed, "a third password")  # the key goes on to work


def test_a_password_change_keeps_everything(data: Path, unlock: Callable[..., Unlocked]) -> None:
    anna = unlock()
    collection = anna.create_collection("Library")
    library = anna.open_collection(collection)
    document = fill(library, "kept words")
    conversation = ConversationStore(anna.database).create("kept title")
    library.close()
    anna.close()
    with pytest.raises(WrongPassword):
        Vault(data).change_password("Anna", "wrong password", "a new password")
    with pytest.raises(WeakPassword):
        Vault(data).change_password("Anna", PASSWORD, "short")
    Vault(data).change_password("Anna", PASSWORD, "a new password")
    with pytest.raises(WrongPassword):
        unlock()
    anna = unlock(password="a new password")
    library = anna.open_collection(anna.collections()[0])
    assert library.original(document) == b"kept words"
    assert ConversationStore(anna.database).all()[0].id == conversation
    library.close()


def test_a_second_profile_reads_the_collections_but_not_the_conversations(
    data: Path, unlock: Callable[..., Unlocked]
) -> None:
    anna = unlock()
    library = anna.open_collection(anna.create_collection("Library"))
    document = fill(library, "shared words")
    library.close()
    ConversationStore(anna.database).create("Anna's own")
    Vault(data).create("Boris", "Boris's password", Role.READER, by=anna)
    later = anna.create_collection("Later")
    anna.close()
    boris = unlock("Boris", "Boris's password")
    assert boris.role == Role.READER
    assert [each.name for each in boris.collections()] == ["Library", "Later"]
    library = boris.open_collection(boris.collections()[0])
    assert library.original(document) == b"shared words"
    library.close()
    boris.open_collection(later).close()
    assert ConversationStore(boris.database).all() == []


def test_a_deleted_profile_leaves_nothing(data: Path, unlock: Callable[..., Unlocked]) -> None:
    anna = unlock()
    anna.create_collection("Library")
    Vault(data).create("Boris", "Boris's password", Role.EDITOR, by=anna)
    anna.close()
    boris = unlock("Boris", "Boris's password")
    own = data / "profiles" / f"{boris.profile}.db"
    boris.close()
    assert own.exists()
    anna = unlock()
    Vault(data).delete("Boris", anna)
    assert not list(own.parent.glob(f"{own.stem}*"))
    assert list(anna.roster().members) == [anna.profile]
    with anna.workspace.transaction() as connection:
        rows = connection.execute(text("SELECT DISTINCT profile FROM grants")).scalars()
        assert list(rows) == [anna.profile]
    with pytest.raises(ProfileMissing):
        unlock("Boris", "Boris's password")


def test_two_programs_at_once(data: Path, unlock: Callable[..., Unlocked]) -> None:
    program = (
        "import sys; from pathlib import Path; from app.store.vault.vault import Vault\n"
        "opened = Vault(Path(sys.argv[1])).unlock('Anna', sys.argv[2])\n"
        "print('open', flush=True); sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(data), PASSWORD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == b"open\n"
    with pytest.raises(WorkspaceInUse) as caught:
        unlock()
    assert caught.value.facts == {"path": str(data)}
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()
    unlock()  # a crash frees it


def test_the_same_workspace_opens_once_in_one_program(unlock: Callable[..., Unlocked]) -> None:
    unlock()
    with pytest.raises(WorkspaceInUse):
        unlock()


def test_a_record_from_another_workspace_is_damage(
    data: Path, tmp_path: Path, unlock: Callable[..., Unlocked]
) -> None:
    other = tmp_path / "other"
    Vault(other).create("Anna", PASSWORD, Role.READER)
    stolen = workspace_file.read(other).named("Anna")
    mine = workspace_file.read(data).named("Anna")
    swapped = replace(mine, workspace_key=stolen.workspace_key)
    workspace_file.write(data, workspace_file.read(data).with_profile(swapped))
    with pytest.raises(DamagedData):
        unlock()
    workspace_file.write(data, workspace_file.read(data).with_profile(mine))
    unlock()  # the failed attempt holds no lock


@pytest.mark.parametrize("how", ["missing", "empty", "damaged"])
@pytest.mark.parametrize("part", ["workspace.db", "profile"])
def test_a_lost_database_gives_way_to_its_last_copy(
    data: Path, unlock: Callable[..., Unlocked], part: str, how: str
) -> None:
    anna = unlock()
    collection = anna.create_collection("Library")
    ConversationStore(anna.database).create("kept title")
    path = anna.workspace.path if part == "workspace.db" else anna.database.path
    anna.close()
    if how == "missing":
        path.unlink()
    else:
        raw = bytearray(path.read_bytes())
        raw[5000] ^= 1
        path.write_bytes(raw if how == "damaged" else b"")
    anna = unlock()
    assert [(each.kind, each.part) for each in anna.losses()] == [
        (LossKind.COPY_USED, path.relative_to(data).as_posix())
    ]
    assert anna.collections() == [collection]
    assert [each.title for each in ConversationStore(anna.database).all()] == ["kept title"]
    anna.close()
    assert unlock().losses(), "told until somebody acknowledges it"


def test_without_a_copy_a_lost_workspace_database_is_damage(
    data: Path, unlock: Callable[..., Unlocked]
) -> None:
    shutil.rmtree(data / "spare")
    (data / "workspace.db").unlink()
    with pytest.raises(DamagedData):
        unlock()
