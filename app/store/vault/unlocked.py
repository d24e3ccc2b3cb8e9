"""An open profile: its databases, the collections that it was granted, and what it may sign."""

import shutil
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock
from sqlalchemy import delete, func, insert, select, update

from app.domain.errors import (
    DamagedData,
    DatabaseBusy,
    ProfileMissing,
    StorageDenied,
    StorageFull,
)
from app.domain.library.documents import Collection
from app.domain.losses import Loss, LossKind
from app.domain.roles import Role
from app.store import files, keys
from app.store.chat.sequence_states import StateStore
from app.store.database import Database
from app.store.library.library import LibraryStore
from app.store.library.opened import OpenedFolder
from app.store.models.adapters import AdapterStore
from app.store.models.signers import SignerStore
from app.store.models.trainings import TrainingStore
from app.store.schema import collections, grants
from app.store.vault import workspace_file
from app.store.vault.audit import AuditStore
from app.store.vault.grants import GrantStore, Right
from app.store.vault.lasting_keys import ADAPTERS, secret
from app.store.vault.roster import Member, Roster
from app.store.vault.sealed_record import SealedRecord
from app.store.vault.spare_copies import keep_spare, spare_of

OPENED = "opened"
#: Where a collection is put together that is being taken in, under a key that is kept nowhere yet.
IMPORTING = ".importing"


@dataclass(frozen=True)
class ProfileKeys:
    """What opening a profile gives. Nothing else holds these."""

    profile: bytes
    workspace: bytes


