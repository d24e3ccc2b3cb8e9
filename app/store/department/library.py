"""Documents and passages of one collection on a department's server, opened with its key."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import text

from app import log
from app.domain.department import SharedCollection
from app.domain.errors import DamagedData, DamagedFile, DepartmentDenied, DocumentMissing
from app.domain.library.documents import Document
from app.store.department.sealing import Sealing
from app.store.department.server import Server
from app.store.department.shared_rows import (
    DOCUMENT,
    DocumentFacts,
    document,
    opened_facts,
    opened_passage,
    place_of,
    sealed_facts,
)
from app.store.library.library import StoredPassage

#: Opened passages that are remembered: a passage never changes under its id.
_REMEMBERED = 4000
#: Characters of an id that stand for a name which does not open.
_SHOWN = 8
_PASSAGE = "id, document, ordinal, sealed"


class DepartmentLibrary:
    """Safe from several threads. Any call may raise `DepartmentUnreachable` and what `Server`
    says."""

    def __init__(self, server: Server, collection: SharedCollection, key: bytes) -> None:
        self.server, self.collection = server, collection
        self.sealing = Sealing(collection.id, key)
        self._told = {"embedding-model": collection.model}
        self._lock = threading.Lock()
        self._known: dict[str, tuple[int, Document, DocumentFacts]] = {}
        self._passages: OrderedDict[int, StoredPassage] = OrderedDict()

    def fact(self, name: str) -> str | None:
        """The collection's embedding model under "embedding-model"; others for as long as this is
        open."""
        return self._told.get(name)

    def set_fact(self, name: str, value: str) -> None:
        """Until this is closed."""
        self._told[name] = value

    # -- documents --------------------------------------------------------------------------------

    def documents(self, ids: Sequence[str] | None = None) -> list[Document]:
        """All documents, or those of `ids` that are there, the newest first."""
        return [each for _, each, _ in self._rows(ids)]

    def document(self, document_id: str) -> Document:
        """One document; `DocumentMissing`."""
        return self._facts(document_id)[0]

    def counts(self) -> tuple[int, int]:
        """How many documents and passages."""
        query = text(
            "SELECT count(*), coalesce(sum(passages), 0) FROM larets.documents "
            "WHERE collection = :collection"
        )
        with self.server.transaction() as connection:
            row = connection.execute(query, {"collection": self.collection.id}).one()
        return int(row[0]), int(row[1])

    def state(self) -> tuple[int, int]:
        """Two numbers of which one is another after each change of a document."""
        query = text(
            "SELECT count(*), coalesce(max(stamp), 0) FROM larets.documents "
            "WHERE collection = :collection"
        )
        with self.server.transaction() as connection:
            row = connection.execute(query, {"collection": self.collection.id}).one()
        return int(row[0]), int(row[1])

    def set_tags(self, document_id: str, names: Iterable[str]) -> None:
        """These and no others. `DocumentMissing`, `DepartmentDenied`."""
        _, facts = self._facts(document_id)
        tagged = replace(facts, tags=tuple(sorted(set(names))))
        with self.server.transaction() as connection:
            changed = connection.execute(
                text(
                    "UPDATE larets.documents SET sealed = :sealed, "
                    "stamp = nextval('larets.stamps') WHERE id = :id"
                ),
                {"id": document_id, "sealed": sealed_facts(self.sealing, document_id, tagged)},
            ).rowcount
        if not changed:  # what rights hide from a change is no error to PostgreSQL
            raise DepartmentDenied(server=self.server.address.shown)

    def remove(self, document_ids: Sequence[str]) -> int:
        """Delete documents with every trace, and what was taken out of them; how many went.
        `DepartmentDenied`."""
        with self.server.transaction() as connection:
            gone = connection.execute(
                text(
                    "DELETE FROM larets.documents WHERE collection = :collection "
                    "AND (id = ANY(:ids) OR container = ANY(:ids))"
                ),
                {"collection": self.collection.id, "ids": list(document_ids)},
            ).rowcount
        if not gone and self.documents(document_ids):
            raise DepartmentDenied(server=self.server.address.shown)
        return gone

    def _facts(self, document_id: str) -> tuple[Document, DocumentFacts]:
        for _, found, facts in self._rows([document_id]):
            return found, facts
        raise DocumentMissing(name=document_id)

    def _rows(self, ids: Sequence[str] | None) -> list[tuple[int, Document, DocumentFacts]]:
        """As the server has them now; only what changed since is fetched and opened."""
        within = "" if ids is None else "AND id = ANY(:ids) "
        values: dict[str, Any] = {"collection": self.collection.id, "ids": list(ids or ())}
        stamps = text(
            f"SELECT id, stamp FROM larets.documents WHERE collection = :collection {within}"
            "ORDER BY added DESC, id"
        )
        rows = text(f"SELECT {DOCUMENT} FROM larets.documents WHERE id = ANY(:ids)")
        with self.server.transaction() as connection:
            there = [(str(row[0]), int(row[1])) for row in connection.execute(stamps, values)]
            with self._lock:
                known = self._known
                other = [each for each, stamp in there if known.get(each, (None,))[0] != stamp]
            found = connection.execute(rows, {"ids": other}).mappings().all() if other else ()
        opened: dict[str, tuple[int, Document, DocumentFacts]] = {}
        for row in found:
            facts = self._opened_facts(row["id"], row["sealed"])
            opened[row["id"]] = (row["stamp"], document(row, facts), facts)
        with self._lock:
            if ids is None:  # what is no longer there is forgotten
                present = {each for each, _ in there}
                self._known = {k: v for k, v in self._known.items() if k in present}
            self._known |= opened
            return [self._known[each] for each, _ in there if each in self._known]

    def _opened_facts(self, document_id: str, sealed: bytes) -> DocumentFacts:
        """One that was changed on the server costs itself, not the list that it stands in."""
        try:
            return opened_facts(self.sealing, document_id, sealed)
        except DamagedData as error:
            log.failure(error)
            name = document_id[:_SHOWN]
            told = (("name", name),)
            return DocumentFacts(name, "", "", 0, error=DamagedFile.code, error_facts=told)

    # -- originals --------------------------------------------------------------------------------

    def original(self, document_id: str) -> bytes:
        """The file as it was added. `DamagedData`, `DocumentMissing`."""
        return b"".join(self.original_parts(document_id))

    def original_parts(self, document_id: str) -> Iterator[bytes]:
        """The same piece by piece. `DamagedData`."""
        _, facts = self._facts(document_id)
        query = text("SELECT data FROM larets.originals WHERE document = :id AND part = :part")
        for number in range(facts.parts):
            with self.server.transaction() as connection:
                sealed = connection.execute(query, {"id": document_id, "part": number}).scalar()
            if sealed is None:
                raise DamagedData(path=facts.name)
            yield self.sealing.part(document_id, number, facts.parts, bytes(sealed))

    def content(self, document_id: str) -> str:
        """What is another with each change of its original, "" without one."""
        for _, _, facts in self._rows([document_id]):
            return f"{document_id}-{facts.sha256[:16]}" if facts.parts else ""
        return ""

    def sha256(self, document_id: str) -> str:
        """The SHA-256 of its original, "" before it was read."""
        for _, _, facts in self._rows([document_id]):
            return facts.sha256
        return ""

    # -- passages ---------------------------------------------------------------------------------

    def passages(self, ids: Iterable[int]) -> dict[int, StoredPassage]:
        """Passages by id; ids that are gone are left out."""
        wanted = list(dict.fromkeys(ids))
        with self._lock:
            found = {each: self._passages[each] for each in wanted if each in self._passages}
        if missing := [each for each in wanted if each not in found]:
            fetched = self._select("id = ANY(:ids)", {"ids": missing})
            found |= {each.id: each for each in fetched}
        return {each: found[each] for each in wanted if each in found}

    def documents_of(self, ids: Iterable[int]) -> dict[int, str]:
        """The document of each passage; ids that are gone are left out."""
        query = text(
            "SELECT id, document FROM larets.passages "
            "WHERE collection = :collection AND id = ANY(:ids)"
        )
        values = {"collection": self.collection.id, "ids": list(ids)}
        with self.server.transaction() as connection:
            return {int(row[0]): str(row[1]) for row in connection.execute(query, values)}

    def openings(self, ids: Sequence[str], length: int) -> dict[str, str]:
        """The first `length` characters of documents; those without passages are left out."""
        found = self._select("document = ANY(:ids) AND ordinal = 0", {"ids": list(ids)})
        return {each.document: each.passage.text[:length] for each in found}

    def neighbours(self, found: StoredPassage, reach: int) -> list[StoredPassage]:
        """The passages up to `reach` before and after, and itself, in order."""
        return self.passages_of(found.document, found.ordinal - reach, found.ordinal + reach)

    def passages_of(
        self, document_id: str, first: int = 0, last: int = 2**31 - 1
    ) -> list[StoredPassage]:
        """The passages of one document with ordinals from `first` to `last`, in order."""
        values = {"document": document_id, "first": first, "last": last}
        return self._select("document = :document AND ordinal BETWEEN :first AND :last", values)

    def _select(self, condition: str, values: dict[str, Any]) -> list[StoredPassage]:
        query = text(
            f"SELECT {_PASSAGE} FROM larets.passages "
            f"WHERE collection = :collection AND {condition} ORDER BY document, ordinal"
        )
        with self.server.transaction() as connection:
            rows = connection.execute(query, values | {"collection": self.collection.id}).all()
        names = {each.id: each for each in self.documents(list({str(row[1]) for row in rows}))}
        found = []
        for row in rows:
            if (of := names.get(row[1])) is None:
                continue  # removed a moment ago
            place = place_of(row[1], row[2])
            passage = opened_passage(self.sealing, place, row[3])
            stored = StoredPassage(
                row[0], of.id, of.name, of.path, row[2], passage, partly_read=of.partly_read
            )
            found.append(stored)
        self._remember(found)
        return found

    def _remember(self, found: Iterable[StoredPassage]) -> None:
        with self._lock:
            for each in found:
                self._passages[each.id] = each
            while len(self._passages) > _REMEMBERED:
                self._passages.popitem(last=False)
