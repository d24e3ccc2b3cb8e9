"""What waits on a department's server, and the worker that this connection is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, text

from app.domain.department import Queue
from app.store.department.server import Server

#: How often a document is given out whose worker went away over it.
ATTEMPTS = 3
_SIZES = text(
    "SELECT count(*) FILTER (WHERE state = 'queued'), count(*) FILTER (WHERE state = 'parsing'), "
    "count(*) FILTER (WHERE state = 'failed'), "
    "coalesce(extract(epoch FROM clock_timestamp() - "
    "min(added) FILTER (WHERE state = 'queued')), 0) "
    "FROM larets.documents WHERE state <> 'indexed'"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A document given to a worker; what is sealed of it, under its collection's key."""

    id: str
    collection: str
    sealed: bytes


class WorkQueue:
    def __init__(self, server: Server) -> None:
        self._server = server

    def size(self) -> Queue:
        """Of the collections that this person reads."""
        with self._server.transaction() as connection:
            waiting, reading, failed, oldest = connection.execute(_SIZES).one()
        return Queue(int(waiting), int(reading), int(failed), max(float(oldest), 0.0))

    def workers(self) -> int:
        """How many workers are connected to this database at this moment."""
        query = text(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 1 "
            "AND objsubid = 2 AND granted "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        with self._server.transaction() as connection:
            return int(connection.execute(query).scalar_one())

    @contextmanager
    def worker(self) -> Iterator["WorkingLine"]:
        """A worker for as long as its connection lives: when that ends, however it does, what it
        had been given waits again."""
        with self._server.kept() as connection:
            number = connection.execute(text("SELECT nextval('larets.workers')")).scalar_one()
            connection.execute(text("SELECT pg_advisory_lock(1, :number)"), {"number": number})
            try:
                yield WorkingLine(connection, int(number), self._server)
            finally:
                if not connection.invalidated:
                    connection.execute(
                        text("SELECT pg_advisory_unlock(1, :number)"), {"number": number}
                    )


@dataclass(frozen=True)
class WorkingLine:
    """The connection that a worker lives by."""

    connection: Connection
    number: int
    server: Server

    def claim(self, model: str, most: int) -> list[Claim]:
        """Documents that wait in collections which that embedding model serves, all of one person
        drawn by lot."""
        query = text("SELECT id, collection, sealed FROM larets.claim(:number, :model, :most)")
        values = {"number": self.number, "model": model, "most": most}
        with self.server.speaking():
            rows = self.connection.execute(query, values).all()
        return [Claim(str(row[0]), str(row[1]), bytes(row[2])) for row in rows]

    def fail(self, document: str) -> None:
        """One that this worker was given cannot even be opened."""
        query = text(
            "UPDATE larets.documents SET state = 'failed', worker = NULL, "
            "stamp = nextval('larets.stamps') "
            "WHERE id = :id AND state = 'parsing' AND worker = :number"
        )
        with self.server.speaking():
            self.connection.execute(query, {"id": document, "number": self.number})

    def take_back(self) -> int:
        """Let what workers had that are gone wait again; how many documents that were."""
        query = text("SELECT larets.take_back(:number, :most)")
        values = {"number": self.number, "most": ATTEMPTS}
        with self.server.speaking():
            return int(self.connection.execute(query, values).scalar_one())

    def give_back(self) -> None:
        """What this worker has not finished waits again: it was asked to stop."""
        query = text(
            "UPDATE larets.documents SET state = 'queued', worker = NULL, attempts = attempts - 1, "
            "stamp = nextval('larets.stamps') WHERE state = 'parsing' AND worker = :number"
        )
        with self.server.speaking():
            self.connection.execute(query, {"number": self.number})
