"""What the library needs of a collection, wherever it lies: on this computer, or on a server."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from app.domain.library.documents import Collection, Document
from app.domain.library.watching import FileSeen
from app.services.library.aside import Aside
from app.services.searchable import SearchedDocuments, SearchedPassages


class ShelvedDocuments(SearchedDocuments, Protocol):
    """What is looked at and changed, besides being searched."""

    def document(self, document_id: str) -> Document: ...

    def counts(self) -> tuple[int, int]: ...

    def set_tags(self, document_id: str, names: Iterable[str]) -> None: ...

    def original(self, document_id: str) -> bytes: ...

    def original_parts(self, document_id: str) -> Iterator[bytes]: ...

    def content(self, document_id: str) -> str: ...


class LibraryCollection(Protocol):
    """An open collection, as `OpenCollection` describes one."""

    aside: Aside
    record: Callable[[str, str], None]

    @property
    def id(self) -> str: ...

    @property
    def collection(self) -> Collection: ...

    @property
    def store(self) -> ShelvedDocuments: ...

    @property
    def index(self) -> SearchedPassages: ...

    def add(self, paths: Iterable[Path]) -> tuple[str, ...]: ...

    def known(self, paths: Iterable[Path]) -> list[FileSeen]: ...

    def counted(self) -> Collection: ...

    def again(self, ids: Iterable[str] | None = None) -> None: ...

    def remove(self, ids: Sequence[str]) -> None: ...

    def changed(self, ids: Sequence[str] = ()) -> None: ...


class FarCollection(LibraryCollection, Protocol):
    """One that lies on a server."""

    def rename(self, name: str) -> None: ...

    def delete(self) -> None: ...


#: The collections of a server that are open at a moment.
Joined = Callable[[], Sequence[FarCollection]]
