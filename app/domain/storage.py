"""What takes room in a workspace, by kind."""

from dataclasses import dataclass
from enum import StrEnum


class StorageKind(StrEnum):
    """CONVERSATIONS with summaries and notes, INDEXES of collections, PREPARED prompts that need
    not be read again, SPARE copies of small databases, MIGRATED databases as they were before,
    ASIDE files that nothing names."""

    ORIGINALS = "originals"
    INDEXES = "indexes"
    CONVERSATIONS = "conversations"
    MODELS = "models"
    ADAPTERS = "adapters"
    TRAININGS = "trainings"
    PREPARED = "prepared"
    SPARE = "spare"
    MIGRATED = "migrated"
    ASIDE = "aside"
    LOG = "log"
    OTHER = "other"


#: What can go without a loss: it is made again when it is needed, or nothing needs it.
CLEANABLE = frozenset({StorageKind.PREPARED, StorageKind.MIGRATED, StorageKind.ASIDE})


@dataclass(frozen=True, slots=True)
class Storage:
    """Bytes and files of a kind."""

    kind: StorageKind
    size: int
    files: int
