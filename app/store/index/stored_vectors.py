"""Reads vectors out of a collection's database, where the truth is."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from sqlalchemy import Row, func, select, text

from app.store.database import Database
from app.store.index.index_snapshot import Made
from app.store.index.vector_graph import Halves, Ids
from app.store.schema import facts, vectors

#: Rows a transaction: writers and the exit are not kept waiting.
_BLOCK = 4096
#: SQLite takes more parameters than this in one statement.
_NAMES = 500


class StoredVectors:
    def __init__(self, database: Database) -> None:
        self._database = database

    def made(self) -> Made:
        """The embedding model, and the dimensions of the newest vector, 0 without any."""
        model = select(facts.c.value).where(facts.c.name == "embedding-model")
        newest = select(func.length(vectors.c.data)).order_by(vectors.c.passage.desc()).limit(1)
        with self._database.transaction() as connection:
            name = connection.execute(model).scalar_one_or_none()
            size = connection.execute(newest).scalar_one_or_none()
        return Made(name or "", (size or 0) // 2)

    def ids(self) -> Ids:
        """The ids of all passages with vectors, ascending; read from a covering index, a million
        in a second."""
        sql = text("SELECT id FROM passages INDEXED BY passages_of_document")
        with self._database.transaction() as connection:
            found = np.fromiter((row[0] for row in connection.execute(sql)), np.int64)
        found.sort()
        return found

    def of(self, ids: Sequence[int], dimensions: int) -> tuple[Ids, Halves]:
        """The vectors of these passages that are there and have so many dimensions."""
        rows: list[Row[int, bytes]] = []
        for begin in range(0, len(ids), _NAMES):
            wanted = vectors.c.passage.in_(
                [int(identifier) for identifier in ids[begin : begin + _NAMES]]
            )
            with self._database.transaction() as connection:
                rows += connection.execute(select(vectors.c.passage, vectors.c.data).where(wanted))
        return _arrays(sorted(rows, key=lambda row: row[0]), dimensions)

    def blocks(
        self, dimensions: int, after: int = 0, going_on: Callable[[], bool] = lambda: True
    ) -> Iterator[tuple[Ids, Halves]]:
        """All vectors of so many dimensions and of later passages, in order."""
        query = select(vectors.c.passage, vectors.c.data).order_by(vectors.c.passage)
        while going_on():
            with self._database.transaction() as connection:
                rows = connection.execute(
                    query.where(vectors.c.passage > after).limit(_BLOCK)
                ).all()
            if not rows:
                return
            after = rows[-1][0]
            yield _arrays(rows, dimensions)


def _arrays(rows: Sequence[Row[int, bytes]], dimensions: int) -> tuple[Ids, Halves]:
    whole = [row for row in rows if len(row[1]) == 2 * dimensions]
    ids = np.fromiter((row[0] for row in whole), np.int64, len(whole))
    joined = np.frombuffer(b"".join(row[1] for row in whole), np.float16)
    return ids, joined.reshape(len(whole), dimensions)
