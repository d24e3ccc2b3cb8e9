"""A workspace of real databases, and backups of it. As a program: does one act and kills itself
before or after a file of a kind appears."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest

from app.domain.backups import BackupChoice, Owner, Verdict
from app.domain.library.documents import Locator, Passage
from app.domain.progress import Control, NoControl
from app.domain.roles import Role
from app.store import files
from app.store.backup import repository, restoring, rotation
from app.store.backup.checking import Checker
from app.store.backup.restoring import Place, Restored
from app.store.backup.snapshot import SnapshotTaker, Taken
from app.store.chat.conversations import ConversationStore
from app.store.keys import KdfParameters
from app.store.library.library import LibraryStore
from app.store.vault.unlocked import Unlocked
from app.store.vault.vault import Vault
from tests.store.rows import queued

PASSWORD = "correct horse"
OWNER = Owner("Anna", PASSWORD)
#: Bytes of a pack: small, so that a small workspace has several.
PACK = 256 * 1024


class Scene:
    """Anna's workspace in `data` with one document; its backup in `folder`."""

    def __init__(self, root: Path) -> None:
        self.data, self.folder, self.witness = root / "data", root / "backup", root / "witness"

    def found(self) -> None:
        vault = Vault(self.data, self.witness)
        vault.create("Anna", PASSWORD, Role.ADMINISTRATOR, kdf=KdfParameters())
        with self.opened() as anna:
            anna.create_collection("Library")
            ConversationStore(anna.database).create("the first")
            self.add(anna, "pump")

    @contextmanager
    def opened(self, name: str = "Anna") -> Iterator[Unlocked]:
        unlocked = Vault(self.data, self.witness).unlock(name, PASSWORD)
        try:
            yield unlocked
        finally:
            unlocked.close()

    def add(self, anna: Unlocked, name: str) -> None:
        library = anna.open_collection(anna.collections()[0])
        add_document(library, name)
        library.close()

    def take(
        self,
        anna: Unlocked,
        library: LibraryStore | None = None,
        choice: BackupChoice | None = None,
        control: Control | None = None,
    ) -> Taken:
        databases = [anna.workspace, anna.database, *([library.database] if library else [])]
        present = {database.path: database for database in databases}
        with repository.alone(self.folder, writing=True):
            opened = repository.opened_by(self.folder, anna)
            try:
                rotation.remove_leftovers(opened)
                return SnapshotTaker(
                    opened, self.data, anna.workspace, lambda: present,
                    choice or BackupChoice(), control or NoControl(), PACK,
                ).take("test")  # fmt: skip
            finally:
                opened.close()

    def taken(self) -> Taken:
        with self.opened() as anna:
            return self.take(anna)

    def restore(self, target: Path, wanted: str | None = None, owner: Owner = OWNER) -> Restored:
        opened = repository.opened_with_password(self.folder, owner.name, owner.password)
        try:
            place = Place(target, self.witness)
            return restoring.whole(opened, opened.chosen(wanted), place, owner, NoControl())
        finally:
            opened.close()

    def checked(self, owner: Owner | None = OWNER) -> Verdict:
        if owner is None:
            return Checker(self.folder, None, NoControl()).check()
        opened = repository.opened_with_password(self.folder, owner.name, owner.password)
        try:
            return Checker(self.folder, opened, NoControl()).check()
        finally:
            opened.close()

    def snapshots(self) -> list[str]:
        opened = repository.opened_with_password(self.folder, "Anna", PASSWORD)
        opened.close()
        return [name for name, _ in opened.snapshots()]


def add_document(library: LibraryStore, name: str) -> None:
    document = queued(library, name)
    passage = Passage(f"the {name} delivers 120 litres", "head", Locator(0, 10))
    content = name.encode() + bytes(np.random.default_rng(len(name)).bytes(300_000))
    library.save(document, content, [passage], np.ones((1, 384), np.float16))


def held(data: Path, witness: Path | None = None) -> tuple[list[str], list[str], list[bytes]]:
    """The titles, documents and the beginnings of originals of a workspace that tells no loss."""
    unlocked = Vault(data, witness).unlock("Anna", PASSWORD)
    try:
        assert unlocked.losses() == ()
        titles = [each.title for each in ConversationStore(unlocked.database).all()]
        library = unlocked.open_collection(unlocked.collections()[0])
        documents = [each for each in library.documents() if library.content(each.id)]
        originals = [library.original(each.id)[:4] for each in documents]
        library.close()
    finally:
        unlocked.close()
    return sorted(titles), sorted(each.name for each in documents), sorted(originals)


def die_at(kind: str, moment: str) -> None:
    """Have this process be killed before or after a file appears in a folder called `kind`."""
    atomic = files.atomic

    @contextmanager
    def deadly(path: Path) -> Iterator[BinaryIO]:
        ours = kind in path.parts[-3:]
        with atomic(path) as file:
            yield file
            if ours and moment == "before":
                file.flush()
                os.kill(os.getpid(), signal.SIGKILL)
        if ours:
            os.kill(os.getpid(), signal.SIGKILL)

    pytest.MonkeyPatch().setattr(files, "atomic", deadly)


def die_at_swap(moment: str) -> None:
    """The same where the finished workspace takes its place."""
    rename = Path.rename

    def deadly(path: Path, target: Path) -> Path:
        ours = path.name.endswith(".restoring")
        if ours and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        made = rename(path, target)
        if ours:
            os.kill(os.getpid(), signal.SIGKILL)
        return made

    pytest.MonkeyPatch().setattr(Path, "rename", deadly)


def main() -> None:
    root, act, kind, moment = sys.argv[1:]
    scene = Scene(Path(root))
    if act == "take":
        with scene.opened() as anna:
            die_at(kind, moment)
            scene.take(anna)
        return
    if kind == "swap":
        die_at_swap(moment)
    else:
        die_at(kind, moment)
    scene.restore(scene.data)


if __name__ == "__main__":
    main()
