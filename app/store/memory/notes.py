"""Notes of one profile: kept, proposed, declined."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import delete, insert, select

from app.domain.memory.summaries import Note
from app.store.database import Database
from app.store.memory.memory_vectors import forget
from app.store.schema import notes


class NoteStore:
    def __init__(self, profile: Database) -> None:
        self._profile = profile

    def all(self) -> list[Note]:
        """The newest first, declined ones too."""
        query = select(notes.c.value).order_by(notes.c.created.desc())
        with self._profile.transaction() as connection:
            found = connection.execute(query).scalars()
            return [msgspec.json.decode(value, type=Note) for value in found]

    def keep(self, kept: Sequence[Note]) -> None:
        """New ones, or in place of those under their ids; all of them or none."""
        with self._profile.transaction() as connection:
            for note in kept:
                connection.execute(
                    insert(notes)
                    .prefix_with("OR REPLACE")
                    .values(
                        id=note.id,
                        created=note.created,
                        value=msgspec.json.encode(note).decode(),
                    )
                )

    def remove(self, note: str) -> None:
        with self._profile.deletion() as connection:
            connection.execute(delete(notes).where(notes.c.id == note))
            forget(connection, [note])
