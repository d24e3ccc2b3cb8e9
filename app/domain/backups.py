"""Backups as they are told of: what was taken, what is listed, damaged, left out, put back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum


@dataclass(frozen=True)
class Owner:
    """An administrator by the password of the day of the last backup; `former` is the one of the
    day of an older snapshot, "" where it was the same."""

    name: str
    password: str = field(repr=False)
    former: str = field(default="", repr=False)


class SkipReason(StrEnum):
    """Why something is not in a backup, or was not put back from one."""

    VANISHED = "vanished"
    LINK = "link"
    UNREADABLE = "unreadable"
    MODEL = "model"


@dataclass(frozen=True)
class Skipped:
    """`what` is a path below the data folder; `detail` the SHA-256 of a model, else empty."""

    what: str
    reason: SkipReason
    detail: str = ""


@dataclass(frozen=True)
class Retention:
    """How many snapshots stay: the newest of so many days, weeks and months that have any. The
    numbers are Anki's."""

    daily: int = 12
    weekly: int = 10
    monthly: int = 9


@dataclass(frozen=True)
class BackupChoice:
    """`full` reads every file again, also those that look unchanged; `models` takes imported models
    along; without a `retention` nothing is removed."""

    full: bool = False
    models: bool = False
    retention: Retention | None = None


@dataclass(frozen=True)
class BackupReport:
    """`size` in bytes of all files, `new_bytes` of what was written to the repository; `removed`
    are the snapshots that the retention let go."""

    snapshot: str
    files: int
    size: int
    new_bytes: int
    seconds: float
    skipped: tuple[Skipped, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True)
class SnapshotInfo:
    """`created` in seconds since 1970; `program` is the version that wrote it."""

    id: str
    created: float
    files: int
    size: int
    program: str


class DamageKind(StrEnum):
    MISSING = "missing"
    CHANGED = "changed"


@dataclass(frozen=True)
class Damage:
    """`what` is a file of the repository; `files` are those of the workspace that lose something by
    it, "snapshot:path", empty where nobody with a key looked."""

    what: str
    kind: DamageKind
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """`authentic` is whether the repository's key was there: without it damage is found, forgery is
    not."""

    well: bool
    checked_bytes: int
    authentic: bool
    damage: tuple[Damage, ...] = ()


class PartKind(StrEnum):
    COLLECTION = "collection"
    CONVERSATION = "conversation"
    PROFILE = "profile"


@dataclass(frozen=True)
class Part:
    """What alone is to be put back: the `name` of a collection or a profile, or a conversation's
    id."""

    kind: PartKind
    name: str


@dataclass(frozen=True)
class PutBack:
    """A part that is there again: what it is called now, and how many conversations came."""

    name: str
    conversations: int = 0


@dataclass(frozen=True)
class RestorePlan:
    """What restoring would do, before anything is done. `target` is a data folder; `replaces`
    whether one is there that will stand beside it afterwards."""

    snapshot: str
    created: float
    files: int
    size: int
    target: str
    replaces: bool = False
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True)
class RestoreReport:
    """`before` is where what was replaced lies now, "" where there was nothing."""

    snapshot: str
    files: int
    size: int
    target: str
    before: str = ""
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True)
class LastBackup:
    """The last backup of this profile that came to its end; `moment` in seconds since 1970."""

    moment: float
    snapshot: str
    folder: str


@dataclass(frozen=True)
class BackupSchedule:
    """A backup into `folder` each `hours`, as soon as that folder can be reached."""

    folder: str
    hours: int = 24
    retention: Retention | None = None


def is_due(schedule: BackupSchedule, last: LastBackup | None, now: float) -> bool:
    """A clock that was set back makes a backup due rather than never."""
    return last is None or not 0 <= now - last.moment < schedule.hours * 3600


def kept(
    snapshots: Sequence[tuple[str, float]], retention: Retention, trusted: str
) -> frozenset[str]:
    """The ids that stay of `snapshots` (id and moment); `trusted` is one that was just verified and
    stays whatever the numbers say. Days, weeks and months are those of UTC."""
    stay = {trusted}
    for pattern, count in (
        ("%Y-%m-%d", retention.daily),
        ("%G-%V", retention.weekly),
        ("%Y-%m", retention.monthly),
    ):
        seen: set[str] = set()
        for key, moment in sorted(snapshots, key=lambda each: -each[1]):
            period = datetime.fromtimestamp(moment, UTC).strftime(pattern)
            if period not in seen and len(seen) < count:
                seen.add(period)
                stay.add(key)
    return frozenset(stay)
