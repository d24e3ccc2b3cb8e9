"""Files and folders as they lie on the disk: which of them are documents, and in what state."""

import fnmatch
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.documents.reading.reader import is_beside, known_suffixes
from app.domain.errors import FileDenied, FileMissing
from app.domain.library.watching import FileSeen, WatchedFolder
from app.store.library.library import LibraryStore
from app.store.library.reading_queue import Waiting


@contextmanager
def file_errors(path: Path) -> Iterator[None]:
    """Turn the operating system's refusals into ours."""
    try:
        yield
    except PermissionError as error:
        raise FileDenied(name=path.name) from error
    except (OSError, ValueError) as error:
        raise FileMissing(name=path.name) from error


def place_of(path: Path, facts: os.stat_result, document_id: str) -> FileSeen:
    return FileSeen(str(path), document_id, facts.st_size, facts.st_mtime, str(facts.st_dev))


def documents_in(paths: Iterable[Path]) -> list[Path]:
    """Files as they are given; of folders all that a reader knows, hidden ones left out. A folder
    that cannot be read is in the list itself, so that it becomes a row that says so."""
    found: list[Path] = []
    for path in paths:
        path = path.absolute()
        if path.is_dir():
            denied: list[OSError] = []
            found += _inside(path, denied)
            found += [Path(error.filename) for error in denied]
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def left_out(paths: Iterable[Path]) -> dict[str, int]:
    """How many files in folders no reader knows, by their suffixes ("" for none), the most
    first."""
    counts = Counter(
        Path(name).suffix.lower()
        for path in paths
        if path.is_dir()
        for _, name in _walk(path.absolute(), [])
        if not _is_known(name)
    )
    return dict(counts.most_common())


def documents_watched(folder: WatchedFolder) -> tuple[list[Path], list[OSError]]:
    """What the patterns let through, and the parts of the folder that could not be looked at."""
    root = Path(folder.path)
    denied: list[OSError] = []
    found = _inside(root, denied)
    return [path for path in found if _wanted(path.relative_to(root), folder)], denied


def queue_files(store: LibraryStore, paths: Sequence[Path], pending: float) -> tuple[str, ...]:
    """Queue files that are new or have changed since they were last looked at; their ids. A file
    that failed is tried again."""
    known = store.places.at([str(each) for each in paths])
    failed = {
        document.id
        for document in store.documents([k.document for k in known.values()])
        if document.error
    }
    new: list[tuple[Path, os.stat_result | None]] = []
    again: list[str] = []
    left: list[str] = []
    for path in paths:
        facts = _facts(path)
        place = known.get(str(path))
        if place is None:
            new.append((path, facts))
        elif place.document in failed or facts is None or not _unchanged(place, facts):
            if _is_elsewhere(store, place):
                new.append((path, facts))
                left.append(place.document)
            else:
                again.append(place.document)
    for document_id in again:
        store.forget_staged(document_id)
    store.queue.again(again, pending)
    waiting = [Waiting(str(path), path.name, _size(facts), _modified(facts)) for path, facts in new]
    ids = store.queue.add(waiting, pending)
    store.places.put(
        FileSeen(str(path), key, _size(facts), _modified(facts), str(facts.st_dev) if facts else "")
        for key, (path, facts) in zip(ids, new, strict=True)
    )
    for document_id in left:
        store.places.settle(document_id)
    return (*again, *ids)


def _is_elsewhere(store: LibraryStore, place: FileSeen) -> bool:
    """Whether another copy of what stood there is still somewhere: it keeps the document."""
    return any(
        file_seen.path != place.path and os.path.exists(file_seen.path)
        for file_seen in store.places.of(place.document)
    )


def _facts(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except (OSError, ValueError):
        return None  # reading it says why


def _size(facts: os.stat_result | None) -> int:
    return facts.st_size if facts else 0


def _modified(facts: os.stat_result | None) -> float | None:
    return facts.st_mtime if facts else None


def _unchanged(place: FileSeen, facts: os.stat_result) -> bool:
    return (place.size, place.modified) == (facts.st_size, facts.st_mtime) and not place.missing


def _inside(folder: Path, denied: list[OSError]) -> list[Path]:
    return [Path(root) / name for root, name in _walk(folder, denied) if _is_known(name)]


def _walk(folder: Path, denied: list[OSError]) -> Iterator[tuple[str, str]]:
    """Folders and names of the files in them, but for hidden ones and what Office and systems keep
    beside documents."""
    for root, folders, names in os.walk(folder, onerror=denied.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")) and not is_beside(name):
                yield root, name


def _is_known(name: str) -> bool:
    return Path(name).suffix.lower() in known_suffixes()


def _wanted(path: Path, folder: WatchedFolder) -> bool:
    def any_of(patterns: Sequence[str]) -> bool:
        return any(
            fnmatch.fnmatch(path.name.casefold(), pattern.casefold())
            or fnmatch.fnmatch(path.as_posix().casefold(), pattern.casefold())
            for pattern in patterns
        )

    return (not folder.include or any_of(folder.include)) and not any_of(folder.exclude)