@dataclass(frozen=True)
class Unlocked:
    """An open profile. Close it and its keys are out of reach; nothing else holds them."""

    profile: str
    name: str
    role: Role
    workspace: Database
    database: Database
    audit: AuditStore
    sealed: SealedRecord
    _data: Path
    _keys: ProfileKeys
    _lock: FileLock
    #: Run once the databases are closed, the workspace still locked: new keys, where they are due.
    _after: Callable[[], None]

    def losses(self) -> tuple[Loss, ...]:
        """What was noticed and not acknowledged yet, the oldest first."""
        return self.sealed.losses()

    def lost(self, kind: LossKind, collection: Collection) -> None:
        """Note that a collection could not be opened."""
        self.sealed.note(kind, f"collections/{collection.id}", collection.name)

    def acknowledge(self) -> None:
        """Somebody has read what was lost; it is told no more."""
        for loss in self.losses():
            self.record(f"acknowledge-{loss.kind}", loss.name or loss.part)
        self.sealed.acknowledge()
        self.sealed.keep(self.audit.head())

    def record(self, act: str, subject: str = "") -> None:
        """Write into the log what this profile did."""
        self.audit.record(self.profile, act, subject)

    @property
    def folder(self) -> Path:
        """The workspace."""
        return self._data

    @property
    def profile_key(self) -> bytes:
        """For the vault alone."""
        return self._keys.profile

    def roster(self) -> Roster:
        """Who belongs to the workspace at this moment. `DamagedData` when it was tampered with."""
        try:
            return Roster(workspace_file.read(self._data).roster)
        except keys.Refused as error:
            raise DamagedData(path=str(self._data / "workspace.json")) from error

    def sign(self, purpose: str, data: bytes) -> bytes:
        """An Ed25519 signature by this profile; see `keys.is_signed`."""
        return keys.sign(self._keys.profile, purpose, data)

    # -- what lies beside the databases -----------------------------------------------------------

    def states(self) -> StateStore:
        """What models have read of this profile's conversations."""
        folder = self._data / "profiles" / f"{self.profile}.states"
        return StateStore(folder, keys.derive(self._keys.profile, "states"))

    def adapters(self) -> AdapterStore:
        """The workspace's adapters."""
        key = secret(self.workspace, ADAPTERS, self._keys.workspace)
        return AdapterStore(self.workspace, self._data / "adapters", key)

    def signers(self) -> SignerStore:
        """Whose adapters the workspace knows; its own key among them."""
        return SignerStore(self.workspace)

    def trainings(self) -> TrainingStore:
        """The workspace's trainings."""
        return TrainingStore(self.workspace, self._data / "training")

    def opened(self) -> OpenedFolder:
        """Originals that other programs show; gone with `close`."""
        return OpenedFolder(self._data / OPENED)

    # -- collections ------------------------------------------------------------------------------

    @property
    def grants(self) -> GrantStore:
        return GrantStore(self.workspace, self.profile, self._keys.profile)

    def collections(self) -> list[Collection]:
        """The collections that this profile was granted."""
        columns = (collections.c.id, collections.c.name, collections.c.private, grants.c.adds)
        with self.workspace.transaction() as connection:
            rows = connection.execute(
                select(*columns)
                .join(grants, grants.c.collection == collections.c.id)
                .where(grants.c.profile == self.profile, collections.c.conversation == "")
                .order_by(collections.c.created)
            ).all()
        return [
            Collection(id=row[0], name=row[1], private=bool(row[2]), may_add=bool(row[3]))
            for row in rows
        ]

    def names_taken(self) -> dict[str, str]:
        """How all collections of the workspace are called, upper and lower case alike, each with
        its id; those among them that this profile cannot read: no two have one name."""
        with self.workspace.transaction() as connection:
            rows = connection.execute(select(collections.c.name, collections.c.id)).all()
        return {row[0].casefold(): row[1] for row in rows}

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

    def create_collection(
        self, name: str, conversation: str = "", *, private: bool = False
    ) -> Collection:
        """Make a collection with a key of its own, granted to every present profile; a `private`
        one, and one that belongs to a `conversation`, to this profile alone."""
        created = Collection(id=uuid.uuid4().hex, name=name, private=private)
        key = keys.new_key()
        LibraryStore(self._folder(created.id), key, self.sealed).close()
        self.enter_collection(created, key, conversation)
        return created

    def enter_collection(self, made: Collection, key: bytes, conversation: str = "") -> None:
        """The commit: until here a collection's folder is one that nothing names. Grants as
        `create_collection`."""
        alone = made.private or bool(conversation)
        with self.workspace.change() as connection:
            connection.execute(
                insert(collections).values(
                    id=made.id,
                    name=made.name,
                    created=time.time(),
                    conversation=conversation,
                    owner=self.profile,
                    private=int(made.private),
                )
            )
            for member in self.roster().members.values():
                if not alone or member.profile == self.profile:
                    self.grants.give(connection, made.id, key, member, adds=True)
        self.keep_spares()

    def take_folder(self, folder: Path, made: Collection, key: bytes) -> None:
        """Let a collection whose folder was made elsewhere on the same disk be one of this
        workspace."""
        home = self._data / "collections"
        home.mkdir(exist_ok=True, mode=0o700)
        folder.rename(self._folder(made.id))
        files.sync_folder(home)
        self.enter_collection(made, key)

    def rename_collection(self, collection_id: str, name: str) -> None:
        with self.workspace.transaction() as connection:
            connection.execute(
                update(collections).where(collections.c.id == collection_id).values(name=name)
            )

    def delete_collection(self, collection_id: str) -> None:
        """Delete a collection, its key first: what a power cut leaves of its folder nobody can
        read."""
        with self.workspace.deletion() as connection:
            connection.execute(delete(grants).where(grants.c.collection == collection_id))
            connection.execute(delete(collections).where(collections.c.id == collection_id))
        self.workspace.checkpoint()
        folder = self._folder(collection_id)
        self.sealed.forget(folder / "collection.db")
        shutil.rmtree(folder, ignore_errors=True)
        self.keep_spares()

    def open_collection(self, collection: Collection) -> LibraryStore:
        """`DamagedData` when its key was not given by a member, or it cannot be read."""
        return LibraryStore(self._folder(collection.id), self._key(collection.id), self.sealed)

    # -- rights -----------------------------------------------------------------------------------

    def rights(self) -> dict[str, list[Right]]:
        """Who may read each collection that this profile was granted."""
        return self.grants.rights([each.id for each in self.collections()])

    def held_alone(self, profile: str, *, attached: bool = False) -> list[Collection]:
        """Collections whose key that profile alone has; with what is `attached` to conversations as
        well."""
        alone = select(grants.c.collection).group_by(grants.c.collection)
        alone = alone.having(func.count() == 1, func.min(grants.c.profile) == profile)
        query = select(collections.c.id, collections.c.name).where(collections.c.id.in_(alone))
        if not attached:
            query = query.where(collections.c.conversation == "")
        with self.workspace.transaction() as connection:
            rows = connection.execute(query.order_by(collections.c.name)).all()
        return [Collection(id=row[0], name=row[1], private=True) for row in rows]

    def share(self, collection_id: str, profile: str, *, adds: bool) -> None:
        """Let another profile read a collection that this one reads. `ProfileMissing`,
        `DamagedData`."""
        member = self.roster().members.get(profile)
        if member is None:
            raise ProfileMissing(profile=profile)
        key = self._key(collection_id)
        with self.workspace.change() as connection:
            self.grants.give(connection, collection_id, key, member, adds=adds)
        self.keep_spares()

    def unshare(self, collection_id: str, profile: str) -> None:
        """Take a collection away from a profile; it is private from now on, so that the next member
        does not get it by itself."""
        with self.workspace.change() as connection:
            self.grants.take(connection, collection_id, profile)
            connection.execute(
                update(collections).where(collections.c.id == collection_id).values(private=1)
            )
        self.keep_spares()

    def share_all(self, member: Member) -> None:
        """Hand the collections that are for everybody to a new member."""
        shared = [each.id for each in self.collections() if not each.private]
        given = {collection: self._key(collection) for collection in shared}
        with self.workspace.change() as connection:
            for collection, key in given.items():
                self.grants.give(connection, collection, key, member, adds=True)

    def forget_profile(self, profile: str, database: str) -> None:
        """Delete what a profile left: its grants, conversations and states."""
        with self.workspace.deletion() as connection:
            connection.execute(delete(grants).where(grants.c.profile == profile))
        path = self._data / database
        self.sealed.forget(path)
        for leftover in (*path.parent.glob(f"{path.name}*"), spare_of(self._data, path)):
            leftover.unlink(missing_ok=True)
        shutil.rmtree(self._data / "profiles" / f"{profile}.states", ignore_errors=True)

    # -- end --------------------------------------------------------------------------------------

    def keep_spares(self) -> None:
        """Copies of the databases without which nothing, or no conversation, opens."""
        for database in (self.workspace, self.database):
            with suppress(StorageFull, StorageDenied, DatabaseBusy):
                keep_spare(self._data, database)

    def close(self) -> None:
        """Twice is harmless."""
        if self.workspace.is_closed:
            return
        self.opened().remove()
        self.keep_spares()
        with suppress(StorageFull, StorageDenied):
            self.sealed.keep(self.audit.head())
        self.database.close()
        self.workspace.close()
        try:
            self._after()
        finally:
            self._lock.release()

    def _folder(self, collection: str) -> Path:
        return self._data / "collections" / collection

    def _key(self, collection: str) -> bytes:
        """`DamagedData` when it was not given by a member."""
        try:
            return self.grants.key(collection, self.roster())
        except (keys.Refused, ValueError) as error:
            raise DamagedData(path=str(self.workspace.path)) from error
