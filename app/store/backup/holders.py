"""Who may open a repository: its key, sealed for every administrator of the workspace.

A key that leaked cannot be taken back from somebody who copied the repository; a profile that is no
longer an administrator finds no box of its own after the next backup.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.domain.errors import OtherBackup, WrongPassword
from app.domain.roles import Role
from app.store import files, keys
from app.store.backup.stored import Header, Holder
from app.store.settings import SettingsStore
from app.store.vault import workspace_file
from app.store.vault.renewal import former_key
from app.store.vault.unlocked import Unlocked

_REMEMBERED = "backup-key-"


def sealed_for_administrators(
    unlocked: Unlocked, repository: str, key: bytes
) -> tuple[Holder, ...]:
    """By the public keys of the roster: nobody puts his own in another's place."""
    return tuple(
        Holder(member.profile, member.name, keys.seal(member.public_key, key, _context(repository)))
        for member in unlocked.roster().members.values()
        if member.role == Role.ADMINISTRATOR
    )


def key_of_profile(header: Header, unlocked: Unlocked, folder: Path) -> bytes:
    """The repository's key for the open profile. `OtherBackup`."""
    kept = SettingsStore(unlocked.database).get(f"{_REMEMBERED}{header.id}", "")
    if kept:
        return bytes.fromhex(kept)
    return key_with(header, unlocked.profile, unlocked.name, unlocked.profile_key, folder)


def remember(unlocked: Unlocked, repository: str, key: bytes) -> None:
    """Keep a repository's key with the profile's conversations: a new password brings another key
    of the profile, to which nothing in the repository is sealed yet."""
    settings = SettingsStore(unlocked.database)
    if settings.get(f"{_REMEMBERED}{repository}", "") != key.hex():
        settings.set(f"{_REMEMBERED}{repository}", key.hex())


def key_with(header: Header, profile: str, name: str, secret: bytes, folder: Path) -> bytes:
    """The repository's key for the holder of a profile's key. `OtherBackup`."""
    for holder in header.holders:
        if holder.profile == profile:
            try:
                return keys.unseal(secret, holder.sealed, _context(header.id))
            except keys.Refused:
                break
    raise OtherBackup(path=str(folder), profile=name)


def key_with_password(header: Header, name: str, password: str, folder: Path) -> bytes:
    """The same for who knows a password, with nothing but the repository at hand.
    `ProfileMissing`, `WrongPassword`, `OtherBackup`."""
    with recorded(header.workspace) as workspace:
        record = workspace.named(name)
    try:
        secret = keys.unwrap_with_password(password, record.password, f"password/{record.id}")
    except keys.Refused as error:
        raise WrongPassword(profile=record.name, wait=0) from error
    try:
        return key_with(header, record.id, record.name, secret, folder)
    except OtherBackup:
        former = former_key(record, secret)
        if former is None:
            raise
        return key_with(header, record.id, record.name, former, folder)


@contextmanager
def recorded(workspace: bytes) -> Iterator[workspace_file.WorkspaceFile]:
    """A workspace's readable file that lies elsewhere: its own reader wants it in a folder."""
    with tempfile.TemporaryDirectory() as folder:
        with files.atomic(Path(folder) / "workspace.json") as file:
            file.write(workspace)
        yield workspace_file.read(Path(folder))


def _context(repository: str) -> str:
    return f"backup/{repository}"
