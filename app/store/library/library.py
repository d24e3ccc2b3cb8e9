"""Documents and passages of one collection, with their vectors, words and encrypted originals."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, delete, func, insert, or_, select, update

from app.domain.errors import DamagedData, DocumentMissing
from app.domain.library.documents import Document, DocumentState, Passage
from app.store import files
from app.store.database import Database, Generations, is_lost
from app.store.index import passage_rows
from app.store.index.index_snapshot import IndexSnapshot
from app.store.index.passage_rows import Halves
from app.store.keys import derive
from app.store.library.document_rows import listed, stored_reading
from app.store.library.originals import Originals
from app.store.library.places import PlaceStore
from app.store.library.reading_queue import ReadingQueue
from app.store.library.staging import IndexedChange, StagedFacts, Staging, drop
from app.store.schema import (
    documents,
    facts,
    passages,
    places,
    staged,
    staged_passages,
    tags,
    vectors,
)

#: Pages of the word index a merge writes in one transaction.
_MERGED_PAGES = 500
#: Free pages of all from which a vacuum, which writes the whole file, is worth the while.
_FREE_SHARE = 0.1
#: Ids in one statement.
_NAMES = 500


@dataclass(frozen=True)
class StoredPassage:
    """A passage with its id, its place (`ordinal`) in its document, that document's name, and
    whether something in it is known not to have been read (`partly_read`)."""

    id: int
    document: str
    name: str
    path: str
    ordinal: int
    passage: Passage
    partly_read: bool = False


class LibraryStore:
    """One collection's folder: collection.db and files/."""

    def __init__(self, folder: Path, key: bytes, generations: Generations | None = None) -> None:
        """Open, or create where `generations` expects none. Errors as Database."""
        self._folder = folder
        self._check_not_lost()
        self.database = Database(
            folder / "collection.db", derive(key, "database"), "collection", generations
        )
        self.originals = Originals(folder / "files", derive(key, "files"))
        self.queue, self.staging = ReadingQueue(self.database), Staging(self.database)
        self.places = PlaceStore(self.database)
        self.snapshot = IndexSnapshot(
            folder / "index",
            derive(key, "index"),
            folder.name,
            lambda: self.fact("index"),
            lambda mark: self.set_fact("index", mark),
        )
        self._clean_up()

    def close(self) -> None:
        self.database.close()

    def _check_not_lost(self) -> None:
        """Originals without a database would be cleaned up as orphans. `DamagedData`."""
        path = self._folder / "collection.db"
        if is_lost(path) and any((self._folder / "files").glob("*")):
            raise DamagedData(path=str(path))

    def _clean_up(self) -> None:
        """Put originals aside that no row speaks of: a power cut came between file and row, or the
        database is older than its originals."""
        files.remove_leftovers(self._folder)
        with self.database.transaction() as connection:
            known = set(connection.execute(select(documents.c.content)).scalars())
        known |= self.staging.contents()
        self.originals.clean_up(known)

    # -- facts about the collection as a whole ----------------------------------------------------

    def fact(self, name: str) -> str | None:
        with self.database.transaction() as connection:
            return connection.execute(
                select(facts.c.value).where(facts.c.name == name)
            ).scalar_one_or_none()

    def set_fact(self, name: str, value: str) -> None:
        """Also which documents are about to be deleted."""
        with self.database.deletion() as connection:
            _set_fact(connection, name, value)

    def forget_vectors(self, model: str) -> list[int]:
        """Those of another model than `model`, which is the collection's from now on, also of what
        is staged; the passages whose they were."""
        with self.database.transaction() as connection:
            gone = list(connection.execute(select(vectors.c.passage)).scalars())
            connection.execute(delete(vectors))
            embedded = func.length(staged_passages.c.data) > 0
            connection.execute(update(staged_passages).where(embedded).values(data=None))
            _set_fact(connection, "embedding-model", model)
        return gone

    def words_fit(self) -> bool:
        """Whether the index of words has every passage and nothing else."""
        try:
            with self.database.transaction() as connection:
                return passage_rows.words_fit(connection)
        except DamagedData:
            return False

    def rebuild_words(self) -> None:
        """Write the index of words anew, whole or not at all. `DamagedData`, `StorageFull`."""
        with self.database.change() as connection:
            passage_rows.rebuild_words(connection)

    # -- documents --------------------------------------------------------------------------------

    def documents(self, ids: Sequence[str] | None = None) -> list[Document]:
        """All documents, or those of `ids` that are there, the newest first."""
        order = (documents.c.added.desc(), documents.c.name)
        if ids is None:
            return self._listed(select(documents).order_by(*order))
        found: list[Document] = []
        for begin in range(0, len(ids), _NAMES):
            some = documents.c.id.in_(list(ids[begin : begin + _NAMES]))
            found += self._listed(select(documents).where(some).order_by(*order))
        return found

    def document(self, document_id: str) -> Document:
        """One document; `DocumentMissing`."""
        found = self._one(documents.c.id == document_id)
        if found is None:
            raise DocumentMissing(name=document_id)
        return found

    def with_content(self, sha256: str) -> Document | None:
        """The document whose content has this hash: indexed and not about to change, or staged."""
        stays = or_(documents.c.pending.is_(None), documents.c.inside == 1)
        indexed = and_(
            documents.c.sha256 == sha256, documents.c.state == DocumentState.INDEXED, stays
        )
        coming = documents.c.id.in_(select(staged.c.document).where(staged.c.sha256 == sha256))
        return self._one(or_(indexed, coming))

    def inside(self, container: str) -> list[Document]:
        """What was taken out of a document."""
        return self._listed(select(documents).where(documents.c.container == container))

    def below(self, path: str, name: str | None = None) -> list[Document]:
        """Documents whose path lies below one that is no file; only the CSV file of that name."""
        inside = documents.c.path.startswith(f"{path}/", autoescape=True)
        if name is not None:
            inside = documents.c.path == f"{path}/{name}.csv"
        return self._listed(select(documents).where(inside))

    def _one(self, *conditions: Any) -> Document | None:
        return next(iter(self._listed(select(documents).where(*conditions).limit(1))), None)

    def _listed(self, query: Any) -> list[Document]:
        with self.database.transaction() as connection:
            return listed(connection, query)

    def set_tags(self, document_id: str, names: Iterable[str]) -> None:
        """These and no others."""
        rows = [{"document": document_id, "tag": name} for name in sorted(set(names))]
        with self.database.transaction() as connection:
            connection.execute(delete(tags).where(tags.c.document == document_id))
            if rows:
                connection.execute(insert(tags), rows)

    def begin_parsing(self, document_id: str) -> None:
        """It is being read: what an earlier run left of it, before it was killed, goes."""
        self._discard(document_id, self.staging.begin(document_id))

    def forget_staged(self, document_id: str) -> None:
        """What was read of it and is not searchable yet."""
        self._discard(document_id, self.staging.drop(document_id))

    def _discard(self, document_id: str, stale: str) -> None:
        """Delete an original that came with what was staged, if nothing else needs it."""
        if stale and stale != self.content(document_id):
            self.originals.discard(stale)

    def remove(self, document_id: str) -> list[int]:
        """Delete every trace of a document; the ids of its passages."""
        with self.database.deletion() as connection:
            stale = drop(connection, document_id)
            content = connection.execute(
                select(documents.c.content).where(documents.c.id == document_id)
            ).scalar_one_or_none()
            gone = passage_rows.forget(connection, document_id)
            connection.execute(delete(tags).where(tags.c.document == document_id))
            connection.execute(delete(places).where(places.c.document == document_id))
            connection.execute(delete(documents).where(documents.c.id == document_id))
        for name in {stale, content or ""} - {""}:
            self.originals.discard(name)
        return gone

    def tidy(self) -> None:
        """Let the words of removed passages leave the index, where they stay as long as nothing is
        merged, and give the file's free pages back where that is worth the while."""
        pages = -_MERGED_PAGES  # the first call begins a merge of all there is
        while passage_rows.merge_words(self.database, pages):
            pages = _MERGED_PAGES
        self.database.checkpoint()
        if self.database.free_share() > _FREE_SHARE:
            self.database.vacuum()

    # -- content ----------------------------------------------------------------------------------

    def finish(self, document_id: str) -> IndexedChange:
        """Let a staged document into the search. `DocumentMissing`; see Staging.finish."""
        done = self.staging.finish(document_id)
        if done.old_content:
            self.originals.discard(done.old_content)
        return done

    def save(
        self, document: Document, content: bytes, pieces: Sequence[Passage], embedded: Halves
    ) -> list[int]:
        """Original, passages, words and vectors at once; passage ids in order. `embedded` has one
        row of f16 a passage."""
        kept = self.originals.keep(io.BytesIO(content))
        with self.database.transaction() as connection:
            data = [vector.tobytes() for vector in embedded]
            passage_rows.stage(connection, document.id, 0, pieces, data)
        self.staging.complete(
            document.id,
            StagedFacts(
                document.title, kept.sha256, kept.size, kept.name, document.pages, document.modified
            ),
        )
        return list(self.finish(document.id).added)

    def original(self, document_id: str) -> bytes:
        """The file as it was added. `DamagedData`."""
        return self.originals.read(self.content(document_id))

    def original_parts(self, document_id: str) -> Iterator[bytes]:
        """The same piece by piece; each is authentic, the whole only at the end. `DamagedData`."""
        return self.originals.parts(self.content(document_id))

    def sha256(self, document_id: str) -> str:
        """The SHA-256 of a document's original, "" before it was read."""
        query = select(documents.c.sha256).where(documents.c.id == document_id)
        with self.database.transaction() as connection:
            return connection.execute(query).scalar_one_or_none() or ""

    def content(self, document_id: str) -> str:
        """The name of its original among `originals`, "" without one."""
        query = select(documents.c.content).where(documents.c.id == document_id)
        with self.database.transaction() as connection:
            return connection.execute(query).scalar_one_or_none() or ""

    # -- passages ---------------------------------------------------------------------------------

    def passage_ids(self, document_id: str) -> list[int]:
        with self.database.transaction() as connection:
            return passage_rows.ids_of(connection, document_id)

    def passages(self, ids: Iterable[int]) -> dict[int, StoredPassage]:
        """Passages by id; ids that are gone are left out."""
        return {
            stored_passage.id: stored_passage
            for stored_passage in self._select(passages.c.id.in_(list(ids)))
        }

    def documents_of(self, ids: Iterable[int]) -> dict[int, str]:
        """The document of each passage; ids that are gone are left out."""
        query = select(passages.c.id, passages.c.document).where(passages.c.id.in_(list(ids)))
        with self.database.transaction() as connection:
            return {int(row[0]): str(row[1]) for row in connection.execute(query)}

    def openings(self, ids: Sequence[str], length: int) -> dict[str, str]:
        """The first `length` characters of documents; those without passages are left out."""
        query = select(passages.c.document, func.substr(passages.c.text, 1, length)).where(
            passages.c.document.in_(list(ids)), passages.c.ordinal == 0
        )
        with self.database.transaction() as connection:
            return {str(row[0]): str(row[1]) for row in connection.execute(query)}

    def neighbours(self, found: StoredPassage, reach: int) -> list[StoredPassage]:
        """The passages up to `reach` before and after, and itself, in order."""
        return self.passages_of(found.document, found.ordinal - reach, found.ordinal + reach)

    def passages_of(
        self, document_id: str, first: int = 0, last: int = 2**31
    ) -> list[StoredPassage]:
        """The passages of one document with ordinals from `first` to `last`, in order."""
        return self._select(
            passages.c.document == document_id, passages.c.ordinal.between(first, last)
        )

    def _select(self, *conditions: Any) -> list[StoredPassage]:
        query = (
            select(passages, documents.c.name, documents.c.path, documents.c.reading)
            .join(documents, documents.c.id == passages.c.document)
            .where(*conditions)
            .order_by(passages.c.document, passages.c.ordinal)
        )
        with self.database.transaction() as connection:
            rows = connection.execute(query).mappings().all()
        told = {row["reading"] for row in rows}
        partly = {each for each in told if not stored_reading(each).complete}
        return [_passage(row, partly_read=row["reading"] in partly) for row in rows]

    def counts(self) -> tuple[int, int]:
        """How many documents and passages."""
        query = select(func.count(), func.coalesce(func.sum(documents.c.passages), 0))
        with self.database.transaction() as connection:
            row = connection.execute(query.select_from(documents)).one()
        return int(row[0]), int(row[1])


def _set_fact(connection: Connection, name: str, value: str) -> None:
    connection.execute(delete(facts).where(facts.c.name == name))
    connection.execute(insert(facts).values(name=name, value=value))


def _passage(row: RowMapping, *, partly_read: bool) -> StoredPassage:
    return StoredPassage(
        id=row["id"],
        document=row["document"],
        name=row["name"],
        path=row["path"],
        ordinal=row["ordinal"],
        passage=passage_rows.passage(row),
        partly_read=partly_read,
    )
