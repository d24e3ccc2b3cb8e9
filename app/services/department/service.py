"""Everything about a department that a window or a command asks for."""

from collections.abc import Callable
from dataclasses import dataclass

from app.services.department.collections import DepartmentCollections
from app.services.department.membership import MembershipService
from app.services.department.moving import Moving
from app.services.department.rights import DepartmentRights
from app.services.department.worker import DepartmentWorker


@dataclass(frozen=True)
class DepartmentService:
    """`ways` counts the relays that run, over the network; `close` forgets the keys and ends the
    connection."""

    membership: MembershipService
    collections: DepartmentCollections
    rights: DepartmentRights
    moving: Moving
    worker: DepartmentWorker
    ways: Callable[[], int]
    close: Callable[[], None]
