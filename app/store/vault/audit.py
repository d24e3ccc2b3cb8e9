"""Who did what, append-only: every row is sealed with an HMAC over itself and the row before.

It names acts and ids, never questions, answers or file contents.
"""

import hashlib
import hmac
import time
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from app.store.database import Database
from app.store.schema import audit


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
    def __init__(self, workspace: Database, key: bytes) -> None:
        self._workspace = workspace
        self._key = key

    def record(self, profile: str, act: str, subject: str = "") -> None:
        with self._workspace.transaction() as connection:
            last = _head(connection)
            number = last.number + 1
            entry = AuditEntry(number, time.time(), profile, act, subject)
            connection.execute(
                insert(audit).values(
                    number=number,
                    moment=entry.moment,
                    profile=profile,
                    act=act,
                    subject=subject,
                    seal=self._seal(entry, last.seal),
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
        return [entry for entry, _ in self._rows()]

    def intact(self) -> bool:
        """Whether no row was changed, removed from the middle, or put in."""
        before = b""
        for place, (entry, seal) in enumerate(self._rows(), start=1):
            if entry.number != place or not hmac.compare_digest(seal, self._seal(entry, before)):
                return False
            before = seal
        return True

    def _rows(self) -> list[tuple[AuditEntry, bytes]]:
        with self._workspace.transaction() as connection:
            rows = connection.execute(select(audit).order_by(audit.c.number)).mappings().all()
        return [
            (
                AuditEntry(
                    row["number"], row["moment"], row["profile"], row["act"], row["subject"]
                ),
                row["seal"],
            )
            for row in rows
        ]

    def _seal(self, entry: AuditEntry, before: bytes) -> bytes:
        parts = (entry.number, repr(entry.moment), entry.profile, entry.act, entry.subject)
        line = "\x1f".join(map(str, parts)).encode()
        return hmac.new(self._key, before + line, hashlib.sha256).digest()


def _head(connection: Connection) -> AuditHead:
    last = connection.execute(
        select(audit.c.number, audit.c.seal).order_by(audit.c.number.desc()).limit(1)
    ).one_or_none()
    return AuditHead(last[0], last[1]) if last else AuditHead(0, b"")
