"""Rows of the documents table as values, with their tags and whether their files are there."""

from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, func, select

from app.domain.library.documents import Document, DocumentState
from app.domain.library.reading import NOTHING_READ, ReadingReport
from app.store.schema import places, tags

_Facts = tuple[tuple[str, str], ...]


def listed(connection: Connection, query: Any) -> list[Document]:
    """What a select of documents finds."""
    rows = connection.execute(query).mappings().all()
    only = rows[0]["id"] if len(rows) == 1 else None
    tagged, missing = _tags(connection, only), _missing(connection, only)
    return [_document(row, tagged.get(row["id"], ()), missing=row["id"] in missing) for row in rows]


def _tags(connection: Connection, document_id: str | None = None) -> dict[str, tuple[str, ...]]:
    """Of one document or of all that have any, in order."""
    query = select(tags).order_by(tags.c.tag)
    if document_id is not None:
        query = query.where(tags.c.document == document_id)
    found: dict[str, tuple[str, ...]] = {}
    for document, tag in connection.execute(query):
        found[document] = (*found.get(document, ()), tag)
    return found


def _missing(connection: Connection, document_id: str | None = None) -> set[str]:
    """Documents that are no longer anywhere where they were found."""
    query = select(places.c.document).group_by(places.c.document)
    if document_id is not None:
        query = query.where(places.c.document == document_id)
    return set(connection.execute(query.having(func.min(places.c.missing) == 1)).scalars())


_STATES = {document_state.value: document_state for document_state in DocumentState}
_NO_FACTS = b"[]"


def _document(row: RowMapping, names: tuple[str, ...], *, missing: bool) -> Document:
    facts = row["error_facts"]
    return Document(
        id=row["id"],
        name=row["name"],
        path=row["path"],
        state=_STATES[row["state"]],
        size=row["size"],
        pages=row["pages"],
        passages=row["passages"],
        added=row["added"],
        title=row["title"],
        error=row["error"],
        error_facts=() if facts == _NO_FACTS else msgspec.json.decode(facts, type=_Facts),
        modified=row["modified"],
        tags=names,
        pending=row["pending"] is not None,
        language=row["language"],
        reading=stored_reading(row["reading"]),
        container=row["container"],
        missing=missing,
    )


def stored_report(reading: ReadingReport) -> str:
    """As the table of documents holds it."""
    return msgspec.json.encode(reading).decode()


def stored_reading(stored: str) -> ReadingReport:
    """What `stored_report` wrote; nothing of a document that was read before there were reports."""
    return msgspec.json.decode(stored, type=ReadingReport) if stored else NOTHING_READ
