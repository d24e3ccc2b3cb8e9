"""Members taken into a collection that nothing names before all of it is there."""

import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, insert, update

from app.domain.errors import StorageFull, UnsoundTransfer
from app.domain.library.documents import Collection, DocumentState, Passage
from app.domain.progress import Control, Progress
from app.store import keys
from app.store.index import passage_rows
from app.store.index.passage_rows import Halves
from app.store.library.document_rows import stored_report
from app.store.library.library import LibraryStore
from app.store.schema import documents, tags
from app.store.transfer import layout
from app.store.transfer.layout import DocumentLine, PassageLine, Unsound
from app.store.transfer.sealed import OpenMember, TransferReader
from app.store.vault.unlocked import IMPORTING, Unlocked

T = TypeVar("T")
_NO_VECTOR = b""
_ROWS = 500
#: Rows and their indexes take more room than the lines that they come from.
_ROOM = 1.5


@dataclass(frozen=True)
class Wishes:
    """How a collection is to be taken in. `model` embeds here, "" for none; the file's vectors are
    of no use where it is `other`. `taken` says which of some ids must not be used here."""

    name: str
    model: str
    other: bool
    taken: Callable[[Sequence[str]], AbstractSet[str]]


def collection(
    reader: TransferReader, name: str, wishes: Wishes, unlocked: Unlocked, control: Control
) -> Collection:
    """A new collection of this workspace, with a key of its own; after an error, or a kill, there
    is none. `name` is the file's. `DamagedTransfer`, `UnsoundTransfer`, `StorageFull`,
    `Cancelled`."""
    folder = unlocked.folder / IMPORTING
    shutil.rmtree(folder, ignore_errors=True)
    if shutil.disk_usage(unlocked.folder).free < reader.manifest.size * _ROOM:
        raise StorageFull(path=str(unlocked.folder))
    made = Collection(uuid.uuid4().hex, wishes.name, private=reader.manifest.private)
    key = keys.new_key()
    try:
        _filled(folder / made.id, key, reader, wishes, control)
        unlocked.take_folder(folder / made.id, made, key)
    except Unsound as error:
        raise UnsoundTransfer(name=name, part=str(error)) from error
    except (OverflowError, UnicodeEncodeError) as error:  # what no database could hold
        raise UnsoundTransfer(name=name, part=layout.DOCUMENTS) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return made


def _filled(
    folder: Path, key: bytes, reader: TransferReader, wishes: Wishes, control: Control
) -> None:
    store = LibraryStore(folder, key)
    try:
        taker = _Taker(store, reader, wishes, control)
        taker.take()
    finally:
        store.close()


@dataclass(slots=True)
class _Coming:
    """A document of which something is still to come: passages, its original."""

    id: str
    line: DocumentLine
    passages: int = 0
    has_original: bool = False

    @property
    def is_whole(self) -> bool:
        return self.passages == self.line.passages and self.has_original == self.line.original


