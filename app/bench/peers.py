"""Other ways from passages to an answer, with the very models that Larets uses: what the default
chains of LangChain and LlamaIndex do, and the plain thing that one would write in an afternoon.

Splitters, stores and prompts of the two are the libraries' own, where they are installed
(`pip install "larets[peers]"`); LangChain as its tutorial "Build a RAG agent" has it
(1,000 characters, 200 of overlap, 4 hits, the hub's rlm/rag-prompt,
https://docs.langchain.com/oss/python/langchain/rag), LlamaIndex as its starter example has it
(1,024 tokens, 20 of overlap, 2 hits, the default `text_qa_template`,
https://developers.llamaindex.ai/python/framework/).
"""

import importlib.util
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from app.domain.chat.conversation import AnswerPiece
from app.domain.progress import NoControl
from app.domain.retrieval.ranking import TermCounts, word_shares
from app.domain.settings import Sampling
from app.engines.base import CacheSequence, Embedder, Vectors
from app.engines.turns import Turn, TurnKind
from app.services.session import Services
from app.stems import stems

#: Windows of the plain way, hits that it reads, and the dense retriever's weight.
_WINDOW, _HITS, _DENSE = 900, 4, 0.65
_LANGCHAIN_PROMPT = (
    "You are an assistant for question-answering tasks. Use the following pieces of retrieved "
    "context to answer the question. If you don't know the answer, just say that you don't know. "
    "Use three sentences maximum and keep the answer concise.\n"
    "Question: {question} \nContext: {context} \nAnswer:"
)
_PLAIN_PROMPT = "{context}\n\nAnswer the question from this text alone.\nQuestion: {question}"


@dataclass(frozen=True, slots=True)
class PeerAnswer:
    """An answer, the texts that it was written from, and what it cost."""

    answer: str
    texts: tuple[str, ...]
    prompt_tokens: int
    first_token_ms: float
    total_ms: float


class _Finder(Protocol):
    """Texts for a question, the best first, none from the document of that name."""

    def find(self, question: str, without: str) -> list[str]: ...


class Peer:
    """A retriever and a prompt, answered by the chat model that is open."""

    def __init__(
        self, name: str, services: Services, finder: _Finder, asked: Callable[[str, list[str]], str]
    ) -> None:
        self.name = name
        self._services = services
        self._finder = finder
        self._asked = asked

    def ask(self, question: str, without: str) -> PeerAnswer:
        """At temperature 0, in the auxiliary sequence; nothing of an earlier prompt is reused but
        what it begins with."""
        began = time.perf_counter()
        texts = self._finder.find(question, without)
        model, _ = self._services.inference.chat()
        watching = _FirstToken(began)
        generated = model.stream(
            [Turn(TurnKind.USER, self._asked(question, texts))],
            Sampling(temperature=0, repeat_penalty=1.0),
            watching,
            CacheSequence.AUXILIARY,
        )
        total = (time.perf_counter() - began) * 1000
        return PeerAnswer(
            generated.text, tuple(texts), generated.prompt_tokens, watching.milliseconds, total
        )


class _FirstToken(NoControl):
    def __init__(self, began: float) -> None:
        self._began = began
        self.milliseconds = 0.0

    def report(self, progress: object) -> None:
        if isinstance(progress, AnswerPiece) and not self.milliseconds:
            self.milliseconds = (time.perf_counter() - self._began) * 1000


def peers(services: Services, files: Sequence[Path]) -> Iterator[Peer]:
    """Those whose libraries are there, one after the other, each with its own index of the
    files."""
    embedder = services.models.embedder()
    yield Peer("plain", services, _Plain(embedder, files), _filled(_PLAIN_PROMPT))
    if importlib.util.find_spec("langchain_text_splitters"):
        yield Peer("langchain", services, _LangChain(embedder, files), _filled(_LANGCHAIN_PROMPT))
    if importlib.util.find_spec("llama_index"):
        finder = _LlamaIndex(embedder, files)
        yield Peer("llamaindex", services, finder, finder.prompt)


def _filled(template: str) -> Callable[[str, list[str]], str]:
    return lambda question, texts: template.format(question=question, context="\n\n".join(texts))


