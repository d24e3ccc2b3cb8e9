"""workspace.json: the only readable file. Per profile a name, key slots, and failed attempts."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from app.domain.errors import DamagedData, NewerSchema, ProfileMissing
from app.store.files import atomic, disk_errors
from app.store.keys import KeySlot

_VERSION = 1


@dataclass(frozen=True)
class ProfileRecord:
    """`workspace_key` is wrapped by the profile's key; `failures` counts wrong passwords in a row.

    `last_failure` is in seconds since 1970.
    """

    id: str
    name: str
    password: KeySlot
    recovery: str
    workspace_key: str
    public_key: str
    failures: int = 0
    last_failure: float = 0.0


@dataclass(frozen=True)
class WorkspaceFile:
    """`checksum` tells damage from a wrong password; it proves nothing against an attacker."""

    version: int = _VERSION
    profiles: tuple[ProfileRecord, ...] = ()
    checksum: str = ""

    def named(self, name: str) -> ProfileRecord:
        """The profile called `name`, upper and lower case alike. `ProfileMissing`."""
        for record in self.profiles:
            if record.name.casefold() == name.casefold():
                return record
        raise ProfileMissing(profile=name)

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
    """The workspace in the folder `data`; an empty one when there is none yet."""
    path = data / "workspace.json"
    with disk_errors(path):
        try:
            raw = path.read_bytes()
        except FileNotFoundError:
            return WorkspaceFile()
    try:
        found = msgspec.json.decode(raw).get("version", 0)
        if found > _VERSION:
            raise NewerSchema(path=str(path), found=str(found))
        workspace = msgspec.json.decode(raw, type=WorkspaceFile)
        if workspace.checksum != _checksum(workspace):
            raise DamagedData(path=str(path))
        return workspace
    except (msgspec.DecodeError, UnicodeDecodeError, AttributeError, TypeError) as error:
        raise DamagedData(path=str(path)) from error


def write(data: Path, workspace: WorkspaceFile) -> None:
    sealed = replace(workspace, checksum=_checksum(workspace))
    with atomic(data / "workspace.json") as file:
        file.write(msgspec.json.format(msgspec.json.encode(sealed), indent=1))


def _checksum(workspace: WorkspaceFile) -> str:
    return hashlib.sha256(msgspec.json.encode(replace(workspace, checksum=""))).hexdigest()