class _Taker:
    def __init__(
        self, store: LibraryStore, reader: TransferReader, wishes: Wishes, control: Control
    ) -> None:
        self._store, self._reader, self._wishes = store, reader, wishes
        self._control, self._manifest = control, reader.manifest
        self._coming: dict[str, _Coming] = {}
        self._block: list[PassageLine] = []
        self._vectors = self._done = 0

    def take(self) -> None:
        model = self._wishes.model if self._wishes.other else self._manifest.model.name
        if self._manifest.vectors:
            self._store.set_fact("embedding-model", model)
        for member in self._reader.members():
            self._control.report(Progress(self._done, self._manifest.size, member.name))
            self._control.check()
            self._take(member)
            self._done += member.size
        self._put_block(None)
        self._check_whole()
        if self._wishes.other:
            inside = [each.id for each in self._coming.values() if each.line.original]
            self._store.queue.again(inside, 0.0, inside=True)

    def _take(self, member: OpenMember) -> None:
        kind = member.name.split("/")[0]
        if kind == "vectors":
            self._put_block(_unpacked(member))
            return
        self._put_block(None)
        if kind == "originals":
            self._take_original(member)
        elif kind == "passages":
            self._block = _passages(member)
        else:
            told = member.lines()
            while lines := [
                _decoded(line, DocumentLine, layout.DOCUMENTS) for line in islice(told, _ROWS)
            ]:
                self._add_documents(lines)
            self._lead_to_containers()

    # -- documents --------------------------------------------------------------------------------

    def _add_documents(self, lines: Sequence[DocumentLine]) -> None:
        """An id that a document here has already is replaced: a citation leads to one document,
        and nobody puts his own in another's place."""
        for line in lines:
            layout.check_document(line)
            if line.id in self._coming:
                raise Unsound(layout.DOCUMENTS)
            self._coming[line.id] = _Coming(line.id, line)
        for taken in self._wishes.taken([line.id for line in lines]):
            self._coming[taken].id = str(uuid.uuid4())
        rows = [_row(self._coming[line.id]) for line in lines]
        named = [
            {"document": self._coming[line.id].id, "tag": tag}
            for line in lines
            for tag in dict.fromkeys(line.tags)
        ]
        with self._store.database.change() as connection:
            connection.execute(insert(documents), rows)
            if named:
                connection.execute(insert(tags), named)

    def _lead_to_containers(self) -> None:
        """Once all ids are known; a container that did not come along is none."""
        parts = [each for each in self._coming.values() if each.line.container]
        with self._store.database.change() as connection:
            for part in parts:
                if container := self._coming.get(part.line.container):
                    own = documents.c.id == part.id
                    connection.execute(update(documents).where(own).values(container=container.id))

    def _take_original(self, member: OpenMember) -> None:
        coming = self._coming.get(member.name.removeprefix(layout.ORIGINALS))
        if coming is None or coming.has_original or not coming.line.original:
            raise Unsound(layout.ORIGINALS)
        kept = self._store.originals.keep(_Watched(member, self._control))
        if (kept.sha256, kept.size) != (coming.line.sha256, coming.line.size):
            raise Unsound(layout.ORIGINALS)
        coming.has_original = True
        with self._store.database.change() as connection:
            own = documents.c.id == coming.id
            connection.execute(update(documents).where(own).values(content=kept.name))

    # -- passages ---------------------------------------------------------------------------------

    def _put_block(self, found: Halves | None) -> None:
        """The passages that were read last, with their vectors: these come after them."""
        lines, self._block = self._block, []
        if not lines:
            if found is not None:
                raise Unsound(layout.VECTORS)
            return
        wanted = sum(line.embedded for line in lines)
        rows = iter(layout.check_vectors(found, wanted, self._manifest.model.dimensions))
        self._vectors += wanted
        with self._store.database.change() as connection:
            for document, part in _by_document(lines):
                data = [next(rows).tobytes() if line.embedded else _NO_VECTOR for line in part]
                if self._wishes.other:
                    data = [_NO_VECTOR] * len(part)
                self._put(connection, document, part, data)

    def _put(
        self,
        connection: Connection,
        document: str,
        lines: Sequence[PassageLine],
        data: Sequence[bytes],
    ) -> None:
        coming = self._coming.get(document)
        if coming is None:
            raise Unsound("passages")
        first = coming.passages
        if [line.ordinal for line in lines] != list(range(first, first + len(lines))):
            raise Unsound("passages")
        pieces = [Passage(line.text, line.header, line.locator, line.boxes) for line in lines]
        passage_rows.stage(connection, coming.id, first, pieces, data)
        coming.passages += len(lines)
        if coming.passages == coming.line.passages:
            count = len(passage_rows.take_over(connection, coming.id))
            own = documents.c.id == coming.id
            connection.execute(update(documents).where(own).values(passages=count))

    def _check_whole(self) -> None:
        """`Unsound` where less, or more, came than was told."""
        manifest, coming = self._manifest, self._coming.values()
        counts = (len(coming), sum(each.passages for each in coming), self._vectors)
        told = (manifest.documents, manifest.passages, manifest.vectors)
        if counts != told or not all(each.is_whole for each in coming):
            raise Unsound("manifest")


class _Watched:
    """A member that is left off when somebody asks to stop: an original may have gigabytes."""

    def __init__(self, member: OpenMember, control: Control) -> None:
        self._member, self._control = member, control

    def read(self, size: int = -1, /) -> bytes:
        self._control.check()
        return self._member.read(size)


def _row(coming: _Coming) -> dict[str, object]:
    line = coming.line
    same = ("name", "path", "title", "sha256", "size", "pages", "added", "modified", "language")
    return {
        **{name: getattr(line, name) for name in same},
        "id": coming.id,
        "passages": 0,
        "state": DocumentState.INDEXED.value,
        "error": "",
        "error_facts": b"[]",
        "reading": stored_report(line.reading),
    }


def _decoded(line: bytes, kind: type[T], member: str) -> T:
    """`Unsound`."""
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unsound(member) from error


def _passages(member: OpenMember) -> list[PassageLine]:
    if member.size > layout.MOST_BLOCK:
        raise Unsound(member.name)
    lines = [
        _decoded(line, PassageLine, member.name)
        for line in islice(member.lines(), layout.BLOCK + 1)
    ]
    if not 0 < len(lines) <= layout.BLOCK:
        raise Unsound(member.name)
    for line in lines:
        layout.check_passage(line)
    return lines


def _unpacked(member: OpenMember) -> Halves:
    """Through the library that reads no code: bytes, their kind and shape."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    if member.size > layout.MOST_BLOCK:
        raise Unsound(member.name)
    try:
        found: dict[str, Halves] = load(member.read())
        return found[layout.VECTORS]
    except (SafetensorError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise Unsound(member.name) from error


def _by_document(lines: Sequence[PassageLine]) -> Iterator[tuple[str, list[PassageLine]]]:
    for document, part in groupby(lines, key=lambda line: line.document):
        yield document, list(part)
