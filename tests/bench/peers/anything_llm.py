"""AnythingLLM's retrieval at its defaults, re-enacted: it is JavaScript without a Python package.

Read in Mintplex-Labs/anything-llm, nothing copied: server/utils/TextSplitter/index.js (LangChain's
recursive splitter, 1,000 characters, 20 of overlap; a header of the file's name and date stands
before each chunk and is embedded with it), server/utils/EmbeddingEngines/native/constants.js
(all-MiniLM-L6-v2 without prefixes; multilingual-e5-small with its own) and
server/utils/vectorDbProviders/lance/index.js (cosine, the nearest 4, threshold 0.25 on 1 minus the
distance, where a distance of 1 or more counts as alike and so passes). The collector joins
a PDF's pages with nothing between and keeps no page; the page given here is worked out from the
chunk's place, in its favour. pypdf stands for pdf.js.
"""

from bisect import bisect_right
from itertools import accumulate
from pathlib import Path

import numpy as np

from tests.bench import reading
from tests.bench.contest import DEEP, Embedding, Segment, Vectors, filled

CHUNK, OVERLAP, DEFAULT, THRESHOLD = 1000, 20, 4, 0.25
_DATE = "1/1/2026, 12:00:00 PM"


class AnythingLLM:
    def __init__(self, embedding: Embedding) -> None:
        self._embedding = embedding
        self._segments: list[Segment] = []
        self._vectors: Vectors = np.zeros((0, 0), np.float32)

    def add(self, folder: Path) -> None:
        for path in reading.files(folder):
            self._segments += _split(path)
        self._vectors = self._embedding.passages([each.text for each in self._segments])

    def search(self, question: str, characters: int | None) -> list[Segment]:
        depth = DEFAULT if characters is None else DEEP
        cosines = self._vectors @ self._embedding.queries([question])[0]
        best = np.argsort(-cosines)[:depth]
        found = [self._segments[place] for place in best if _passes(float(cosines[place]))]
        return found if characters is None else filled(found, characters)


def _passes(cosine: float) -> bool:
    similarity = 1.0 if cosine <= 0 else cosine
    return similarity >= THRESHOLD


def _split(path: Path) -> list[Segment]:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    texts = reading.pages(path)
    starts = [0, *accumulate(len(each) for each in texts)]
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK, chunk_overlap=OVERLAP, add_start_index=True
    )
    header = (
        f"<document_metadata>\nsourceDocument: {path.name}\npublished: {_DATE}\n"
        "</document_metadata>\n\n"
    )
    return [
        Segment(
            header + each.page_content,
            path.name,
            bisect_right(starts, each.metadata["start_index"]) if len(texts) > 1 else None,
        )
        for each in splitter.create_documents(["".join(texts)])
    ]
