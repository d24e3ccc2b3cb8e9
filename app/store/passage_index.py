"""Passages by meaning and by words. The vectors in the database are the truth; this is a view.

Exact search: 100,000 passages of 384 dimensions take 4 ms (retrieval report, finding 5), so up to
some 200,000 an approximate index would cost recall and gain nothing.
"""

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import select, text

from app.domain.ranking import Words, idf
from app.store import words
from app.store.database import Database
from app.store.schema import passages as passage_table
from app.store.schema import vectors

#: FTS5's BM25 gives a term idf × (k1 + 1) at most, k1 = 1.2.
_MOST_OF_A_TERM = 2.2
#: Passages from which on frequent words are left out, and the share that makes a word frequent.
_LARGE, _FREQUENT = 2000, 0.2

#: Passages of some documents alone; the + keeps SQLite from asking FTS5 for each of their rows.
_WITHIN = (
    "AND (SELECT document FROM passages WHERE id = +passage_words.rowid) "
    "IN (SELECT value FROM json_each(:documents))"
)

Matrix = np.ndarray[Any, np.dtype[np.float32]]
Ids = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage's id and the leg's own score: cosine, or the share of the best BM25 possible."""

    passage: int
    score: float


class PassageIndex:
    """Both legs of the search over one collection. Safe to call from both workers."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._ids: Ids | None = None
        self._matrix: Matrix = np.zeros((0, 0), np.float32)

    def changed(self) -> None:
        """Forget the loaded vectors: documents came or went."""
        with self._lock:
            self._ids = None

    def of_documents(self, documents: Sequence[str]) -> Ids:
        """The passages of these documents, by id."""
        sql = text(
            "SELECT id FROM passages WHERE document IN (SELECT value FROM json_each(:documents))"
        )
        with self._database.transaction() as connection:
            rows = connection.execute(sql, {"documents": json.dumps(list(documents))})
            return np.sort(np.fromiter((row[0] for row in rows), np.int64))

    def by_meaning(self, query: Matrix, limit: int, allowed: Ids | None = None) -> list[Hit]:
        """The `limit` nearest passages by cosine to `query`, a unit vector of shape (dim,); with
        `allowed`, sorted ids, exactly the nearest of those."""
        ids, matrix = self._loaded()
        if allowed is not None:
            rows = np.flatnonzero(np.isin(ids, allowed, assume_unique=True))
            ids, matrix = ids[rows], matrix[rows]
        if not len(ids):
            return []
        scores = matrix @ query.astype(np.float32)
        count = min(limit, len(ids))
        best = np.argpartition(-scores, count - 1)[:count]
        best = best[np.argsort(-scores[best], kind="stable")]
        return [Hit(int(ids[row]), float(scores[row])) for row in best]

    def cosines(self, query: Matrix, passages: Sequence[int]) -> dict[int, float]:
        """Of these passages, as far as they have vectors; exact."""
        ids, matrix = self._loaded()
        if not len(ids) or not passages:
            return {}
        wanted = np.asarray(passages, np.int64)
        rows = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
        there = ids[rows] == wanted
        scores = matrix[rows[there]] @ query.astype(np.float32)
        return dict(zip(wanted[there].tolist(), scores.tolist(), strict=True))

    def by_words(
        self, question: str, limit: int, documents: Sequence[str] | None = None
    ) -> list[Hit]:
        """Passages with all the question's words, then those with any, by BM25 as a share of what
        a passage could reach that had every word again and again; terms that nobody has count.
        With `documents` exactly the best of theirs."""
        terms = list(dict.fromkeys(words.stems(question)))
        quoted = words.phrases(question)
        if not terms and not quoted:
            return []
        counts, total = self._counts(terms)
        ideal = sum(idf(counts.get(each, 0), total) for each in terms) * _MOST_OF_A_TERM
        found: dict[int, float] = {}
        for every in (True, False):
            query = words.query(
                terms if every else _telling(terms, counts, total), quoted, every=every
            )
            if query and len(found) < limit:
                for passage, score in self._match(query, limit, documents):
                    found.setdefault(passage, min(score / ideal, 1.0) if ideal else 1.0)
        ranked = sorted(found.items(), key=lambda each: -each[1])[:limit]
        return [Hit(passage, score) for passage, score in ranked]

    def terms(self, question: str, passages: Sequence[int]) -> tuple[list[str], dict[int, Words]]:
        """The question's stems and quoted phrases, and how often each passage has them."""
        terms = list(dict.fromkeys(words.stems(question)))
        quoted = words.phrases(question)
        if not terms and not quoted:
            return [], {}
        sql = select(passage_table.c.id, passage_table.c.header, passage_table.c.text).where(
            passage_table.c.id.in_(list(passages))
        )
        with self._database.transaction() as connection:
            found = connection.execute(sql).all()
        return [*terms, *quoted], {
            int(row[0]): Words(*words.counted(f"{row[1]}\n{row[2]}", terms, quoted))
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
        sql = text("SELECT doc FROM passage_terms WHERE term = :term AND col = 'stems'")
        with self._database.transaction() as connection:
            total = connection.execute(text("SELECT count(*) FROM vectors")).scalar_one()
            counts = {each: connection.execute(sql, {"term": each}).scalar() for each in terms}
        return {each: int(count) for each, count in counts.items() if count}, int(total)

    def _loaded(self) -> tuple[Ids, Matrix]:
        with self._lock:
            if self._ids is None:
                with self._database.transaction() as connection:
                    rows = connection.execute(
                        select(vectors.c.passage, vectors.c.data).order_by(vectors.c.passage)
                    ).all()
                self._ids = np.fromiter((row[0] for row in rows), np.int64, len(rows))
                joined = np.frombuffer(b"".join(row[1] for row in rows), np.float16)
                self._matrix = joined.reshape(len(rows), -1 if rows else 0).astype(np.float32)
            return self._ids, self._matrix


def _telling(terms: Sequence[str], counts: Mapping[str, int], total: int) -> Sequence[str]:
    """Without words that stand in a good part of all passages: FTS5 scores every row that has one,
    and they tell nothing. In a small collection that costs nothing."""
    if total < _LARGE:
        return terms
    return [each for each in terms if counts.get(each, 0) <= total * _FREQUENT] or terms
