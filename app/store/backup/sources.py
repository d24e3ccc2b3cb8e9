"""What of a workspace goes into a backup, in the order in which it has to be copied.

The head of the audit log comes before the log: a log that is longer than its head is whole. A
database comes before the files that its rows name, which are looked for only then: a file is
written before its row and deleted after it.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.domain.backups import Skipped, SkipReason
from app.store import files
from app.store.database import Database
from app.store.reserve import RESERVE
from app.store.schema import models
from app.store.vault.unlocked import IMPORTING

#: Where a part is put together that is being restored.
SCRATCH = ".restoring"
_LEFT_OUT = frozenset(
    {
        *("lock", "header.lock", "opened", "log", "spare", files.SET_ASIDE),
        *(RESERVE, SCRATCH, IMPORTING),
    }
)
_MODELS = "models"
_HEADERS = ("workspace.json", "workspace.copy.json")
_RECORDS = ("generation", "generation.last", "generation.next")
#: What says who may open a workspace, and how far it had come.
HEADER_FILES = frozenset((*_HEADERS, *_RECORDS))


@dataclass(frozen=True)
class Source:
    """A file, its path with slashes below the data folder, and its size when it was found."""

    file: Path
    path: str
    size: int

    @property
    def is_database(self) -> bool:
        return self.path.endswith(".db")

    @property
    def comes_first(self) -> bool:
        """Whether it is copied before the rest is looked for."""
        return self.is_database or self.path in HEADER_FILES


@dataclass(frozen=True)
class Sources:
    files: tuple[Source, ...]
    skipped: tuple[Skipped, ...]


def find(data: Path, workspace: Database, *, with_models: bool) -> Sources:
    """All that there is now. Logs, locks, temporary files and what lies open for other programs
    are nothing to restore; models are large and public, so only their hashes are noted unless
    `with_models`."""
    found: list[Source] = []
    skipped: list[Skipped] = []
    left_out = _LEFT_OUT if with_models else _LEFT_OUT | {_MODELS}
    for each in _walk(data, left_out):
        path = each.relative_to(data).as_posix()
        if each.is_symlink():
            skipped.append(Skipped(path, SkipReason.LINK))
        else:
            found.append(Source(each, path, _size(each)))
    if not with_models:
        skipped += _models(data, workspace)
    return Sources(tuple(sorted(found, key=_order)), tuple(skipped))


def _walk(folder: Path, left_out: Iterable[str] = ()) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda each: each.name)
    except FileNotFoundError:  # its collection or profile was deleted meanwhile
        return
    for entry in entries:
        # The log of a database goes with it: alone it says nothing.
        temporary = entry.name.startswith(files.TEMPORARY)
        if entry.name in left_out or temporary or entry.name.endswith((".db-shm", ".db-wal")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name)
        else:
            yield folder / entry.name


def _order(source: Source) -> tuple[int, int, str]:
    if source.path in _HEADERS:
        return 0, 0, source.path
    if source.path in _RECORDS:
        return 1, 0, source.path
    return 2, 0 if source.is_database else 1, source.path


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except FileNotFoundError:
        return 0


def _models(data: Path, workspace: Database) -> list[Skipped]:
    with workspace.transaction() as connection:
        rows = connection.execute(select(models.c.path, models.c.sha256)).all()
    inside = [(Path(path), sha256) for path, sha256 in rows if Path(path).is_relative_to(data)]
    return [
        Skipped(path.relative_to(data).as_posix(), SkipReason.MODEL, sha256)
        for path, sha256 in inside
    ]
