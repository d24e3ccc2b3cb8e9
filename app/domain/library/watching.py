"""Folders that are watched, and where in them documents were found."""

from dataclasses import dataclass
from enum import StrEnum


class Removal(StrEnum):
    """What becomes of a document whose file was deleted in a watched folder."""

    ASK = "ask"
    REMOVE = "remove"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file as it was when it was last looked at: bytes, seconds since 1970, and the device that
    it lay on. `missing`: it is gone from there."""

    path: str
    document: str
    size: int
    modified: float | None
    device: str = ""
    missing: bool = False


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """`include` and `exclude` are patterns of names or of paths below the folder ("*.pdf",
    "drafts/*"); without `include` every file that a reader knows. `problem` is the code of why the
    last look failed, "" when it did not; `scanned` when that was, in seconds since 1970."""

    path: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    removal: Removal = Removal.ASK
    scanned: float | None = None
    problem: str = ""
