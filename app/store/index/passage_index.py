"""Passages by meaning and by words: the dense and the sparse retriever of one collection."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import select, text

from app.domain.retrieval.ranking import TermCounts, idf
from app.domain.settings import Indexing
from app.stems import stems
from app.store.database import Database
from app.store.index import words
from app.store.index.graph_building import Builder
from app.store.index.index_snapshot import IndexSnapshot
from app.store.index.vector_graph import Ids
from app.store.index.vector_index import VectorIndex
from app.store.schema import passages as passage_table

#: FTS5's BM25 gives a term idf × (k1 + 1) at most, k1 = 1.2.
MOST_OF_A_TERM = 2.2
#: Passages from which on frequent words are left out, and the share that makes a word frequent.
_LARGE, _FREQUENT = 2000, 0.2
#: Passages with any of the words that FTS5 is let score: 4 µs each, and it scores every one.
_SCORED = 5000
#: Words whose counts are remembered until documents come or go: FTS5 walks through all of them.
_REMEMBERED = 10_000

#: Passages of some documents alone; the + keeps SQLite from asking FTS5 for each of their rows.
_WITHIN = (
    "AND (SELECT document FROM passages WHERE id = +passage_words.rowid) "
    "IN (SELECT value FROM json_each(:documents))"
)

_TOTAL = "SELECT coalesce(sum(passages), 0) FROM documents"

Matrix = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage's id and its score: the cosine, or the share of the best BM25 possible."""

    passage: int
    score: float


