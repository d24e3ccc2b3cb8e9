"""The rows and originals of a collection as members, as they are at one moment."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import msgspec
import numpy as np
from sqlalchemy import Connection, Row, RowMapping, Select, and_, func, select
from sqlalchemy.sql.elements import ColumnElement

from app.domain.errors import DamagedData, FileChanging
from app.domain.library.documents import DocumentState
from app.domain.progress import Control, Progress
from app.store.index import passage_rows
from app.store.index.stored_vectors import StoredVectors
from app.store.library.document_rows import stored_reading
from app.store.library.library import LibraryStore
from app.store.schema import documents, passages, tags, vectors
from app.store.transfer.layout import (
    BLOCK,
    DOCUMENTS,
    ORIGINALS,
    VECTORS,
    DocumentLine,
    PassageLine,
    fitted,
    member_of_block,
)
from app.store.transfer.sealed import TransferWriter

_encode = msgspec.json.encode


@dataclass(frozen=True, slots=True)
class Written:
    """What went into a file; `left_out` documents did not, `dimensions` of a vector."""

    documents: int
    passages: int
    vectors: int
    left_out: int
    dimensions: int


class CollectionWriter:
    """Of one collection; `hidden` are documents that are about to be deleted."""

    def __init__(
        self,
        store: LibraryStore,
        writer: TransferWriter,
        hidden: AbstractSet[str],
        control: Control,
    ) -> None:
        self._store, self._writer, self._control = store, writer, control
        self._dimensions = StoredVectors(store.database).made().dimensions
        shown = documents.c.id.not_in(list(hidden))
        self._read = and_(documents.c.state == DocumentState.INDEXED.value, shown)
        self._others = and_(documents.c.state != DocumentState.INDEXED.value, shown)
        self._done = self._total = 0

    def write(self) -> Written:
        """Readers of a write-ahead log see the moment of their first look, however long they go on:
        what is added meanwhile is not in the file. `DamagedData`, `FileChanging`, `Cancelled`."""
        with self._store.database.transaction() as connection:
            connection.exec_driver_sql("BEGIN")
            count = self._documents(connection)
            found, embedded = self._passages(connection)
            self._originals(connection)
            others = select(func.count()).select_from(documents).where(self._others)
            left_out = int(connection.execute(others).scalar_one())
        return Written(count, found, embedded, left_out, self._dimensions)

    def _documents(self, connection: Connection) -> int:
        count, total = connection.execute(
            select(func.count(), func.coalesce(func.sum(documents.c.passages), 0)).where(self._read)
        ).one()
        self._total = 2 * int(count) + int(total)
        query = select(documents).where(self._read).order_by(documents.c.id)
        with self._writer.member(DOCUMENTS) as write:
            for rows in connection.execute(query).mappings().partitions(BLOCK):
                named = _tags(connection, [row["id"] for row in rows])
                for row in rows:
                    write(_encode(_document(row, named.get(row["id"], ()))) + b"\n")
                self._step(len(rows))
        return int(count)

    def _passages(self, connection: Connection) -> tuple[int, int]:
        count = embedded = 0
        for number, rows in enumerate(_blocks(connection, self._read), start=1):
            lines = [_passage(row, self._dimensions) for row in rows]
            with self._writer.member(member_of_block("passages", number)) as write:
                for line in lines:
                    write(_encode(line) + b"\n")
            data = [row["data"] for row, line in zip(rows, lines, strict=True) if line.embedded]
            if data:
                with self._writer.member(member_of_block(VECTORS, number)) as write:
                    write(_packed(data))
            count, embedded = count + len(lines), embedded + len(data)
            self._step(len(lines))
        return count, embedded

    def _originals(self, connection: Connection) -> None:
        columns = (documents.c.id, documents.c.name, documents.c.content)
        held = and_(self._read, documents.c.content != "")
        query: Select[str, str, str] = select(*columns).where(held).order_by(documents.c.id)
        for row in connection.execute(query):
            with self._writer.member(f"{ORIGINALS}{row.id}") as write:
                for piece in self._original(row):
                    self._control.check()
                    write(piece)
            self._step(1, row.name)

    def _original(self, row: Row[str, str, str]) -> Iterator[bytes]:
        """`FileChanging` of a document that was removed or read anew a moment ago."""
        try:
            yield from self._store.originals.parts(row.content)
        except DamagedData as error:
            if self._store.content(row.id) != row.content:
                raise FileChanging(name=row.name) from error
            raise

    def _step(self, count: int, name: str = "") -> None:
        self._control.check()
        self._done += count
        self._control.report(Progress(min(self._done, self._total), self._total, name))


def _blocks(connection: Connection, wanted: ColumnElement[bool]) -> Iterator[Sequence[RowMapping]]:
    query = (
        select(passages, vectors.c.data)
        .outerjoin(vectors, vectors.c.passage == passages.c.id)
        .where(passages.c.document.in_(select(documents.c.id).where(wanted)))
        .order_by(passages.c.document, passages.c.ordinal)
    )
    yield from connection.execute(query).mappings().partitions(BLOCK)


def _tags(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    query = select(tags).where(tags.c.document.in_(ids)).order_by(tags.c.tag)
    found: dict[str, tuple[str, ...]] = {}
    for document, tag in connection.execute(query):
        found[document] = (*found.get(document, ()), tag)
    return found


def _document(row: RowMapping, named: tuple[str, ...]) -> DocumentLine:
    same = ("id", "name", "path", "title", "sha256", "size", "pages", "passages", "added")
    return fitted(
        DocumentLine(
            **{name: row[name] for name in same},
            modified=row["modified"],
            language=row["language"],
            reading=stored_reading(row["reading"]),
            container=row["container"],
            tags=named,
            original=bool(row["content"]),
        )
    )


def _passage(row: RowMapping, dimensions: int) -> PassageLine:
    passage = passage_rows.passage(row)
    return PassageLine(
        row["document"],
        row["ordinal"],
        passage.header,
        passage.text,
        passage.locator,
        passage.boxes,
        embedded=row["data"] is not None and len(row["data"]) == 2 * dimensions,
    )


def _packed(data: Sequence[bytes]) -> bytes:
    from safetensors.numpy import save

    rows = np.frombuffer(b"".join(data), np.float16).reshape(len(data), -1)
    packed: bytes = save({VECTORS: rows})
    return packed
