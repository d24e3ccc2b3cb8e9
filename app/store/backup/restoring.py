"""Files of a snapshot put back, and whole workspaces: beside the old one, opened, then swapped.

What was there before stays beside as `<name>.before-restore-<time>`; it is the user's to delete.
"""

import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from app.domain.backups import Owner, Skipped, SkipReason
from app.domain.errors import (
    AccessDenied,
    BackupInside,
    DamagedBackup,
    DamagedData,
    FolderNotEmpty,
    FormerPassword,
    StorageDenied,
    StorageFull,
    WrongPassword,
)
from app.domain.losses import LossKind
from app.domain.progress import Control, Progress
from app.domain.roles import Act, may
from app.store import files, keys
from app.store.backup.repository import Repository
from app.store.backup.stored import Entry, Manifest
from app.store.vault import workspace_file
from app.store.vault.roster import Roster
from app.store.vault.unlocked import Unlocked
from app.store.vault.vault import Vault

#: Ends the name of a folder that is being written; one that a kill left is deleted by the next run.
_UNFINISHED = ".restoring"
_BEFORE = ".before-restore-"
#: What a program that was merely started leaves in a data folder.
_NOTHING = frozenset({"log", "lock", "header.lock"})


@dataclass(frozen=True)
class Place:
    """The data folder to restore into, and where word is left of how far it has come."""

    data: Path
    witness: Path | None = None


@dataclass(frozen=True)
class Restored:
    """`before` is where the former workspace lies now, "" where there was none; `closed` names the
    collections that do not open, as they did not when the snapshot was taken."""

    before: str
    closed: tuple[str, ...]


def write(
    repository: Repository, entries: Iterable[Entry], folder: Path, control: Control
) -> tuple[int, int]:
    """Put files below `folder`, every byte authenticated; how many, and their bytes.
    `DamagedBackup`, `StorageFull`, `StorageDenied`, `Cancelled`."""
    entries = list(entries)
    total, done = sum(entry.size for entry in entries), 0
    for entry in entries:
        control.report(Progress(done, total, entry.path))
        path = _below(folder, entry.path)
        written = 0
        with files.atomic(path) as file:
            for chunk in entry.chunks:
                control.check()
                written += file.write(repository.chunk(chunk))
            if written != entry.size:
                raise DamagedBackup(path=entry.path)
        path.chmod(entry.mode)
        done += entry.size
    return len(entries), done


def whole(
    repository: Repository,
    snapshot: tuple[str, Manifest],
    place: Place,
    owner: Owner,
    control: Control,
) -> Restored:
    """A workspace from a snapshot, in place of the one that may be there. As `write`, and
    `WorkspaceInUse`, `AccessDenied`, `DamagedData`, and the errors of `Vault.unlock`."""
    name, manifest = snapshot
    target = place.data
    with _unused(target):
        check_place(target, repository.folder, owner.name)
        check_room(target, manifest.size)
        fresh = target.with_name(f".{target.name}-{secrets.token_hex(4)}{_UNFINISHED}")
        for stale in target.parent.glob(f".{target.name}-*{_UNFINISHED}"):
            shutil.rmtree(stale, ignore_errors=True)
        try:
            write(repository, manifest.files, fresh, control)
            closed = _tried(fresh, owner)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
    with files.disk_errors(target):
        before = _swap(fresh, target)
    _noted(place, owner, name)
    return Restored(before, closed)


@contextmanager
def opened(data: Path, owner: Owner, witness: Path | None = None) -> Iterator[Unlocked]:
    """`FormerPassword`, and the errors of `Vault.unlock`."""
    try:
        unlocked = Vault(data, witness).unlock(owner.name, owner.former or owner.password)
    except WrongPassword as error:
        if owner.former:
            raise
        raise FormerPassword(profile=owner.name) from error
    try:
        yield unlocked
    finally:
        unlocked.close()


def is_empty(target: Path) -> bool:
    """Whether no workspace, nor anything else of a user, is there. `FolderNotEmpty` for a file."""
    with files.disk_errors(target):
        if target.exists() and not target.is_dir():
            raise FolderNotEmpty(path=str(target))
        return not target.exists() or {each.name for each in target.iterdir()} <= _NOTHING


