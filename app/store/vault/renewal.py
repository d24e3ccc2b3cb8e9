"""New keys for a workspace or a profile, so that an old header opens nothing any more.

Every database that changes its key is written anew beside the old one; the header, which names the
files and wraps the keys, is the commit. A kill leaves the old workspace or the new one.

Not renewed are the collections' own keys: whoever opened a collection by a program of his own while
he might, can go on to read its files (the security paper says so).
"""

import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from app.domain.errors import DamagedData
from app.store import keys
from app.store.database import Database, copy_with_key
from app.store.settings import SettingsStore
from app.store.vault import workspace_file
from app.store.vault.grants import GrantStore
from app.store.vault.lasting_keys import ADAPTERS, AUDIT, secret
from app.store.vault.members import RECOVERY_KEY, remember
from app.store.vault.roster import Change, Roster
from app.store.vault.sealed_record import SealedRecord, Witness
from app.store.vault.spare_copies import keep_spare, spare_of
from app.store.vault.workspace_file import Header, ProfileRecord, WorkspaceFile


def renew(
    data: Path, profile: str, key: bytes, new_key: bytes | None, witness: Path | None
) -> None:
    """Give the closed workspace a new key, and the profile as well when `new_key` is there. `key`
    is the profile's present one. `DamagedData`, `StorageFull`, `StorageDenied`; after an error
    everything is as it was."""
    with workspace_file.changing(data) as header:
        try:
            _Renewal(data, header, profile, key, new_key, witness).run()
        except keys.Refused as error:
            raise DamagedData(path=str(data / "workspace.json")) from error


def workspace_key(record: ProfileRecord, profile_key: bytes) -> bytes:
    """`keys.Refused` when the record is not this key's."""
    context = f"workspace/{record.id}"
    if "." in record.workspace_key:
        return keys.unseal(profile_key, record.workspace_key, context)
    return keys.decrypt(keys.derive(profile_key, "workspace"), record.workspace_key, context)


def former_key(record: ProfileRecord, key: bytes) -> bytes | None:
    """The profile's key before the last change of the password, as long as nothing was written
    anew; None where there is none, and for who holds another key."""
    if not record.previous:
        return None
    with suppress(keys.Refused):
        return keys.decrypt(keys.derive(key, "previous"), record.previous, f"previous/{record.id}")
    return None


class _Renewal:
    def __init__(
        self,
        data: Path,
        header: Header,
        profile: str,
        key: bytes,
        new_key: bytes | None,
        witness: Path | None,
    ) -> None:
        self._data, self._header, self._witness = data, header, witness
        self._record = header.now.of(profile)
        self._key, self._new_key = key, new_key
        self._old_workspace_key = workspace_key(self._record, key)
        self._workspace_key = keys.new_key()
        self._renamed = {header.now.database: _next(header.now.database)}
        if new_key:
            own = self._record.database_path
            self._renamed[own] = _next(own)

    def run(self) -> None:
        drop_retired(self._data, self._header)  # what a kill left: the list has room for one change
        before = self._header.now
        roster = self._roster(before)
        self._write_workspace(before)
        record = self._record
        if self._new_key:
            record = self._own_keys(record, roster)
        after = self._sealed_for_all(before.with_profile(record), roster)
        self._write_record(before)
        retired = [name for old in self._renamed for name in self._files_of(old)]
        self._header.put(replace(after, retired=tuple(retired)))
        drop_retired(self._data, self._header)
        if self._new_key:
            shutil.rmtree(self._data / "profiles" / f"{record.id}.states", ignore_errors=True)

    def _roster(self, before: WorkspaceFile) -> Roster:
        roster = Roster(before.roster)
        if self._new_key is None:
            return roster
        own = replace(
            roster.members[self._record.id],
            public_key=keys.public_key(self._new_key),
            signing_key=keys.signing_key(self._new_key),
        )
        return roster.changed(Change.KEYS, own, self._record.id, self._key)

    def _write_workspace(self, before: WorkspaceFile) -> None:
        old = self._data / before.database
        old_key = keys.derive(self._old_workspace_key, "database")
        opened = Database(old, old_key, "workspace")  # brings it up to date
        for name in (AUDIT, ADAPTERS):
            secret(opened, name, self._old_workspace_key)
        opened.close()
        new = self._data / self._renamed[before.database]
        new_key = keys.derive(self._workspace_key, "database")
        copy_with_key(old, old_key, new, new_key)
        database = Database(new, new_key, "workspace")
        if self._new_key:
            GrantStore(database, self._record.id, self._key).renew(self._new_key)
        keep_spare(self._data, database)
        database.close()

    def _own_keys(self, record: ProfileRecord, roster: Roster) -> ProfileRecord:
        assert self._new_key is not None
        old, new = record.database_path, self._renamed[record.database_path]
        new_key = keys.derive(self._new_key, "database")
        copy_with_key(
            self._data / old, keys.derive(self._key, "database"), self._data / new, new_key
        )
        database = Database(self._data / new, new_key, "profile")
        # The header's copy of it could have been put there by somebody else.
        recovery_key = SettingsStore(database).get(RECOVERY_KEY, record.recovery_key)
        remember(database, roster)
        keep_spare(self._data, database)
        database.close()
        member = roster.members[record.id]
        return replace(
            record,
            recovery=keys.seal(recovery_key, self._new_key, f"recovery/{record.id}"),
            recovery_key=recovery_key,
            public_key=member.public_key,
            signing_key=member.signing_key,
            previous="",
            database=new,
        )

    def _sealed_for_all(self, header: WorkspaceFile, roster: Roster) -> WorkspaceFile:
        for record in header.profiles:
            member = roster.members[record.id]
            sealed = keys.seal(member.public_key, self._workspace_key, f"workspace/{record.id}")
            header = header.with_profile(replace(record, workspace_key=sealed))
        database = self._renamed[header.database]
        return replace(header, database=database, due=False, roster=roster.entries)

    def _write_record(self, before: WorkspaceFile) -> None:
        old = SealedRecord(
            self._data,
            keys.derive(self._old_workspace_key, "generation"),
            Witness(self._witness, before.id, self._data),
        )
        old.keep_for(keys.derive(self._workspace_key, "generation"), self._renamed)

    def _files_of(self, part: str) -> list[str]:
        path = self._data / part
        spare = spare_of(self._data, path).relative_to(self._data)
        return [part, f"{part}-wal", f"{part}-shm", spare.as_posix()]


def drop_retired(data: Path, header: Header) -> None:
    """Delete what the header says was replaced."""
    if not header.now.retired:
        return
    in_use = {header.now.database, *(record.database_path for record in header.now.profiles)}
    for part in header.now.retired:
        if part not in in_use and ".." not in Path(part).parts and not Path(part).is_absolute():
            (data / part).unlink(missing_ok=True)
    header.put(replace(header.now, retired=()))


def _next(part: str) -> str:
    """ "workspace-3.db" after "workspace-2.db", which comes after "workspace.db"."""
    path = Path(part)
    stem, dash, number = path.stem.rpartition("-")
    if not (dash and number.isdigit()):
        stem, number = path.stem, "1"
    return path.with_name(f"{stem}-{int(number) + 1}{path.suffix}").as_posix()
