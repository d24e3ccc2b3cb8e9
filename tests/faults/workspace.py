"""A workspace to attack, made by the vault itself, and what must hold after each attack."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from app.domain.errors import LaretsError
from app.domain.library.documents import Locator, Passage
from app.domain.losses import Loss
from app.domain.roles import Role
from app.store import keys, reserve
from app.store.chat.conversations import ConversationStore
from app.store.library.library import LibraryStore
from app.store.vault.unlocked import Unlocked
from app.store.vault.vault import Vault
from tests.store.rows import queued

PASSWORD = "strongbox of the trials"
KDF = keys.KdfParameters()


def quick_keys() -> None:
    """The least parameters that are accepted: a trial derives several keys. And a small reserve on
    the disk: a trial copies the workspace."""
    keys.calibrated = lambda installed=None: KDF
    reserve.PIECE = 64 * 1024


def vault(data: Path) -> Vault:
    return Vault(data, data.parent / "witness")


def document(library: LibraryStore, words: str) -> str:
    made = queued(library, f"/{words}.txt")
    pieces = [Passage(words, "", Locator(0, len(words)))]
    library.save(made, words.encode(), pieces, np.ones((1, 4), np.float16))
    return made.id


def filled(data: Path) -> None:
    """Two profiles, two collections with documents, conversations; closed."""
    quick_keys()
    vault(data).create("Anna", PASSWORD, Role.ADMINISTRATOR)
    anna = vault(data).unlock("Anna", PASSWORD)
    vault(data).create("Boris", PASSWORD, Role.EDITOR, by=anna)
    for name in ("Library", "Contracts"):
        library = anna.open_collection(anna.create_collection(name))
        for number in range(6):
            document(library, f"{name} number {number}")
        library.close()
    for number in range(4):
        ConversationStore(anna.database).create(f"conversation {number}")
    anna.close()
    vault(data).unlock("Boris", PASSWORD).close()


@dataclass
class Found:
    """What an opening gave: what is readable, and what was told."""

    refused: str = ""
    losses: tuple[Loss, ...] = ()
    conversations: int = 0
    documents: dict[str, int] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        whole = {"Library": 6, "Contracts": 6}
        return not self.refused and self.conversations == 4 and self.documents == whole

    @property
    def is_told(self) -> bool:
        return bool(self.refused or self.losses or self.unreadable)


def look(data: Path) -> Found:
    """Open the workspace as the program does, and read all of it. An error that is none of ours
    comes out: it would be a traceback."""
    quick_keys()
    try:
        anna = vault(data).unlock("Anna", PASSWORD)
    except LaretsError as error:
        return Found(refused=error.code)
    try:
        return _read(anna)
    finally:
        anna.close()


def _read(anna: Unlocked) -> Found:
    found = Found()
    for collection in anna.collections():
        try:
            library = anna.open_collection(collection)
        except LaretsError:
            found.unreadable.append(collection.name)
            continue
        count = 0
        for each in library.documents():
            try:
                if library.content(each.id):  # none before it was read
                    count += bool(library.original(each.id))
            except LaretsError:
                found.unreadable.append(each.name)
        found.documents[collection.name] = count
        library.close()
    found.conversations = len(ConversationStore(anna.database).all())
    found.losses = anna.losses()
    return found


def copied(source: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(source, to)
    return to
