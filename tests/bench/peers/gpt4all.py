"""GPT4All's LocalDocs, re-enacted: it is a C++ program without a library for this.

Read in nomic-ai/gpt4all, nothing copied: gpt4all-chat/src/mysettings.cpp (chunks of 512 characters,
3 snippets) and gpt4all-chat/src/database.cpp (whitespace-split words fill a chunk, no overlap; FTS5
with `tokenize='porter'`, the whole question as a phrase first, else its words joined by OR without
English stop words; exact vectors; each leg as deep as the result; reciprocal rank fusion with k 60,
BM25 weighing 0.9 after a phrase, else 0.25 to 0.75 by the question's length; no threshold).
Its model, nomic-embed-text, cannot be had here: MiniLM or e5 stands in. pypdf stands for QtPdf.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.bench import reading
from tests.bench.contest import DEEP, Embedding, Segment, Vectors, filled

CHUNK, DEFAULT, FUSION = 512, 3, 60
_STOP = frozenset(
    "a an and are as at be but by for if in into is it no not of on or such that the their then "
    "there these they this to was will with".split()
)


class GPT4All:
    def __init__(self, embedding: Embedding) -> None:
        self._embedding = embedding
        self._segments: list[Segment] = []
        self._vectors: Vectors = np.zeros((0, 0), np.float32)
        self._words = sqlite3.connect(":memory:")
        self._words.execute("create virtual table chunks using fts5(text, file, tokenize='porter')")

    def add(self, folder: Path) -> None:
        for path in reading.files(folder):
            self._segments += split(path)
        self._words.executemany(
            "insert into chunks(rowid, text, file) values (?, ?, ?)",
            ((place, each.text, each.document) for place, each in enumerate(self._segments)),
        )
        self._vectors = self._embedding.passages([each.text for each in self._segments])

    def search(self, question: str, characters: int | None) -> list[Segment]:
        depth = DEFAULT if characters is None else DEEP
        cosines = self._vectors @ self._embedding.queries([question])[0]
        dense = [int(place) for place in np.argsort(-cosines)[:depth]]
        keyword, weight = self._by_words(question, depth)
        late = sorted(set(keyword) - set(dense), key=lambda place: -cosines[place])
        ranked = fuse([*dense, *late], keyword, weight)[:depth]
        found = [self._segments[place] for place in ranked]
        return found if characters is None else filled(found, characters)

    def _by_words(self, question: str, depth: int) -> tuple[list[int], float]:
        words = question.replace('"', '""').split()
        telling = [each for each in words if each.lower() not in _STOP]
        if found := self._matching('"' + " ".join(words) + '"', depth):
            return found, 0.9
        joined = " OR ".join(f'"{each}"' for each in telling)
        found = self._matching(f"({joined})", depth) if telling else []
        return found, 0.25 + 0.5 * min(1.0, 1 / max(len(telling), 1) ** 2)

    def _matching(self, query: str, depth: int) -> list[int]:
        rows = self._words.execute(
            "select rowid from chunks where chunks match ? order by bm25(chunks) limit ?",
            (query, depth),
        )
        return [row[0] for row in rows]


def fuse(dense: list[int], keyword: list[int], weight: float) -> list[int]:
    """Weighted reciprocal ranks; what the keywords did not find stands one after their last."""
    if not keyword:
        return dense
    ranks = {place: rank for rank, place in enumerate(keyword, start=1)}

    def score(rank: int, place: int) -> float:
        by_words = ranks.get(place, len(keyword) + 1)
        return weight / (FUSION + by_words) + (1 - weight) / (FUSION + rank)

    scores = {place: score(rank, place) for rank, place in enumerate(dense, start=1)}
    return sorted(dense, key=lambda place: -scores[place])


def split(path: Path) -> list[Segment]:
    """Words up to 512 characters, whatever lies between them; the page of the first word."""
    texts = reading.pages(path)
    words = ((w, number) for number, text in enumerate(texts, start=1) for w in text.split())
    return [
        Segment(text, path.name, page if path.suffix.lower() == ".pdf" else None)
        for text, page in _packed(words)
    ]


def _packed(words: Iterator[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    chunk, page = "", 0
    for word, number in words:
        rest = word
        while rest:
            joined = f"{chunk} {rest}" if chunk else rest
            if len(joined) <= CHUNK:
                chunk, page, rest = joined, page if chunk else number, ""
            elif chunk:
                yield chunk, page
                chunk = ""
            else:
                yield rest[:CHUNK], number
                rest = rest[CHUNK:]
    if chunk:
        yield chunk, page
