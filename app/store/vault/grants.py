"""Who may read which collection: its key, sealed to a profile and signed by who gave it.

Public keys come from the roster alone, so that nobody puts his own in another's place; a grant that
no member signed gives no key, so that nobody hands a collection whose key he knows to another.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from app.store import keys
from app.store.database import Database
from app.store.schema import grants
from app.store.vault.roster import Member, Roster

_PURPOSE = "grant"


@dataclass(frozen=True, slots=True)
class Right:
    """That a profile may read a collection, and whether it may add to it."""

    profile: str
    adds: bool


class GrantStore:
    """The grants as the profile sees them that `profile_key` belongs to."""

    def __init__(self, workspace: Database, profile: str, profile_key: bytes) -> None:
        self._workspace, self._profile, self._profile_key = workspace, profile, profile_key

    def give(
        self, connection: Connection, collection: str, key: bytes, to: Member, *, adds: bool
    ) -> None:
        """Let a member open a collection; what he had before is replaced."""
        sealed = keys.seal(to.public_key, key, collection)
        signed = _signed(to.profile, collection, sealed, adds=adds)
        signature = _signature(self._profile_key, signed)
        self.take(connection, collection, to.profile)
        connection.execute(
            insert(grants).values(
                profile=to.profile,
                collection=collection,
                sealed=sealed,
                by=self._profile,
                signature=signature,
                adds=int(adds),
            )
        )

    def take(self, connection: Connection, collection: str, profile: str) -> None:
        """A profile's grant of a collection goes; whoever kept the key himself still has it."""
        connection.execute(
            delete(grants).where(grants.c.collection == collection, grants.c.profile == profile)
        )

    def key(self, collection: str, roster: Roster) -> bytes:
        """The collection's key. `keys.Refused` when it was not given, or not by a member."""
        query = select(grants).where(
            grants.c.profile == self._profile, grants.c.collection == collection
        )
        with self._workspace.transaction() as connection:
            row = connection.execute(query).mappings().one_or_none()
        if row is None:
            raise keys.Refused("no grant")
        return unsealed(row, roster, self._profile_key)

    def rights(self, collections: Sequence[str]) -> dict[str, list[Right]]:
        """Who may read each of these collections."""
        query = select(grants.c.collection, grants.c.profile, grants.c.adds).where(
            grants.c.collection.in_(list(collections))
        )
        found: dict[str, list[Right]] = {each: [] for each in collections}
        with self._workspace.transaction() as connection:
            for collection, profile, adds in connection.execute(query):
                found[collection].append(Right(profile, bool(adds)))
        return found

    def sign_all(self) -> None:
        """Sign what an administrator finds unsigned: grants from before there were signatures."""
        with self._workspace.change() as connection:
            rows = connection.execute(select(grants).where(grants.c.by == "")).mappings().all()
            for row in rows:
                signed = _signed(row["profile"], row["collection"], row["sealed"], adds=True)
                signature = _signature(self._profile_key, signed)
                connection.execute(
                    grants.update()
                    .where(
                        grants.c.profile == row["profile"],
                        grants.c.collection == row["collection"],
                    )
                    .values(by=self._profile, signature=signature, adds=1)
                )

    def renew(self, new_key: bytes) -> None:
        """Seal and sign this profile's own grants anew, for a profile key that comes next."""
        public = keys.public_key(new_key)
        with self._workspace.change() as connection:
            query = select(grants).where(grants.c.profile == self._profile)
            for row in connection.execute(query).mappings().all():
                key = keys.unseal(self._profile_key, row["sealed"], row["collection"])
                sealed = keys.seal(public, key, row["collection"])
                signed = _signed(self._profile, row["collection"], sealed, adds=bool(row["adds"]))
                signature = _signature(new_key, signed)
                connection.execute(
                    grants.update()
                    .where(
                        grants.c.profile == self._profile,
                        grants.c.collection == row["collection"],
                    )
                    .values(sealed=sealed, by=self._profile, signature=signature)
                )


def unsealed(row: Mapping[Any, Any], roster: Roster, profile_key: bytes) -> bytes:
    """The key in a row of the table of grants. `keys.Refused` when no member gave it."""
    signed = _signed(row["profile"], row["collection"], row["sealed"], adds=bool(row["adds"]))
    signature = base64.b64decode(row["signature"])
    if roster.entries and not roster.has_signed(row["by"], _PURPOSE, signed, signature):
        raise keys.Refused("the grant is nobody's")
    return keys.unseal(profile_key, row["sealed"], row["collection"])


def _signed(profile: str, collection: str, sealed: str, *, adds: bool) -> bytes:
    return f"{profile}|{collection}|{int(adds)}|{sealed}".encode()


def _signature(profile_key: bytes, signed: bytes) -> str:
    return base64.b64encode(keys.sign(profile_key, _PURPOSE, signed)).decode()
