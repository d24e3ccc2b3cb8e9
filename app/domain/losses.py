"""What a workspace has lost, or what was done to it from outside: told until it is acknowledged."""

from dataclasses import dataclass
from enum import StrEnum


class LossKind(StrEnum):
    #: A database was put back to an earlier state, or the end of its log is gone.
    OLDER = "older"
    #: A database or a collection's folder is not there any more.
    MISSING = "missing"
    #: A part cannot be read and was left out; everything else opened.
    UNREADABLE = "unreadable"
    #: A damaged file was put aside, and the copy from the last time it was whole is used.
    COPY_USED = "copy-used"
    #: The whole workspace is older than what was seen of it on this computer.
    ALL_OLDER = "all-older"
    #: The sealed record itself is damaged or gone: what else was put back cannot be told.
    NO_RECORD = "no-record"
    #: The audit log was cut or changed.
    LOG_CUT = "log-cut"
    #: The list of members is older than the one last seen, or was changed by nobody who might.
    OLDER_ROSTER = "older-roster"
    #: A database that the workspace does not know lay in its folder, and was put aside.
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Loss:
    """`part` is a path inside the workspace, `name` what users call it ("" where it has none);
    `moment`, when it was noticed, in seconds since 1970."""

    kind: LossKind
    part: str
    name: str = ""
    moment: float = 0.0
