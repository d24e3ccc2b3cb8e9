"""What somebody who may write the files, and holds a lesser key or an old one, can not do."""

import base64
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.errors import DamagedData, ProfileMissing, WrongPassword
from app.domain.losses import LossKind
from app.domain.roles import Role
from app.store import keys
from app.store.keys import KdfParameters
from app.store.vault import workspace_file
from app.store.vault.roster import Change, Roster
from app.store.vault.unlocked import Unlocked
from app.store.vault.vault import Vault

ANNA, BORIS = "Anna's password", "Boris's password"
Open = Callable[..., Unlocked]


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "calibrated", lambda seconds=0.5: KdfParameters())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Anna administers, Boris reads; one collection is Anna's alone."""
    data = tmp_path / "data"
    vault = Vault(data)
    vault.create("Anna", ANNA, Role.ADMINISTRATOR)
    anna = vault.unlock("Anna", ANNA)
    anna.create_collection("Shared")
    anna.create_collection("Salaries", private=True)
    vault.create("Boris", BORIS, Role.READER, by=anna)
    anna.close()
    return data


@pytest.fixture
def unlock(data: Path) -> Iterator[Open]:
    opened: list[Unlocked] = []

    def open_one(name: str, password: str) -> Unlocked:
        opened.append(Vault(data).unlock(name, password))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


def test_a_reader_gets_what_is_shared_and_no_more(unlock: Open) -> None:
    boris = unlock("Boris", BORIS)
    assert boris.role is Role.READER
    assert [each.name for each in boris.collections()] == ["Shared"]
    boris.open_collection(boris.collections()[0]).close()


def test_a_role_in_the_database_makes_nobody_an_administrator(unlock: Open) -> None:
    boris = unlock("Boris", BORIS)
    with boris.workspace.transaction() as connection:
        connection.execute(
            text("INSERT OR REPLACE INTO members VALUES (:id, 'administrator')"),
            {"id": boris.profile},
        )
    boris.close()
    assert unlock("Boris", BORIS).role is Role.READER


def test_a_role_that_was_changed_in_the_roster_gives_the_least(data: Path, unlock: Open) -> None:
    header = workspace_file.read(data)
    raised = tuple(replace(each, role=Role.ADMINISTRATOR) for each in header.roster)
    workspace_file.write(data, replace(header, roster=raised))
    boris = unlock("Boris", BORIS)
    assert boris.role is Role.READER
    assert LossKind.OLDER_ROSTER in {each.kind for each in boris.losses()}


def test_a_reader_can_sign_no_entry(data: Path, unlock: Open) -> None:
    boris = unlock("Boris", BORIS)
    roster = boris.roster()
    own = roster.members[boris.profile]
    for change, member in (
        (Change.ROLE, replace(own, role=Role.ADMINISTRATOR)),
        (Change.KEYS, replace(own, role=Role.ADMINISTRATOR)),
        (Change.REMOVE, next(each for each in roster.members.values() if each != own)),
        (Change.ADD, replace(own, profile="new", name="Eve")),
    ):
        with pytest.raises(keys.Refused):
            roster.changed(change, member, boris.profile, boris.profile_key)


def test_a_roster_of_somebody_elses_own_founding_is_not_taken(data: Path, unlock: Open) -> None:
    boris = unlock("Boris", BORIS)
    forged = Roster.founded(boris.profile, "Boris", boris.profile_key)
    boris.close()
    header = workspace_file.read(data)
    workspace_file.write(data, replace(header, roster=forged.entries))
    boris = unlock("Boris", BORIS)
    assert boris.role is Role.READER
    assert LossKind.OLDER_ROSTER in {each.kind for each in boris.losses()}


