"""A backup of the workspace that is open, when it is due, and one part put back from one."""

import time
from collections.abc import Mapping
from pathlib import Path

from app import __version__, log
from app.domain.backups import (
    BackupChoice,
    BackupReport,
    BackupSchedule,
    LastBackup,
    Owner,
    Part,
    PartKind,
    PutBack,
    is_due,
)
from app.domain.progress import Control
from app.domain.roles import Act
from app.services.library.open_collections import OpenCollections
from app.services.profiles.access import Access
from app.store.backup import parts, repository, restoring, rotation
from app.store.backup.parts import Then
from app.store.backup.repository import Repository
from app.store.backup.snapshot import SnapshotTaker, Taken
from app.store.database import Database
from app.store.settings import SettingsStore
from app.store.vault.unlocked import Unlocked

_LAST, _SCHEDULE = "last-backup", "backup-schedule"


class BackupService:
    def __init__(self, unlocked: Unlocked, access: Access, collections: OpenCollections) -> None:
        self._unlocked, self._access, self._collections = unlocked, access, collections
        self._data = unlocked.folder
        self._settings = SettingsStore(unlocked.database)

    def create(self, folder: Path, choice: BackupChoice, control: Control) -> BackupReport:
        """Take a snapshot into the folder of a backup, which is begun where there is none. The
        retention is asked once the new snapshot stands: a run that fails removes nothing.
        `AccessDenied`, `BackupInside`, `BackupInUse`, `NotABackup`, `OtherBackup`, `NewerBackup`,
        `DamagedBackup`, `FolderUnreachable`, `DatabaseBusy`, `StorageFull`, `StorageDenied`,
        `Cancelled`."""
        self._access.require(Act.BACK_UP)
        began, folder = time.monotonic(), folder.absolute()
        restoring.check_apart(self._data, folder)
        with repository.alone(folder, writing=True):
            opened = repository.opened_by(folder, self._unlocked)
            try:
                taken, removed = self._taken(opened, choice, control)
            finally:
                opened.close()
        self._unlocked.record("backup", taken.id)
        self._settings.set(_LAST, LastBackup(time.time(), taken.id, str(folder)))
        files, size = len(taken.manifest.files), taken.manifest.size
        seconds = time.monotonic() - began
        log.event("backup", files=files, size=size, new=taken.new_bytes, seconds=seconds)
        return BackupReport(
            taken.id, files, size, taken.new_bytes, seconds, taken.manifest.skipped, removed
        )

    def last(self) -> LastBackup | None:
        """The last one of this profile that came to its end; None before the first."""
        return self._settings.get(_LAST, None, LastBackup | None)

    def schedule(self) -> BackupSchedule | None:
        """None where backups are made by hand alone."""
        return self._settings.get(_SCHEDULE, None, BackupSchedule | None)

    def plan(self, schedule: BackupSchedule | None) -> None:
        """Have `create_due` make backups from now on, or no more. `AccessDenied`,
        `BackupInside`."""
        self._access.require(Act.BACK_UP)
        if schedule:
            restoring.check_apart(self._data, Path(schedule.folder))
        self._settings.set(_SCHEDULE, schedule)

    def create_due(self, control: Control) -> BackupReport | None:
        """Make the backup of the schedule. None when it is not due, and where its folder cannot be
        reached: the drive may come back. Errors as `create`."""
        schedule = self.schedule()
        if schedule is None or not is_due(schedule, self.last(), time.time()):
            return None
        folder = Path(schedule.folder)
        if not folder.parent.is_dir():
            return None
        return self.create(folder, BackupChoice(retention=schedule.retention), control)

    def put_back(
        self, folder: Path, part: Part, wanted: str | None, owner: Owner, control: Control
    ) -> PutBack:
        """Put one part of the `wanted` snapshot, of the latest without one, beside what is there:
        the collection's present name, the conversation's new id, or the profile's own name. It is
        seen when the profile is opened again. `AccessDenied`, `NotInBackup`, `OthersProfile`,
        `SnapshotMissing`, `DamagedBackup`, and the errors of `Vault.unlock` for the workspace as it
        was."""
        self._access.require(Act.BACK_UP)
        with repository.alone(folder, writing=False):
            opened = repository.opened_with_password(folder, owner.name, owner.password)
            try:
                snapshot, manifest = opened.chosen(wanted)
                with parts.opened_then(opened, manifest, self._data, owner, control) as then:
                    done = self._put(then, part, control)
            finally:
                opened.close()
        self._unlocked.record("restore", f"{part.kind}:{part.name} {snapshot}")
        return done

    def _put(self, then: Then, part: Part, control: Control) -> PutBack:
        if part.kind == PartKind.CONVERSATION:
            return PutBack(parts.conversation(then, part.name, self._unlocked), 1)
        if part.kind == PartKind.PROFILE:
            return parts.profile(then, part.name, self._unlocked)
        return PutBack(parts.collection(then, part.name, self._unlocked, control).name)

    def _taken(
        self, opened: Repository, choice: BackupChoice, control: Control
    ) -> tuple[Taken, tuple[str, ...]]:
        rotation.remove_leftovers(opened)
        workspace = self._unlocked.workspace
        taker = SnapshotTaker(opened, self._data, workspace, self._open, choice, control)
        taken = taker.take(__version__)
        if choice.retention is None:
            return taken, ()
        return taken, rotation.rotate(opened, choice.retention, taken.id)

    def _open(self) -> Mapping[Path, Database]:
        """The databases that are open at this moment: others may open meanwhile."""
        collections = [each.store.database for each in self._collections.everywhere()]
        present = (self._unlocked.workspace, self._unlocked.database, *collections)
        return {database.path: database for database in present}
