"""Taking a snapshot: what changed is read, what is new is stored, the snapshot is written last."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.backups import BackupChoice, Skipped, SkipReason
from app.domain.errors import DamagedBackup, DatabaseBusy, StorageDenied, VaultError
from app.domain.progress import Control, Progress
from app.store import files, migrations
from app.store.backup import sources, steady, stored
from app.store.backup.packing import PACK, PackWriter
from app.store.backup.repository import Repository
from app.store.backup.sources import Source, Sources
from app.store.backup.stored import Entry, Manifest
from app.store.database import Database, log_of

#: A multiple of SQLCipher's page: a page that did not change keeps its bytes, and its chunk.
_DATABASE_CHUNK = 64 * 1024
#: An original never changes; large pieces keep the index small.
_FILE_CHUNK = 1024 * 1024
#: Nanoseconds; the coarsest clock of a file system in use (FAT).
_COARSE = 2_000_000_000
_ATTEMPTS = 5

#: The databases that are open at this moment, by their files.
OpenDatabases = Callable[[], Mapping[Path, Database]]


@dataclass(frozen=True)
class Taken:
    id: str
    manifest: Manifest
    new_bytes: int


class SnapshotTaker:
    """One run over the workspace in `data`."""

    def __init__(
        self,
        repository: Repository,
        data: Path,
        workspace: Database,
        open_databases: OpenDatabases,
        choice: BackupChoice,
        control: Control,
        pack: int = PACK,
    ) -> None:
        self._repository, self._control, self._choice = repository, control, choice
        self._data, self._workspace, self._open = data, workspace, open_databases
        self._packs = PackWriter(repository, pack)
        self._former: dict[str, Entry] = {}
        self._done = self._total = 0
        self._skipped: list[Skipped] = []

    def take(self, program: str) -> Taken:
        """`StorageFull`, `StorageDenied`, `DatabaseBusy`, `DamagedBackup`, `Cancelled`: then no
        snapshot was written, and what was stored serves the next run."""
        created = time.time()
        found = self._found()
        self._total = sum(source.size for source in found.files)
        self._remember_former()
        try:
            first = [source for source in found.files if source.comes_first]
            entries = [entry for source in first for entry in self._copied(source)]
            done = {source.path for source in first}
            found = self._found()  # what the databases name has come meanwhile
            rest = [source for source in found.files if source.path not in done]
            entries += [entry for source in rest for entry in self._copied(source)]
            self._packs.finish()
        except BaseException:
            with suppress(VaultError, OSError):  # the disk that was full may still be
                self._packs.keep_what_is_whole()
            raise
        manifest = Manifest(
            stored.FORMAT,
            created,
            program,
            tuple((kind, migrations.newest(kind)) for kind in migrations.REVISIONS),
            tuple(entries),
            (*found.skipped, *self._skipped),
        )
        return Taken(self._repository.commit(manifest), manifest, self._packs.new_bytes)

    def _found(self) -> Sources:
        return sources.find(self._data, self._workspace, with_models=self._choice.models)

    def _remember_former(self) -> None:
        for snapshot, _ in self._repository.snapshots()[-1:]:
            with suppress(DamagedBackup):  # then everything is read
                former = self._repository.manifest(snapshot)
                self._former = {entry.path: entry for entry in former.files}

    def _copied(self, source: Source) -> list[Entry]:
        """The file as an entry, with its log where it has one; nothing when it is gone."""
        self._control.check()
        self._control.report(Progress(self._done, self._total, source.path))
        try:
            if source.is_database:
                return self._database(source)
            with files.disk_errors(source.file):
                return [self._standing_still(source)]
        except FileNotFoundError:
            self._skipped.append(Skipped(source.path, SkipReason.VANISHED))
        except StorageDenied:
            if source.is_database:
                raise
            self._skipped.append(Skipped(source.path, SkipReason.UNREADABLE))
        finally:
            self._done += source.size
        return []

    def _database(self, source: Source) -> list[Entry]:
        database = self._open().get(source.file)
        if database is not None:
            with database.held(), files.disk_errors(source.file):
                return [self._entry(source, _DATABASE_CHUNK)]
        log = Source(log_of(source.file), f"{source.path}-wal", 0)
        for _ in range(_ATTEMPTS):
            before = steady.stamps([source.file, log.file])
            with files.disk_errors(source.file):
                entries = [self._entry(source, _DATABASE_CHUNK)]
                with suppress(FileNotFoundError):
                    entries.append(self._entry(log, _DATABASE_CHUNK))
            if steady.stamps([source.file, log.file]) == before:
                return [entry for entry in entries if entry.size or entry.path == source.path]
        raise DatabaseBusy(path=str(source.file))

    def _standing_still(self, source: Source) -> Entry:
        for _ in range(_ATTEMPTS):
            before = steady.stamps([source.file])
            entry = self._entry(source, _FILE_CHUNK)
            if steady.stamps([source.file]) == before:
                return entry
        raise StorageDenied(path=str(source.file))

    def _entry(self, source: Source, chunk: int) -> Entry:
        with source.file.open("rb") as file:
            found = os.fstat(file.fileno())
            settled = time.time_ns() - found.st_mtime_ns > _COARSE
            entry = Entry(
                source.path, found.st_size, found.st_mode & 0o777, found.st_mtime_ns, found.st_ino,
                settled, (),
            )  # fmt: skip
            former = self._former.get(source.path)
            if former and self._unchanged(former, entry):
                return replace(entry, chunks=former.chunks)
            pieces = _pieces(file.read, chunk)
            chunks, size = [], 0
            for piece in pieces:
                self._control.check()
                chunks.append(self._packs.add(piece))
                size += len(piece)
        return replace(entry, size=size, chunks=tuple(chunks))

    def _unchanged(self, former: Entry, now: Entry) -> bool:
        """Whether it needs not be read: the same file of the same time, and all of it is stored."""
        same = (former.size, former.modified, former.inode) == (now.size, now.modified, now.inode)
        if self._choice.full or not same or not former.settled:
            return False
        return all(chunk in self._repository.places for chunk in former.chunks)


def _pieces(read: Callable[[int], bytes], size: int) -> Iterator[bytes]:
    while piece := read(size):
        yield piece
