"""Files and folders as they lie on the disk: which of them are documents, and in what state."""

import fnmatch
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.documents.reading.reader import is_beside, known_suffixes
from app.domain.errors import FileDenied, FileMissing, UnreadableName
from app.domain.library.watching import FileSeen, WatchedFolder
from app.store.library.library import LibraryStore
from app.store.library.reading_queue import Waiting

#: Why a file is left out whose suffix is known, in place of the suffix.
FOREIGN_NAME, LINK_OUT = "(name is not UTF-8)", "(link out of the folder)"


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
    that cannot be read is in the list itself, so that it becomes a row that says so.
    `UnreadableName` for a file that is given by a name which is no text."""
    found: list[Path] = []
    for path in paths:
        path = path.absolute()
        if path.is_dir():
            denied: list[OSError] = []
            found += _inside(path, denied)
            found += [Path(error.filename) for error in denied]
        elif _is_text(str(path)):
            found.append(path)
        else:
            raise UnreadableName(name=ascii(path.name)[1:-1])
    return list(dict.fromkeys(found))


def left_out(paths: Iterable[Path]) -> dict[str, int]:
    """How many files in folders are not taken: by the suffixes that no reader knows ("" for none),
    or by the reason; the most first."""
    counts: Counter[str] = Counter()
    for path in paths:
        if path.is_dir():
            top = path.absolute()
            reasons = (_why_not(top, root, name) for root, name in _walk(top, []))
            counts.update(reason for reason in reasons if reason is not None)
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
    return [
        Path(root) / name
        for root, name in _walk(folder, denied)
        if _why_not(folder, root, name) is None
    ]


def _why_not(top: Path, root: str, name: str) -> str | None:
    """Why a file below the folder `top` is left out; None for one that is read. A link may lead
    anywhere: what was added is the folder, and not what lies outside of it."""
    suffix, path = Path(name).suffix.lower(), os.path.join(root, name)
    if suffix not in known_suffixes():
        return suffix if _is_text(suffix) else FOREIGN_NAME
    if not _is_text(path):
        return FOREIGN_NAME
    if os.path.islink(path) and not Path(path).resolve().is_relative_to(top.resolve()):
        return LINK_OUT
    return None


def _is_text(path: str) -> bool:
    """False of a name whose bytes are no UTF-8: no database could hold it."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _walk(folder: Path, denied: list[OSError]) -> Iterator[tuple[str, str]]:
    """Folders and names of the files in them, but for hidden ones and what Office and systems keep
    beside documents."""
    for root, folders, names in os.walk(folder, onerror=denied.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")) and not is_beside(name):
                yield root, name


def _wanted(path: Path, folder: WatchedFolder) -> bool:
    def any_of(patterns: Sequence[str]) -> bool:
        return any(
            fnmatch.fnmatch(path.name.casefold(), pattern.casefold())
            or fnmatch.fnmatch(path.as_posix().casefold(), pattern.casefold())
            for pattern in patterns
        )

    return (not folder.include or any_of(folder.include)) and not any_of(folder.exclude)
