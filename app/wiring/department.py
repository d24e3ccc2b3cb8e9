"""A department: nothing of it is connected before somebody asks."""

from dataclasses import dataclass

from app.documents.reading.sandbox import Sandbox
from app.domain.department import Protection, ServerAddress
from app.domain.errors import DepartmentUnreachable
from app.processes.relay import Relay, Way
from app.services.department.collections import DepartmentCollections
from app.services.department.membership import MembershipService
from app.services.department.moving import Moving
from app.services.department.rights import DepartmentRights
from app.services.department.service import DepartmentService
from app.services.department.worker import DepartmentWorker
from app.services.jobs import Worker
from app.services.library.open_collections import OpenCollections
from app.store.settings import SettingsStore
from app.wiring.base import Base
from app.wiring.models import Models

_SCRATCH = ".worker"


class Relays:
    """The ways to servers that were opened, one a server."""

    def __init__(self) -> None:
        self._open: dict[ServerAddress, Relay] = {}

    def open(self, address: ServerAddress) -> str:
        """The folder of the local socket that leads there. `DepartmentUnreachable`."""
        known = self._open.get(address)
        if known and known.is_running:
            return known.folder
        protected = address.protection is Protection.VERIFIED
        way = Way(
            address.host, address.port, protected, address.root, address.certificate, address.key
        )
        try:
            self._open[address] = Relay(way)
        except OSError as error:
            raise DepartmentUnreachable(server=address.shown) from error
        return self._open[address].folder

    def count(self) -> int:
        """How many of them run."""
        return sum(relay.is_running for relay in self._open.values())

    def close(self) -> None:
        for relay in self._open.values():
            relay.close()
        self._open = {}


@dataclass(frozen=True)
class DepartmentParts:
    """What is built before the library is, and asked by it."""

    membership: MembershipService
    collections: DepartmentCollections
    relays: Relays


def build_far(base: Base, parts: Models) -> DepartmentParts:
    kept, relays = SettingsStore(base.unlocked.database), Relays()
    membership = MembershipService(
        kept, base.access, base.unlocked.name, base.paths.resources / "department",
        relays.open, base.record,
    )  # fmt: skip
    collections = DepartmentCollections(membership, parts.models, kept, base.events, base.record)
    return DepartmentParts(membership, collections, relays)


def build_department(
    base: Base,
    parts: Models,
    far: DepartmentParts,
    local: OpenCollections,
    parsing: tuple[Sandbox, Worker],
) -> DepartmentService:
    kept = SettingsStore(base.unlocked.database)
    sandbox, ahead = parsing
    folder = base.unlocked.folder / _SCRATCH

    def close() -> None:
        far.collections.close()
        far.relays.close()

    return DepartmentService(
        far.membership,
        far.collections,
        DepartmentRights(far.membership, far.collections, base.access, kept),
        Moving(local, far.collections, base.access),
        DepartmentWorker(far.membership, far.collections, parts.models, folder, sandbox, ahead),
        far.relays.count,
        close,
    )
