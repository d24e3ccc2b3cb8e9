"""Profiles and their keys: creating, unlocking, granting. Who holds no key reads nothing.

password → profile key → workspace key and, through sealed grants, the keys of collections.
"""

import shutil
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import delete, insert, select, update

from app.domain.errors import (
    DamagedData,
    ProfileExists,
    ProfileMissing,
    StorageDenied,
    StorageFull,
    TooManyAttempts,
    WeakPassword,
    WorkspaceInUse,
    WrongPassword,
    WrongRecoveryKey,
)
from app.domain.library.documents import Collection
from app.domain.roles import CreatedProfile, Role
from app.store import files, keys
from app.store.chat.sequence_states import StateStore
from app.store.database import Database, is_lost
from app.store.library.library import LibraryStore
from app.store.library.opened import OpenedFolder
from app.store.models.adapters import AdapterStore
from app.store.models.trainings import TrainingStore
from app.store.schema import collections, grants, members
from app.store.vault import workspace_file
from app.store.vault.audit import AuditStore
from app.store.vault.generation import GenerationFile
from app.store.vault.signers import SignerStore
from app.store.vault.workspace_file import ProfileRecord

LEAST_PASSWORD = 8
_LONGEST_WAIT = 300.0
_OPENED = "opened"


@dataclass(frozen=True)
class Unlocked:
    """An open profile. Close it and its keys are out of reach; nothing else holds them."""

    profile: str
    name: str
    role: Role
    workspace: Database
    database: Database
    audit: AuditStore
    #: False when the databases were put back to an earlier state, or a log was cut.
    integrity_ok: bool
    _generation: GenerationFile
    _data: Path
    _profile_key: bytes
    _lock: FileLock

    def collections(self) -> list[Collection]:
        """The collections that this profile was granted."""
        with self.workspace.transaction() as connection:
            rows = connection.execute(
                select(collections.c.id, collections.c.name)
                .join(grants, grants.c.collection == collections.c.id)
                .where(grants.c.profile == self.profile, collections.c.conversation == "")
                .order_by(collections.c.created)
            ).all()
        return [Collection(id=row[0], name=row[1]) for row in rows]

    def attachments(self) -> dict[str, Collection]:
        """The collections that hold what is attached to conversations of this profile, by the
        conversations' ids."""
        with self.workspace.transaction() as connection:
            rows = connection.execute(
                select(collections.c.conversation, collections.c.id, collections.c.name)
                .join(grants, grants.c.collection == collections.c.id)
                .where(grants.c.profile == self.profile, collections.c.conversation != "")
            ).all()
        return {row[0]: Collection(id=row[1], name=row[2]) for row in rows}

    def states(self) -> StateStore:
        """What models have read of this profile's conversations."""
        folder = self._data / "profiles" / f"{self.profile}.states"
        return StateStore(folder, keys.derive(self._profile_key, "states"))

    def adapters(self) -> AdapterStore:
        """The workspace's adapters."""
        workspace_key = _workspace_key(self, workspace_file.read(self._data))
        return AdapterStore(
            self.workspace, self._data / "adapters", keys.derive(workspace_key, "adapters")
        )

    def signers(self) -> SignerStore:
        """Whose adapters the workspace knows; its own key among them."""
        return SignerStore(self.workspace)

    def trainings(self) -> TrainingStore:
        """The workspace's trainings."""
        return TrainingStore(self.workspace, self._data / "training")

    def opened(self) -> OpenedFolder:
        """Originals that other programs show; gone with `close`."""
        return OpenedFolder(self._data / _OPENED)

    def create_collection(self, name: str, conversation: str = "") -> Collection:
        """Make a collection with a key of its own, granted to every present profile; one that
        belongs to a `conversation` to this profile alone."""
        created = Collection(id=uuid.uuid4().hex, name=name)
        key = keys.new_key()
        with self.workspace.transaction() as connection:
            connection.execute(
                insert(collections).values(
                    id=created.id, name=name, created=time.time(), conversation=conversation
                )
            )
            for record in workspace_file.read(self._data).profiles:
                if conversation and record.id != self.profile:
                    continue
                sealed = keys.seal(record.public_key, key, created.id)
                connection.execute(
                    insert(grants).values(profile=record.id, collection=created.id, sealed=sealed)
                )
        return created

    def rename_collection(self, collection_id: str, name: str) -> None:
        with self.workspace.transaction() as connection:
            connection.execute(
                update(collections).where(collections.c.id == collection_id).values(name=name)
            )

    def delete_collection(self, collection_id: str) -> None:
        """Delete a collection, its key first: what a power cut leaves of its folder nobody can
        read."""
        with self.workspace.transaction() as connection:
            connection.execute(delete(grants).where(grants.c.collection == collection_id))
            connection.execute(delete(collections).where(collections.c.id == collection_id))
        self.workspace.checkpoint()
        shutil.rmtree(self._data / "collections" / collection_id, ignore_errors=True)

    def open_collection(self, collection: Collection) -> LibraryStore:
        with self.workspace.transaction() as connection:
            sealed = connection.execute(
                select(grants.c.sealed).where(
                    grants.c.profile == self.profile, grants.c.collection == collection.id
                )
            ).scalar_one()
        folder = self._data / "collections" / collection.id
        try:
            key = keys.unseal(self._profile_key, sealed, collection.id)
        except keys.Refused as error:
            raise DamagedData(path=str(self.workspace.path)) from error
        return LibraryStore(folder, key)

    def grant_all(self, profile_id: str, public_key: str) -> None:
        """Hand every collection that this profile reads to another one, but for what is attached
        to its conversations."""
        shared = [each.id for each in self.collections()]
        with self.workspace.transaction() as connection:
            for collection, sealed in connection.execute(
                select(grants.c.collection, grants.c.sealed).where(
                    grants.c.profile == self.profile, grants.c.collection.in_(shared)
                )
            ).all():
                key = keys.unseal(self._profile_key, sealed, collection)
                connection.execute(
                    insert(grants).values(
                        profile=profile_id,
                        collection=collection,
                        sealed=keys.seal(public_key, key, collection),
                    )
                )

    def close(self) -> None:
        self.opened().remove()
        with suppress(StorageFull, StorageDenied):
            self._generation.record()
        self.database.close()
        self.workspace.close()
        self._lock.release()


