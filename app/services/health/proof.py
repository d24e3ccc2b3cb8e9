"""What can be shown of an open workspace: that it stays offline, and is whole."""

import time
from collections.abc import Callable, Iterator

from app.services.department.service import DepartmentService
from app.services.health import offline_checks
from app.services.health.check import Check, tried
from app.services.health.profile_checks import ProfileChecks
from app.services.models.servers import ModelServers
from app.store.vault.unlocked import Unlocked

_DAY = 86_400


class Proof:
    """For every role: nothing of it is secret."""

    def __init__(
        self,
        unlocked: Unlocked,
        checks: ProfileChecks,
        department: DepartmentService,
        servers: ModelServers,
        door: Callable[[], str],
    ) -> None:
        """`door` tells where other programs are let in, "" where they are not."""
        self._unlocked, self._checks = unlocked, checks
        self._department, self._servers = department, servers
        self._door = door

    def facts(self) -> Iterator[Check]:
        """What is known at once."""
        looks = {
            "sockets": offline_checks.sockets,
            "network": offline_checks.network,
            "native-sockets": offline_checks.native,
            "isolation": offline_checks.interfaces,
            "door": self.door,
            "department": self.department,
            "private-memory": offline_checks.memory,
            "generation": self._checks.losses,
            "witness": self._checks.witness,
            "last-backup": self.last_backup,
        }
        for name, look in looks.items():
            yield tried(name, look)

    def verified(self) -> Iterator[Check]:
        """What has to be read through; it may take a while."""
        yield from self._checks.sealed()

    def door(self) -> Check:
        """Whether other programs of this computer are let in at the window."""
        address = self._door()
        if not address:
            return Check("door", True)
        return Check("no-closed-door", True, shown={"address": address})

    def department(self) -> Check:
        """The addresses that bytes are passed on to, if there are any."""
        membership, servers = self._department.membership, self._servers.all()
        if membership.is_member and not membership.address.socket:
            servers = [membership.address.shown, *servers]
        if not membership.is_member and not servers:
            return Check("no-server", True)
        shown = {"servers": ", ".join(servers) or "–"}
        return Check("department", True, {"open": self._department.ways()}, shown)

    def last_backup(self) -> Check:
        """Of whoever made one: it is read back before it is recorded."""
        moments = [each.moment for each in self._unlocked.audit.entries() if each.act == "backup"]
        if not moments:
            return Check("no-backup", True)
        return Check("last-backup", True, {"days": int((time.time() - max(moments)) // _DAY)})
