"""Copies of small databases from when they were last whole, and a place for what is put aside.

One damaged page of the workspace's database would lock everything, one of a profile's all its
conversations. Nothing that is not known is deleted: it is moved to `set-aside`.
"""

import time
from contextlib import suppress
from pathlib import Path

from app.store import files
from app.store.database import Database

#: Larger ones are left to the backup: a copy at each lock would take seconds.
_LARGEST = 64 * 1024 * 1024
_SPARES = "spare"


def keep_spare(data: Path, database: Database) -> None:
    """Copy an open database, unless it is large or has not changed since. `StorageFull`,
    `DatabaseBusy`."""
    spare = spare_of(data, database.path)
    database.checkpoint()
    now = database.path.stat()
    if now.st_size > _LARGEST:
        spare.unlink(missing_ok=True)
    elif not spare.exists() or spare.stat().st_mtime_ns < now.st_mtime_ns:
        with database.held():
            files.copy_file(database.path, spare)


def spare_of(data: Path, database: Path) -> Path:
    """Where the copy of a database lies, if there is one."""
    return data / _SPARES / database.name


def use_spare(data: Path, database: Path) -> None:
    """Put a damaged database aside and its copy in its place."""
    set_aside(data, database)
    files.copy_file(spare_of(data, database), database)


def set_aside(data: Path, path: Path) -> Path:
    """Move a file out of the way, a database with its log; where it lies now."""
    folder = data / files.SET_ASIDE
    with files.disk_errors(folder):
        folder.mkdir(exist_ok=True, mode=0o700)
        target = folder / f"{path.name}.{time.time_ns()}"
        for suffix in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                path.with_name(f"{path.name}{suffix}").rename(
                    target.with_name(f"{target.name}{suffix}")
                )
        files.sync_folder(path.parent)
    return target
