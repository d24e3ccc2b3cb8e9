"""Who belongs to a department, and which collections each may read; keys go from member to member,
never through the server unsealed."""

import base64
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from app.domain.department import Person, SharedCollection
from app.domain.errors import DamagedData, DepartmentDenied, NameTaken, NoDepartment, OtherKey
from app.store import keys
from app.store.department.founding import MEMBER
from app.store.department.server import Server

_PURPOSE = "department-grant"
_NAME = re.compile(r"[^a-z0-9_]+")
_LONGEST = 40
_COLLECTIONS = """
SELECT c.id, c.name, c.model, c.dimensions, c.words, g.adds OR g.manages, g.manages,
       d.documents, d.passages
FROM larets.collections c
JOIN larets.grants g ON g.collection = c.id AND g.role = session_user
LEFT JOIN LATERAL (
    SELECT count(*) AS documents, coalesce(sum(passages), 0) AS passages
    FROM larets.documents WHERE collection = c.id
) d ON true
ORDER BY c.made
"""
_GRANT = """
INSERT INTO larets.grants (collection, role, adds, manages, sealed, giver, signature)
VALUES (:collection, :role, :adds, :manages, :sealed, session_user, :signature)
ON CONFLICT (collection, role) DO UPDATE
SET adds = excluded.adds, manages = excluded.manages, sealed = excluded.sealed,
    giver = excluded.giver, signature = excluded.signature
"""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a role of the database logs in with."""

    role: str
    password: str


class People:
    """As the owner of `secret` sees them: 32 bytes of his own, from which his key pairs come."""

    def __init__(self, server: Server, secret: bytes) -> None:
        self._server, self._secret = server, secret

    @property
    def own_keys(self) -> tuple[str, str]:
        """The public halves: to seal to, and to check signatures by."""
        return keys.public_key(self._secret), keys.signing_key(self._secret)

    # -- people -----------------------------------------------------------------------------------

    def all(self) -> list[Person]:
        """Everybody who joined, in the order of their names."""
        query = text(
            "SELECT role, name, public_key, signing_key, administrator FROM larets.people "
            "WHERE dismissed IS NULL ORDER BY name"
        )
        with self._server.transaction() as connection:
            return [Person(*row) for row in connection.execute(query)]

    def oneself(self) -> Person:
        """`NoDepartment` where the role that is logged in never joined."""
        query = text(
            "SELECT role, name, public_key, signing_key, administrator FROM larets.people "
            "WHERE role = session_user AND dismissed IS NULL"
        )
        with self._server.transaction() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NoDepartment
        return Person(*row)

    def enter(self, name: str) -> Person:
        """Join under that name as the role that is logged in. `NameTaken`."""
        public, signing = self.own_keys
        values = {"name": name, "public": public, "signing": signing}
        with self._named(name), self._server.transaction() as connection:
            connection.execute(
                text(
                    "INSERT INTO larets.people (name, public_key, signing_key) "
                    "VALUES (:name, :public, :signing)"
                ),
                values,
            )
        return self.oneself()

    # -- collections ------------------------------------------------------------------------------

    def collections(self) -> list[SharedCollection]:
        """Those that this person may read, the oldest first."""
        with self._server.transaction() as connection:
            return [SharedCollection(*row) for row in connection.execute(text(_COLLECTIONS))]

    def create(
        self, collection: str, name: str, model: str, dimensions: int, *, words: bool
    ) -> bytes:
        """A new collection that this person manages; its key. `NameTaken`."""
        key = keys.new_key()
        sealed = keys.seal(self.own_keys[0], key, _context(collection))
        with self._named(name), self._server.transaction() as connection:
            role = connection.execute(text("SELECT session_user")).scalar_one()
            signed = _signed(collection, str(role), sealed, adds=True, manages=True)
            connection.execute(
                text(
                    "SELECT larets.create_collection("
                    ":id, :name, :model, :dimensions, :words, :sealed, :signature)"
                ),
                {
                    "id": collection,
                    "name": name,
                    "model": model,
                    "dimensions": dimensions,
                    "words": words,
                    "sealed": sealed,
                    "signature": self._signature(signed),
                },
            )
        return key

    def rename(self, collection: str, name: str) -> None:
        """Give a collection another name. `NameTaken`, `DepartmentDenied`."""
        query = text("UPDATE larets.collections SET name = :name WHERE id = :id")
        with self._named(name), self._server.transaction() as connection:
            if not connection.execute(query, {"id": collection, "name": name}).rowcount:
                raise DepartmentDenied(server=self._server.address.shown)

    def drop(self, collection: str) -> None:
        """Delete a collection with everything in it. `DepartmentDenied`."""
        with self._server.transaction() as connection:
            connection.execute(text("SELECT larets.drop_collection(:id)"), {"id": collection})

    def key(self, collection: str) -> bytes:
        """The key of a collection, from whoever gave it. `OtherKey` when nobody did whom the
        department knows, `DamagedData` when it does not open."""
        query = text(
            "SELECT g.role, g.adds, g.manages, g.sealed, g.signature, p.signing_key, c.name "
            "FROM larets.grants g JOIN larets.collections c ON c.id = g.collection "
            "LEFT JOIN larets.people p ON p.role = g.giver "
            "WHERE g.collection = :id AND g.role = session_user"
        )
        with self._server.transaction() as connection:
            row = connection.execute(query, {"id": collection}).mappings().one_or_none()
        if row is None:
            raise NoDepartment
        signed = _signed(
            collection, row["role"], row["sealed"], adds=row["adds"], manages=row["manages"]
        )
        signature = base64.b64decode(row["signature"])
        if not keys.is_signed(row["signing_key"] or "", _PURPOSE, signed, signature):
            raise OtherKey(name=row["name"])
        try:
            return keys.unseal(self._secret, row["sealed"], _context(collection))
        except keys.Refused as error:
            raise DamagedData(path=row["name"]) from error

    def give(
        self, collection: str, key: bytes, to: Person, *, adds: bool, manages: bool = False
    ) -> None:
        """Let somebody read a collection. `DepartmentDenied`."""
        sealed = keys.seal(to.public_key, key, _context(collection))
        signed = _signed(collection, to.role, sealed, adds=adds, manages=manages)
        with self._server.transaction() as connection:
            connection.execute(
                text(_GRANT),
                {
                    "collection": collection,
                    "role": to.role,
                    "adds": adds,
                    "manages": manages,
                    "sealed": sealed,
                    "signature": self._signature(signed),
                },
            )

    def take(self, collection: str, role: str) -> None:
        """A person's right to a collection goes; whoever kept its key himself still has that, and
        gets nothing from the server to open with it. `DepartmentDenied`."""
        with self._server.transaction() as connection:
            connection.execute(
                text("DELETE FROM larets.grants WHERE collection = :id AND role = :role"),
                {"id": collection, "role": role},
            )

    def rights(self, collection: str) -> Sequence[tuple[str, bool, bool]]:
        """Roles that may read a collection, whether they add, whether they manage it."""
        query = text(
            "SELECT role, adds, manages FROM larets.grants WHERE collection = :id ORDER BY role"
        )
        with self._server.transaction() as connection:
            found = connection.execute(query, {"id": collection}).all()
        return [(str(row[0]), bool(row[1]), bool(row[2])) for row in found]

    def only_managed(self, role: str) -> list[str]:
        """Names of the collections that nobody would manage without that person; none for somebody
        who does not administer the department."""
        query = text("SELECT larets.only_managed(:role)")
        with self._server.transaction() as connection:
            return list(connection.execute(query, {"role": role}).scalars())

    def dismiss(self, role: str) -> bool:
        """All rights of a person go; whether his role went as well: only who made it, or a
        superuser, may drop it, and without rights it reads nothing. `DepartmentDenied`."""
        with self._server.transaction() as connection:
            connection.execute(text("SELECT larets.dismiss(:role)"), {"role": role})
        try:
            with self._server.transaction() as connection:
                _drop(connection, role)
        except DepartmentDenied:
            return False
        return True

    @contextmanager
    def _named(self, name: str) -> Iterator[None]:
        try:
            yield
        except IntegrityError as error:
            raise NameTaken(name=name) from error

    def _signature(self, signed: bytes) -> str:
        return base64.b64encode(keys.sign(self._secret, _PURPOSE, signed)).decode()


def is_member(server: Server) -> bool:
    """Whether the role that is logged in was let into the department."""
    query = text(
        "SELECT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = session_user "
        "AND NOT r.rolsuper AND pg_has_role(r.oid, :member, 'USAGE'))"
    )
    with server.transaction() as connection:
        return bool(connection.execute(query, {"member": MEMBER}).scalar_one())


def makes_roles(server: Server) -> bool:
    """Whether the role that is logged in has the right to make others."""
    query = text("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = session_user")
    with server.transaction() as connection:
        return bool(connection.execute(query).scalar_one())


def make_role(server: Server, name: str, *, administrator: bool = False) -> Credentials:
    """A role of the database for somebody, with a password by chance; an administrator makes others
    in his turn. `DepartmentDenied` where the connection has no right to make roles."""
    with server.transaction() as connection:
        taken = set(connection.execute(text("SELECT rolname FROM pg_roles")).scalars())
        plain = f"larets_{_NAME.sub('_', name.casefold()).strip('_') or 'person'}"[:_LONGEST]
        names = (plain, *(f"{plain}_{number}" for number in range(2, len(taken) + 3)))
        made = Credentials(
            next(each for each in names if each not in taken), secrets.token_urlsafe(24)
        )
        _create(connection, made, administrator=administrator)
    return made


def _create(connection: Connection, made: Credentials, *, administrator: bool) -> None:
    from psycopg import sql

    driver = connection.connection.driver_connection
    assert driver is not None
    # Hashed here, so that the password stands in no log of the server.
    verifier = driver.pgconn.encrypt_password(
        made.password.encode(), made.role.encode(), b"scram-sha-256"
    )
    role = sql.Identifier(made.role)
    create = "CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS {} PASSWORD {}"
    more = sql.SQL("CREATEROLE" if administrator else "NOCREATEROLE")
    option = sql.SQL(" WITH ADMIN OPTION" if administrator else "")
    cursor = connection.connection.cursor()
    cursor.execute(sql.SQL(create).format(role, more, sql.Literal(verifier.decode())))
    cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(MEMBER), role) + option)


def _drop(connection: Connection, role: str) -> None:
    from psycopg import sql

    connection.exec_driver_sql(f"DROP ROLE {sql.Identifier(role).as_string()}")


def make_administrator(server: Server, role: str) -> None:
    """Note that a role, which joined, administers the department."""
    query = text("UPDATE larets.people SET administrator = true WHERE role = :role")
    with server.transaction() as connection:
        connection.execute(query, {"role": role})


def _context(collection: str) -> str:
    return f"department/{collection}"


def _signed(collection: str, role: str, sealed: str, *, adds: bool, manages: bool) -> bytes:
    return f"{collection}|{role}|{int(adds)}|{int(manages)}|{sealed}".encode()