def check_apart(data: Path, backup: Path) -> None:
    """`BackupInside` when one of the folders is, or lies in, the other."""
    data, backup = data.resolve(), backup.resolve()
    if data.is_relative_to(backup) or backup.is_relative_to(data):
        raise BackupInside(path=str(backup))


def check_place(target: Path, backup: Path, name: str) -> None:
    """A place for a workspace is empty, or holds one in which the profile is an administrator now.
    `BackupInside`, `FolderNotEmpty`, `AccessDenied`."""
    check_apart(target, backup)
    if is_empty(target):
        return
    with suppress(DamagedData):  # nobody can say who he is there; the backup's key says it
        header = workspace_file.read(target)
        if not header.profiles:
            raise FolderNotEmpty(path=str(target))
        with suppress(keys.Refused):
            for member in Roster(header.roster).members.values():
                same = member.name.casefold() == name.casefold()
                if same and not may(member.role, Act.BACK_UP):
                    raise AccessDenied(role=member.role.value, act=Act.BACK_UP.value)


def check_room(target: Path, size: int) -> None:
    """`StorageFull` before anything is written, `StorageDenied` where no folder is to hold it."""
    if not target.parent.is_dir():
        raise StorageDenied(path=str(target))
    if shutil.disk_usage(target.parent).free < size:
        raise StorageFull(path=str(target))


def left_out(manifest: Manifest, target: Path) -> tuple[Skipped, ...]:
    """What restoring will not bring back: what the snapshot has not, but for models that are there
    and stay."""
    return tuple(
        skipped
        for skipped in manifest.skipped
        if skipped.reason != SkipReason.MODEL or not (target / skipped.what).exists()
    )


def _tried(fresh: Path, owner: Owner) -> tuple[str, ...]:
    """Open everything that the owner can; the collections that do not open, which were damaged
    already in the workspace. `DamagedData` for the databases without which nothing is there."""
    began, closed = time.time(), []
    with opened(fresh, owner) as unlocked:
        for loss in unlocked.losses():
            if loss.moment >= began and loss.kind in (LossKind.UNREADABLE, LossKind.COPY_USED):
                raise DamagedData(path=loss.part)
        for collection in (*unlocked.collections(), *unlocked.attachments().values()):
            try:
                unlocked.open_collection(collection).close()
            except DamagedData:
                closed.append(collection.name)
    return tuple(closed)


def _noted(place: Place, owner: Owner, snapshot: str) -> None:
    """Whoever restored knows that everything is older now: nothing is told as lost."""
    with opened(place.data, owner, place.witness) as unlocked:
        unlocked.record("restore", snapshot)
        unlocked.acknowledge()


@contextmanager
def _unused(target: Path) -> Iterator[None]:
    """No program has the workspace open until the new one is ready. `WorkspaceInUse`."""
    if is_empty(target):
        yield
        return
    lock = workspace_file.locked(target)
    try:
        yield
    finally:
        lock.release()


def _swap(fresh: Path, target: Path) -> str:
    """Models that the snapshot has not are moved over, and the log of a place that was empty."""
    before = ""
    if is_empty(target):
        _clear(target, fresh)
    else:
        aside = _free(target.with_name(f"{target.name}{_BEFORE}{time.strftime('%Y-%m-%d-%H%M%S')}"))
        target.rename(aside)
        before = str(aside)
    try:
        fresh.rename(target)
    except OSError:
        if before:
            Path(before).rename(target)
        raise
    if before and (Path(before) / "models").is_dir() and not (target / "models").exists():
        (Path(before) / "models").rename(target / "models")
    files.sync_folder(target.parent)
    return before


def _free(wanted: Path) -> Path:
    """A name that nothing has yet: two restores may come within a second."""
    names = (wanted, *(wanted.with_name(f"{wanted.name}-{n}") for n in range(2, 1000)))
    return next(each for each in names if not each.exists())


def _clear(target: Path, fresh: Path) -> None:
    if not target.exists():
        return
    for name in ("lock", "header.lock"):
        (target / name).unlink(missing_ok=True)
    if (target / "log").exists():
        (target / "log").rename(fresh / "log")
    target.rmdir()


def _below(folder: Path, path: str) -> Path:
    """`DamagedBackup` for a path that leads elsewhere."""
    parts = PurePosixPath(path).parts
    if not parts or ".." in parts or PurePosixPath(path).is_absolute():
        raise DamagedBackup(path=path)
    return folder.joinpath(*parts)
