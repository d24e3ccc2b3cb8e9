"""One collection, conversation or profile of a snapshot put back into a workspace that goes on.

What is needed of the rest of the snapshot is opened in a scratch folder meanwhile.
"""

import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, text, update

from app.domain.backups import Owner, PutBack
from app.domain.errors import DamagedBackup, NotInBackup, OthersProfile
from app.domain.library.documents import Collection
from app.domain.progress import Control
from app.store import keys
from app.store.backup import holders, restoring, sources
from app.store.backup.repository import Repository
from app.store.backup.stored import Entry, Manifest
from app.store.chat import merging
from app.store.chat.conversations import ConversationStore
from app.store.chat.messages import MessageStore
from app.store.library.library import LibraryStore
from app.store.schema import (
    collections,
    documents,
    passages,
    places,
    staged,
    staged_passages,
    tags,
)
from app.store.vault.unlocked import Unlocked


@dataclass(frozen=True)
class Then:
    """A snapshot in a scratch folder, opened as the workspace that it was."""

    repository: Repository
    manifest: Manifest
    folder: Path
    unlocked: Unlocked

    def below(self, path: str) -> list[Entry]:
        return [entry for entry in self.manifest.files if entry.path.startswith(f"{path}/")]


@contextmanager
def opened_then(
    repository: Repository, manifest: Manifest, data: Path, owner: Owner, control: Control
) -> Iterator[Then]:
    """As `restoring.write` and `Vault.unlock`."""
    folder = data / sources.SCRATCH
    shutil.rmtree(folder, ignore_errors=True)
    try:
        header = b"".join(map(repository.chunk, _entry(manifest, "workspace.json").chunks))
        with holders.recorded(header) as workspace:
            own = workspace.named(owner.name).database_path
            names = {workspace.database, own, f"{own}-wal"} | sources.HEADER_FILES
        wanted = [entry for entry in manifest.files if entry.path in names]
        restoring.write(repository, wanted, folder / "then", control)
        with restoring.opened(folder / "then", owner) as unlocked:
            yield Then(repository, manifest, folder, unlocked)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def conversation(then: Then, key: str, unlocked: Unlocked) -> str:
    """Copy one of the owner's conversations, as a new one beside what is there; its id.
    `NotInBackup`."""
    found = ConversationStore(then.unlocked.database).one(key)
    if found is None:
        raise NotInBackup(name=key)
    turns = MessageStore(then.unlocked.database).all(key)
    return MessageStore(unlocked.database).take_in(found.title, found.created, turns)


def profile(then: Then, name: str, unlocked: Unlocked) -> PutBack:
    """What the owner's own profile had and has no more; what it has stays as it is. Another's
    conversations are encrypted for him alone: `OthersProfile`."""
    if name.casefold() != unlocked.name.casefold() or then.unlocked.profile != unlocked.profile:
        raise OthersProfile(profile=name)
    found = merging.bring_missing(then.unlocked.database, unlocked.database)
    return PutBack(unlocked.name, found)


def collection(then: Then, name: str, unlocked: Unlocked, control: Control) -> Collection:
    """Put a collection's folder back. It keeps its id and name where they are free; beside the one
    that is there it is called "name (restored day)", and its documents get ids of their own, since
    a citation must lead to one document. `NotInBackup`, `DamagedBackup`."""
    former = _collection_named(then, name)
    try:
        key = then.unlocked.grants.key(former.id, then.unlocked.roster())
    except keys.Refused as error:
        raise DamagedBackup(path=name) from error
    present = _present(unlocked)
    again = former.id in present
    made = Collection(
        uuid.uuid4().hex if again else former.id,
        _free_name(former.name, set(present.values())),
        private=former.private,
    )
    fresh = then.folder / made.id
    entries = then.below(f"collections/{former.id}")
    restoring.write(then.repository, entries, then.folder, control)
    (then.folder / "collections" / former.id).rename(fresh)
    store = LibraryStore(fresh, key)
    try:
        if again:
            _rename_documents(store)
    finally:
        store.close()
    unlocked.take_folder(fresh, made, key)
    return made


def _entry(manifest: Manifest, path: str) -> Entry:
    for entry in manifest.files:
        if entry.path == path:
            return entry
    raise NotInBackup(name=path)


def _collection_named(then: Then, name: str) -> Collection:
    for found in then.unlocked.collections():
        if name in (found.name, found.id):
            return found
    raise NotInBackup(name=name)


def _present(unlocked: Unlocked) -> dict[str, str]:
    with unlocked.workspace.transaction() as connection:
        rows = connection.execute(select(collections.c.id, collections.c.name)).all()
    return {row[0]: row[1] for row in rows}


def _free_name(name: str, taken: set[str]) -> str:
    folded = {each.casefold() for each in taken}
    day = time.strftime("%Y-%m-%d")
    wanted = [name, f"{name} (restored {day})"]
    wanted += [f"{name} (restored {day}, {number})" for number in range(2, len(taken) + 3)]
    return next(each for each in wanted if each.casefold() not in folded)


def _rename_documents(store: LibraryStore) -> None:
    mark = f"-{uuid.uuid4().hex[:8]}"
    with store.database.change() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        connection.execute(update(documents).values(id=documents.c.id + mark))
        inside = documents.c.container != ""
        renamed = {documents.c.container: documents.c.container + mark}
        connection.execute(update(documents).where(inside).values(renamed))
        for table in (staged, staged_passages, places, tags, passages):
            connection.execute(update(table).values(document=table.c.document + mark))
