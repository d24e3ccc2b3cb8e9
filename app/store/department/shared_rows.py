"""Rows of a department's documents and passages as values, opened with the collection's key."""

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import RowMapping

from app.domain.library.documents import Document, DocumentState, LineBox, Locator, Passage
from app.domain.library.reading import NOTHING_READ, ReadingReport
from app.store.department.sealing import Sealing

#: What the columns of a document's row are, for `document`.
DOCUMENT = "id, state, passages, size, container, stamp, extract(epoch FROM added) AS added, sealed"


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is sealed of a document; `parts` of its original, 0 where none is kept."""

    name: str
    path: str
    sha256: str
    parts: int
    title: str = ""
    pages: int | None = None
    modified: float | None = None
    language: str = ""
    tags: tuple[str, ...] = ()
    reading: ReadingReport = NOTHING_READ
    error: str = ""
    error_facts: tuple[tuple[str, str], ...] = ()


def sealed_facts(sealing: Sealing, document: str, facts: DocumentFacts) -> bytes:
    return sealing.text(document, msgspec.json.encode(facts))


def opened_facts(sealing: Sealing, document: str, sealed: bytes) -> DocumentFacts:
    """`DamagedData`."""
    return msgspec.json.decode(sealing.opened(document, bytes(sealed)), type=DocumentFacts)


def document(row: RowMapping, facts: DocumentFacts) -> Document:
    state = DocumentState(row["state"])
    return Document(
        id=row["id"],
        name=facts.name,
        path=facts.path,
        state=state,
        size=row["size"],
        pages=facts.pages,
        passages=row["passages"],
        added=float(row["added"]),
        title=facts.title,
        error=facts.error or ("reader-crashed" if state is DocumentState.FAILED else ""),
        error_facts=facts.error_facts or (("name", facts.name),),
        modified=facts.modified,
        tags=facts.tags,
        pending=state in (DocumentState.QUEUED, DocumentState.PARSING),
        language=facts.language,
        reading=facts.reading,
        container=row["container"],
    )


def facts_of(known: Document, sha256: str, parts: int) -> DocumentFacts:
    """What is sealed of a document that another store holds."""
    return DocumentFacts(
        name=known.name,
        path=known.path,
        sha256=sha256,
        parts=parts,
        title=known.title,
        pages=known.pages,
        modified=known.modified,
        language=known.language,
        tags=known.tags,
        reading=known.reading,
        error=known.error,
        error_facts=known.error_facts,
    )


class _SealedPassage(msgspec.Struct, array_like=True):
    text: str
    header: str
    locator: Locator
    boxes: tuple[LineBox, ...]


def sealed_passage(sealing: Sealing, place: str, passage: Passage) -> bytes:
    packed = _SealedPassage(passage.text, passage.header, passage.locator, passage.boxes)
    return sealing.text(place, msgspec.msgpack.encode(packed))


def opened_passage(sealing: Sealing, place: str, sealed: Any) -> Passage:
    """`DamagedData`."""
    plain = sealing.opened(place, bytes(sealed))
    found = msgspec.msgpack.decode(plain, type=_SealedPassage)
    return Passage(found.text, found.header, found.locator, found.boxes)


def place_of(document_id: str, ordinal: int) -> str:
    """To what a passage's sealed text is bound."""
    return f"{document_id}#{ordinal}"
