"""Passages by meaning and by words on a department's server, with the scores of the local index.

The server finds candidates; what their words are worth is reckoned from their opened texts by
`terms`, as `store.index.passage_index` does, so that both stores rank alike.
"""

import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text

from app.domain.retrieval.ranking import TermCounts, idf
from app.stems import stems
from app.store.department import keyed_words
from app.store.department.library import DepartmentLibrary
from app.store.index import words
from app.store.index.passage_index import MOST_OF_A_TERM, Matrix, ScoredPassage, telling

#: Passages of chosen documents up to which all are compared: the graph would lose some of few.
_ALL_COMPARED = 20_000
#: A count of passages with a word is not taken further: those that stand in more of them are known
#: from the server's statistics.
_COUNTED = 20_000
#: Candidates that a walk through the graph keeps (`hnsw.ef_search`) from so many passages on: with
#: the usual 200 a million passages had a recall of 0.955 (results/department.md).
_LARGE, _BREADTH = 300_000, 400
_REMEMBERED = 10_000
#: Seconds after which passages are counted again.
_COUNT_AGAIN = 30.0
_USUAL_LENGTH = 120.0


class DepartmentIndex:
    """Of one collection. Safe from several threads."""

    def __init__(self, library: DepartmentLibrary) -> None:
        self._library = library
        self._collection = library.collection
        self._server = library.server
        self._known: dict[str, int] = {}
        self._counted = (0, -_COUNT_AGAIN)
        self._lock = threading.Lock()

    def nearest_of(
        self, query: Matrix, limit: int, documents: Sequence[str] | None = None
    ) -> list[ScoredPassage]:
        """The `limit` nearest passages by cosine to `query`, a unit vector of shape (dim,); of
        those of `documents` if given, then exactly the nearest where they are few."""
        values = self._values(query, limit=limit, documents=list(documents or ()))
        graph = f"vector::halfvec({self._collection.dimensions})"
        if documents is None:
            return self._nearest(graph, "", values)
        if self._passages_of(documents) <= _ALL_COMPARED:
            return self._nearest("vector", _WITHIN, values)
        found = self._nearest(graph, _WITHIN, values)
        return found if len(found) == limit else self._nearest("vector", _WITHIN, values)

    def cosines(self, query: Matrix, passages: Sequence[int]) -> dict[int, float]:
        """Exact cosines to `query` of these passages, as far as they have vectors."""
        if not passages:
            return {}
        values = self._values(query, ids=list(passages))
        sql = text(
            "SELECT id, 1 - (vector <=> CAST(:query AS halfvec)) FROM larets.passages "
            "WHERE collection = :collection AND id = ANY(:ids) AND vector IS NOT NULL"
        )
        with self._server.transaction() as connection:
            return {int(row[0]): float(row[1]) for row in connection.execute(sql, values)}

    def by_words(
        self, question: str, limit: int, documents: Sequence[str] | None = None
    ) -> list[ScoredPassage]:
        """Passages with all the question's words, then those with any, by BM25 in which every word
        counts once, as a share of what a passage could reach that had each again and again."""
        terms = list(dict.fromkeys(stems(question)))
        quoted = words.phrases(question)
        inside = [stem for phrase in quoted for stem in stems(phrase)]
        wanted = list(dict.fromkeys([*terms, *inside]))
        if not wanted or not self._collection.words:
            return []
        counts, total = self._counts(wanted)
        found: dict[int, float] = {}
        for every in (True, False):
            chosen = wanted if every else telling(terms, counts, total)
            if chosen and len(found) < limit:
                matched = self._match(chosen, counts, total, limit, documents, every=every)
                for passage, score in self._said(matched, quoted if every else ()):
                    found.setdefault(passage, score)
        best = sorted(found.items(), key=lambda each: -each[1])[:limit]
        return [ScoredPassage(passage, score) for passage, score in best]

    def terms(
        self, question: str, passages: Sequence[int]
    ) -> tuple[list[str], dict[int, TermCounts]]:
        """The question's stems and quoted phrases, and how often each passage has them."""
        terms = list(dict.fromkeys(stems(question)))
        quoted = words.phrases(question)
        if not terms and not quoted:
            return [], {}
        found = self._library.passages(passages)
        return [*terms, *quoted], {
            key: TermCounts(
                *words.counted(f"{each.passage.header}\n{each.passage.text}", terms, quoted)
            )
            for key, each in found.items()
        }

    def close(self) -> None:
        """Nothing is held here."""

    # -- by meaning -------------------------------------------------------------------------------

    def _values(self, query: Matrix, **more: Any) -> dict[str, Any]:
        written = "[" + ",".join(f"{number:.6g}" for number in query.tolist()) + "]"
        return {"query": written, "collection": self._collection.id} | more

    def _nearest(self, column: str, within: str, values: dict[str, Any]) -> list[ScoredPassage]:
        dimensions = self._collection.dimensions
        sql = text(
            f"SELECT id, 1 - distance FROM (SELECT id, {column} <=> "
            f"CAST(:query AS halfvec({dimensions})) AS distance FROM larets.passages "
            f"WHERE collection = :collection AND vector IS NOT NULL {within} "
            f"ORDER BY {column} <=> CAST(:query AS halfvec({dimensions})) LIMIT :limit) near "
            "ORDER BY distance, id"
        )
        large = self._total() >= _LARGE
        with self._server.transaction() as connection:
            if large:
                connection.execute(text(f"SET LOCAL hnsw.ef_search = {_BREADTH}"))
            rows = connection.execute(sql, values).all()
        return [ScoredPassage(int(row[0]), float(row[1])) for row in rows]

    def _passages_of(self, documents: Sequence[str]) -> int:
        sql = text(
            "SELECT coalesce(sum(passages), 0) FROM larets.documents "
            "WHERE collection = :collection AND id = ANY(:documents)"
        )
        values = {"collection": self._collection.id, "documents": list(documents)}
        with self._server.transaction() as connection:
            return int(connection.execute(sql, values).scalar_one())

    # -- by words ---------------------------------------------------------------------------------

    def _match(
        self,
        terms: Sequence[str],
        counts: Mapping[str, int],
        total: int,
        limit: int,
        documents: Sequence[str] | None,
        *,
        every: bool,
    ) -> list[tuple[int, float]]:
        sealing = self._library.sealing
        sql = text(
            "SELECT id, score FROM larets.by_words(:collection, CAST(:query AS tsquery), "
            "CAST(CAST(:terms AS text[]) AS tsquery[]), CAST(:weights AS float8[]), :mean, :most, "
            "CAST(:documents AS text[]))"
        )
        weights = [idf(counts.get(term, 0), total) for term in terms]
        ideal = sum(weights) * MOST_OF_A_TERM or 1.0
        values = {
            "collection": self._collection.id,
            "query": keyed_words.query(sealing, terms, every=every),
            "terms": [sealing.word(term) for term in terms],
            "weights": weights,
            "mean": _USUAL_LENGTH,
            "most": limit,
            "documents": None if documents is None else list(documents),
        }
        with self._server.transaction() as connection:
            return [(int(row[0]), float(row[1]) / ideal) for row in connection.execute(sql, values)]

    def _said(
        self, matched: Sequence[tuple[int, float]], quoted: Sequence[str]
    ) -> Sequence[tuple[int, float]]:
        """Those in which every quoted phrase stands letter for letter, which the server cannot
        tell."""
        if not quoted:
            return matched
        held = self._library.passages([passage for passage, _ in matched])
        said = {
            key
            for key, each in held.items()
            if set(quoted) <= words.counted(each.passage.text, (), quoted)[0].keys()
        }
        return [each for each in matched if each[0] in said]

    def _counts(self, terms: Sequence[str]) -> tuple[dict[str, int], int]:
        """Passages that have each stem, and passages altogether."""
        with self._lock:
            known = dict(self._known)
        new = [term for term in terms if term not in known]
        sql = text(
            "SELECT larets.word_counts(:collection, "
            "CAST(CAST(:terms AS text[]) AS tsquery[]), :most)"
        )
        if new:
            values = {
                "collection": self._collection.id,
                "terms": [self._library.sealing.word(term) for term in new],
                "most": _COUNTED,
            }
            with self._server.transaction() as connection:
                found = connection.execute(sql, values).scalar_one()
            known |= dict(zip(new, map(int, found), strict=True))
            with self._lock:
                self._known = known if len(known) < _REMEMBERED else {}
        total = self._total()
        return {each: known[each] for each in terms if known[each]}, total

    def _total(self) -> int:
        """Of all passages, as it was a while ago: it weighs words, and changes slowly."""
        now = time.monotonic()
        with self._lock:
            total, since = self._counted
        if now - since > _COUNT_AGAIN:
            total = self._library.counts()[1]
            with self._lock:
                self._counted = (total, now)
        return total


_WITHIN = "AND document = ANY(:documents)"
