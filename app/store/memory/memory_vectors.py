"""Vectors of what summaries and notes say, by the embedding model that made them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from sqlalchemy import Connection, delete, insert, select

from app.store.database import Database
from app.store.schema import memory_vectors

Vectors = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Remembered:
    """All that memory says: `vectors` are unit, f16 (number of texts, dimensions), and each text
    has the summary or note (its id) that it is of."""

    owners: tuple[str, ...]
    texts: tuple[str, ...]
    vectors: np.ndarray[Any, np.dtype[np.float16]]

    def of(self) -> dict[str, list[str]]:
        """The texts by owner, in their order."""
        found: dict[str, list[str]] = {}
        for owner, text in zip(self.owners, self.texts, strict=True):
            found.setdefault(owner, []).append(text)
        return found

    def cosines(self, vector: Vectors) -> Vectors:
        """The cosine of a unit vector with every text's."""
        near: Vectors = self.vectors.astype(np.float32) @ vector
        return near


class MemoryVectors:
    def __init__(self, profile: Database) -> None:
        self._profile = profile

    def all(self, model: str) -> Remembered:
        """What has vectors by that model."""
        query = select(memory_vectors).where(memory_vectors.c.embedding_model == model)
        with self._profile.transaction() as connection:
            rows = connection.execute(query).mappings().all()
        texts = [msgspec.json.decode(row["texts"], type=list[str]) for row in rows]
        owners = [row["owner"] for row, own in zip(rows, texts, strict=True) for _ in own]
        said = tuple(text for own in texts for text in own)
        vectors = np.frombuffer(b"".join(row["data"] for row in rows), np.float16)
        return Remembered(tuple(owners), said, vectors.reshape(len(said), -1) if said else vectors)

    def keep(self, owner: str, model: str, texts: Sequence[str], vectors: Vectors) -> None:
        """In place of all of an owner's; `vectors` are unit, (len(texts), dimensions)."""
        values = {
            "owner": owner,
            "embedding_model": model,
            "texts": msgspec.json.encode(list(texts)).decode(),
            "data": vectors.astype(np.float16).tobytes(),
        }
        with self._profile.transaction() as connection:
            forget(connection, [owner])
            connection.execute(insert(memory_vectors).values(**values))


def forget(connection: Connection, owners: Sequence[str]) -> None:
    connection.execute(delete(memory_vectors).where(memory_vectors.c.owner.in_(list(owners))))
