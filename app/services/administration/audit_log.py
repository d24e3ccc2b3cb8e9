"""The audit log: read, verified, written into a file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.documents.export.tables import as_csv
from app.domain.roles import Act
from app.services.profiles.access import Access
from app.store.files import save_for_user
from app.store.vault.audit import AuditEntry
from app.store.vault.unlocked import Unlocked

_CSV = ".csv"


@dataclass(frozen=True, slots=True)
class LogRow:
    """`moment` as ISO 8601 in UTC; `profile` by name, its id for one who is not there any more."""

    number: int
    moment: str
    profile: str
    act: str
    subject: str


class AuditLog:
    def __init__(self, unlocked: Unlocked, access: Access) -> None:
        self._unlocked, self._access = unlocked, access

    def rows(self, containing: str = "", last: int | None = None) -> list[LogRow]:
        """Rows that contain a text in any field, in their order; only the `last` so many.
        `AccessDenied`."""
        self._access.require(Act.READ_LOG)
        names = {each.profile: each.name for each in self._unlocked.roster().entries}
        rows = [_row(entry, names) for entry in self._unlocked.audit.entries()]
        found = [row for row in rows if containing.casefold() in _words(row)]
        return found if last is None else found[-last:]

    def is_intact(self) -> bool:
        """Whether no row was changed, removed or put in, and each was signed by its profile."""
        return self._unlocked.audit.intact(self._unlocked.roster())

    def export(self, path: Path, rows: Sequence[LogRow]) -> None:
        """Write rows as CSV, or as JSON lines under any other suffix; the export is logged.
        `StorageFull`, `StorageDenied`, `AccessDenied`."""
        self._access.require(Act.READ_LOG)
        text = _as_csv(rows) if path.suffix.lower() == _CSV else _as_lines(rows)
        save_for_user(path, text.encode("utf-8"))
        self._unlocked.record("export-log", str(len(rows)))


def _row(entry: AuditEntry, names: Mapping[str, str]) -> LogRow:
    moment = datetime.fromtimestamp(entry.moment, UTC).isoformat(timespec="seconds")
    name = names.get(entry.profile, entry.profile)
    return LogRow(entry.number, moment, name, entry.act, entry.subject)


def _words(row: LogRow) -> str:
    return " ".join((row.moment, row.profile, row.act, row.subject)).casefold()


def _as_csv(rows: Sequence[LogRow]) -> str:
    cells = [tuple(str(value) for value in asdict(row).values()) for row in rows]
    return as_csv([LogRow.__slots__, *cells])


def _as_lines(rows: Sequence[LogRow]) -> str:
    return "".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)