class Vault:
    """The workspace in the folder `data`."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def tidy(self) -> None:
        """Delete what a crash left readable, unless another program has the workspace open."""
        opened = OpenedFolder(self._data / _OPENED)
        if opened.is_there:
            with suppress(Timeout, OSError), FileLock(self._data / "lock", timeout=0):
                opened.remove()

    def profiles(self) -> list[str]:
        return [record.name for record in workspace_file.read(self._data).profiles]

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
        `WeakPassword`, and `ProfileMissing` when `by` is lacking.
        """
        workspace = workspace_file.read(self._data)
        if any(profile.name.casefold() == name.casefold() for profile in workspace.profiles):
            raise ProfileExists(profile=name)
        if len(password) < LEAST_PASSWORD:
            raise WeakPassword(least=LEAST_PASSWORD)
        if workspace.profiles and by is None:
            raise ProfileMissing(profile=workspace.profiles[0].name)
        profile_key, recovery = keys.new_key(), keys.new_recovery_key()
        workspace_key = _workspace_key(by, workspace) if by else keys.new_key()
        record = _record(
            name, password, profile_key, recovery[1], workspace_key, kdf or keys.calibrated()
        )
        if by is None:
            role = Role.ADMINISTRATOR
            database = self._workspace_database(workspace_key)
        else:
            database = by.workspace
        with database.transaction() as connection:
            connection.execute(insert(members).values(profile=record.id, role=role.value))
        if by is None:
            database.close()
        else:
            by.grant_all(record.id, record.public_key)
        workspace_file.write(self._data, workspace.with_profile(record))
        return CreatedProfile(name, role, recovery[0])

    def unlock(self, name: str, password: str) -> Unlocked:
        """Open a profile. `ProfileMissing`, `WrongPassword`, `TooManyAttempts`, `DamagedData`,
        `NewerSchema`, `WorkspaceInUse`."""
        record = workspace_file.read(self._data).named(name)
        return self._open(record, self._profile_key(record, password))

    def change_password(self, name: str, password: str, new: str) -> None:
        """Wrap the profile's key anew; nothing else is rewritten."""
        if len(new) < LEAST_PASSWORD:
            raise WeakPassword(least=LEAST_PASSWORD)
        record = workspace_file.read(self._data).named(name)
        self._rewrap(record, self._profile_key(record, password), new)

    def recover(self, name: str, recovery_key: str, new: str) -> None:
        """Set a new password by the printed recovery key. `WrongRecoveryKey`, `WeakPassword`."""
        if len(new) < LEAST_PASSWORD:
            raise WeakPassword(least=LEAST_PASSWORD)
        record = workspace_file.read(self._data).named(name)
        try:
            raw = keys.read_recovery_key(recovery_key)
            profile_key = keys.decrypt(
                keys.derive(raw, "recovery"), record.recovery, f"recovery/{record.id}"
            )
        except keys.Refused as error:
            raise WrongRecoveryKey(profile=name) from error
        self._rewrap(record, profile_key, new)

    def delete(self, name: str, by: Unlocked) -> None:
        """Remove a profile with its conversations; its key is destroyed with its slots."""
        workspace = workspace_file.read(self._data)
        record = workspace.named(name)
        workspace_file.write(self._data, workspace.without(record.id))
        with by.workspace.transaction() as connection:
            connection.execute(delete(grants).where(grants.c.profile == record.id))
            connection.execute(delete(members).where(members.c.profile == record.id))
        for leftover in (self._data / "profiles").glob(f"{record.id}.db*"):
            leftover.unlink(missing_ok=True)
        shutil.rmtree(self._data / "profiles" / f"{record.id}.states", ignore_errors=True)

    def _profile_key(self, record: ProfileRecord, password: str) -> bytes:
        left = record.last_failure + _wait(record.failures) - time.time()
        # A clock set back must not lock anybody out for longer than the wait itself.
        if 0 < left <= _wait(record.failures):
            raise TooManyAttempts(profile=record.name, wait=round(left) or 1)
        try:
            key = keys.unwrap_with_password(password, record.password, f"password/{record.id}")
        except keys.Refused as error:
            failed = replace(record, failures=record.failures + 1, last_failure=time.time())
            self._keep(failed)
            raise WrongPassword(profile=record.name, wait=round(_wait(failed.failures))) from error
        return key

    def _open(self, record: ProfileRecord, profile_key: bytes) -> Unlocked:
        lock = FileLock(self._data / "lock", timeout=0, is_singleton=False, thread_local=False)
        try:
            with files.disk_errors(self._data):
                lock.acquire()
        except Timeout as error:
            raise WorkspaceInUse(path=str(self._data)) from error
        try:
            return self._open_locked(record, profile_key, lock)
        except BaseException:
            lock.release()
            raise

    def _open_locked(self, record: ProfileRecord, profile_key: bytes, lock: FileLock) -> Unlocked:
        try:
            workspace_key = keys.decrypt(
                keys.derive(profile_key, "workspace"),
                record.workspace_key,
                f"workspace/{record.id}",
            )
        except keys.Refused as error:
            raise DamagedData(path=str(self._data / "workspace.json")) from error
        if is_lost(self._data / "workspace.db"):
            raise DamagedData(path=str(self._data / "workspace.db"))
        files.remove_leftovers(self._data)
        OpenedFolder(self._data / _OPENED).remove()
        workspace = self._workspace_database(workspace_key)
        try:
            database = Database(
                self._data / "profiles" / f"{record.id}.db",
                keys.derive(profile_key, "database"),
                "profile",
            )
        except BaseException:
            workspace.close()
            raise
        audit = AuditStore(workspace, keys.derive(workspace_key, "audit"))
        generation = GenerationFile(self._data, keys.derive(workspace_key, "generation"), audit)
        whole = generation.intact()
        if not whole:
            audit.record(record.id, "found-rolled-back")
        if record.failures:
            audit.record(record.id, "wrong-passwords", str(record.failures))
            self._keep(replace(record, failures=0))
        audit.record(record.id, "unlock")
        generation.record()
        with workspace.transaction() as connection:
            role = connection.execute(
                select(members.c.role).where(members.c.profile == record.id)
            ).scalar_one()
        return Unlocked(
            record.id, record.name, Role(role), workspace, database, audit,
            whole, generation, self._data, profile_key, lock,
        )  # fmt: skip

    def _workspace_database(self, workspace_key: bytes) -> Database:
        return Database(
            self._data / "workspace.db", keys.derive(workspace_key, "database"), "workspace"
        )

    def _rewrap(self, record: ProfileRecord, profile_key: bytes, new: str) -> None:
        slot = keys.wrap_with_password(new, profile_key, f"password/{record.id}", keys.calibrated())
        self._keep(replace(record, password=slot, failures=0))

    def _keep(self, record: ProfileRecord) -> None:
        workspace = workspace_file.read(self._data)
        workspace_file.write(self._data, workspace.with_profile(record))


def _wait(failures: int) -> float:
    """Seconds after that many wrong passwords in a row: nothing, then 1, 2, 4 … 300."""
    return 0.0 if failures < 2 else min(2.0 ** (failures - 2), _LONGEST_WAIT)


def _workspace_key(by: Unlocked, workspace: workspace_file.WorkspaceFile) -> bytes:
    record = workspace.named(by.name)
    return keys.decrypt(
        keys.derive(by._profile_key, "workspace"), record.workspace_key, f"workspace/{record.id}"
    )


def _record(
    name: str,
    password: str,
    profile_key: bytes,
    recovery: bytes,
    workspace_key: bytes,
    kdf: keys.KdfParameters,
) -> ProfileRecord:
    profile_id = uuid.uuid4().hex
    return ProfileRecord(
        id=profile_id,
        name=name,
        password=keys.wrap_with_password(password, profile_key, f"password/{profile_id}", kdf),
        recovery=keys.encrypt(
            keys.derive(recovery, "recovery"), profile_key, f"recovery/{profile_id}"
        ),
        workspace_key=keys.encrypt(
            keys.derive(profile_key, "workspace"), workspace_key, f"workspace/{profile_id}"
        ),
        public_key=keys.public_key(profile_key),
    )
