"""Watched folders: what is new or has changed is queued, what is gone is noticed, and a drive that
was unplugged is told from files that were deleted."""

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.errors import CollectionOnServer, FolderUnreachable
from app.domain.library.watching import FileSeen, Removal, WatchedFolder
from app.domain.roles import Act
from app.services.library.found_files import documents_watched, queue_files
from app.services.library.open_collection import OpenCollection
from app.services.library.open_collections import OpenCollections
from app.services.profiles.access import Access

#: Before what a watched folder brings comes what a user adds by hand.
_BACKGROUND = 1.0


@dataclass(frozen=True, slots=True)
class Scanned:
    """Files that are new or have changed, documents whose files are gone, and those that were
    removed because of it."""

    queued: int = 0
    missing: int = 0
    removed: int = 0


class WatchingService:
    def __init__(self, collections: OpenCollections, access: Access) -> None:
        self._collections = collections
        self._access = access

    def folders(self, collection: str | None = None) -> list[WatchedFolder]:
        """The folders that a collection watches; of the first collection without one. None of one
        that lies on a server. `CollectionMissing`."""
        try:
            return self._collections.one(collection).store.places.watched()
        except CollectionOnServer:
            return []

    def watch(self, folder: WatchedFolder, collection: str | None = None) -> Scanned:
        """Watch a folder from now on, or otherwise than before, and look at it once.
        `FolderUnreachable`, `AccessDenied`."""
        self._access.require(Act.ADD_DOCUMENTS)
        path = Path(folder.path).absolute()
        if not path.is_dir():
            raise FolderUnreachable(name=str(path))
        opened = self._collections.one(collection)
        opened.store.places.watch(replace(folder, path=str(path)))
        return self._scanned(opened)

    def unwatch(self, path: str, collection: str | None = None) -> None:
        """Stop watching a folder; what was read from it stays. `AccessDenied`."""
        self._access.require(Act.ADD_DOCUMENTS)
        self._collections.one(collection).store.places.unwatch(path)

    def scan(self) -> Scanned:
        """Look at all watched folders. A folder that cannot be looked at is a fact about it, not an
        error. `AccessDenied`."""
        self._access.require(Act.ADD_DOCUMENTS)
        found = [self._scanned(opened) for opened in self._collections]
        return Scanned(
            sum(scanned.queued for scanned in found),
            sum(scanned.missing for scanned in found),
            sum(scanned.removed for scanned in found),
        )

    def keep(self, document_ids: Iterable[str]) -> None:
        """Keep documents whose files are gone, and say no more about it."""
        self._access.require(Act.ADD_DOCUMENTS)
        for opened in self._collections:
            ids = [document.id for document in opened.store.documents(list(document_ids))]
            for document_id in ids:
                gone = [
                    file_seen
                    for file_seen in opened.store.places.of(document_id)
                    if file_seen.missing
                ]
                opened.store.places.forget(file_seen.path for file_seen in gone)
            opened.changed(ids)

    def _scanned(self, opened: OpenCollection) -> Scanned:
        queued: list[str] = []
        missing = 0
        removed = self._remove_gone(opened)
        for folder in opened.store.places.watched():
            look = _Look(opened, folder)
            problem = look.problem()
            if not problem:
                queued += queue_files(opened.store, look.found, _BACKGROUND)
                gone = look.gone()
                opened.store.places.put(replace(file_seen, missing=True) for file_seen in gone)
                opened.changed([file_seen.document for file_seen in gone])
                missing += len(gone)
            opened.store.places.watch(replace(folder, problem=problem, scanned=time.time()))
        opened.changed(queued)
        return Scanned(len(queued), missing, removed)

    def _remove_gone(self, opened: OpenCollection) -> int:
        """What was found gone at an earlier look, in folders where that is to be followed. Not
        before all that waits is read: a file that was moved keeps its document."""
        if opened.store.queue.size()[0]:
            return 0
        followed = [
            _below(watched_folder.path)
            for watched_folder in opened.store.places.watched()
            if watched_folder.removal is Removal.REMOVE and not watched_folder.problem
        ]
        gone = [
            document.id
            for document in opened.store.documents()
            if document.missing and document.path.startswith(tuple(followed))
        ]
        if followed and gone:
            opened.remove(gone)
            return len(gone)
        return 0


class _Look:
    """One look at one folder."""

    def __init__(self, opened: OpenCollection, folder: WatchedFolder) -> None:
        self._folder = folder
        self._known = opened.store.places.below(_below(folder.path))
        self.found: list[Path] = []
        self._denied: list[OSError] = []
        if os.path.isdir(folder.path):
            self.found, self._denied = documents_watched(folder)

    def problem(self) -> str:
        """Why nothing can be said about the folder; "" when it can. An empty folder where files
        were is taken for a drive that is not there: its mount point stays behind."""
        root = self._folder.path
        if not os.path.isdir(root) or any(error.filename == root for error in self._denied):
            return FolderUnreachable.code
        present = [file_seen for file_seen in self._known if not file_seen.missing]
        empty = bool(present) and not os.listdir(root)
        return FolderUnreachable.code if empty else ""

    def gone(self) -> list[FileSeen]:
        """Known files that were deleted: the folder that they lay in, or the nearest above it that
        is left, can be looked at and is on the device where they were."""
        there = {str(path) for path in self.found}
        devices = {str(os.stat(path).st_dev) for path in _first_of_each_folder(self.found)}
        return [
            file_seen
            for file_seen in self._known
            if not file_seen.missing
            and file_seen.path not in there
            and not os.path.lexists(file_seen.path)
            and not self._is_denied(file_seen.path)
            and _device_above(file_seen.path) in devices | {file_seen.device}
        ]

    def _is_denied(self, path: str) -> bool:
        return any(path.startswith(_below(str(error.filename))) for error in self._denied)


def _below(folder: str) -> str:
    return folder.rstrip(os.sep) + os.sep


def _first_of_each_folder(paths: Sequence[Path]) -> Iterable[Path]:
    return {path.parent: path for path in paths}.values()


def _device_above(path: str) -> str:
    parent = Path(path).parent
    while not parent.exists() and parent != parent.parent:
        parent = parent.parent
    try:
        return str(parent.stat().st_dev)
    except OSError:
        return "unknown"
