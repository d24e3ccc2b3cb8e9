"""LangChain as its tutorials build it, from the real libraries.

`TextLoader` and `PyPDFLoader`, `RecursiveCharacterTextSplitter` of 1,000 characters with 200 of
overlap and `InMemoryVectorStore` are what the tutorials "Semantic search" and "Retrieval augmented
generation" use (docs in langchain-ai/docs, src/oss/langchain/knowledge-base.mdx and rag.mdx; the
splitter's own default, 4,000 and 200, is used by none of them). `similarity_search` returns 4.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench import reading
from tests.bench.contest import DEEP, Embedding, Segment, filled

CHUNK, OVERLAP, DEFAULT = 1000, 200, 4


class LangChain:
    def __init__(self, embedding: Embedding) -> None:
        from langchain_core.vectorstores import InMemoryVectorStore

        self._store = InMemoryVectorStore(_adapted(embedding))

    def add(self, folder: Path) -> None:
        self._store.add_documents(chunks(folder))

    def search(self, question: str, characters: int | None) -> list[Segment]:
        depth = DEFAULT if characters is None else DEEP
        found = [
            segment(chunk, score)
            for chunk, score in self._store.similarity_search_with_score(question, k=depth)
        ]
        return found if characters is None else filled(found, characters)


def chunks(folder: Path) -> list[Any]:
    """LangChain's documents of all files, split."""
    from langchain_community.document_loaders import PyPDFLoader, TextLoader
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    documents = []
    for path in reading.files(folder):
        pdf = path.suffix.lower() == ".pdf"
        loader = PyPDFLoader(str(path)) if pdf else TextLoader(str(path), encoding="utf-8")
        documents += loader.load()
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK, chunk_overlap=OVERLAP, add_start_index=True
    )
    return list(splitter.split_documents(documents))


def segment(chunk: Any, score: float) -> Segment:
    page = chunk.metadata.get("page")
    return Segment(
        chunk.page_content,
        Path(chunk.metadata["source"]).name,
        None if page is None else page + 1,
        float(score),
    )


def _adapted(embedding: Embedding) -> Any:
    from langchain_core.embeddings import Embeddings

    class Adapted(Embeddings):  # type: ignore[misc,unused-ignore]
        def embed_documents(self, texts: Sequence[str]) -> list[list[float]]:
            return [[float(x) for x in each] for each in embedding.passages(texts)]

        def embed_query(self, text: str) -> list[float]:
            return [float(x) for x in embedding.queries([text])[0]]

    return Adapted()
