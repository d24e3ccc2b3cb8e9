"""How files stand still while they are copied, though the workspace is in use: those that are not
databases by their size, time and inode before and after.

A database that is open here is `held` and copied as its encrypted bytes: the backup API and VACUUM
INTO would encrypt every page anew, and nothing would be equal to what was stored before. Reading
its file ourselves drops the locks that SQLite holds on it against other processes (POSIX); the lock
of the workspace keeps those out.
"""

from collections.abc import Sequence
from pathlib import Path


def stamps(paths: Sequence[Path]) -> tuple[tuple[int, int, int] | None, ...]:
    """Size, time and inode of each; None of one that is not there."""
    return tuple(_stamp(path) for path in paths)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino
