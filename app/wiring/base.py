"""What every part behind the lock is built on."""

from dataclasses import dataclass

from app.paths import Paths
from app.services.events import Events
from app.services.profiles.access import Access
from app.store.vault.unlocked import Unlocked
from app.wiring.relays import Relays


@dataclass(frozen=True)
class Base:
    """What the services behind the lock are built on; `relays` are the ways out of this computer
    that were opened."""

    paths: Paths
    unlocked: Unlocked
    access: Access
    events: Events
    relays: Relays

    def record(self, act: str, subject: str) -> None:
        self.unlocked.record(act, subject)
