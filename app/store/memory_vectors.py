"""Vectors of what summaries and notes say, by the embedding model that made them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, delete, insert, select

from app.store.database import Database
from app.store.schema import memory_vectors

Vectors = np.ndarray[Any, np.dtype[np.float32]]


class MemoryVectors:
    def __init__(self, profile: Database) -> None:
        self._profile = profile

    def texts(self, model: str) -> dict[str, list[str]]:
        """By owner, those that have vectors by that model, in order."""
        columns = (memory_vectors.c.owner, memory_vectors.c.text)
        query = select(*columns).where(memory_vectors.c.embedding_model == model)
        found: dict[str, list[str]] = {}
        with self._profile.transaction() as connection:
            for owner, text in connection.execute(query.order_by(memory_vectors.c.ordinal)):
                found.setdefault(owner, []).append(text)
        return found

    def keep(self, owner: str, model: str, texts: Sequence[str], vectors: Vectors) -> None:
        """In place of all of an owner's; `vectors` are unit, (len(texts), dimensions)."""
        with self._profile.transaction() as connection:
            forget(connection, [owner])
            for ordinal, (text, vector) in enumerate(zip(texts, vectors, strict=True)):
                connection.execute(
                    insert(memory_vectors).values(
                        owner=owner,
                        embedding_model=model,
                        ordinal=ordinal,
                        text=text,
                        data=vector.astype(np.float16).tobytes(),
                    )
                )

    def cosines(self, model: str, vector: Vectors) -> list[tuple[str, str, float]]:
        """Owner, text and cosine of everything with a vector by that model."""
        columns = (memory_vectors.c.owner, memory_vectors.c.text, memory_vectors.c.data)
        query = select(*columns).where(memory_vectors.c.embedding_model == model)
        with self._profile.transaction() as connection:
            rows = connection.execute(query).all()
        if not rows:
            return []
        matrix = np.frombuffer(b"".join(row[2] for row in rows), np.float16)
        near = matrix.reshape(len(rows), -1).astype(np.float32) @ vector
        return [(row[0], row[1], float(each)) for row, each in zip(rows, near, strict=True)]


def forget(connection: Connection, owners: Sequence[str]) -> None:
    connection.execute(delete(memory_vectors).where(memory_vectors.c.owner.in_(list(owners))))
