"""A department: nothing of it is connected before somebody asks."""

from dataclasses import dataclass
from functools import partial

from app.documents.reading.sandbox import Sandbox
from app.domain.department import Protection, ServerAddress
from app.domain.errors import DepartmentUnreachable
from app.processes.relay import Way
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
from app.wiring.relays import Relays

_SCRATCH = ".worker"


@dataclass(frozen=True)
class DepartmentParts:
    """What is built before the library is, and asked by it."""

    membership: MembershipService
    collections: DepartmentCollections


def build_far(base: Base, parts: Models) -> DepartmentParts:
    kept = SettingsStore(base.unlocked.database)
    membership = MembershipService(
        kept, base.access, base.unlocked.name, base.paths.resources / "department",
        partial(way_to, base.relays), base.record,
    )  # fmt: skip
    collections = DepartmentCollections(membership, parts.models, kept, base.events, base.record)
    return DepartmentParts(membership, collections)


def way_to(relays: Relays, address: ServerAddress) -> str:
    """The folder of the local socket at which a way to that server ends.
    `DepartmentUnreachable`."""
    protected = address.protection is Protection.VERIFIED
    way = Way(address.host, address.port, protected, address.root, address.certificate, address.key)
    try:
        return relays.open(way)
    except OSError as error:
        raise DepartmentUnreachable(server=address.shown) from error


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

    return DepartmentService(
        far.membership,
        far.collections,
        DepartmentRights(far.membership, far.collections, base.access, kept),
        Moving(local, far.collections, base.access),
        DepartmentWorker(far.membership, far.collections, parts.models, folder, sandbox, ahead),
        base.relays.count,
        far.collections.close,
    )
