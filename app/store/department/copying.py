"""Documents of a local collection as a department's server takes them, and back: text, places and
vectors as they are, so that nothing is read or embedded again."""

import io
from collections.abc import Iterator

from sqlalchemy import text

from app.domain.library.documents import Document
from app.store.department.library import DepartmentLibrary
from app.store.department.sending import WholeDocument
from app.store.department.shared_rows import facts_of
from app.store.library.arriving import arrive, halves
from app.store.library.library import LibraryStore


def whole(store: LibraryStore, document: Document, container: str = "") -> WholeDocument:
    """A local document with all that belongs to it. `DamagedData`."""
    held = store.passages_of(document.id)
    original = store.original(document.id) if store.content(document.id) else b""
    found = halves(store, [each.id for each in held])
    return WholeDocument(
        facts_of(document, store.sha256(document.id), 0),
        document.size,
        [each.passage for each in held],
        [found.get(each.id) or None for each in held],
        original,
        container,
    )


def take(library: DepartmentLibrary, document: Document, store: LibraryStore) -> list[int]:
    """A document of the server into a local collection, under its own id; the ids of its passages
    there. `DamagedData`."""
    store.set_fact("embedding-model", library.collection.model)
    original = None
    if library.content(document.id):
        original = io.BytesIO(library.original(document.id))
    data = dict(_halves(library, document.id))
    held = [(each.passage, data.get(each.id)) for each in library.passages_of(document.id)]
    return arrive(store, document, original, library.sha256(document.id), held)


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
