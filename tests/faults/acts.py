"""A program that does one kind of act again and again, saying what it has finished, until it is
killed: python -m tests.faults.acts DATA ACT."""

import sys
from itertools import count
from pathlib import Path

from app.domain.roles import Role
from app.store.chat.conversations import ConversationStore
from tests.faults.workspace import PASSWORD, document, quick_keys, vault

ACTS = ("found", "write", "collections", "members", "passwords")


def _say(done: str) -> None:
    sys.stdout.write(f"{done}\n")
    sys.stdout.flush()


def found(data: Path) -> None:
    """The first start."""
    vault(data).create("Anna", PASSWORD, Role.ADMINISTRATOR)
    _say("founded")


def write(data: Path) -> None:
    anna = vault(data).unlock("Anna", PASSWORD)
    library = anna.open_collection(anna.collections()[0])
    for number in count():
        ConversationStore(anna.database).create(f"{number}")
        document(library, f"word {number}")
        _say(f"{number}")


def collections(data: Path) -> None:
    anna = vault(data).unlock("Anna", PASSWORD)
    for number in count():
        anna.open_collection(anna.create_collection(f"new {number}")).close()
        _say(f"new {number}")


def members(data: Path) -> None:
    """A member comes and goes; each going gives the workspace a new key."""
    for number in count():
        anna = vault(data).unlock("Anna", PASSWORD)
        vault(data).create(f"Guest {number}", PASSWORD, Role.READER, by=anna)
        vault(data).delete(f"Guest {number}", anna)
        anna.close()
        _say(f"{number}")


def passwords(data: Path) -> None:
    """To another password and back, with new keys each time."""
    for _ in count():
        vault(data).change_password("Anna", PASSWORD, f"{PASSWORD} 2")
        vault(data).change_password("Anna", f"{PASSWORD} 2", PASSWORD)
        _say("changed")


if __name__ == "__main__":
    quick_keys()
    globals()[sys.argv[2]](Path(sys.argv[1]))