def test_without_a_roster_nobody_is_an_administrator(data: Path, unlock: Open) -> None:
    boris = unlock("Boris", BORIS)
    with boris.workspace.transaction() as connection:
        connection.execute(
            text("INSERT OR REPLACE INTO members VALUES (:id, 'administrator')"),
            {"id": boris.profile},
        )
    boris.close()
    workspace_file.write(data, replace(workspace_file.read(data), roster=()))
    assert unlock("Boris", BORIS).role is Role.READER


def test_an_older_header_gives_no_right_back(data: Path, unlock: Open, tmp_path: Path) -> None:
    anna = unlock("Anna", ANNA)
    Vault(data).change_role("Boris", Role.ADMINISTRATOR, anna)
    anna.close()
    boris = unlock("Boris", BORIS)
    assert boris.role is Role.ADMINISTRATOR
    boris.close()
    shutil.copy(data / "workspace.json", tmp_path / "earlier.json")
    anna = unlock("Anna", ANNA)
    Vault(data).change_role("Boris", Role.READER, anna)
    anna.close()
    shutil.copy(tmp_path / "earlier.json", data / "workspace.json")
    with pytest.raises(DamagedData):  # the key of the workspace is another one by now
        unlock("Boris", BORIS)


def test_a_removed_profile_opens_nothing_with_an_old_header(
    data: Path, unlock: Open, tmp_path: Path
) -> None:
    shutil.copy(data / "workspace.json", tmp_path / "earlier.json")
    anna = unlock("Anna", ANNA)
    Vault(data).delete("Boris", anna)
    anna.close()
    now = (data / "workspace.json").read_bytes()
    for name in ("workspace.json", "workspace.copy.json"):
        shutil.copy(tmp_path / "earlier.json", data / name)
    with pytest.raises(DamagedData):
        unlock("Boris", BORIS)
    for name in ("workspace.json", "workspace.copy.json"):
        (data / name).write_bytes(now)
    with pytest.raises(ProfileMissing):
        unlock("Boris", BORIS)
    anna = unlock("Anna", ANNA)
    assert [each.name for each in anna.collections()] == ["Shared", "Salaries"]
    assert anna.audit.intact(anna.roster())


def test_an_old_password_opens_nothing_with_an_old_header(
    data: Path, unlock: Open, tmp_path: Path
) -> None:
    shutil.copy(data / "workspace.json", tmp_path / "earlier.json")
    Vault(data).change_password("Boris", BORIS, "another password")
    for name in ("workspace.json", "workspace.copy.json"):
        shutil.copy(tmp_path / "earlier.json", data / name)
    with pytest.raises(DamagedData):
        unlock("Boris", BORIS)


def test_a_public_key_in_the_header_is_nobodys(data: Path, unlock: Open) -> None:
    stranger = keys.new_key()
    header = workspace_file.read(data)
    forged = replace(header.named("Boris"), public_key=keys.public_key(stranger))
    workspace_file.write(data, header.with_profile(forged))
    anna = unlock("Anna", ANNA)
    made = anna.create_collection("Later")
    with anna.workspace.transaction() as connection:
        sealed = connection.execute(
            text("SELECT sealed FROM grants WHERE collection = :made"), {"made": made.id}
        ).scalars()
        for each in sealed:
            with pytest.raises(keys.Refused):
                keys.unseal(stranger, each, made.id)


def test_a_grant_that_no_member_signed_gives_no_key(unlock: Open) -> None:
    anna = unlock("Anna", ANNA)
    shared = anna.collections()[0]
    mine = keys.seal(anna.roster().members[anna.profile].public_key, b"k" * 32, shared.id)
    forged = base64.b64encode(keys.sign(keys.new_key(), "grant", b"anything")).decode()
    with anna.workspace.transaction() as connection:
        connection.execute(
            text("UPDATE grants SET sealed = :sealed, signature = :forged WHERE profile = :me"),
            {"sealed": mine, "forged": forged, "me": anna.profile},
        )
    with pytest.raises(DamagedData):
        anna.open_collection(shared)


