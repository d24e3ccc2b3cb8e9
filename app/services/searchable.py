"""What a search needs of a collection, wherever it lies."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import numpy as np

from app.domain.errors import DepartmentError
from app.domain.library.documents import Document
from app.domain.retrieval.ranking import TermCounts
from app.store.index.passage_index import ScoredPassage
from app.store.library.library import StoredPassage

Vector = np.ndarray[Any, np.dtype[np.float32]]


class SearchedDocuments(Protocol):
    """Documents and passages, as LibraryStore describes them."""

    def fact(self, name: str) -> str | None: ...

    def documents(self, ids: Sequence[str] | None = None) -> list[Document]: ...

    def passages(self, ids: Iterable[int]) -> dict[int, StoredPassage]: ...

    def documents_of(self, ids: Iterable[int]) -> dict[int, str]: ...

    def openings(self, ids: Sequence[str], length: int) -> dict[str, str]: ...

    def neighbours(self, found: StoredPassage, reach: int) -> list[StoredPassage]: ...

    def passages_of(
        self, document_id: str, first: int = 0, last: int = 2**31 - 1
    ) -> list[StoredPassage]: ...


class SearchedPassages(Protocol):
    """The dense and the sparse retriever, as PassageIndex describes them."""

    def nearest_of(
        self, query: Vector, limit: int, documents: Sequence[str] | None = None
    ) -> list[ScoredPassage]: ...

    def cosines(self, query: Vector, passages: Sequence[int]) -> dict[int, float]: ...

    def by_words(
        self, question: str, limit: int, documents: Sequence[str] | None = None
    ) -> list[ScoredPassage]: ...

    def terms(
        self, question: str, passages: Sequence[int]
    ) -> tuple[list[str], dict[int, TermCounts]]: ...


class FarServer(Protocol):
    """A server that holds some of the collections, and may go away at any moment."""

    def lose(self, error: DepartmentError) -> None: ...

    def away(self) -> tuple[str, ...]: ...


class SearchableCollection(Protocol):
    """An open collection."""

    @property
    def id(self) -> str: ...

    @property
    def store(self) -> SearchedDocuments: ...

    @property
    def index(self) -> SearchedPassages: ...
