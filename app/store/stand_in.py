"""A workspace on a medium that cannot be written to, opened all the same: for reading.

SQLite in its write-ahead mode needs to write beside a database even to read it, and a question that
is asked has to stand somewhere while it is answered. So a folder on this computer stands in for the
workspace: databases are copied into it, encrypted as they are, everything else is linked. It goes
when the profile is closed; what a kill leaves of it goes at the next opening.
"""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from app.store import files
from app.store.reserve import RESERVE

_PREFIX, _LOCK = "larets-read-only-", "stand-in.lock"
#: What is rewritten in place; all other files are replaced as a whole, which leaves what a link
#: leads to as it is.
_COPIED = (".db", ".db-wal")
#: What nobody reads there, or belongs to whoever has a workspace open.
_LEFT_OUT = frozenset({"log", "opened", "host", RESERVE, files.SET_ASIDE})


def is_read_only(data: Path) -> bool:
    """Whether there is a workspace on a medium that nobody can write to. Windows does not tell."""
    if not hasattr(os, "statvfs") or not (data / "workspace.json").is_file():
        return False
    return bool(os.statvfs(data).f_flag & os.ST_RDONLY)


class StandIn:
    """`data` stands in for the workspace until `remove`."""

    def __init__(self, medium: Path) -> None:
        """`StorageFull`, `StorageDenied`, `DamagedData` for what cannot be read."""
        _remove_forgotten()
        with files.disk_errors(Path(tempfile.gettempdir())):
            self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
            self._lock = FileLock(self._folder / _LOCK, timeout=0, is_singleton=False)
            self._lock.acquire()
            self.data = self._folder / "data"
            try:
                _fill(self.data, medium)
            except BaseException:
                self.remove()
                raise

    def remove(self) -> None:
        """Twice is harmless."""
        self._lock.release()
        shutil.rmtree(self._folder, ignore_errors=True)


def _fill(data: Path, medium: Path) -> None:
    data.mkdir(mode=0o700)
    for folder, below, names in os.walk(medium):
        place = data / Path(folder).relative_to(medium)
        at_top = Path(folder) == medium
        below[:] = [each for each in below if not (at_top and each in _LEFT_OUT)]
        for each in below:
            (place / each).mkdir(mode=0o700)
        for name in names:
            if at_top or name.endswith(_COPIED):
                shutil.copyfile(Path(folder, name), place / name)
            elif not name.endswith("-shm"):
                (place / name).symlink_to(Path(folder, name))


def _remove_forgotten() -> None:
    """Those of a process that was killed: nobody holds their locks. One without a lock is being
    made."""
    for lock in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
        with suppress(OSError, Timeout), FileLock(lock, timeout=0, is_singleton=False):
            shutil.rmtree(lock.parent, ignore_errors=True)
