"""Profiles and their keys: creating, unlocking, granting. Who holds no key reads nothing.

password → profile key → workspace key and, through sealed grants, the keys of collections.
"""

import time
import uuid
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from app import log
from app.domain import passwords
from app.domain.errors import (
    DamagedData,
    NewerSchema,
    ProfileExists,
    ProfileMissing,
    StorageDenied,
    StorageFull,
    TooManyAttempts,
    WorkspaceInUse,
    WrongPassword,
    WrongRecoveryKey,
)
from app.domain.policies import Policies
from app.domain.roles import CreatedProfile, ListedProfile, Role
from app.store import keys
from app.store.database import Database
from app.store.library.opened import OpenedFolder
from app.store.settings import SettingsStore
from app.store.vault import members, workspace_file
from app.store.vault.opening import Opening
from app.store.vault.policies import PolicyStore
from app.store.vault.renewal import former_key, renew, workspace_key
from app.store.vault.roster import Change, Member, Roster
from app.store.vault.spare_copies import keep_spare
from app.store.vault.unlocked import OPENED, Unlocked
from app.store.vault.workspace_file import Header, ProfileRecord, WorkspaceFile

_LONGEST_WAIT = 300.0


class Vault:
    """The workspace in the folder `data`. In the folder `witness` it leaves word of how far it had
    come, so that it shows when all of it was put back together."""

    def __init__(self, data: Path, witness: Path | None = None) -> None:
        self._data, self._witness = data, witness

    def tidy(self) -> None:
        """Delete what a crash left readable, unless another program has the workspace open."""
        opened = OpenedFolder(self._data / OPENED)
        if opened.is_there:
            with suppress(Timeout, OSError), FileLock(self._data / "lock", timeout=0):
                opened.remove()

    def profiles(self) -> list[str]:
        header = workspace_file.read(self._data)
        return [record.name for record in header.profiles if header.founded]

    def listed(self) -> list[ListedProfile]:
        """All profiles with their roles, as far as that is told without a password: that the chain
        of members holds together is checked, that it is the one of this workspace only opening a
        profile shows."""
        header = workspace_file.read(self._data)
        try:
            members = Roster(header.roster).members
        except keys.Refused:
            members = {}
        found = [record for record in header.profiles if header.founded]
        roles = {key: member.role for key, member in members.items()}
        return [ListedProfile(record.name, roles.get(record.id)) for record in found]

    def create(
        self,
        name: str,
        password: str,
        role: Role,
        by: Unlocked | None = None,
        kdf: keys.KdfParameters | None = None,
    ) -> CreatedProfile:
        """Add a profile; the first one founds the workspace and is its administrator.

        `by` is the unlocked administrator, needed for every further profile. `ProfileExists`,
        `WeakPassword`, `ProfileMissing` when `by` is lacking, and `DamagedData` where databases
        lie without their header.
        """
        with workspace_file.changing(self._data) as header:
            present = header.now.profiles if header.now.founded else ()
            if any(profile.name.casefold() == name.casefold() for profile in present):
                raise ProfileExists(profile=name)
            passwords.require(password, [name])
            if present and by is None:
                raise ProfileMissing(profile=present[0].name)
            made = _NewProfile(name, password, kdf or keys.calibrated())
            if by is None:
                self._found(header, made)
                role = Role.ADMINISTRATOR
            else:
                self._add(header, made, role, by)
        return CreatedProfile(name, role, made.recovery_key)

    def unlock(self, name: str, password: str) -> Unlocked:
        """Open a profile. `ProfileMissing`, `WrongPassword`, `TooManyAttempts`, `DamagedData`,
        `NewerSchema`, `WorkspaceInUse`."""
        record, key = self.proven(name, password)
        return self._open(record.id, key)

    def change_password(self, name: str, password: str, new: str) -> None:
        """Another password and new keys, so that an old header opens nothing any more: at once
        where the workspace is closed, else when the profile is next opened."""
        passwords.require(new, [name])
        record, key = self.proven(name, password)
        self._set_password(record.id, key, new, "change-password")

    def recover(self, name: str, recovery_key: str, new: str) -> None:
        """Set a new password by the printed recovery key; what is decided for passwords holds here
        too. `ProfileMissing`, `WrongRecoveryKey`, `WeakPassword`."""
        passwords.require(new, [name])
        record = workspace_file.read(self._data).named(name)
        try:
            raw = keys.derive(keys.read_recovery_key(recovery_key), "recovery")
            context = f"recovery/{record.id}"
            if record.recovery_key:
                key = keys.unseal(raw, record.recovery, context)
            else:
                key = keys.decrypt(raw, record.recovery, context)
        except keys.Refused as error:
            raise WrongRecoveryKey(profile=name) from error
        self._policies(record, key).check_password(new)
        self._set_password(record.id, key, new, "recover")

    def _policies(self, record: ProfileRecord, key: bytes) -> Policies:
        """Without opening the profile. Where they cannot be read, what is usual holds."""
        header = workspace_file.read(self._data)
        try:
            derived = keys.derive(workspace_key(record, key), "database")
            workspace = Database(self._data / header.database, derived, "workspace")
            try:
                return PolicyStore.stored(workspace, Roster(header.roster))
            finally:
                workspace.close()
        except (DamagedData, NewerSchema, keys.Refused) as error:
            log.failure(error)
            return Policies({})

    def new_recovery_key(self, by: Unlocked) -> str:
        """Another recovery key for an open profile; the one before opens nothing any more."""
        text, raw = keys.new_recovery_key()
        public = keys.public_key(keys.derive(raw, "recovery"))
        with workspace_file.changing(self._data) as header:
            record = header.now.of(by.profile)
            sealed = keys.seal(public, by.profile_key, f"recovery/{record.id}")
            SettingsStore(by.database).set(members.RECOVERY_KEY, public)
            header.put(
                header.now.with_profile(replace(record, recovery=sealed, recovery_key=public))
            )
        by.record("new-recovery-key")
        return text

    def change_role(self, name: str, role: Role, by: Unlocked) -> None:
        """Give a profile another role, signed by an administrator. Rights that are taken away need
        new keys, which come when the workspace is closed. `ProfileMissing`; `keys.Refused` for the
        last administrator."""
        with workspace_file.changing(self._data) as header:
            record = header.now.named(name)
            roster = Roster(header.now.roster)
            member = replace(roster.members[record.id], role=role)
            roster = roster.changed(Change.ROLE, member, by.profile, by.profile_key)
            header.put(replace(header.now, roster=roster.entries, due=True))
        self._seen(by, roster)

    def delete(self, name: str, by: Unlocked) -> None:
        """Remove a profile with its conversations; its key is destroyed with its slots, and the
        workspace gets another one when it is closed."""
        by.sealed.reserve.give_up()
        with workspace_file.changing(self._data) as header:
            record = header.now.named(name)
            roster = Roster(header.now.roster)
            member = roster.members[record.id]
            roster = roster.changed(Change.REMOVE, member, by.profile, by.profile_key)
            left = header.now.without(record.id)
            retired = (*left.retired, *_files_of(record))
            by.sealed.forget(self._data / record.database_path)
            header.put(replace(left, roster=roster.entries, due=True, retired=retired))
        for collection in by.held_alone(record.id, attached=True):
            by.delete_collection(collection.id)
        by.forget_profile(record.id, record.database_path)
        self._seen(by, roster)

    def id_of(self, name: str) -> str:
        """The profile of that name, upper and lower case alike. `ProfileMissing`."""
        return workspace_file.read(self._data).named(name).id

    def _seen(self, by: Unlocked, roster: Roster) -> None:
        members.remember(by.database, roster, by.profile)
        by.keep_spares()

    # -- the first profile, and one more -----------------------------------------------------------

    def _found(self, header: Header, made: "_NewProfile") -> None:
        """The header comes first and says that it is not done; whatever a kill leaves is begun
        anew."""
        lost = not header.now.profiles and any(self._data.glob("workspace*.db"))
        if lost:
            raise DamagedData(path=str(self._data / "workspace.json"))
        for record in header.now.profiles:  # an earlier beginning, in which nothing was done
            for part in (header.now.database, record.database_path):
                for leftover in (self._data / part).parent.glob(f"{Path(part).name}*"):
                    leftover.unlink()
        roster = Roster.founded(made.id, made.name, made.key)
        key = keys.new_key()
        begun = WorkspaceFile(id=uuid.uuid4().hex, founded=False, roster=roster.entries)
        begun = begun.with_profile(made.record(key))
        header.put(begun)
        self._make_databases(made, roster, key, begun)
        header.put(replace(begun, founded=True))

    def _make_databases(
        self, made: "_NewProfile", roster: Roster, key: bytes, header: WorkspaceFile
    ) -> None:
        workspace = Database(
            self._data / header.database, keys.derive(key, "database"), "workspace"
        )
        keep_spare(self._data, workspace)
        workspace.close()
        made.make_database(self._data, roster).close()

    def _add(self, header: Header, made: "_NewProfile", role: Role, by: Unlocked) -> None:
        roster = Roster(header.now.roster)
        member = Member(
            made.id, made.name, role, keys.public_key(made.key), keys.signing_key(made.key)
        )
        try:
            roster = roster.changed(Change.ADD, member, by.profile, by.profile_key)
        except keys.Refused as error:
            raise ProfileExists(profile=made.name) from error
        record = made.record(workspace_key(header.now.of(by.profile), by.profile_key))
        before = header.now
        header.put(replace(before, retired=(*before.retired, *_files_of(record))))
        database = made.make_database(self._data, roster)
        count = database.count()
        database.close()
        by.share_all(member)
        header.put(replace(before.with_profile(record), roster=roster.entries))
        by.sealed.opened(database.path, count)
        self._seen(by, roster)

    # -- passwords ---------------------------------------------------------------------------------

    def proven(self, name: str, password: str) -> tuple[ProfileRecord, bytes]:
        """The record and the key that this password gives, with nothing opened yet. One try at a
        time, over all programs: each sees the failures before it. `ProfileMissing`,
        `WrongPassword`, `TooManyAttempts`."""
        workspace_file.read(self._data).named(name)  # before a folder is made for a typing slip
        try:
            with workspace_file.changing(self._data) as header:
                record = header.now.named(name)
                _check_wait(record)
                try:
                    return record, _key_of(record, password)
                except keys.Refused as error:
                    failed = replace(record, failures=record.failures + 1, last_failure=time.time())
                    header.put(header.now.with_profile(failed))
                    wait = round(_wait(failed.failures))
                    raise WrongPassword(profile=record.name, wait=wait) from error
        except StorageDenied:  # a medium that cannot be written: nothing can be counted there
            record = workspace_file.read(self._data).named(name)
            try:
                return record, _key_of(record, password)
            except keys.Refused as error:
                raise WrongPassword(profile=record.name, wait=0) from error

    def _set_password(self, profile: str, key: bytes, new: str, act: str) -> None:
        with workspace_file.changing(self._data) as header:
            record = header.now.of(profile)
            present = _present_key(record, key)
            wrapped = present
            if record.recovery_key:  # else the recovery key could not be kept for another key
                wrapped = keys.new_key()
                previous = keys.encrypt(
                    keys.derive(wrapped, "previous"), present, f"previous/{record.id}"
                )
                record = replace(record, previous=previous)
            slot = keys.wrap_with_password(new, wrapped, f"password/{record.id}", keys.calibrated())
            noted = (*record.acts, act)
            record = replace(record, password=slot, failures=0, acts=noted)
            header.put(header.now.with_profile(record))
        with suppress(WorkspaceInUse):  # an open window: at its next opening
            self._open(profile, wrapped).close()

    # -- opening -----------------------------------------------------------------------------------

    def _open(self, profile: str, key: bytes) -> Unlocked:
        lock = workspace_file.locked(self._data)
        try:
            key = self._renewed(profile, key)
            return Opening(self._data, self._witness, profile, key, lock).run(self._renew_if_due)
        except BaseException:
            lock.release()
            raise

    def _renewed(self, profile: str, key: bytes) -> bytes:
        """The profile's key once everything that was due has been written anew."""
        header = workspace_file.read(self._data)
        record = header.of(profile)
        if record.previous:
            renew(self._data, profile, _present_key(record, key), key, self._witness)
        else:
            self._renew_if_due(profile, key)
        return key

    def _renew_if_due(self, profile: str, key: bytes) -> None:
        header = workspace_file.read(self._data)
        if header.due and header.roster and not header.of(profile).previous:
            try:
                renew(self._data, profile, key, None, self._witness)
            except StorageFull as error:  # it stays due; whoever makes room has to come in first
                log.failure(error)


