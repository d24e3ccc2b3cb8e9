"""The documents of a collection that wait to be read, and what became of those that were."""

import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import func, insert, select, true, update

from app.domain.library.documents import Document, DocumentState
from app.domain.library.reading import ReadingReport
from app.store.database import Database
from app.store.library.document_rows import listed, stored_report
from app.store.schema import documents, staged

_encode = msgspec.json.encode


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that is to be read: found at `path`, or, where `content` names one, held inside."""

    path: str
    name: str
    size: int
    modified: float | None = None
    content: str = ""
    container: str = ""
    sha256: str = ""


class ReadingQueue:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, waiting: Sequence[Waiting], pending: float) -> list[str]:
        """Note files that wait to be read; the higher `pending`, the sooner. Ids in order."""
        now = time.time()
        rows = [_row(each, now, pending) for each in waiting]
        if rows:
            with self._database.transaction() as connection:
                connection.execute(insert(documents), rows)
        return [row["id"] for row in rows]

    def again(self, ids: Iterable[str], pending: float, *, inside: bool = False) -> None:
        """Read these again, `inside` from the originals that are kept, unless they wait already.
        What is indexed stays searchable until its new content is there: a stop must not cost the
        old."""
        with self._database.transaction() as connection:
            for document_id in ids:
                own = documents.c.id == document_id
                idle = documents.c.pending.is_(None) if inside else true()
                connection.execute(
                    update(documents).where(own, idle).values(pending=pending, inside=int(inside))
                )
                connection.execute(
                    update(documents)
                    .where(own, documents.c.passages == 0)
                    .values(state=DocumentState.QUEUED.value, error="", error_facts=_encode(()))
                )

    def next(self) -> Document | None:
        """What is to be read next: not yet staged, the most urgent first."""
        query = (
            select(documents)
            .where(documents.c.pending.is_not(None))
            .where(documents.c.id.not_in(select(staged.c.document)))
            .order_by(documents.c.pending.desc(), documents.c.path)
            .limit(1)
        )
        return next(iter(self._listed(query)), None)

    def all(self) -> list[Document]:
        """All that waits, the most urgent first."""
        query = select(documents).where(documents.c.pending.is_not(None))
        return self._listed(query.order_by(documents.c.pending.desc(), documents.c.path))

    def size(self) -> tuple[int, int]:
        """How many documents wait, and their bytes."""
        query = select(func.count(), func.coalesce(func.sum(documents.c.size), 0))
        with self._database.transaction() as connection:
            row = connection.execute(query.where(documents.c.pending.is_not(None))).one()
        return int(row[0]), int(row[1])

    def set_failed(self, document_id: str, code: str, reasons: dict[str, Any]) -> None:
        """It could not be read; what it was indexed with before is left alone, and searchable."""
        pairs = tuple((name, str(value)) for name, value in reasons.items())
        values = {"error": code, "error_facts": _encode(pairs), "pending": None}
        own = documents.c.id == document_id
        with self._database.transaction() as connection:
            connection.execute(update(documents).where(own).values(**values))
            connection.execute(
                update(documents)
                .where(own, documents.c.passages == 0)
                .values(state=DocumentState.FAILED.value)
            )

    def is_inside(self, document_id: str) -> bool:
        """Whether it is to be read from the original that is kept."""
        query = select(documents.c.inside).where(documents.c.id == document_id)
        with self._database.transaction() as connection:
            return bool(connection.execute(query).scalar_one_or_none())

    def settle(
        self,
        document_id: str,
        sha256: str,
        state: DocumentState,
        reading: ReadingReport | None = None,
    ) -> None:
        """It waits no longer: taken apart, with a report of that, or left as it was."""
        told = {} if reading is None else {"reading": stored_report(reading)}
        with self._database.transaction() as connection:
            connection.execute(
                update(documents)
                .where(documents.c.id == document_id)
                .values(
                    pending=None,
                    state=state.value,
                    sha256=sha256,
                    error="",
                    error_facts=_encode(()),
                    **told,
                )
            )

    def _listed(self, query: Any) -> list[Document]:
        with self._database.transaction() as connection:
            return listed(connection, query)


def _row(waiting: Waiting, now: float, pending: float) -> dict[str, Any]:
    return {
        "id": uuid.uuid4().hex,
        "name": waiting.name,
        "path": waiting.path,
        "title": "",
        "sha256": waiting.sha256,
        "size": waiting.size,
        "pages": None,
        "passages": 0,
        "state": DocumentState.QUEUED.value,
        "added": now,
        "error": "",
        "error_facts": _encode(()),
        "modified": waiting.modified,
        "content": waiting.content,
        "pending": pending,
        "container": waiting.container,
        "inside": int(bool(waiting.content)),
    }
