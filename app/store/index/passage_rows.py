"""A document's passages, words and vectors as rows; whoever calls holds the transaction."""

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
from sqlalchemy import Connection, RowMapping, delete, insert, select, text

from app.domain.library.documents import LineBox, Locator, Passage
from app.store.database import Database
from app.store.index import words
from app.store.schema import passages, staged_passages, vectors

Halves = np.ndarray[Any, np.dtype[np.float16]]
_encode = msgspec.json.encode

_COPY = (
    "INSERT INTO passages(id, document, ordinal, header, text, locator, boxes) "
    "SELECT :first + ordinal, document, ordinal, header, text, locator, boxes "
    "FROM staged_passages WHERE document = :document"
)
_COPY_VECTORS = (
    "INSERT INTO vectors(passage, data) SELECT :first + ordinal, data FROM staged_passages "
    "WHERE document = :document AND length(data) > 0"
)
_COPY_WORDS = (
    "INSERT INTO passage_words(rowid, exact, stems) SELECT :first + ordinal, exact, stems "
    "FROM staged_passages WHERE document = :document ORDER BY ordinal"
)
_PUT_WORDS = "INSERT INTO passage_words(rowid, exact, stems) VALUES (:key, :exact, :stems)"
_CHECK_WORDS = "INSERT INTO passage_words(passage_words, rank) VALUES ('integrity-check', 0)"
#: Passages without words, and words without a passage.
_APART = (
    "SELECT id FROM passages EXCEPT SELECT id FROM passage_words_docsize",
    "SELECT id FROM passage_words_docsize EXCEPT SELECT id FROM passages",
)
_CHANGES, _LEAST_CHANGES = "SELECT total_changes()", 2
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
    copied = connection.execute(text(_COPY), values).rowcount
    for statement in (_COPY_VECTORS, _COPY_WORDS):
        connection.execute(text(statement), values)
    connection.execute(delete(staged_passages).where(staged_passages.c.document == document_id))
    return list(range(first, first + copied))


def merge_words(database: Database, pages: int) -> bool:
    """Merge that many pages of the word index; whether there is more to merge (SQLite's FTS5
    documentation, "merge": fewer than two changes say that nothing was done)."""
    with database.transaction() as connection:
        before = connection.execute(text(_CHANGES)).scalar_one()
        connection.execute(
            text("INSERT INTO passage_words(passage_words, rank) VALUES ('merge', :pages)"),
            {"pages": pages},
        )
        return int(connection.execute(text(_CHANGES)).scalar_one()) - int(before) >= _LEAST_CHANGES


def words_fit(connection: Connection) -> bool:
    """Whether the word index has exactly the passages, and holds together: FTS5 refuses a check
    that it does not pass, which comes out as `DamagedData`."""
    connection.execute(text(_CHECK_WORDS))
    return all(connection.execute(text(each)).first() is None for each in _APART)


def rebuild_words(connection: Connection) -> None:
    """Write the word index anew from the passages."""
    connection.execute(text("INSERT INTO passage_words(passage_words) VALUES ('delete-all')"))
    query = select(passages.c.id, passages.c.header, passages.c.text).order_by(passages.c.id)
    for key, header, told in connection.execute(query).all():
        exact, stems = words.columns(f"{header}\n{told}")
        values = {"key": key, "exact": exact, "stems": stems}
        connection.execute(text(_PUT_WORDS), values)


def stage(
    connection: Connection,
    document_id: str,
    first: int,
    pieces: Sequence[Passage],
    embedded: Sequence[bytes | None],
) -> None:
    """Passages from ordinal `first` on, with what stands in for their vectors; see the schema."""
    if rows := [
        _staged(document_id, first + place, piece, data)
        for place, (piece, data) in enumerate(zip(pieces, embedded, strict=True))
    ]:
        connection.execute(insert(staged_passages), rows)


def _staged(document_id: str, ordinal: int, piece: Passage, data: bytes | None) -> dict[str, Any]:
    exact, stems = words.columns(f"{piece.header}\n{piece.text}")
    return {
        "document": document_id,
        "ordinal": ordinal,
        "header": piece.header,
        "text": piece.text,
        "locator": _encode(piece.locator),
        "boxes": _encode(piece.boxes),
        "exact": exact,
        "stems": stems,
        "data": data,
    }


def passage(row: RowMapping) -> Passage:
    return Passage(
        text=row["text"],
        header=row["header"],
        locator=msgspec.json.decode(row["locator"], type=Locator),
        boxes=msgspec.json.decode(row["boxes"], type=tuple[LineBox, ...]),
    )
