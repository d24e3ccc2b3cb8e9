"""How a file stands still while it is copied, though the workspace is in use.

A database that is open here is copied as its encrypted bytes: the backup API and VACUUM INTO would
encrypt every page anew, and nothing would be equal to what was stored before. While a reader holds
read mark 0 of the write-ahead log, no checkpoint writes into the file (sqlite.org/walformat.html,
"WAL_READ_LOCK(0)"), and writers append to the log.

Reading the file ourselves drops the locks that SQLite holds on it against other processes (POSIX);
the lock of the workspace keeps those out.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from app.domain.errors import DatabaseBusy
from app.store.database import Database

_ATTEMPTS = 5


@contextmanager
def held(database: Database) -> Iterator[None]:
    """All that was committed before stands in the file, and nothing is written into it until the
    block ends. Writers wait only where they left no moment in five attempts. `DatabaseBusy`."""
    for _ in range(_ATTEMPTS):
        database.checkpoint()
        with database.transaction() as connection:
            _begin_reading(connection)
            if log_size(database.path) == 0:
                yield
                return
    with database.change():
        for _ in range(_ATTEMPTS):
            if _folded(database):
                yield
                return
    raise DatabaseBusy(path=str(database.path))


def log_of(path: Path) -> Path:
    """The write-ahead log of a database."""
    return path.with_name(f"{path.name}-wal")


def log_size(path: Path) -> int:
    try:
        return log_of(path).stat().st_size
    except FileNotFoundError:
        return 0


def stamps(paths: Sequence[Path]) -> tuple[tuple[int, int, int] | None, ...]:
    """Size, time and inode of each; None of one that is not there."""
    return tuple(_stamp(path) for path in paths)


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
    connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()


def _folded(database: Database) -> bool:
    """Whether the whole log is in the file; nobody is to write meanwhile."""
    with database.transaction() as connection:
        busy, frames, moved = connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").one()
    return bool(busy == 0 and frames == moved)  # (1, -1, -1): another checkpoint is at work


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino
