"""The workspace's policies, each signed by an administrator."""

import base64
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import insert, select

from app.domain.policies import Policies, Policy
from app.domain.roles import Role
from app.store import schema
from app.store.database import Database
from app.store.vault.roster import Roster
from app.store.vault.unlocked import Unlocked

_PURPOSE = "policy"


class PolicyStore:
    def __init__(self, unlocked: Unlocked) -> None:
        self._unlocked = unlocked

    def read(self) -> Policies:
        """Those that a present administrator signed; others hold for nobody."""
        return self.stored(self._unlocked.workspace, self._unlocked.roster())

    @staticmethod
    def stored(workspace: Database, roster: Roster) -> Policies:
        with workspace.transaction() as connection:
            rows = connection.execute(select(schema.policies)).mappings().all()
        return decided(rows, roster)

    def sign_again(self) -> None:
        """Sign what holds, by who is an administrator now: another one may leave."""
        for policy, value in self.read().chosen.items():
            self.decide(policy, value)

    def decide(self, policy: Policy, value: str) -> None:
        """Sign and store a policy."""
        signature = self._unlocked.sign(_PURPOSE, f"{policy.value}={value}".encode())
        with self._unlocked.workspace.change() as connection:
            connection.execute(
                insert(schema.policies)
                .prefix_with("OR REPLACE")
                .values(
                    name=policy.value,
                    value=value,
                    by=self._unlocked.profile,
                    signature=base64.b64encode(signature).decode(),
                )
            )
        self._unlocked.keep_spares()


def decided(rows: Iterable[Mapping[Any, Any]], roster: Roster) -> Policies:
    """What the rows of the table say that a present administrator signed."""
    chosen = {
        Policy(row["name"]): str(row["value"])
        for row in rows
        if row["name"] in set(Policy) and _is_decided(row, roster)
    }
    return Policies(chosen)


def _is_decided(row: Mapping[Any, Any], roster: Roster) -> bool:
    """By who is an administrator, with any key that he ever had."""
    signer = roster.members.get(row["by"])
    if signer is None or signer.role is not Role.ADMINISTRATOR:
        return False
    signed = f"{row['name']}={row['value']}".encode()
    signature = base64.b64decode(row["signature"])
    return roster.has_signed(signer.profile, _PURPOSE, signed, signature)
