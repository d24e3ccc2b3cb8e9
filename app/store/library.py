"""Documents and passages of one collection, with their vectors, words and encrypted originals."""

import hashlib
import io
import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import numpy as np
from sqlalchemy import Connection, RowMapping, delete, func, insert, select, text, update

from app.domain.errors import DamagedData, DocumentMissing
from app.domain.library import Document, DocumentState, LineBox, Locator, Passage
from app.store import files, words
from app.store.database import Database, is_lost
from app.store.index_snapshot import IndexSnapshot
from app.store.keys import derive
from app.store.schema import documents, facts, passages, tags, vectors

Halves = np.ndarray[Any, np.dtype[np.float16]]
_encode = msgspec.json.encode


@dataclass(frozen=True)
class StoredPassage:
    """A passage with its id, its place (`ordinal`) in its document, and that document's name."""

    id: int
    document: str
    name: str
    path: str
    ordinal: int
    passage: Passage


class LibraryStore:
    """One collection's folder: collection.db and files/."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._file_key = derive(key, "files")
        self._check_not_lost()
        self.database = Database(folder / "collection.db", derive(key, "database"), "collection")
        self.snapshot = IndexSnapshot(
            folder / "index",
            derive(key, "index"),
            folder.name,
            lambda: self.fact("index"),
            lambda mark: self.set_fact("index", mark),
        )
        self._clean_up()

    def close(self) -> None:
        self.database.close()

    def _check_not_lost(self) -> None:
        """Originals without a database would be cleaned up as orphans. `DamagedData`."""
        path = self._folder / "collection.db"
        if is_lost(path) and any((self._folder / "files").glob("*")):
            raise DamagedData(path=str(path))

    def _clean_up(self) -> None:
        """Remove originals that no row speaks of: a power cut came between file and row."""
        originals = self._folder / "files"
        originals.mkdir(parents=True, exist_ok=True, mode=0o700)
        files.remove_leftovers(originals)
        files.remove_leftovers(self._folder)
        with self.database.transaction() as connection:
            known = set(connection.execute(select(documents.c.id)).scalars())
        for original in originals.iterdir():
            if original.name not in known:
                original.unlink(missing_ok=True)

    # -- facts about the collection as a whole ----------------------------------------------------

    def fact(self, name: str) -> str | None:
        with self.database.transaction() as connection:
            return connection.execute(
                select(facts.c.value).where(facts.c.name == name)
            ).scalar_one_or_none()

    def set_fact(self, name: str, value: str) -> None:
        with self.database.transaction() as connection:
            connection.execute(delete(facts).where(facts.c.name == name))
            connection.execute(insert(facts).values(name=name, value=value))

    # -- documents --------------------------------------------------------------------------------

    def documents(self) -> list[Document]:
        """All documents, the newest first."""
        with self.database.transaction() as connection:
            rows = connection.execute(
                select(documents).order_by(documents.c.added.desc(), documents.c.name)
            ).mappings()
            tagged = _tags(connection)
            return [_document(row, tagged.get(row["id"], ())) for row in rows]

    def document(self, document_id: str) -> Document:
        """One document; `DocumentMissing`."""
        found = self._one(documents.c.id == document_id)
        if found is None:
            raise DocumentMissing(name=document_id)
        return found

    def unfinished(self) -> list[Document]:
        """What an earlier run left: neither indexed nor failed, the oldest first."""
        return [
            each
            for each in reversed(self.documents())
            if each.state not in {DocumentState.INDEXED, DocumentState.FAILED}
        ]

    def with_content(self, sha256: str) -> Document | None:
        """The document whose original has this hash and that is indexed."""
        return self._one(documents.c.sha256 == sha256, documents.c.state == DocumentState.INDEXED)

    def at_path(self, path: str) -> Document | None:
        """The document last added from this path."""
        return self._one(documents.c.path == path)

    def _one(self, *conditions: Any) -> Document | None:
        with self.database.transaction() as connection:
            row = connection.execute(select(documents).where(*conditions)).mappings().first()
            if row is None:
                return None
            return _document(row, _tags(connection, row["id"]).get(row["id"], ()))

    def set_tags(self, document_id: str, names: Iterable[str]) -> None:
        """These and no others."""
        rows = [{"document": document_id, "tag": name} for name in sorted(set(names))]
        with self.database.transaction() as connection:
            connection.execute(delete(tags).where(tags.c.document == document_id))
            if rows:
                connection.execute(insert(tags), rows)

    def queue(self, path: str, name: str, size: int, modified: float | None = None) -> Document:
        """Note that `path` waits to be read."""
        row: dict[str, Any] = {
            "id": uuid.uuid4().hex,
            "name": name,
            "path": path,
            "title": "",
            "sha256": "",
            "size": size,
            "pages": None,
            "passages": 0,
            "state": DocumentState.QUEUED.value,
            "added": time.time(),
            "error": "",
            "error_facts": _encode(()),
            "modified": modified,
        }
        with self.database.transaction() as connection:
            connection.execute(insert(documents).values(**row))
        return self.document(row["id"])

    def set_state(self, document_id: str, state: DocumentState) -> None:
        with self.database.transaction() as connection:
            connection.execute(
                update(documents)
                .where(documents.c.id == document_id)
                .values(state=state.value, error="", error_facts=_encode(()))
            )

    def set_failed(self, document_id: str, code: str, reasons: dict[str, Any]) -> None:
        pairs = tuple((name, str(value)) for name, value in reasons.items())
        with self.database.transaction() as connection:
            connection.execute(
                update(documents)
                .where(documents.c.id == document_id)
                .values(state=DocumentState.FAILED.value, error=code, error_facts=_encode(pairs))
            )

    def remove(self, document_id: str) -> list[int]:
        """Delete every trace of a document; the ids of its passages."""
        with self.database.transaction() as connection:
            gone = _forget_passages(connection, document_id)
            connection.execute(delete(tags).where(tags.c.document == document_id))
            connection.execute(delete(documents).where(documents.c.id == document_id))
        self._original(document_id).unlink(missing_ok=True)
        self.database.checkpoint()
        return gone

    # -- content ----------------------------------------------------------------------------------

    def save(
        self,
        document: Document,
        content: bytes,
        pieces: Sequence[Passage],
        embedded: Halves,
    ) -> list[int]:
        """Store original, passages, words and vectors; visible all at once. Passage ids in order.

        `embedded` has one row of f16 a passage. The original is written first: a row without its
        file would be a loss, a file without its row is cleaned up at the next start.
        """
        self._keep_original(document.id, io.BytesIO(content))
        with self.database.transaction() as connection:
            _forget_passages(connection, document.id)
            ids = _insert_passages(connection, document.id, pieces, embedded)
            connection.execute(
                update(documents)
                .where(documents.c.id == document.id)
                .values(
                    title=document.title,
                    sha256=hashlib.sha256(content).hexdigest(),
                    size=len(content),
                    pages=document.pages,
                    passages=len(pieces),
                    state=DocumentState.INDEXED.value,
                    error="",
                    error_facts=_encode(()),
                    modified=document.modified,
                )
            )
        return ids

    def passage_ids(self, document_id: str) -> list[int]:
        with self.database.transaction() as connection:
            return _passage_ids(connection, document_id)

    def passages(self, ids: Iterable[int]) -> dict[int, StoredPassage]:
        """Passages by id; ids that are gone are left out."""
        return {each.id: each for each in self._select(passages.c.id.in_(list(ids)))}

    def documents_of(self, ids: Iterable[int]) -> dict[int, str]:
        """The document of each passage; ids that are gone are left out."""
        query = select(passages.c.id, passages.c.document).where(passages.c.id.in_(list(ids)))
        with self.database.transaction() as connection:
            return {int(row[0]): str(row[1]) for row in connection.execute(query)}

    def neighbours(self, found: StoredPassage, reach: int) -> list[StoredPassage]:
        """The passages up to `reach` before and after, and itself, in order."""
        low, high = found.ordinal - reach, found.ordinal + reach
        return self._select(
            passages.c.document == found.document, passages.c.ordinal.between(low, high)
        )

    def passages_of(self, document_id: str) -> list[StoredPassage]:
        return self._select(passages.c.document == document_id)

    def _select(self, *conditions: Any) -> list[StoredPassage]:
        query = (
            select(passages, documents.c.name, documents.c.path)
            .join(documents, documents.c.id == passages.c.document)
            .where(*conditions)
            .order_by(passages.c.document, passages.c.ordinal)
        )
        with self.database.transaction() as connection:
            return [_passage(row) for row in connection.execute(query).mappings()]

    def counts(self) -> tuple[int, int]:
        """How many documents and passages."""
        with self.database.transaction() as connection:
            row = connection.execute(
                select(func.count(), func.coalesce(func.sum(documents.c.passages), 0)).select_from(
                    documents
                )
            ).one()
        return int(row[0]), int(row[1])

    def original(self, document_id: str) -> bytes:
        """The file as it was added. `DamagedData`."""
        return files.decrypt_file(self._original(document_id), self._file_key, document_id)

    def _keep_original(self, document_id: str, source: BinaryIO) -> None:
        files.encrypt_file(self._original(document_id), self._file_key, document_id, source)

    def _original(self, document_id: str) -> Path:
        return self._folder / "files" / document_id


def _insert_passages(
    connection: Connection, document_id: str, pieces: Sequence[Passage], embedded: Halves
) -> list[int]:
    """Many rows a statement; one by one they take three times as long. Under a write lock, so that
    nobody else takes the ids."""
    if not pieces:
        return []
    last = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'passages'"))
    first = (last.scalar_one_or_none() or 0) + 1
    ids = list(range(first, first + len(pieces)))
    rows = list(zip(ids, pieces, strict=True))
    connection.execute(
        insert(passages),
        [_passage_row(document_id, key, key - first, piece) for key, piece in rows],
    )
    connection.execute(
        text("INSERT INTO passage_words(rowid, exact, stems) VALUES (:id, :exact, :stems)"),
        [_word_row(key, piece) for key, piece in rows],
    )
    connection.execute(
        insert(vectors),
        [
            {"passage": key, "data": vector.tobytes()}
            for key, vector in zip(ids, embedded, strict=True)
        ],
    )
    return ids


def _passage_row(document_id: str, key: int, ordinal: int, piece: Passage) -> dict[str, Any]:
    return {
        "id": key,
        "document": document_id,
        "ordinal": ordinal,
        "header": piece.header,
        "text": piece.text,
        "locator": _encode(piece.locator),
        "boxes": _encode(piece.boxes),
    }


def _word_row(key: int, piece: Passage) -> dict[str, Any]:
    exact, stems = words.columns(f"{piece.header}\n{piece.text}")
    return {"id": key, "exact": exact, "stems": stems}


def _passage_ids(connection: Connection, document_id: str) -> list[int]:
    query = select(passages.c.id).where(passages.c.document == document_id)
    return list(connection.execute(query).scalars())


def _forget_passages(connection: Connection, document_id: str) -> list[int]:
    gone = _passage_ids(connection, document_id)
    inside = select(passages.c.id).where(passages.c.document == document_id)
    connection.execute(
        text(
            "DELETE FROM passage_words WHERE rowid IN "
            "(SELECT id FROM passages WHERE document = :document)"
        ),
        {"document": document_id},
    )
    connection.execute(delete(vectors).where(vectors.c.passage.in_(inside)))
    connection.execute(delete(passages).where(passages.c.document == document_id))
    return gone


def _tags(connection: Connection, document_id: str | None = None) -> dict[str, tuple[str, ...]]:
    """Of one document or of all that have any, in order."""
    query = select(tags).order_by(tags.c.tag)
    if document_id is not None:
        query = query.where(tags.c.document == document_id)
    found: dict[str, tuple[str, ...]] = {}
    for document, tag in connection.execute(query):
        found[document] = (*found.get(document, ()), tag)
    return found


def _document(row: RowMapping, names: tuple[str, ...]) -> Document:
    return Document(
        id=row["id"],
        name=row["name"],
        path=row["path"],
        state=DocumentState(row["state"]),
        size=row["size"],
        pages=row["pages"],
        passages=row["passages"],
        added=row["added"],
        title=row["title"],
        error=row["error"],
        error_facts=msgspec.json.decode(row["error_facts"], type=tuple[tuple[str, str], ...]),
        modified=row["modified"],
        tags=names,
    )


def _passage(row: RowMapping) -> StoredPassage:
    return StoredPassage(
        id=row["id"],
        document=row["document"],
        name=row["name"],
        path=row["path"],
        ordinal=row["ordinal"],
        passage=Passage(
            text=row["text"],
            header=row["header"],
            locator=msgspec.json.decode(row["locator"], type=Locator),
            boxes=msgspec.json.decode(row["boxes"], type=tuple[LineBox, ...]),
        ),
    )
