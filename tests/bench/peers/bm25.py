"""Keywords alone: the real bm25s at its defaults (Lucene's BM25, k1 1.5, b 0.75) over LangChain's
chunks, words as they are or their Snowball stems (Russian or English by the word's letters)."""

import re
from pathlib import Path
from typing import Any

from tests.bench.contest import DEEP, Segment, filled
from tests.bench.peers import langchain

_CYRILLIC = re.compile("[а-яё]")


class BM25:
    def __init__(self, stemmed: bool) -> None:
        import bm25s

        self._index = bm25s.BM25()
        self._stem = _stemmer() if stemmed else None
        self._chunks: list[Any] = []

    def add(self, folder: Path) -> None:
        self._chunks = langchain.chunks(folder)
        texts = [each.page_content for each in self._chunks]
        self._index.index(self._tokens(texts), show_progress=False)

    def search(self, question: str, characters: int | None) -> list[Segment]:
        depth = langchain.DEFAULT if characters is None else DEEP
        places, scores = self._index.retrieve(
            self._tokens([question]), k=min(depth, len(self._chunks)), show_progress=False
        )
        found = [
            langchain.segment(self._chunks[int(place)], float(score))
            for place, score in zip(places[0], scores[0], strict=True)
            if score > 0
        ]
        return found if characters is None else filled(found, characters)

    def _tokens(self, texts: list[str]) -> Any:
        import bm25s

        return bm25s.tokenize(texts, stopwords=None, stemmer=self._stem, show_progress=False)


def _stemmer() -> Any:
    import Stemmer

    russian, english = Stemmer.Stemmer("russian"), Stemmer.Stemmer("english")

    def stems(words: list[str]) -> list[str]:
        return [(russian if _CYRILLIC.search(w) else english).stemWord(w) for w in words]

    return stems