def test_the_log_of_another_profile_cannot_be_rewritten(unlock: Open) -> None:
    """Boris holds the key that seals the rows; he lacks Anna's, which signs hers."""
    boris = unlock("Boris", BORIS)
    roster = boris.roster()
    assert boris.audit.intact(roster)
    rows = boris.audit.entries()
    with boris.workspace.transaction() as connection:
        for act in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER audit_refuses_{act}"))
        connection.execute(text("DELETE FROM audit"))
    for row in rows:  # written anew, each seal right
        by = row.profile
        boris.audit.record(by, row.act, "something else" if by != boris.profile else row.subject)
    assert boris.audit.intact()
    assert not boris.audit.intact(roster)


def test_private_collections_are_shared_by_name(unlock: Open) -> None:
    anna = unlock("Anna", ANNA)
    salaries = anna.collections()[1]
    boris_id = next(each for each in anna.roster().members if each != anna.profile)
    assert [each.profile for each in anna.rights()[salaries.id]] == [anna.profile]
    anna.share(salaries.id, boris_id, adds=False)
    anna.close()
    boris = unlock("Boris", BORIS)
    seen = boris.collections()[1]
    assert (seen.name, seen.may_add) == ("Salaries", False)
    boris.open_collection(seen).close()
    boris.close()
    anna = unlock("Anna", ANNA)
    anna.unshare(salaries.id, boris_id)
    anna.close()
    boris = unlock("Boris", BORIS)
    assert [each.name for each in boris.collections()] == ["Shared"]
    with pytest.raises(DamagedData):
        boris.open_collection(salaries)


def test_the_last_administrator_stays(data: Path, unlock: Open) -> None:
    anna = unlock("Anna", ANNA)
    with pytest.raises(keys.Refused):
        Vault(data).change_role("Anna", Role.READER, anna)
    Vault(data).change_role("Boris", Role.ADMINISTRATOR, anna)
    Vault(data).change_role("Anna", Role.READER, anna)
    anna.close()
    assert unlock("Anna", ANNA).role is Role.READER


def test_the_recovery_key_outlives_new_keys_and_can_be_replaced(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "data")
    first = vault.create("Anna", ANNA, Role.ADMINISTRATOR).recovery_key
    vault.change_password("Anna", ANNA, "a second password")
    vault.recover("Anna", first, "a third password")
    anna = vault.unlock("Anna", "a third password")
    assert "recover" in {each.act for each in anna.audit.entries()}
    second = vault.new_recovery_key(anna)
    anna.close()
    with pytest.raises(Exception, match="wrong-recovery-key"):
        vault.recover("Anna", first, "a fourth password")
    vault.recover("Anna", second, "a fourth password")
    with pytest.raises(WrongPassword):
        vault.unlock("Anna", "a third password")
    vault.unlock("Anna", "a fourth password").close()


def test_a_password_changed_in_an_open_window_takes_its_new_keys_later(
    data: Path, unlock: Open
) -> None:
    anna = unlock("Anna", ANNA)
    before = anna.profile_key
    Vault(data).change_password("Anna", ANNA, "another password")
    anna.create_collection("Meanwhile")
    anna.close()
    anna = unlock("Anna", "another password")
    assert anna.profile_key != before
    assert "Meanwhile" in {each.name for each in anna.collections()}
    for collection in anna.collections():
        anna.open_collection(collection).close()
    assert anna.losses() == ()


def test_without_a_password_roles_are_told_as_long_as_the_chain_holds(data: Path) -> None:
    told = [(each.name, each.role) for each in Vault(data).listed()]
    assert told == [("Anna", Role.ADMINISTRATOR), ("Boris", Role.READER)]
    header = workspace_file.read(data)
    forged = replace(header.roster[-1], role=Role.ADMINISTRATOR)
    workspace_file.write(data, replace(header, roster=(*header.roster[:-1], forged)))
    assert [each.role for each in Vault(data).listed()] == [None, None]
