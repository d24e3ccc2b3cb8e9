"""Kept sets of passages of one profile, each with the vector of its question."""

from typing import Any

import msgspec
import numpy as np
from sqlalchemy import RowMapping, delete, insert, select, update

from app.domain.retrieval.passage_sets import KeptPassage, PassageSet
from app.store.database import Database
from app.store.schema import passage_sets

Vector = np.ndarray[Any, np.dtype[np.float32]]


class PassageSetStore:
    def __init__(self, profile: Database) -> None:
        self._profile = profile

    def all(self) -> list[PassageSet]:
        """The newest first."""
        query = select(passage_sets).order_by(passage_sets.c.created.desc())
        with self._profile.transaction() as connection:
            return [_set(row) for row in connection.execute(query).mappings()]

    def keep(self, kept: PassageSet, model: str, vector: Vector) -> None:
        """Store a new one; `vector` is its question's by the embedding model of that name, a unit
        vector of shape (dimensions,)."""
        with self._profile.transaction() as connection:
            connection.execute(
                insert(passage_sets).values(
                    id=kept.id,
                    name=kept.name,
                    question=kept.question,
                    embedding_model=model,
                    vector=vector.astype(np.float16).tobytes(),
                    created=kept.created,
                    message=kept.message,
                    used=kept.used,
                    last_used=kept.last_used,
                    passages=msgspec.json.encode(kept.passages).decode(),
                )
            )

    def automatic(self, model: str) -> list[tuple[str, Vector]]:
        """Ids of the sets of liked answers with their questions' vectors by that model."""
        columns = (passage_sets.c.id, passage_sets.c.vector)
        query = select(*columns).where(
            passage_sets.c.message.is_not(None), passage_sets.c.embedding_model == model
        )
        with self._profile.transaction() as connection:
            rows = connection.execute(query).all()
        return [(row[0], np.frombuffer(row[1], np.float16).astype(np.float32)) for row in rows]

    def rename(self, kept: str, name: str) -> None:
        self._update(kept, name=name)

    def note_use(self, kept: str, moment: float) -> None:
        self._update(kept, used=passage_sets.c.used + 1, last_used=moment)

    def remove(self, kept: str) -> None:
        with self._profile.transaction() as connection:
            connection.execute(delete(passage_sets).where(passage_sets.c.id == kept))

    def remove_of_message(self, message: int) -> None:
        """The set that was kept from an answer."""
        with self._profile.transaction() as connection:
            connection.execute(delete(passage_sets).where(passage_sets.c.message == message))

    def _update(self, kept: str, **values: Any) -> None:
        with self._profile.transaction() as connection:
            connection.execute(
                update(passage_sets).where(passage_sets.c.id == kept).values(**values)
            )


def _set(row: RowMapping) -> PassageSet:
    return PassageSet(
        id=row["id"],
        name=row["name"],
        question=row["question"],
        created=row["created"],
        passages=msgspec.json.decode(row["passages"], type=tuple[KeptPassage, ...]),
        message=row["message"],
        used=row["used"],
        last_used=row["last_used"],
    )
