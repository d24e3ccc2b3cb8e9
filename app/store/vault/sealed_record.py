"""How often each database was changed, and how far the log and the roster had come, in one small
encrypted file outside them.

Damage to a write-ahead log, and a database put back to an earlier state, pass every integrity check
of SQLite (reliability report: 200 of 200 cases). The record tells: a database that counts less than
was written down here has lost something. What was noticed stays in the record until somebody
acknowledges it. Who may open the workspace can forge the record; it tells of accidents, and of
whoever puts files back without a key.
"""

import hashlib
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from app.domain.errors import StorageDenied, StorageFull
from app.domain.losses import Loss, LossKind
from app.store import files, keys
from app.store.reserve import Reserve
from app.store.vault.audit import AuditHead

_CONTEXT = "generation"
#: The record; the one at the last opening or closing, durable; one under keys that come next.
_NOW, _LAST, _NEXT = "generation", "generation.last", "generation.next"


@dataclass(frozen=True)
class _State:
    """`number` counts the writings of the record, `databases` maps paths to counts."""

    number: int = 0
    databases: dict[str, int] = field(default_factory=dict)
    audit: AuditHead = field(default_factory=lambda: AuditHead(0, b""))
    losses: tuple[Loss, ...] = ()


class Witness:
    """The record's number outside the workspace, on this computer: it tells when everything was put
    back together. `folder` None where the system gives no place."""

    def __init__(self, folder: Path | None, workspace: str, data: Path) -> None:
        name = hashlib.sha256(f"{workspace}|{data.absolute()}".encode()).hexdigest()[:32]
        self._path = folder / name if folder and workspace else None

    @property
    def is_kept(self) -> bool:
        return self._path is not None and self._path.exists()

    def number(self, key: bytes) -> int:
        """0 without one, or one that is not ours."""
        if self._path is None:
            return 0
        with suppress(OSError, keys.Refused, ValueError):
            return int(keys.decrypt(key, self._path.read_bytes().decode("ascii"), "witness"))
        return 0

    def keep(self, key: bytes, number: int) -> None:
        """Where nothing can be written there is none: `is_kept` tells."""
        if self._path is not None:
            with suppress(OSError, StorageDenied, StorageFull):
                self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                sealed = keys.encrypt(key, str(number).encode(), "witness")
                files.replace_lightly(self._path, sealed.encode())