class _NewProfile:
    """A profile that is being made: its keys, and what is written of it."""

    def __init__(self, name: str, password: str, kdf: keys.KdfParameters) -> None:
        self.id, self.name, self.key = uuid.uuid4().hex, name, keys.new_key()
        self.recovery_key, raw = keys.new_recovery_key()
        self._recovery_public = keys.public_key(keys.derive(raw, "recovery"))
        self._slot = keys.wrap_with_password(password, self.key, f"password/{self.id}", kdf)

    def record(self, workspace_key: bytes) -> ProfileRecord:
        public = keys.public_key(self.key)
        return ProfileRecord(
            id=self.id,
            name=self.name,
            password=self._slot,
            recovery=keys.seal(self._recovery_public, self.key, f"recovery/{self.id}"),
            workspace_key=keys.seal(public, workspace_key, f"workspace/{self.id}"),
            public_key=public,
            signing_key=keys.signing_key(self.key),
            recovery_key=self._recovery_public,
        )

    def make_database(self, data: Path, roster: Roster) -> Database:
        """Its conversations, still empty; they remember whom it belongs with."""
        path = data / "profiles" / f"{self.id}.db"
        database = Database(path, keys.derive(self.key, "database"), "profile")
        SettingsStore(database).set(members.RECOVERY_KEY, self._recovery_public)
        members.remember(database, roster, self.id)
        return database


def _files_of(record: ProfileRecord) -> tuple[str, ...]:
    """What a kill may leave of a profile that is not a member yet, or no more: `retired` names it
    until then, so that it is nobody's loss."""
    return tuple(f"{record.database_path}{end}" for end in ("", "-wal", "-shm"))


def _key_of(record: ProfileRecord, password: str) -> bytes:
    return keys.unwrap_with_password(password, record.password, f"password/{record.id}")


def _present_key(record: ProfileRecord, key: bytes) -> bytes:
    """The key that the databases have; the recovery key gives it while another one waits."""
    return former_key(record, key) or key


def _check_wait(record: ProfileRecord) -> None:
    left = record.last_failure + _wait(record.failures) - time.time()
    # A clock set back must not lock anybody out for longer than the wait itself.
    if 0 < left <= _wait(record.failures):
        raise TooManyAttempts(profile=record.name, wait=round(left) or 1)


def _wait(failures: int) -> float:
    """Seconds after that many wrong passwords in a row: nothing, then 1, 2, 4 … 300."""
    return 0.0 if failures < 2 else min(2.0 ** (failures - 2), _LONGEST_WAIT)
