"""The head of the audit log, kept outside the database in one small encrypted file.

Damage to a write-ahead log, and a database put back to an earlier state, pass every integrity check
of SQLite (reliability report: 200 of 200 cases). The head tells: a log that is shorter than its
recorded head, or has another seal there, has lost something.
"""

from pathlib import Path

import msgspec

from app.domain.errors import DamagedData, VaultError
from app.store import files, keys
from app.store.vault.audit import AuditHead, AuditStore

_CONTEXT = "generation"


class GenerationFile:
    """`<data>/generation`."""

    def __init__(self, data: Path, key: bytes, audit: AuditStore) -> None:
        self._path = data / "generation"
        self._key = key
        self._audit = audit

    def record(self) -> None:
        """Write down where the log stands now."""
        sealed = keys.encrypt(self._key, msgspec.json.encode(self._audit.head()), _CONTEXT)
        with files.atomic(self._path) as file:
            file.write(sealed.encode())

    def intact(self) -> bool:
        """Whether the log still holds what it held when `record` last ran."""
        try:
            recorded = self._recorded()
        except VaultError:
            return False
        return recorded is None or self._audit.seal_of(recorded.number) == recorded.seal

    def _recorded(self) -> AuditHead | None:
        with files.disk_errors(self._path):
            if not self._path.exists():
                return None
            sealed = self._path.read_text("utf-8")
        try:
            return msgspec.json.decode(keys.decrypt(self._key, sealed, _CONTEXT), type=AuditHead)
        except (keys.Refused, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DamagedData(path=str(self._path)) from error