class _Plain:
    """Windows of 900 characters, cosine and BM25 over stems, each scaled to 0–1."""

    def __init__(self, embedder: Embedder, files: Sequence[Path]) -> None:
        self._embedder = embedder
        self._windows = [
            (path.name, text[at : at + _WINDOW])
            for path in files
            for text in [text_of(path)]
            for at in range(0, len(text), _WINDOW)
        ]
        texts = [text for _, text in self._windows]
        self._vectors = embedder.embed_passages(texts, NoControl())
        self._stems = [stems(text) for text in texts]

    def find(self, question: str, without: str) -> list[str]:
        allowed = [at for at, (name, _) in enumerate(self._windows) if name != without]
        dense = self._vectors[allowed] @ self._embedder.embed_queries([question])[0]
        terms = set(stems(question))
        counts = {
            place: TermCounts({term: own.count(term) for term in terms.intersection(own)}, len(own))
            for place, at in enumerate(allowed)
            for own in [self._stems[at]]
        }
        shares = word_shares(counts, terms)
        sparse = np.array([shares.get(place, 0.0) for place in range(len(allowed))], np.float32)
        scores = _DENSE * _scaled(dense) + (1 - _DENSE) * _scaled(sparse)
        best = np.argsort(-scores)[:_HITS]
        return [self._windows[allowed[int(each)]][1] for each in best]


class _LangChain:
    """RecursiveCharacterTextSplitter and InMemoryVectorStore."""

    def __init__(self, embedder: Embedder, files: Sequence[Path]) -> None:
        from langchain_core.documents import Document
        from langchain_core.embeddings import Embeddings
        from langchain_core.vectorstores import InMemoryVectorStore
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        class Adapted(Embeddings):  # type: ignore[misc,unused-ignore]
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                return _listed(embedder.embed_passages(texts, NoControl()))

            def embed_query(self, text: str) -> list[float]:
                return _listed(embedder.embed_queries([text]))[0]

        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        documents = [Document(text_of(path), metadata={"source": path.name}) for path in files]
        self._store: Any = InMemoryVectorStore(Adapted())
        self._store.add_documents(splitter.split_documents(documents))

    def find(self, question: str, without: str) -> list[str]:
        found = self._store.similarity_search(
            question, k=4, filter=lambda each: each.metadata["source"] != without
        )
        return [each.page_content for each in found]


class _LlamaIndex:
    """SentenceSplitter, VectorStoreIndex and its retriever."""

    def __init__(self, embedder: Embedder, files: Sequence[Path]) -> None:
        from llama_index.core import Document, VectorStoreIndex
        from llama_index.core.base.embeddings.base import BaseEmbedding

        class Adapted(BaseEmbedding):  # type: ignore[misc,unused-ignore]
            def _get_text_embedding(self, text: str) -> list[float]:
                return self._get_text_embeddings([text])[0]

            def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
                return _listed(embedder.embed_passages(texts, NoControl()))

            def _get_query_embedding(self, query: str) -> list[float]:
                return _listed(embedder.embed_queries([query]))[0]

            async def _aget_query_embedding(self, query: str) -> list[float]:
                return self._get_query_embedding(query)

        documents = [
            Document(text=text_of(path), metadata={"file_name": path.name}) for path in files
        ]
        self._index: Any = VectorStoreIndex.from_documents(documents, embed_model=Adapted())

    def find(self, question: str, without: str) -> list[str]:
        # The default retriever gives two; two more where those of one document are left out.
        depth = 2 if not without else 50
        nodes = self._index.as_retriever(similarity_top_k=depth).retrieve(question)
        kept = [each for each in nodes if each.node.metadata["file_name"] != without][:2]
        return [each.node.get_content() for each in kept]

    def prompt(self, question: str, texts: list[str]) -> str:
        from llama_index.core.prompts.default_prompts import DEFAULT_TEXT_QA_PROMPT

        context = "\n\n".join(texts)
        return str(DEFAULT_TEXT_QA_PROMPT.format(context_str=context, query_str=question))


def _listed(vectors: Vectors) -> list[list[float]]:
    return [[float(value) for value in vector] for vector in vectors]


def text_of(path: Path) -> str:
    """A file's text: PDFs by MuPDF, page after page, anything else as UTF-8."""
    if path.suffix.lower() != ".pdf":
        return path.read_text("utf-8", errors="replace")
    import pymupdf

    with pymupdf.open(path) as document:
        return "\n\n".join(page.get_text() for page in document)


def _scaled(values: Vectors) -> Vectors:
    low, high = float(values.min(initial=0)), float(values.max(initial=0))
    return (values - low) / max(high - low, 1e-9)