class PassageIndex:
    """The dense and the sparse retriever of one collection. Safe to call from both workers."""

    def __init__(
        self,
        database: Database,
        snapshot: IndexSnapshot | None = None,
        indexing: Indexing | None = None,
        builder: Builder | None = None,
    ) -> None:
        """Without a snapshot a large collection's graph is built anew at each start."""
        self._database = database
        self._vectors = VectorIndex(database, snapshot, indexing, builder)
        self._known: dict[str, int] = {}

    def added(self, passages: Sequence[int]) -> None:
        """These are in the database now."""
        self._known = {}
        self._vectors.added(passages)

    def of_documents(self, documents: Sequence[str]) -> Ids:
        """The passages of these documents, by id."""
        sql = text(
            "SELECT id FROM passages WHERE document IN (SELECT value FROM json_each(:documents))"
        )
        with self._database.transaction() as connection:
            rows = connection.execute(sql, {"documents": json.dumps(list(documents))})
            return np.sort(np.fromiter((row[0] for row in rows), np.int64))

    def removed(self, passages: Sequence[int]) -> None:
        """These are no longer in the database."""
        self._known = {}
        self._vectors.removed(passages)

    def wait(self, seconds: float = 600.0) -> bool:
        """Until nothing is being built; whether that came about."""
        return self._vectors.wait(seconds)

    def close(self) -> None:
        """Before the database closes. Takes at most a second."""
        self._vectors.close()

    def by_meaning(
        self, query: Matrix, limit: int, allowed: Ids | None = None
    ) -> list[ScoredPassage]:
        """The `limit` nearest passages by cosine to `query`, a unit vector of shape (dim,); of
        those in `allowed`, ascending ids, if given."""
        return [ScoredPassage(*each) for each in self._vectors.nearest(query, limit, allowed)]

    def nearest_of(
        self, query: Matrix, limit: int, documents: Sequence[str] | None = None
    ) -> list[ScoredPassage]:
        """The same among the passages of `documents`, if given."""
        return self.by_meaning(
            query, limit, None if documents is None else self.of_documents(documents)
        )

    def cosines(self, query: Matrix, passages: Sequence[int]) -> dict[int, float]:
        """Exact cosines to `query` of these passages, as far as they have vectors."""
        return self._vectors.cosines(query, passages)

    def by_words(
        self, question: str, limit: int, documents: Sequence[str] | None = None
    ) -> list[ScoredPassage]:
        """Passages with all the question's words, then those with any, by BM25 as a share of what
        a passage could reach that had every word again and again; terms that nobody has count.
        With `documents` exactly the best of theirs."""
        terms = list(dict.fromkeys(stems(question)))
        quoted = words.phrases(question)
        if not terms and not quoted:
            return []
        counts, total = self._counts(terms)
        ideal = sum(idf(counts.get(term, 0), total) for term in terms) * MOST_OF_A_TERM
        found: dict[int, float] = {}
        for every in (True, False):
            query = words.query(
                terms if every else telling(terms, counts, total), quoted, every=every
            )
            if query and len(found) < limit:
                for passage, score in self._match(query, limit, documents):
                    found.setdefault(passage, min(score / ideal, 1.0) if ideal else 1.0)
        ranked = sorted(found.items(), key=lambda each: -each[1])[:limit]
        return [ScoredPassage(passage, score) for passage, score in ranked]

    def terms(
        self, question: str, passages: Sequence[int]
    ) -> tuple[list[str], dict[int, TermCounts]]:
        """The question's stems and quoted phrases, and how often each passage has them."""
        terms = list(dict.fromkeys(stems(question)))
        quoted = words.phrases(question)
        if not terms and not quoted:
            return [], {}
        sql = select(passage_table.c.id, passage_table.c.header, passage_table.c.text).where(
            passage_table.c.id.in_(list(passages))
        )
        with self._database.transaction() as connection:
            found = connection.execute(sql).all()
        return [*terms, *quoted], {
            int(row[0]): TermCounts(*words.counted(f"{row[1]}\n{row[2]}", terms, quoted))
            for row in found
        }

    def _match(
        self, query: str, limit: int, documents: Sequence[str] | None
    ) -> list[tuple[int, float]]:
        # `ORDER BY rank` alone lets FTS5 keep only the best; with a join it sorts them all. The
        # condition is tried on one row after the other, the best first, until there are enough.
        within = "" if documents is None else _WITHIN
        sql = text(
            "SELECT rowid, rank FROM passage_words WHERE passage_words MATCH :query "
            f"{within} ORDER BY rank LIMIT :limit"
        )
        values: dict[str, Any] = {"query": query, "limit": limit}
        if documents is not None:
            values["documents"] = json.dumps(list(documents))
        with self._database.transaction() as connection:
            rows = connection.execute(sql, values).all()
        return [(int(row[0]), -float(row[1])) for row in rows]

    def _counts(self, terms: Sequence[str]) -> tuple[dict[str, int], int]:
        """Passages that have each stem, and passages altogether."""
        known = self._known  # of this state: when documents come meanwhile, the next is another
        counts: dict[str, int] = {}
        sql = text("SELECT doc FROM passage_terms WHERE term = :term AND col = 'stems'")
        with self._database.transaction() as connection:
            total = int(connection.execute(text(_TOTAL)).scalar_one())
            for term in terms:
                count = known.get(term)
                if count is None:
                    count = int(connection.execute(sql, {"term": term}).scalar() or 0)
                    if len(known) < _REMEMBERED:
                        known[term] = count
                counts[term] = count
        return {each: count for each, count in counts.items() if count}, total


def telling(terms: Sequence[str], counts: Mapping[str, int], total: int) -> Sequence[str]:
    """Without words that stand in a good part of all passages, and of the others the rarest: FTS5
    scores every row that has one, and they tell little. In a small collection that costs nothing.
    """
    if total < _LARGE:
        return terms
    rare = [term for term in terms if counts.get(term, 0) <= total * _FREQUENT]
    kept: set[str] = set()
    scored = 0
    for each in sorted(rare, key=lambda term: counts.get(term, 0)):
        scored += counts.get(each, 0)
        if scored > _SCORED and any(counts.get(other) for other in kept):
            break
        kept.add(each)
    return [each for each in rare if each in kept] or terms
