"""workspace.json, the header: the only readable file. Per profile a name, key slots, and failed
attempts; beside them the roster.

Whoever changes it does so by `changing`, under one lock and from what stands there at that moment.
A second copy lies beside: a damaged header would lock everything.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from app.domain.errors import DamagedData, NewerSchema, ProfileMissing, WorkspaceInUse
from app.store.files import atomic, disk_errors
from app.store.keys import KeySlot
from app.store.vault.roster import RosterEntry

_VERSION = 2
_NAME, _COPY = "workspace.json", "workspace.copy.json"
#: Seconds to wait for another program that is checking a password.
_PATIENCE = 30.0


@dataclass(frozen=True)
class ProfileRecord:
    """`workspace_key` is sealed to `public_key`, `recovery` to `recovery_key`; in version 1 both
    were wrapped by a secret. `failures` counts wrong passwords in a row, `last_failure` is in
    seconds since 1970. `previous` is the key before the last change of the password, wrapped by the
    present one, until everything was written anew. `acts` wait for the audit log."""

    id: str
    name: str
    password: KeySlot
    recovery: str
    workspace_key: str
    public_key: str
    failures: int = 0
    last_failure: float = 0.0
    signing_key: str = ""
    recovery_key: str = ""
    previous: str = ""
    database: str = ""
    acts: tuple[str, ...] = ()

    @property
    def database_path(self) -> str:
        """Its conversations, relative to the workspace."""
        return self.database or f"profiles/{self.id}.db"


@dataclass(frozen=True)
class WorkspaceFile:
    """`checksum` tells damage from a wrong password; it proves nothing against an attacker.

    `founded` is False while the first start is at work. `due` asks for new keys at the next
    opening: a profile was removed, or lost rights. What is `retired` was replaced and may be
    deleted. `from_copy`: the file itself was damaged, this is what its copy says.
    """

    version: int = _VERSION
    profiles: tuple[ProfileRecord, ...] = ()
    checksum: str = ""
    id: str = ""
    founded: bool = True
    database: str = "workspace.db"
    due: bool = False
    retired: tuple[str, ...] = ()
    roster: tuple[RosterEntry, ...] = ()
    from_copy: bool = field(default=False)

    def named(self, name: str) -> ProfileRecord:
        """The profile called `name`, upper and lower case alike. `ProfileMissing`."""
        for record in self.profiles:
            if record.name.casefold() == name.casefold():
                return record
        raise ProfileMissing(profile=name)

    def of(self, profile: str) -> ProfileRecord:
        """The profile of that id. `ProfileMissing`."""
        for record in self.profiles:
            if record.id == profile:
                return record
        raise ProfileMissing(profile=profile)

    def with_profile(self, record: ProfileRecord) -> "WorkspaceFile":
        """The same with `record` added, or put in the place of the one with its id."""
        if any(profile.id == record.id for profile in self.profiles):
            profiles = tuple(
                record if profile.id == record.id else profile for profile in self.profiles
            )
        else:
            profiles = (*self.profiles, record)
        return replace(self, profiles=profiles)

    def without(self, profile_id: str) -> "WorkspaceFile":
        return replace(
            self, profiles=tuple(profile for profile in self.profiles if profile.id != profile_id)
        )


def read(data: Path) -> WorkspaceFile:
    """The workspace in the folder `data`; an empty one when there is none yet. `DamagedData` when
    neither the file nor its copy can be read, `NewerSchema`."""
    try:
        found = _read(data / _NAME)
    except DamagedData:
        copy = _copied(data)
        if copy is None:
            raise
        return copy
    return found or _copied(data) or WorkspaceFile()


def _copied(data: Path) -> WorkspaceFile | None:
    with suppress(DamagedData):
        copy = _read(data / _COPY)
        return copy and replace(copy, from_copy=True)
    return None


def _read(path: Path) -> WorkspaceFile | None:
    with disk_errors(path):
        try:
            raw = path.read_bytes()
        except FileNotFoundError:
            return None
    try:
        found = msgspec.json.decode(raw).get("version", 0)
        if found > _VERSION:
            raise NewerSchema(path=str(path), found=str(found))
        workspace = msgspec.json.decode(raw, type=WorkspaceFile)
        if workspace.checksum != _checksum(raw):
            raise DamagedData(path=str(path))
        return replace(workspace, version=_VERSION)
    except (msgspec.DecodeError, UnicodeDecodeError, AttributeError, TypeError) as error:
        raise DamagedData(path=str(path)) from error


def write(data: Path, workspace: WorkspaceFile) -> None:
    plain = replace(workspace, checksum="", from_copy=False)
    sealed = replace(plain, checksum=_checksum(msgspec.json.encode(plain)))
    encoded = msgspec.json.format(msgspec.json.encode(sealed), indent=1)
    for name in (_NAME, _COPY):
        with atomic(data / name) as file:
            file.write(encoded)


class Header:
    """The header while it is being changed: nobody else reads or writes it to change it."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self.now = read(data)

    def put(self, workspace: WorkspaceFile) -> None:
        write(self._data, workspace)
        self.now = workspace


def locked(data: Path, name: str = "lock", patience: float = 0) -> FileLock:
    """A lock of the workspace, taken over all programs: the one of whoever has it open, unless
    another is named. `WorkspaceInUse` when somebody holds it for `patience` seconds,
    `StorageDenied` where nothing can be written."""
    lock = FileLock(data / name, timeout=patience, is_singleton=False, thread_local=False)
    try:
        with disk_errors(data):
            lock.acquire()
    except Timeout as error:
        raise WorkspaceInUse(path=str(data)) from error
    return lock


@contextmanager
def changing(data: Path) -> Iterator[Header]:
    """Read, decide and write as one act, over all programs. Errors as `locked`."""
    with disk_errors(data):
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = locked(data, "header.lock", _PATIENCE)
    try:
        yield Header(data)
    finally:
        lock.release()


def _checksum(raw: bytes) -> str:
    """Over what was written, whatever fields another version knows; its own place left empty."""
    values = msgspec.json.decode(raw)
    values["checksum"] = ""
    return hashlib.sha256(msgspec.json.encode(values)).hexdigest()
