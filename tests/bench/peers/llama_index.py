"""LlamaIndex's starter example, from the real libraries.

`SimpleDirectoryReader`, `VectorStoreIndex.from_documents` with the default `SentenceSplitter`
(1,024 tokens of the default tokenizer, 20 of overlap) and `as_retriever`, which returns 2
(`llama_index.core.constants`). A file's path goes into what is embedded, as the reader does by
itself; it is not counted as context here. Models cut chunks at their own limit (e5: 512 tokens).
"""

from pathlib import Path
from typing import Any

from tests.bench.contest import DEEP, Embedding, Segment, filled

DEFAULT = 2


class LlamaIndex:
    def __init__(self, embedding: Embedding) -> None:
        self._embedding = _adapted(embedding)
        self._index: Any = None
        self._pages: dict[str, int] = {}

    def add(self, folder: Path) -> None:
        from llama_index.core import SimpleDirectoryReader, VectorStoreIndex

        documents = SimpleDirectoryReader(str(folder), recursive=True).load_data()
        seen: dict[str, int] = {}
        for each in documents:
            name = each.metadata["file_name"]
            seen[name] = seen.get(name, 0) + 1
            if "page_label" in each.metadata:  # one document a page, in order
                self._pages[each.doc_id] = seen[name]
        self._index = VectorStoreIndex.from_documents(documents, embed_model=self._embedding)

    def search(self, question: str, characters: int | None) -> list[Segment]:
        depth = DEFAULT if characters is None else DEEP
        nodes = self._index.as_retriever(similarity_top_k=depth).retrieve(question)
        found = [
            Segment(
                each.node.get_content(),
                each.node.metadata["file_name"],
                self._pages.get(each.node.ref_doc_id),
                float(each.score),
            )
            for each in nodes
        ]
        return found if characters is None else filled(found, characters)


def _adapted(embedding: Embedding) -> Any:
    from llama_index.core.base.embeddings.base import BaseEmbedding

    class Adapted(BaseEmbedding):  # type: ignore[misc,unused-ignore]
        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return [[float(x) for x in each] for each in embedding.passages(texts)]

        def _get_query_embedding(self, query: str) -> list[float]:
            return [float(x) for x in embedding.queries([query])[0]]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    return Adapted()
