"""A profile's opening, once its key is there and the workspace is locked for others.

Damage stays in its part: a database that cannot be read gives way to its last whole copy, what is
missing or older than it was is noted, and everything else opens.
"""

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from filelock import FileLock
from sqlalchemy import select

from app.domain.errors import DamagedData
from app.domain.losses import LossKind
from app.domain.roles import Role
from app.store import files, keys
from app.store.database import Database
from app.store.library.opened import OpenedFolder
from app.store.schema import collections
from app.store.schema import members as former_members
from app.store.vault import members, workspace_file
from app.store.vault.audit import AuditStore
from app.store.vault.grants import GrantStore
from app.store.vault.lasting_keys import AUDIT, secret
from app.store.vault.renewal import drop_retired, workspace_key
from app.store.vault.roster import Change, Member, Roster
from app.store.vault.sealed_record import SealedRecord, Witness
from app.store.vault.spare_copies import set_aside, spare_of, use_spare
from app.store.vault.unlocked import IMPORTING, OPENED, ProfileKeys, Unlocked
from app.store.vault.workspace_file import ProfileRecord

#: What is done once the workspace is closed: by a profile's id and key.
Then = Callable[[str, bytes], None]


class Opening:
    """One attempt; `key` is the profile's."""

    def __init__(
        self, data: Path, witness: Path | None, profile: str, key: bytes, lock: FileLock
    ) -> None:
        self._data, self._profile, self._key, self._lock = data, profile, key, lock
        with workspace_file.changing(data) as header:
            self.header = header.now
            drop_retired(data, header)
            if header.now.from_copy:  # the damaged file is written anew
                header.put(header.now)
        self._record: ProfileRecord = self.header.of(profile)
        try:
            self._workspace_key = workspace_key(self._record, key)
        except keys.Refused as error:
            raise DamagedData(path=str(data / "workspace.json")) from error
        key = keys.derive(self._workspace_key, "generation")
        self.sealed = SealedRecord(data, key, Witness(witness, self.header.id, data))

    def run(self, then: Then) -> Unlocked:
        """Open everything but the collections."""
        first = self.sealed.is_new and not self.header.roster[1:]
        workspace = self._opened(self.header.database, self._workspace_key, "workspace")
        try:
            database = self._opened(self._record.database_path, self._key, "profile")
        except BaseException:
            workspace.close()
            raise
        self._tidy()
        log_key = secret(workspace, AUDIT, self._workspace_key)
        audit = AuditStore(workspace, log_key, self._key)
        self._note_losses(workspace, audit, first=first and audit.head().number == 0)
        role = self._role(workspace, database)
        self._audited(audit)
        self.sealed.keep(audit.head())
        self.sealed.reserve.refill()
        return Unlocked(
            self._record.id, self._record.name, role, workspace, database, audit, self.sealed,
            self._data, ProfileKeys(self._key, self._workspace_key), self._lock,
            lambda: then(self._profile, self._key),
        )  # fmt: skip

    def _tidy(self) -> None:
        """After the databases have opened: an older header must not call the present ones strange
        before it has shown that its keys open something."""
        for folder in (self._data, self._data / "profiles", self._data / "spare"):
            files.remove_leftovers(folder)
        OpenedFolder(self._data / OPENED).remove()
        shutil.rmtree(self._data / IMPORTING, ignore_errors=True)
        known = {self.header.database, *(each.database_path for each in self.header.profiles)}
        for pattern in ("workspace*.db", "profiles/*.db"):
            for path in self._data.glob(pattern):
                part = path.relative_to(self._data).as_posix()
                if part not in known:
                    set_aside(self._data, path)
                    self.sealed.note(LossKind.STRANGER, part)

    def _opened(self, part: str, key: bytes, kind: str) -> Database:
        path, key = self._data / part, keys.derive(key, "database")
        self.sealed.expect(path)
        try:
            return Database(path, key, kind, self.sealed)
        except DamagedData:
            spare = spare_of(self._data, path)
            if spare.exists():
                Database(spare, key, kind).close()  # or the damage is another one: the wrong key
                use_spare(self._data, path)
                self.sealed.note(LossKind.COPY_USED, part, self._name_of(part))
            elif kind == "profile":
                set_aside(self._data, path)
                self.sealed.note(LossKind.UNREADABLE, part, self._record.name)
            else:
                raise
            self.sealed.forget(path)
            return Database(path, key, kind, self.sealed)

    def _note_losses(self, workspace: Database, audit: AuditStore, *, first: bool) -> None:
        self.sealed.settle(founded=first)
        if self.header.from_copy:
            self.sealed.note(LossKind.COPY_USED, "workspace.json")
        names = self._collection_names(workspace)
        for part in self.sealed.missing():
            self.sealed.note(LossKind.MISSING, part, self._name_of(part, names))
        for record in self.header.profiles:
            if not (self._data / record.database_path).exists():
                self.sealed.note(LossKind.MISSING, record.database_path, record.name)
        head = self.sealed.audit
        if audit.seal_of(head.number) != head.seal:
            self.sealed.note(LossKind.LOG_CUT, "audit")

    def _collection_names(self, workspace: Database) -> dict[str, str]:
        with workspace.transaction() as connection:
            rows = connection.execute(select(collections.c.id, collections.c.name)).all()
        return {f"collections/{row[0]}/collection.db": str(row[1]) for row in rows}

    def _name_of(self, part: str, collections: dict[str, str] | None = None) -> str:
        profiles = {each.database_path: each.name for each in self.header.profiles}
        return profiles.get(part) or (collections or {}).get(part, "")

    def _role(self, workspace: Database, database: Database) -> Role:
        """What the roster says; less, where the roster is older than it was, or not whole."""
        if not self.header.roster:
            return self._role_before_rosters(workspace, database)
        try:
            roster = Roster(self.header.roster)
            role = roster.members[self._profile].role
        except (keys.Refused, KeyError):
            self.sealed.note(LossKind.OLDER_ROSTER, "workspace.json")
            return Role.READER
        if not members.goes_on(database, roster):
            self.sealed.note(LossKind.OLDER_ROSTER, "workspace.json")
            return members.lesser(database, role)
        members.remember(database, roster, self._profile)
        return role

    def _role_before_rosters(self, workspace: Database, database: Database) -> Role:
        """A workspace from before there was a roster: an administrator founds it."""
        if members.has_seen(database):
            self.sealed.note(LossKind.OLDER_ROSTER, "workspace.json")
            return Role.READER
        with workspace.transaction() as connection:
            rows = connection.execute(select(former_members)).mappings().all()
        roles = {row["profile"]: Role(row["role"]) for row in rows}
        if roles.get(self._profile) is Role.ADMINISTRATOR:
            roster = Roster.founded(self._profile, self._record.name, self._key)
            for record in self.header.profiles:
                if record.id != self._profile and record.id in roles:
                    roster = roster.changed(
                        Change.ADD,
                        Member(record.id, record.name, roles[record.id], record.public_key, ""),
                        self._profile,
                        self._key,
                    )
            GrantStore(workspace, self._profile, self._key).sign_all()
            with workspace_file.changing(self._data) as header:
                header.put(replace(header.now, roster=roster.entries, founded=True))
            members.remember(database, roster, self._profile)
        return roles.get(self._profile, Role.READER)

    def _audited(self, audit: AuditStore) -> None:
        for loss in self.sealed.losses():
            if loss.moment >= time.time() - 60:
                audit.record(self._profile, f"found-{loss.kind}", loss.name or loss.part)
        record = self._record
        if record.failures:
            audit.record(record.id, "wrong-passwords", str(record.failures))
        for act in record.acts:
            audit.record(record.id, act, record.name)
        if record.failures or record.acts:
            with workspace_file.changing(self._data) as header:
                own = replace(header.now.of(record.id), failures=0, acts=())
                header.put(header.now.with_profile(own))
        audit.record(record.id, "unlock")
