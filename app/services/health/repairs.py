"""What can be repaired without a loss, by the name of the check that failed.

A folder of damaged databases that was set aside is left alone: a salvage may still want it.
"""

import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from app import log
from app.domain.repairs import Repairable
from app.domain.roles import Act
from app.domain.storage import StorageKind
from app.services.library.open_collections import OpenCollections
from app.services.profiles.access import Access
from app.store import files, storage
from app.store.vault.unlocked import Unlocked

#: Does what is due; the check is made again by whoever asked for it.
Repair = Callable[[], None]


def of_folder(data: Path) -> Mapping[Repairable, Repair]:
    """Those that need no profile. `StorageDenied`."""

    def tighten() -> None:
        others = stat.S_IRWXG | stat.S_IRWXO
        with files.disk_errors(data), suppress(FileNotFoundError):  # nothing was founded yet
            data.chmod(stat.S_IMODE(data.stat().st_mode) & ~others)
        log.event("repaired", name=log.Code("permissions"))

    def sweep() -> None:
        freed = storage.remove_leftovers(data)
        log.event("repaired", name=log.Code("leftovers"), size=freed)

    return {Repairable.PERMISSIONS: tighten, Repairable.LEFTOVERS: sweep}


_ACTS = {
    Repairable.DISK_SPACE: Act.REMOVE_DOCUMENTS,
    Repairable.SEARCH_INDEX: Act.ADD_DOCUMENTS,
}


class ProfileRepairs:
    """Those behind the lock, each asked of the role before it is offered and before it is done."""

    def __init__(self, collections: OpenCollections, unlocked: Unlocked, access: Access) -> None:
        self._collections, self._unlocked, self._access = collections, unlocked, access

    def offered(self) -> Mapping[Repairable, Repair]:
        """Those that the role may."""
        return {
            name: repair for name, repair in self.all().items() if self._access.allows(_ACTS[name])
        }

    def all(self) -> Mapping[Repairable, Repair]:
        """Each refuses with `AccessDenied` what the role may not."""
        return {
            Repairable.DISK_SPACE: self._make_room,
            Repairable.SEARCH_INDEX: self._rebuild,
        }

    def _make_room(self) -> None:
        """Prepared prompts and copies from before an update. `StorageDenied`."""
        self._require(Repairable.DISK_SPACE)
        for kind in (StorageKind.PREPARED, StorageKind.MIGRATED):
            storage.clean(self._unlocked.folder, kind)

    def _rebuild(self) -> None:
        """The words of every collection's passages anew; the graph of its vectors at the next
        start. `StorageFull`, `DamagedData`."""
        self._require(Repairable.SEARCH_INDEX)
        for opened in self._collections:
            if not opened.store.words_fit():
                opened.store.rebuild_words()
                opened.store.snapshot.forget()

    def _require(self, name: Repairable) -> None:
        self._access.require(_ACTS[name])
        self._unlocked.record("repair", name.value)
