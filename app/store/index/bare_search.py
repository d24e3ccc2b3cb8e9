"""The shortest search that USearch and FTS5 allow: the yardstick for ours. It answers nobody."""

from collections.abc import Sequence

from sqlalchemy import text

from app.domain.settings import Indexing
from app.store.database import Database
from app.store.index.index_snapshot import IndexSnapshot
from app.store.index.stored_vectors import StoredVectors
from app.store.index.vector_graph import Floats, VectorGraph

_MATCH = text(
    "SELECT rowid, rank FROM passage_words WHERE passage_words MATCH :query "
    "ORDER BY rank LIMIT :limit"
)


class BareSearch:
    """Over a collection whose snapshot is there; `ValueError` without one."""

    def __init__(self, database: Database, snapshot: IndexSnapshot) -> None:
        from usearch.index import Index

        made = StoredVectors(database).made()
        content = snapshot.read(made)
        if content is None:
            raise ValueError("no snapshot")
        self._database = database
        self._content = VectorGraph(content, made.dimensions, 0).content
        restored = Index.restore(
            self._content, view=True, expansion_search=Indexing().expansion_search
        )
        assert restored is not None
        self._index = restored

    def search(self, query: Floats, words: Sequence[str], limit: int) -> int:
        """The nearest vectors, then passages with any of the stems; how many were found."""
        near = self._index.search(query, limit, threads=1)
        any_of = " OR ".join(f'stems : "{word}"' for word in words)
        with self._database.transaction() as connection:
            found = connection.execute(_MATCH, {"query": any_of, "limit": limit}).all()
        return len(near) + len(found)
