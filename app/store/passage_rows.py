"""A document's passages, words and vectors as rows; whoever calls holds the transaction."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
from sqlalchemy import Connection, RowMapping, delete, insert, select, text

from app.domain.library import LineBox, Locator, Passage
from app.store import words
from app.store.schema import passages, staged_passages, vectors

Halves = np.ndarray[Any, np.dtype[np.float16]]
_encode = msgspec.json.encode
#: Passages whose words are prepared at a time: a document may have a million.
_BLOCK = 2000

_COPY = (
    "INSERT INTO passages(id, document, ordinal, header, text, locator, boxes) "
    "SELECT :first + ordinal, document, ordinal, header, text, locator, boxes "
    "FROM staged_passages WHERE document = :document"
)
_COPY_VECTORS = (
    "INSERT INTO vectors(passage, data) SELECT :first + ordinal, data FROM staged_passages "
    "WHERE document = :document AND length(data) > 0"
)
_WORDS = "INSERT INTO passage_words(rowid, exact, stems) VALUES (:id, :exact, :stems)"
_FORGET_WORDS = (
    "DELETE FROM passage_words WHERE rowid IN (SELECT id FROM passages WHERE document = :document)"
)


def ids_of(connection: Connection, document_id: str) -> list[int]:
    query = select(passages.c.id).where(passages.c.document == document_id)
    return list(connection.execute(query).scalars())


def forget(connection: Connection, document_id: str) -> list[int]:
    """Delete a document's passages, words and vectors; the ids that are gone."""
    gone = ids_of(connection, document_id)
    inside = select(passages.c.id).where(passages.c.document == document_id)
    connection.execute(text(_FORGET_WORDS), {"document": document_id})
    connection.execute(delete(vectors).where(vectors.c.passage.in_(inside)))
    connection.execute(delete(passages).where(passages.c.document == document_id))
    return gone


def take_over(connection: Connection, document_id: str) -> list[int]:
    """Make the staged passages of a document its passages; their ids in order. Under a write lock,
    so that nobody else takes the ids."""
    last = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'passages'"))
    first = (last.scalar_one_or_none() or 0) + 1
    values = {"first": first, "document": document_id}
    connection.execute(text(_COPY), values)
    connection.execute(text(_COPY_VECTORS), values)
    count = 0
    for block in _staged_texts(connection, document_id):
        rows = [_words(first + ordinal, header, body) for ordinal, header, body in block]
        connection.execute(text(_WORDS), rows)
        count += len(rows)
    connection.execute(delete(staged_passages).where(staged_passages.c.document == document_id))
    return list(range(first, first + count))


def _staged_texts(
    connection: Connection, document_id: str
) -> Iterator[Sequence[tuple[int, str, str]]]:
    columns = staged_passages.c
    query = select(columns.ordinal, columns.header, columns.text).order_by(columns.ordinal)
    after = -1
    while True:
        block = connection.execute(
            query.where(columns.document == document_id, columns.ordinal > after).limit(_BLOCK)
        ).all()
        if not block:
            return
        yield [(row[0], row[1], row[2]) for row in block]
        after = block[-1][0]


def _words(key: int, header: str, body: str) -> dict[str, Any]:
    exact, stems = words.columns(f"{header}\n{body}")
    return {"id": key, "exact": exact, "stems": stems}


def stage(
    connection: Connection,
    document_id: str,
    first: int,
    pieces: Sequence[Passage],
    embedded: Sequence[bytes | None],
) -> None:
    """Passages from ordinal `first` on, with what stands in for their vectors; see the schema."""
    if not pieces:
        return
    connection.execute(
        insert(staged_passages),
        [
            {
                "document": document_id,
                "ordinal": first + place,
                "header": piece.header,
                "text": piece.text,
                "locator": _encode(piece.locator),
                "boxes": _encode(piece.boxes),
                "data": data,
            }
            for place, (piece, data) in enumerate(zip(pieces, embedded, strict=True))
        ],
    )


def passage(row: RowMapping) -> Passage:
    return Passage(
        text=row["text"],
        header=row["header"],
        locator=msgspec.json.decode(row["locator"], type=Locator),
        boxes=msgspec.json.decode(row["boxes"], type=tuple[LineBox, ...]),
    )
