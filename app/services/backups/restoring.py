"""What can be done with a backup where no profile is open: list, check, restore all of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app import log
from app.domain.backups import (
    Owner,
    RestorePlan,
    RestoreReport,
    Skipped,
    SkipReason,
    SnapshotInfo,
    Verdict,
)
from app.domain.errors import FolderNotEmpty
from app.domain.progress import Control
from app.paths import Paths
from app.store.backup import repository, restoring
from app.store.backup.checking import Checker
from app.store.backup.repository import Repository
from app.store.backup.restoring import Place


class RestoreService:
    """Opening a backup takes the password of an administrator: its key is sealed for these alone.
    Common errors: `FolderUnreachable`, `NotABackup`, `NewerBackup`, `DamagedBackup`, `BackupInUse`,
    `ProfileMissing`, `WrongPassword`, `OtherBackup`."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    def administrators(self, folder: Path) -> tuple[str, ...]:
        """Who may open a backup, by name."""
        return tuple(holder.name for holder in repository.read_header(folder).holders)

    def snapshots(self, folder: Path, owner: Owner) -> list[SnapshotInfo]:
        """Those that are whole, the oldest first."""
        with _opened(folder, owner) as backup:
            return [
                SnapshotInfo(
                    name, manifest.created, len(manifest.files), manifest.size, manifest.program
                )
                for name, manifest in backup.manifests()
            ]

    def verify(self, folder: Path, owner: Owner | None, control: Control) -> Verdict:
        """Read every byte of a backup. Anybody may: without an owner damage is found, but neither
        forgery nor which files lose something by it."""
        if owner:
            with _opened(folder, owner) as backup:
                return Checker(folder, backup, control).check()
        repository.read_header(folder)
        with repository.alone(folder, writing=False):
            return Checker(folder, None, control).check()

    def chosen(self, folder: Path, owner: Owner, wanted: str | None) -> str:
        """The id of the snapshot that begins so; of the latest without. `SnapshotMissing`."""
        with _opened(folder, owner) as backup:
            return backup.chosen(wanted)[0]

    def plan(
        self, folder: Path, owner: Owner, wanted: str | None, to: Path | None = None
    ) -> RestorePlan:
        """What `restore` would do: into the empty folder `to`, or in place of the workspace at
        hand. Nothing is changed. `SnapshotMissing`, `FolderNotEmpty`, `AccessDenied`,
        `BackupInside`, `StorageFull`, `StorageDenied`."""
        target = to.absolute() if to else self._paths.data
        with _opened(folder, owner) as backup:
            name, manifest = backup.chosen(wanted)
        restoring.check_place(target, folder, owner.name)
        empty = restoring.is_empty(target)
        if to and not empty:
            raise FolderNotEmpty(path=str(target))
        restoring.check_room(target, manifest.size)
        return RestorePlan(
            name,
            manifest.created,
            len(manifest.files),
            manifest.size,
            str(target),
            replaces=not empty,
            skipped=restoring.left_out(manifest, target),
        )

    def restore(
        self, folder: Path, plan: RestorePlan, owner: Owner, control: Control
    ) -> RestoreReport:
        """Do what was planned: written beside, opened, then swapped in. After an error everything
        is as it was. `WorkspaceInUse`, `DamagedData`, `StorageFull`, `Cancelled`, and as `plan`."""
        place = Place(Path(plan.target), self._paths.witness)
        with _opened(folder, owner) as backup:
            snapshot = backup.chosen(plan.snapshot)
            done = restoring.whole(backup, snapshot, place, owner, control)
        log.event("restore", files=plan.files, size=plan.size)
        closed = tuple(Skipped(name, SkipReason.UNREADABLE) for name in done.closed)
        return RestoreReport(
            plan.snapshot,
            plan.files,
            plan.size,
            plan.target,
            done.before,
            (*plan.skipped, *closed),
        )


@contextmanager
def _opened(folder: Path, owner: Owner) -> Iterator[Repository]:
    repository.read_header(folder)
    with repository.alone(folder, writing=False):
        backup = repository.opened_with_password(folder, owner.name, owner.password)
        try:
            yield backup
        finally:
            backup.close()
