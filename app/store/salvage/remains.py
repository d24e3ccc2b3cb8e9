"""A damaged workspace as one profile may read it: which databases there are, and their keys.

An opening that meets damage puts the database aside, and its last whole copy or an empty one in
its place. So each is looked for in three places: its own, among what was put aside, and among the
copies.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Table

from app import log
from app.domain.errors import DamagedData, StorageDenied
from app.domain.memory.summaries import Note, Summary
from app.domain.policies import Policies
from app.store import files, keys
from app.store.salvage.conversations import (
    SalvagedConversation,
    SalvagedMemory,
    conversations_in,
    notes_in,
    summaries_in,
)
from app.store.salvage.damaged import DamagedDatabase, Row
from app.store.salvage.documents import CollectionRemains
from app.store.schema import collections, grants, policies
from app.store.vault import workspace_file
from app.store.vault.grants import unsealed
from app.store.vault.policies import decided
from app.store.vault.renewal import former_key, workspace_key
from app.store.vault.roster import Roster
from app.store.vault.spare_copies import spare_of
from app.store.vault.vault import Vault
from app.store.vault.workspace_file import ProfileRecord

_Kept = TypeVar("_Kept")


@contextmanager
def opened(data: Path, name: str, password: str, scratch: Path) -> Iterator["Remains"]:
    """What is left for that profile; databases are copied to the folder `scratch`. The errors of
    `Vault.proven`, `WorkspaceInUse`, `DamagedData` where the header itself opens nothing."""
    record, key = Vault(data).proven(name, password)
    with ExitStack() as stack:
        with suppress(StorageDenied):  # a medium that nobody writes to needs no lock
            stack.callback(workspace_file.locked(data).release)
        yield Remains(data, record, former_key(record, key) or key, scratch)


class Remains:
    def __init__(self, data: Path, record: ProfileRecord, key: bytes, scratch: Path) -> None:
        self._data, self._record, self._key, self._scratch = data, record, key, scratch
        header = workspace_file.read(data)
        try:
            workspace = workspace_key(record, key)
            self._roster = Roster(header.roster)
        except keys.Refused as error:
            raise DamagedData(path=str(data / "workspace.json")) from error
        self.name, self.unreadable = record.name, list[str]()
        self._workspace = self._sources(header.database, workspace)
        self._profile = self._sources(record.database_path, key)

    def policies(self) -> Policies:
        """What was decided for everybody, as far as it can be read."""
        return decided(self._workspace_rows(policies, "name").values(), self._roster)

    def conversations(self) -> list[SalvagedConversation]:
        """Each from the source that has most of its turns."""
        best: dict[str, SalvagedConversation] = {}
        for source in self._profile:
            for found in conversations_in(source):
                known = best.get(found.id)
                if known is None or len(found.turns) > len(known.turns):
                    best[found.id] = found
        return sorted(best.values(), key=lambda each: each.created)

    def summaries(self) -> SalvagedMemory[Summary]:
        return _joined([summaries_in(source) for source in self._profile], lambda each: each.id)

    def notes(self) -> SalvagedMemory[Note]:
        return _joined([notes_in(source) for source in self._profile], lambda each: each.id)

    def collections(self) -> Iterator[CollectionRemains]:
        """Those that the profile was granted, with what is attached to conversations."""
        told = self._workspace_rows(collections, "id")
        for collection, grant in self._workspace_rows(grants, "collection").items():
            if self._was_deleted(collection):
                continue
            with suppress(keys.Refused, ValueError):
                key = unsealed(grant, self._roster, self._key)
                row = told.get(collection)
                yield self._collection(collection, row["name"] if row else collection, key)

    def without_key(self) -> list[str]:
        """Folders of collections of which nothing tells whose they are: a grant is lost."""
        told = self._workspace_rows(collections, "id").keys()
        known = told | self._workspace_rows(grants, "collection").keys()
        folders = (self._data / "collections").glob("*")
        return sorted(each.name for each in folders if each.is_dir() and each.name not in known)

    def _was_deleted(self, collection: str) -> bool:
        """An older copy tells of a collection whose folder went with it."""
        if (self._data / "collections" / collection).is_dir():
            return False
        return all(row["collection"] != collection for row in self._workspace[0].rows(grants))

    def _collection(self, identity: str, name: str, key: bytes) -> CollectionRemains:
        folder = self._data / "collections" / identity
        own = keys.derive(key, "database")
        database = self._readable(folder / "collection.db", own)
        return CollectionRemains(name, folder, key, database)

    def _workspace_rows(self, table: Table, column: str) -> dict[str, Row]:
        """Of all sources, the first that has a row; of grants this profile's alone."""
        found: dict[str, Row] = {}
        for source in self._workspace:
            for row in source.rows(table):
                if row.get("profile", self._record.id) == self._record.id:
                    found.setdefault(row[column], row)
        return found

    def _sources(self, part: str, key: bytes) -> list[DamagedDatabase]:
        path, own = self._data / part, keys.derive(key, "database")
        aside = sorted((self._data / files.SET_ASIDE).glob(f"{path.name}.*"), reverse=True)
        aside = [each for each in aside if not each.name.endswith(("-wal", "-shm"))]
        found = (self._readable(each, own) for each in (path, *aside, spare_of(self._data, path)))
        return [each for each in found if each is not None]

    def _readable(self, path: Path, key: bytes) -> DamagedDatabase | None:
        """None for one that is not there, or whose list of tables cannot be read; that is noted."""
        try:
            database = DamagedDatabase(path, key, self._scratch)
            if database.opens:
                return database
        except FileNotFoundError:
            return None
        except OSError as error:
            log.failure(error)
        self.unreadable.append(path.relative_to(self._data).as_posix())
        return None


def _joined(
    found: list[SalvagedMemory[_Kept]], key: Callable[[_Kept], str]
) -> SalvagedMemory[_Kept]:
    """Each once. What one source lost and another has is not lost."""
    kept: dict[str, _Kept] = {}
    for source in found:
        for each in source.kept:
            kept.setdefault(key(each), each)
    fullest = max((len(each.kept) + each.lost for each in found), default=0)
    return SalvagedMemory(tuple(kept.values()), max(0, fullest - len(kept)))
