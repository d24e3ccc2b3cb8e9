"""Who did what, append-only: every row is sealed with an HMAC over itself and the row before, and
signed by the profile that did it.

The seal covers all rows before, so each signature counter-signs what the others did: a profile can
change its own rows after the last one of somebody else, and nothing older. Rows name acts, ids and
names, never questions, answers or file contents.
"""

import hashlib
import hmac
import time
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from app.store import keys
from app.store.database import Database
from app.store.schema import audit
from app.store.vault.roster import Roster

_PURPOSE = "audit"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """`moment` in seconds since 1970."""

    number: int
    moment: float
    profile: str
    act: str
    subject: str


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The last row: its number and seal; 0 and nothing for an empty log."""

    number: int
    seal: bytes


class AuditStore:
    """`profile_key` signs what is recorded; without one rows are only sealed."""

    def __init__(self, workspace: Database, key: bytes, profile_key: bytes | None = None) -> None:
        self._workspace = workspace
        self._key, self._profile_key = key, profile_key

    def record(self, profile: str, act: str, subject: str = "") -> None:
        with self._workspace.deletion() as connection:
            last = _head(connection)
            number = last.number + 1
            entry = AuditEntry(number, time.time(), profile, act, subject)
            seal = self._seal(entry, last.seal)
            signature = keys.sign(self._profile_key, _PURPOSE, seal) if self._profile_key else b""
            connection.execute(
                insert(audit).values(
                    number=number,
                    moment=entry.moment,
                    profile=profile,
                    act=act,
                    subject=subject,
                    seal=seal,
                    signature=signature,
                )
            )

    def head(self) -> AuditHead:
        with self._workspace.transaction() as connection:
            return _head(connection)

    def seal_of(self, number: int) -> bytes | None:
        """The seal of a row; nothing for number 0, None when the row is not there."""
        if number == 0:
            return b""
        with self._workspace.transaction() as connection:
            return connection.execute(
                select(audit.c.seal).where(audit.c.number == number)
            ).scalar_one_or_none()

    def entries(self) -> list[AuditEntry]:
        return [row.entry for row in self._rows()]

    def last_seen(self) -> dict[str, float]:
        """When each profile last did something that is recorded, seconds since 1970."""
        query = select(audit.c.profile, func.max(audit.c.moment)).group_by(audit.c.profile)
        with self._workspace.transaction() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def intact(self, roster: Roster | None = None) -> bool:
        """Whether no row was changed, removed from the middle, or put in; with a `roster` also
        whether each was signed by its profile. Rows from before there were signatures come first,
        and are covered by the first signed one."""
        before, signed = b"", False
        for place, row in enumerate(self._rows(), start=1):
            sealed = hmac.compare_digest(row.seal, self._seal(row.entry, before))
            if row.entry.number != place or not sealed:
                return False
            signed = signed or bool(row.signature)
            if signed and roster:
                by = row.entry.profile
                if not roster.has_signed(by, _PURPOSE, row.seal, row.signature):
                    return False
            before = row.seal
        return True

    def _rows(self) -> list["_Row"]:
        with self._workspace.transaction() as connection:
            rows = connection.execute(select(audit).order_by(audit.c.number)).mappings().all()
        return [
            _Row(
                AuditEntry(
                    row["number"], row["moment"], row["profile"], row["act"], row["subject"]
                ),
                row["seal"],
                row["signature"],
            )
            for row in rows
        ]

    def _seal(self, entry: AuditEntry, before: bytes) -> bytes:
        parts = (entry.number, repr(entry.moment), entry.profile, entry.act, entry.subject)
        line = "\x1f".join(map(str, parts)).encode()
        return hmac.new(self._key, before + line, hashlib.sha256).digest()


@dataclass(frozen=True, slots=True)
class _Row:
    entry: AuditEntry
    seal: bytes
    signature: bytes


def _head(connection: Connection) -> AuditHead:
    last = connection.execute(
        select(audit.c.number, audit.c.seal).order_by(audit.c.number.desc()).limit(1)
    ).one_or_none()
    return AuditHead(last[0], last[1]) if last else AuditHead(0, b"")