class SealedRecord:
    """The record of the workspace in the folder `data`; a store.database.Generations. Safe from
    several threads."""

    def __init__(self, data: Path, key: bytes, witness: Witness) -> None:
        """Reads what is there; `settle` compares it with the workspace."""
        self._data, self._key, self.witness = data, key, witness
        self.reserve = Reserve(data)
        self._lock = threading.Lock()
        states = {name: _read(data / name, key) for name in (_NOW, _LAST, _NEXT)}
        #: Nobody has opened the workspace since its keys were renewed.
        self._is_next = states[_NEXT] is not None and states[_NOW] is None
        known = [state for state in states.values() if state]
        self._state = max(known, key=lambda state: state.number, default=_State())
        self.is_new = not any((data / name).exists() for name in states)
        self._broken = states[_NOW] is None and states[_NEXT] is None and not self.is_new
        seen = witness.number(key)
        self._all_older = bool(known) and seen > self._state.number
        if seen > self._state.number:
            self._state = replace(self._state, number=seen)

    def settle(self, *, founded: bool) -> None:
        """Note what the record itself tells at an opening. `founded`: this is the first one."""
        if self._broken or (self.is_new and not founded):
            self.note(LossKind.NO_RECORD, _NOW)
        if self._all_older:
            self.note(LossKind.ALL_OLDER, "")

    @property
    def audit(self) -> AuditHead:
        """Where the log stood when it was last written down."""
        return self._state.audit

    # -- databases --------------------------------------------------------------------------------

    def expects(self, path: Path) -> bool:
        return self._part(path) in self._state.databases

    def expect(self, path: Path) -> None:
        """That database belongs to the workspace, whatever was written down of it."""
        if not self.expects(path):
            self._put({self._part(path): 0})

    def opened(self, path: Path, count: int) -> None:
        part = self._part(path)
        if count < self._state.databases.get(part, 0):
            self.note(LossKind.OLDER, part)
        self._put({part: count})

    def committed(self, path: Path, count: int) -> None:
        part = self._part(path)
        if count > self._state.databases.get(part, 0):
            self._put({part: count})

    def forget(self, *paths: Path) -> None:
        """These databases are gone for good, or have other names now."""
        gone = {self._part(path) for path in paths}
        with self._lock:
            kept = {part: n for part, n in self._state.databases.items() if part not in gone}
            self._write(replace(self._state, databases=kept))

    def missing(self) -> list[str]:
        """Databases that should be there and are not, or are empty."""
        return [part for part in self._state.databases if _is_gone(self._data / part)]

    # -- losses -----------------------------------------------------------------------------------

    def losses(self) -> tuple[Loss, ...]:
        """What was noticed and not acknowledged yet, the oldest first."""
        return self._state.losses

    def note(self, kind: LossKind, part: str, name: str = "") -> None:
        """Remember a loss; one that is known already stays as it is."""
        with self._lock:
            if all((each.kind, each.part) != (kind, part) for each in self._state.losses):
                loss = Loss(kind, part, name, time.time())
                self._write(replace(self._state, losses=(*self._state.losses, loss)))

    def acknowledge(self) -> None:
        """Whoever reads them knows now; what is missing is not waited for any more."""
        gone = set(self.missing())
        with self._lock:
            kept = {part: n for part, n in self._state.databases.items() if part not in gone}
            self._write(replace(self._state, losses=(), databases=kept))

    # -- writing ----------------------------------------------------------------------------------

    def keep(self, audit: AuditHead) -> None:
        """Write durably where the log stands, here and with the witness. Errors of the disk come
        out."""
        with self._lock:
            self._write(replace(self._state, audit=audit))
            sealed = _sealed(self._state, self._key)
            with files.atomic(self._data / _LAST) as file:
                file.write(sealed)
            (self._data / _NEXT).unlink(missing_ok=True)
            self.witness.keep(self._key, self._state.number)

    def keep_for(self, key: bytes, renamed: Mapping[str, str]) -> None:
        """Write what the record will be under another key, before the header names it and the
        `renamed` databases. What holds until then must not be lost with the place of the next."""
        with self._lock:
            if self._is_next:
                with files.atomic(self._data / _NOW) as file:
                    file.write(_sealed(self._state, self._key))
            counts = self._state.databases
            databases = {renamed.get(part, part): count for part, count in counts.items()}
            number = self._state.number + 1
            state = replace(self._state, databases=databases, number=number)
            with files.atomic(self._data / _NEXT) as file:
                file.write(_sealed(state, key))
            self.witness.keep(key, number)

    def _part(self, path: Path) -> str:
        return path.relative_to(self._data).as_posix()

    def _put(self, counts: dict[str, int]) -> None:
        with self._lock:
            self._write(replace(self._state, databases=self._state.databases | counts))

    def _write(self, state: _State) -> None:
        """A full disk costs the record, not the act; the next writing makes it good."""
        self._state = replace(state, number=self._state.number + 1)
        with suppress(StorageFull, StorageDenied):
            files.replace_lightly(self._data / _NOW, _sealed(self._state, self._key))


def _sealed(state: _State, key: bytes) -> bytes:
    return keys.encrypt(key, msgspec.json.encode(state), _CONTEXT).encode()


def _read(path: Path, key: bytes) -> _State | None:
    """None without one, and of one that is damaged or sealed by another key."""
    with suppress(OSError, keys.Refused, msgspec.DecodeError, UnicodeDecodeError):
        plain = keys.decrypt(key, path.read_bytes().decode("ascii"), _CONTEXT)
        return msgspec.json.decode(plain, type=_State)
    return None


def _is_gone(path: Path) -> bool:
    return not path.exists() or path.stat().st_size == 0
