"""What takes room in the workspace, and making room where nothing is lost."""

from app.domain.roles import Act
from app.domain.storage import Storage, StorageKind
from app.services.profiles.access import Access
from app.store import storage
from app.store.vault.unlocked import Unlocked


class StorageService:
    def __init__(self, unlocked: Unlocked, access: Access) -> None:
        self._unlocked, self._access = unlocked, access

    def all(self) -> list[Storage]:
        """Every kind, empty ones too."""
        return storage.used(self._unlocked.folder)

    def clean(self, kind: StorageKind) -> int:
        """Remove what is of that kind; the bytes that became free. `AccessDenied`,
        `StorageDenied`."""
        self._access.require(Act.REMOVE_DOCUMENTS)
        freed = storage.clean(self._unlocked.folder, kind)
        self._unlocked.record("clean-up", f"{kind.value}, {freed}")
        return freed
