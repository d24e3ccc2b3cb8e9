"""Documents put onto a department's server: to wait for a worker, or whole with their passages."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec
import numpy as np
from sqlalchemy import Connection, text

from app.domain.library.documents import Passage
from app.store.department import keyed_words
from app.store.department.library import DepartmentLibrary
from app.store.department.shared_rows import (
    DocumentFacts,
    opened_facts,
    place_of,
    sealed_facts,
    sealed_passage,
)

#: Passages in one statement.
_ROWS = 200
_DOCUMENT = """
INSERT INTO larets.documents (id, collection, fingerprint, sealed, state, size, container)
VALUES (:id, :collection, :fingerprint, :sealed, :state, :size, :container)
ON CONFLICT (collection, fingerprint) DO NOTHING
"""
_PASSAGES = """
INSERT INTO larets.passages (collection, document, ordinal, sealed, words, length, vector)
SELECT :collection, :document, t.ordinal, t.sealed, CAST(t.words AS tsvector), t.length,
       CAST(t.vector AS halfvec)
FROM unnest(CAST(:ordinals AS integer[]), CAST(:sealed AS bytea[]), CAST(:words AS text[]),
            CAST(:lengths AS integer[]), CAST(:vectors AS text[]))
     AS t(ordinal, sealed, words, length, vector)
"""
_DONE = """
UPDATE larets.documents
SET state = :state, sealed = :sealed, passages = :passages, worker = NULL,
    stamp = nextval('larets.stamps')
WHERE id = :id AND state = 'parsing' AND worker = :worker
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A document that a worker was given."""

    id: str
    collection: str
    facts: DocumentFacts


@dataclass(frozen=True, slots=True)
class WholeDocument:
    """What was read: `vectors` has an f16 vector for each passage that has one, in bytes, else
    None."""

    facts: DocumentFacts
    size: int
    passages: Sequence[Passage]
    vectors: Sequence[bytes | None]
    original: bytes = b""
    container: str = ""


class Sending:
    """Into one collection."""

    def __init__(self, library: DepartmentLibrary) -> None:
        self._library, self._sealing = library, library.sealing
        self._collection = library.collection

    def queue(self, facts: DocumentFacts, content: bytes) -> str | None:
        """A file that is to be read by a worker; its id, None when its content is there already.
        `DepartmentDenied`, `DepartmentFull`."""
        document = WholeDocument(facts, len(content), (), (), content)
        with self._library.server.transaction() as connection:
            return self._enter(connection, document, "queued")

    def put(self, document: WholeDocument) -> str | None:
        """A document that was read elsewhere; its id, None when its content is there already."""
        with self._library.server.transaction() as connection:
            return self.put_into(connection, document)

    def put_into(self, connection: Connection, document: WholeDocument) -> str | None:
        """The same in a transaction that does more."""
        made = self._enter(connection, document, "indexed")
        if made is not None:
            self._write(connection, made, document)
            connection.execute(
                text("UPDATE larets.documents SET passages = :passages WHERE id = :id"),
                {"id": made, "passages": len(document.passages)},
            )
        return made

    def finish(
        self,
        connection: Connection,
        claimed: str,
        worker: int,
        document: WholeDocument,
        state: str,
    ) -> bool:
        """What became of a claimed document, in a transaction that finishes others as well; False
        where it is no longer this worker's: removed, or given to another."""
        values = {
            "id": claimed,
            "worker": worker,
            "state": state,
            "passages": len(document.passages),
            "sealed": sealed_facts(self._sealing, claimed, document.facts),
        }
        if not connection.execute(text(_DONE), values).rowcount:
            return False
        connection.execute(
            text(
                "DELETE FROM larets.passages WHERE collection = :collection "
                "AND document = :document"
            ),
            {"collection": self._collection.id, "document": claimed},
        )
        self._write(connection, claimed, document)
        return True

    def again(self, ids: Sequence[str]) -> int:
        """Let documents whose originals are there wait once more; how many do."""
        with self._library.server.transaction() as connection:
            return connection.execute(
                text(
                    "UPDATE larets.documents SET state = 'queued', attempts = 0, worker = NULL, "
                    "stamp = nextval('larets.stamps') WHERE collection = :collection "
                    "AND id = ANY(:ids) AND state IN ('indexed', 'failed') AND container = ''"
                ),
                {"collection": self._collection.id, "ids": list(ids)},
            ).rowcount

    def begin_many(self) -> None:
        """Before a whole collection comes: a graph that is built over rows that are there takes a
        tenth of the time of one that grows. `DepartmentDenied`."""
        self._call("SELECT larets.drop_indexes(:collection)")

    def end_many(self) -> None:
        """After `begin_many`; takes minutes for a million passages."""
        self._call("SELECT larets.make_indexes(:collection)")

    def _call(self, function: str) -> None:
        with self._library.server.transaction() as connection:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SET LOCAL maintenance_work_mem = '1GB'"))
            connection.execute(text(function), {"collection": self._collection.id})

    def opened(self, document: str, sealed: bytes) -> DocumentFacts:
        """What is sealed of a claimed document. `DamagedData`."""
        return opened_facts(self._sealing, document, sealed)

    def _enter(self, connection: Connection, document: WholeDocument, state: str) -> str | None:
        made = uuid.uuid4().hex
        parts = list(self._sealing.parts(made, document.original)) if document.original else []
        facts = replace(document.facts, parts=len(parts))
        values = {
            "id": made,
            "collection": self._collection.id,
            # What came out of a database has no original: nothing else is the same as it.
            "fingerprint": self._sealing.fingerprint(facts.sha256 or made),
            "sealed": sealed_facts(self._sealing, made, facts),
            "state": state,
            "size": document.size,
            "container": document.container,
        }
        if not connection.execute(text(_DOCUMENT), values).rowcount:
            return None
        for number, data in enumerate(parts):
            connection.execute(
                text(
                    "INSERT INTO larets.originals (document, part, collection, data) "
                    "VALUES (:document, :part, :collection, :data)"
                ),
                {
                    "document": made,
                    "part": number,
                    "collection": self._collection.id,
                    "data": data,
                },
            )
        return made

    def _write(self, connection: Connection, document_id: str, document: WholeDocument) -> None:
        for first in range(0, len(document.passages), _ROWS):
            pieces = document.passages[first : first + _ROWS]
            words = [self._words(piece) for piece in pieces]
            vectors = [_written(each) for each in document.vectors[first : first + _ROWS]]
            ordinals = list(range(first, first + len(pieces)))
            connection.execute(
                text(_PASSAGES),
                {
                    "collection": self._collection.id,
                    "document": document_id,
                    "ordinals": ordinals,
                    "sealed": [
                        sealed_passage(self._sealing, place_of(document_id, place), piece)
                        for place, piece in zip(ordinals, pieces, strict=True)
                    ],
                    "words": [each for each, _ in words],
                    "lengths": [length for _, length in words],
                    "vectors": vectors,
                },
            )

    def _words(self, piece: Passage) -> tuple[str | None, int]:
        if not self._collection.words:
            return None, 0
        return keyed_words.indexed(self._sealing, f"{piece.header}\n{piece.text}")


def _written(vector: bytes | None) -> str | None:
    """As pgvector reads it: six digits give back each f16."""
    if not vector:
        return None
    return msgspec.json.encode(np.frombuffer(vector, np.float16).astype(float).tolist()).decode()
