"""What takes room below the data folder, told by where it lies; and what of it may be removed."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from app.domain.storage import CLEANABLE, Storage, StorageKind
from app.store.database import BEFORE_MIGRATION
from app.store.files import SET_ASIDE, TEMPORARY, disk_errors

_FOLDERS = {
    "profiles": StorageKind.CONVERSATIONS,
    "models": StorageKind.MODELS,
    "adapters": StorageKind.ADAPTERS,
    "training": StorageKind.TRAININGS,
    "spare": StorageKind.SPARE,
    "log": StorageKind.LOG,
}
#: Seconds after which nobody is still writing a file that is not whole.
_UNFINISHED_FOR = 3600
_COLLECTIONS, _ORIGINALS, _STATES = "collections", "files", ".states"


def used(data: Path) -> list[Storage]:
    """Every kind, empty ones too, in the order of StorageKind."""
    sizes: Counter[StorageKind] = Counter()
    counts: Counter[StorageKind] = Counter()
    for file, kind in _files(data):
        with suppress(OSError):  # one that went a moment ago
            sizes[kind] += file.lstat().st_size
            counts[kind] += 1
    return [Storage(kind, sizes[kind], counts[kind]) for kind in StorageKind]


def clean(data: Path, kind: StorageKind) -> int:
    """Remove the files of a kind that is cleanable; the bytes that they took. `StorageDenied`."""
    if kind not in CLEANABLE:
        raise ValueError(f"{kind} is no kind that may be removed")
    freed = 0
    for file, found in list(_files(data)):
        if found is kind:
            with disk_errors(file), suppress(FileNotFoundError):
                size = file.lstat().st_size
                file.unlink()
                freed += size
    return freed


def leftovers(data: Path) -> list[Path]:
    """Files that a kill or a power cut left half-written; one that may still be written to is
    none."""
    oldest = time.time() - _UNFINISHED_FOR
    found = []
    for folder, _folders, names in os.walk(data):
        for name in names:
            if name.startswith(TEMPORARY):
                with suppress(OSError):
                    if Path(folder, name).lstat().st_mtime < oldest:
                        found.append(Path(folder, name))
    return found


def remove_leftovers(data: Path) -> int:
    """Delete them; the bytes that they took. `StorageDenied`."""
    freed = 0
    for file in leftovers(data):
        with disk_errors(file), suppress(FileNotFoundError):
            size = file.lstat().st_size
            file.unlink()
            freed += size
    return freed


def _files(data: Path) -> Iterator[tuple[Path, StorageKind]]:
    for folder, _folders, names in os.walk(data):
        for name in names:
            file = Path(folder, name)
            yield file, kind_of(file.relative_to(data))


def kind_of(place: Path) -> StorageKind:
    """Of a file, by its path below the data folder."""
    parts = PurePosixPath(place.as_posix()).parts
    if BEFORE_MIGRATION in parts[-1]:
        return StorageKind.MIGRATED
    if SET_ASIDE in parts:
        return StorageKind.ASIDE
    if any(part.endswith(_STATES) for part in parts[:-1]):
        return StorageKind.PREPARED
    if parts[0] == _COLLECTIONS:
        return StorageKind.ORIGINALS if _ORIGINALS in parts[1:-1] else StorageKind.INDEXES
    return _FOLDERS.get(parts[0], StorageKind.OTHER) if len(parts) > 1 else StorageKind.OTHER
