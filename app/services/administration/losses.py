"""What the workspace lost, told until an administrator has taken note."""

from app.domain.losses import Loss
from app.domain.roles import Act
from app.services.profiles.access import Access
from app.store.vault.unlocked import Unlocked


class LossService:
    def __init__(self, unlocked: Unlocked, access: Access) -> None:
        self._unlocked, self._access = unlocked, access

    def all(self) -> tuple[Loss, ...]:
        """What was noticed and not acknowledged yet, the oldest first."""
        return self._unlocked.losses()

    def acknowledge(self) -> int:
        """Take note of all of them; how many they were. `AccessDenied`."""
        self._access.require(Act.ACKNOWLEDGE_LOSSES)
        known = len(self.all())
        self._unlocked.acknowledge()
        return known
