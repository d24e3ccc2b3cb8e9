"""What came out of a damaged workspace, and what did not."""

from dataclasses import dataclass
from enum import StrEnum


class SalvagedKind(StrEnum):
    """TEXT is what was read of a document whose original is lost; TURNS belong to a conversation;
    a PART is a database, or a collection as a whole."""

    DOCUMENT = "document"
    TEXT = "text"
    CONVERSATION = "conversation"
    TURNS = "turns"
    SUMMARY = "summary"
    NOTE = "note"
    PART = "part"


class LossReason(StrEnum):
    """NAME: the row that names it is lost. KEY: the grant that opens it is. NEVER_READ: no original
    was kept, as the document had not been read."""

    DAMAGED = "damaged"
    MISSING = "missing"
    NAME = "name-lost"
    KEY = "key-lost"
    NEVER_READ = "never-read"


@dataclass(frozen=True, slots=True)
class Saved:
    """`file` is relative to the folder of the salvage; `name` "" where only the content came out;
    `collection` "" for what is in none."""

    kind: SalvagedKind
    name: str
    file: str
    collection: str = ""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """`name` is a name, else whatever still tells which one it was; `count` where it is several."""

    kind: SalvagedKind
    name: str
    reason: LossReason
    collection: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class SalvageReport:
    profile: str
    saved: tuple[Saved, ...]
    lost: tuple[Unsaved, ...]
