"""Documents between reading and search: their passages wait here, unseen, for their vectors.

A kill at any moment loses at most the batch at hand: what is staged is on the disk, and a document
enters the search whole, in one transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from app.domain.errors import DocumentMissing
from app.domain.library.documents import DocumentState, Passage
from app.domain.library.reading import NOTHING_READ, ReadingReport
from app.domain.library.watching import FileSeen
from app.store.database import Database
from app.store.index import passage_rows
from app.store.library.document_rows import stored_report
from app.store.library.places import put_place
from app.store.schema import documents, staged, staged_passages

_NO_VECTOR = b""
_ERRORLESS = {"error": "", "error_facts": b"[]"}


@dataclass(frozen=True, slots=True)
class StagedFacts:
    """What reading found out about a document. `content` names its original in files/."""

    title: str
    sha256: str
    size: int
    content: str
    pages: int | None = None
    modified: float | None = None
    language: str = ""
    reading: ReadingReport = NOTHING_READ

    def row(self) -> dict[str, object]:
        """Its columns in the table of documents."""
        plain = {slot: getattr(self, slot) for slot in StagedFacts.__slots__}
        return plain | {"reading": stored_report(self.reading)}


@dataclass(frozen=True, slots=True)
class StagedPassage:
    """A passage that waits for its vector."""

    id: int
    document: str
    header: str
    text: str

    @property
    def embedded(self) -> str:
        """What its vector is made of."""
        return f"{self.header}\n{self.text}"


@dataclass(frozen=True, slots=True)
class IndexedChange:
    """A document that entered the search: passages that went and came, and the original that
    is no longer needed ("" when there is none)."""

    removed: tuple[int, ...]
    added: tuple[int, ...]
    old_content: str


class Staging:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, document_id: str, first: int, pieces: Sequence[Passage], vectors: Sequence[bool]
    ) -> None:
        """Passages from ordinal `first` on, and which of them are to have vectors; the others are
        found by words alone. `DocumentMissing` when it was removed meanwhile."""
        data = [None if wanted else _NO_VECTOR for wanted in vectors]
        with self._database.change() as connection:
            _require(connection, document_id)
            passage_rows.stage(connection, document_id, first, pieces, data)

    def begin(self, document_id: str) -> str:
        """It is being parsed: what an earlier run staged of it goes; the name of the original that
        came with that, or ""."""
        with self._database.change() as connection:
            stale = drop(connection, document_id)
            _set_state(connection, document_id, DocumentState.PARSING, **_ERRORLESS)
        return stale

    def complete(self, document_id: str, facts: StagedFacts, place: FileSeen | None = None) -> None:
        """All its passages are here; its file was found at `place`. `DocumentMissing`."""
        with self._database.change() as connection:
            _require(connection, document_id)
            connection.execute(delete(staged).where(staged.c.document == document_id))
            values = msgspec.json.encode(facts).decode()
            connection.execute(
                insert(staged).values(document=document_id, sha256=facts.sha256, facts=values)
            )
            _set_state(connection, document_id, DocumentState.EMBEDDING)
            if place is not None:
                put_place(connection, place)

    def drop(self, document_id: str) -> str:
        """Forget what was staged of a document; the name of the original that came with it, or
        ""."""
        with self._database.change() as connection:
            return drop(connection, document_id)

    def wanting(self, limit: int) -> list[StagedPassage]:
        """Passages without vectors, of those documents first that come first."""
        order = (documents.c.pending.desc(), documents.c.path, staged_passages.c.ordinal)
        columns = staged_passages.c
        query = (
            select(columns.id, columns.document, columns.header, columns.text)
            .join(documents, documents.c.id == columns.document)
            .where(columns.data.is_(None))
            .order_by(*order)
            .limit(limit)
        )
        with self._database.transaction() as connection:
            return [StagedPassage(*row) for row in connection.execute(query)]

    def count_wanting(self) -> int:
        query = select(func.count()).where(staged_passages.c.data.is_(None))
        with self._database.transaction() as connection:
            return int(connection.execute(query).scalar_one())

    def put(self, vectors: Sequence[tuple[int, bytes]]) -> None:
        """Store vectors by their passages' staged ids; those that are gone are passed over."""
        with self._database.transaction() as connection:
            for key, data in vectors:
                connection.execute(
                    update(staged_passages).where(staged_passages.c.id == key).values(data=data)
                )

    def progress(self, document_id: str) -> tuple[int, int]:
        """How many of its staged passages have their vector, and how many there are."""
        done = func.count(staged_passages.c.data)
        query = select(done, func.count()).where(staged_passages.c.document == document_id)
        with self._database.transaction() as connection:
            row = connection.execute(query).one()
        return int(row[0]), int(row[1])

    def contents(self) -> set[str]:
        """The names of the originals that came with what is staged."""
        with self._database.transaction() as connection:
            found = connection.execute(select(staged.c.facts)).scalars().all()
        return {msgspec.json.decode(each, type=StagedFacts).content for each in found}

    def ready(self) -> list[str]:
        """Documents that have been read to their end and want no more vectors."""
        wanting = select(staged_passages.c.document).where(staged_passages.c.data.is_(None))
        query = (
            select(staged.c.document)
            .join(documents, documents.c.id == staged.c.document)
            .where(staged.c.document.not_in(wanting))
            .order_by(documents.c.pending.desc(), documents.c.path)
        )
        with self._database.transaction() as connection:
            return list(connection.execute(query).scalars())

    def finish(self, document_id: str) -> IndexedChange:
        """Let a ready document into the search, in place of what it was before. `DocumentMissing`
        when it was removed, or is to be read again."""
        with self._database.change() as connection:
            found = connection.execute(
                select(staged.c.facts).where(staged.c.document == document_id)
            ).scalar_one_or_none()
            if found is None:
                raise DocumentMissing(name=document_id)
            facts = msgspec.json.decode(found, type=StagedFacts)
            old = connection.execute(
                select(documents.c.content).where(documents.c.id == document_id)
            ).scalar_one()
            removed = passage_rows.forget(connection, document_id)
            added = passage_rows.take_over(connection, document_id)
            connection.execute(delete(staged).where(staged.c.document == document_id))
            connection.execute(
                update(documents)
                .where(documents.c.id == document_id)
                .values(
                    **facts.row(),
                    passages=len(added),
                    state=DocumentState.INDEXED.value,
                    pending=None,
                    **_ERRORLESS,
                )
            )
        stale = old if old != facts.content else ""
        return IndexedChange(tuple(removed), tuple(added), stale)


def _set_state(
    connection: Connection, document_id: str, state: DocumentState, **values: object
) -> None:
    """Of a document that is not searchable yet; one that is stays so until its new state is in."""
    connection.execute(
        update(documents)
        .where(documents.c.id == document_id, documents.c.passages == 0)
        .values(state=state.value, **values)
    )


def _require(connection: Connection, document_id: str) -> None:
    query = select(documents.c.id).where(documents.c.id == document_id)
    if connection.execute(query).first() is None:
        raise DocumentMissing(name=document_id)


def drop(connection: Connection, document_id: str) -> str:
    """Forget what was staged of a document, in a transaction that does more; see Staging.drop."""
    found = connection.execute(
        select(staged.c.facts).where(staged.c.document == document_id)
    ).scalar_one_or_none()
    connection.execute(delete(staged_passages).where(staged_passages.c.document == document_id))
    connection.execute(delete(staged).where(staged.c.document == document_id))
    if found is None:
        return ""
    return str(msgspec.json.decode(found, type=StagedFacts).content)
