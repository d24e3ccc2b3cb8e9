"""That a profile belongs to a department: founded or joined, kept in the profile, told of."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.department import DepartmentStatus, Person, ServerAddress
from app.domain.errors import DepartmentRefused, NoDepartment
from app.domain.roles import Act
from app.services.profiles.access import Access
from app.store.department.founding import Founding
from app.store.department.people import (
    Credentials,
    People,
    is_member,
    make_administrator,
    make_role,
    makes_roles,
)
from app.store.department.queue import WorkQueue
from app.store.department.server import Server
from app.store.settings import SettingsStore

_STORED = "department"
#: Opens a way to a server over the network, and tells the folder of the socket in which it ends.
Relay = Callable[[ServerAddress], str]


@dataclass(frozen=True, slots=True)
class Membership:
    """`secret` is 32 bytes in base16, from which the person's key pairs come: kept with the
    profile, and another than the profile's own key, which changes with its password."""

    address: ServerAddress
    secret: str


class MembershipService:
    """`steps` is the folder of the tables' SQL; `record` writes into the log of acts."""

    def __init__(
        self,
        store: SettingsStore,
        access: Access,
        name: str,
        steps: Path,
        relay: Relay,
        record: Callable[[str, str], None],
    ) -> None:
        self._store, self._access, self._name = store, access, name
        self._steps, self._relay, self._record = steps, relay, record
        kept: Membership | None = store.get(_STORED, None, Membership | None)
        self._kept = kept
        self._server: Server | None = None

    @property
    def is_member(self) -> bool:
        """Whether this profile joined a department, and nobody forbids that by now."""
        return self._kept is not None and self._access.allows(Act.USE_DEPARTMENT)

    @property
    def address(self) -> ServerAddress:
        """`NoDepartment`, `ForbiddenByPolicy`."""
        self._access.require(Act.USE_DEPARTMENT)
        if self._kept is None:
            raise NoDepartment
        return self._kept.address

    def serves(self, url: str) -> bool:
        """Whether this profile belongs to the department at that address, whoever's it is.
        `DepartmentAddress`."""
        return self._kept is not None and self.address.shown == ServerAddress.of(url).shown

    def found(self, url: str, password: str = "") -> DepartmentStatus:
        """Make a department on a server, and be its first administrator. The address is a
        superuser's, who is needed this once. Errors as `Founding.found`, `DepartmentAddress`."""
        self._access.require(Act.CHANGE_POLICIES)
        self._access.require(Act.USE_DEPARTMENT)
        address = _with(ServerAddress.of(url), password)
        server = self._connected(address)
        try:
            Founding(server, self._steps).found()
            made = make_role(server, self._name, administrator=True)
            self._enter(replace(address, user=made.role, password=made.password))
            make_administrator(server, made.role)
        finally:
            server.close()
        self._record("found-department", address.shown)
        return self.status()

    def join(self, url: str, password: str = "") -> DepartmentStatus:
        """Enter a department under this profile's name: as the role that the address names, or as
        a new one where the address has the right to make roles. `NotADepartment`,
        `OtherDepartmentVersion`, `DepartmentRefused`, `DepartmentAddress`."""
        self._access.require(Act.USE_DEPARTMENT)
        address = _with(ServerAddress.of(url), password)
        server = self._connected(address)
        try:
            Founding(server, self._steps).check()
            member = is_member(server)
            made = Credentials(address.user, address.password) if member else self._role(server)
        finally:
            server.close()
        self._enter(replace(address, user=made.role, password=made.password))
        self._record("join-department", address.shown)
        return self.status()

    def upgrade(self, url: str, password: str = "") -> None:
        """Bring a department's tables to the state that this program knows. Errors as
        `Founding.bring_up`."""
        self._access.require(Act.USE_DEPARTMENT)
        server = self._connected(_with(ServerAddress.of(url), password))
        try:
            Founding(server, self._steps).bring_up()
        finally:
            server.close()

    def invite(self, name: str) -> tuple[ServerAddress, Credentials]:
        """A role for somebody who is to join: the address, and what he logs in with.
        `DepartmentDenied` unless this person administers the department."""
        self._access.require(Act.USE_DEPARTMENT)
        made = make_role(self.server(), name)
        self._record("invite", name)
        return replace(self.address, user=made.role, password=""), made

    def leave(self) -> None:
        """Forget the server. What this person added stays there."""
        shown = self.address.shown
        self.close()
        self._kept = None
        self._store.set(_STORED, None)
        self._record("leave-department", shown)

    def status(self) -> DepartmentStatus:
        """What the server tells this person at this moment. `DepartmentUnreachable` and its
        like."""
        server, people = self.server(), self.people()
        queue = WorkQueue(server)
        tables = Founding(server, self._steps)
        schema = tables.check()
        version, size = tables.version()
        return DepartmentStatus(
            server=server.address.shown,
            version=version,
            schema=schema,
            person=people.oneself(),
            people=tuple(people.all()),
            collections=tuple(people.collections()),
            queue=queue.size(),
            workers=queue.workers(),
            size=size,
        )

    def oneself(self) -> Person:
        """This profile as the department knows it."""
        return self.people().oneself()

    def server(self) -> Server:
        """The connection, made when it is first asked for. `NoDepartment`, `ForbiddenByPolicy`."""
        address = self.address
        if self._server is None:
            self._server = self._connected(address)
        return self._server

    def people(self) -> People:
        """Who belongs to it, as this person's keys show them."""
        if self._kept is None:
            raise NoDepartment
        return People(self.server(), bytes.fromhex(self._kept.secret))

    def close(self) -> None:
        """Twice is harmless."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _role(self, server: Server) -> Credentials:
        if not makes_roles(server):
            raise DepartmentRefused(server=server.address.shown, reason="no invitation")
        return make_role(server, self._name)

    def _enter(self, address: ServerAddress) -> None:
        """Known to the server first, then kept: a power cut between the two costs a role that
        nobody uses."""
        kept = Membership(address, secrets.token_hex(32))
        server = self._connected(address)
        try:
            People(server, bytes.fromhex(kept.secret)).enter(self._name)
        finally:
            server.close()
        self.close()
        self._store.set(_STORED, kept)
        self._kept = kept

    def _connected(self, address: ServerAddress) -> Server:
        folder = self._relay(address) if not address.socket else ""
        return Server(address, folder)


def _with(address: ServerAddress, password: str) -> ServerAddress:
    return replace(address, password=password) if password else address
