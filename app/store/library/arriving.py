"""A whole document from elsewhere into a collection: its row, passages and vectors as they are, so
that nothing is read or embedded again; all of it or nothing."""

from collections.abc import Iterator, Sequence

from sqlalchemy import insert, select, update

from app.domain.library.documents import Document, DocumentState, Passage
from app.store import files
from app.store.index import passage_rows
from app.store.library.document_rows import stored_report
from app.store.library.library import LibraryStore
from app.store.schema import documents, tags, vectors

_NO_VECTOR = b""
#: Passages whose vectors are fetched at once.
_ROWS = 500


def arrive(
    store: LibraryStore,
    document: Document,
    original: files.Readable | None,
    sha256: str,
    held: Sequence[tuple[Passage, bytes | None]],
) -> list[int]:
    """`document` into `store` under its own id, with passages and their f16 vectors in its order;
    the ids of its passages there. `sha256` counts where there is no original. `StorageFull`."""
    kept = store.originals.keep(original) if original else None
    row = {
        "id": document.id,
        "name": document.name,
        "path": document.path,
        "title": document.title,
        "sha256": kept.sha256 if kept else sha256,
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
        passage_rows.stage(
            connection,
            document.id,
            0,
            [passage for passage, _ in held],
            [half or _NO_VECTOR for _, half in held],
        )
        taken = passage_rows.take_over(connection, document.id)
        own = documents.c.id == document.id
        connection.execute(update(documents).where(own).values(passages=len(taken)))
    return taken


def halves(store: LibraryStore, ids: Sequence[int]) -> dict[int, bytes]:
    """The f16 vectors of these passages, of those that have any."""
    found: dict[int, bytes] = {}
    for first in range(0, len(ids), _ROWS):
        query = select(vectors.c.passage, vectors.c.data).where(
            vectors.c.passage.in_(list(ids[first : first + _ROWS]))
        )
        with store.database.transaction() as connection:
            found |= {int(row[0]): bytes(row[1]) for row in connection.execute(query)}
    return found


class _Pieces:
    """Reads what comes piece by piece; a read may give less than was asked for."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, b""

    def read(self, size: int = -1, /) -> bytes:
        if size < 0:
            return self._left + b"".join(self._pieces)
        while not self._left:
            if (piece := next(self._pieces, None)) is None:
                return b""
            self._left = piece
        given, self._left = self._left[:size], self._left[size:]
        return given


def hand_over(source: LibraryStore, document: Document, target: LibraryStore) -> list[int]:
    """A document of one collection into another, which keeps the original under its own key; the
    source has it still. The ids of its passages there. `DamagedData`, `StorageFull`."""
    held = source.passages_of(document.id)
    found = halves(source, [each.id for each in held])
    original = None
    if content := source.content(document.id):
        original = _Pieces(source.originals.parts(content))
    return arrive(
        target,
        document,
        original,
        source.sha256(document.id),
        [(each.passage, found.get(each.id)) for each in held],
    )
