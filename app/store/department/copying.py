"""Documents of a local collection as a department's server takes them, and back: text, places and
vectors as they are, so that nothing is read or embedded again."""

import io
from collections.abc import Iterator, Sequence

from sqlalchemy import insert, select, text, update

from app.domain.library.documents import Document, DocumentState
from app.store.department.library import DepartmentLibrary
from app.store.department.sending import WholeDocument
from app.store.department.shared_rows import facts_of
from app.store.index import passage_rows
from app.store.library.document_rows import stored_report
from app.store.library.library import LibraryStore
from app.store.schema import documents, tags, vectors

_NO_VECTOR = b""
#: Passages whose vectors are fetched at once.
_ROWS = 500


def whole(store: LibraryStore, document: Document, container: str = "") -> WholeDocument:
    """A local document with all that belongs to it. `DamagedData`."""
    held = store.passages_of(document.id)
    original = store.original(document.id) if store.content(document.id) else b""
    found = _vectors(store, [each.id for each in held])
    return WholeDocument(
        facts_of(document, store.sha256(document.id), 0),
        document.size,
        [each.passage for each in held],
        [found.get(each.id) or None for each in held],
        original,
        container,
    )


def _vectors(store: LibraryStore, ids: Sequence[int]) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    for first in range(0, len(ids), _ROWS):
        query = select(vectors.c.passage, vectors.c.data).where(
            vectors.c.passage.in_(list(ids[first : first + _ROWS]))
        )
        with store.database.transaction() as connection:
            found |= {int(row[0]): bytes(row[1]) for row in connection.execute(query)}
    return found


def take(library: DepartmentLibrary, document: Document, store: LibraryStore) -> list[int]:
    """A document of the server into a local collection, under its own id; the ids of its passages
    there. `DamagedData`."""
    store.set_fact("embedding-model", library.collection.model)
    content, kept = library.content(document.id), None
    if content:
        kept = store.originals.keep(io.BytesIO(library.original(document.id)))
    row = {
        "id": document.id,
        "name": document.name,
        "path": document.path,
        "title": document.title,
        "sha256": kept.sha256 if kept else library.sha256(document.id),
        "size": document.size,
        "pages": document.pages,
        "passages": 0,
        "state": DocumentState.INDEXED.value,
        "added": document.added,
        "error": "",
        "error_facts": b"[]",
        "modified": document.modified,
        "language": document.language,
        "reading": stored_report(document.reading),
        "container": document.container,
        "content": kept.name if kept else "",
    }
    with store.database.change() as connection:
        connection.execute(insert(documents).values(**row))
        if document.tags:
            named = [{"document": document.id, "tag": tag} for tag in document.tags]
            connection.execute(insert(tags), named)
        held = library.passages_of(document.id)
        data = dict(_halves(library, document.id))
        passage_rows.stage(
            connection,
            document.id,
            0,
            [each.passage for each in held],
            [data.get(each.id, _NO_VECTOR) for each in held],
        )
        taken = passage_rows.take_over(connection, document.id)
        own = documents.c.id == document.id
        connection.execute(update(documents).where(own).values(passages=len(taken)))
    return taken


def _halves(library: DepartmentLibrary, document_id: str) -> Iterator[tuple[int, bytes]]:
    """The f16 vectors of a document's passages, by their ids."""
    import numpy as np

    query = text(
        "SELECT id, CAST(vector AS text) FROM larets.passages WHERE collection = :collection "
        "AND document = :document AND vector IS NOT NULL"
    )
    values = {"collection": library.collection.id, "document": document_id}
    with library.server.transaction() as connection:
        for row in connection.execute(query, values):
            numbers = np.fromstring(str(row[1])[1:-1], np.float32, sep=",")
            yield int(row[0]), numbers.astype(np.float16).tobytes()
