"""Collections of documents, and the files of conversations."""

from collections.abc import Callable
from dataclasses import dataclass

from app.documents.reading.sandbox import Sandbox
from app.domain.library.documents import Collection
from app.domain.settings import Reranking, Retrieval, SecondReading
from app.services.department.service import DepartmentService
from app.services.jobs import Worker
from app.services.library.collection import Joined
from app.services.library.databases import DatabaseService
from app.services.library.open_collection import OpenCollection
from app.services.library.open_collections import OpenCollections
from app.services.library.relocating import Relocating
from app.services.library.service import LibraryService
from app.services.library.watching import WatchingService
from app.services.retrieval.reranking import RerankingService
from app.services.retrieval.rereading import Rereading
from app.services.retrieval.service import RetrievalService
from app.wiring.base import Base
from app.wiring.department import build_department, build_far
from app.wiring.models import Models

FIRST_COLLECTION = "Library"


@dataclass(frozen=True)
class LibraryParts:
    """Everything about documents behind the lock."""

    collections: OpenCollections
    library: LibraryService
    watching: WatchingService
    relocating: Relocating
    databases: DatabaseService
    retrieval: RetrievalService
    department: DepartmentService


def build_library(
    base: Base,
    parts: Models,
    viewing: Sandbox,
    parsing: tuple[Sandbox, Worker],
    attaching: tuple[Sandbox, Worker],
) -> LibraryParts:
    """`viewing` is the sandbox that looks into documents; the others as in build_collections."""
    server = build_far(base, parts)
    far = server.collections
    collections = build_collections(base, parts, parsing, attaching, far.all)
    rereading = Rereading(parts.models, SecondReading())
    reranking = RerankingService(parts.models, Reranking())
    return LibraryParts(
        collections,
        LibraryService(collections, viewing, base.access, base.unlocked.opened()),
        WatchingService(collections, base.access),
        Relocating(collections, base.access),
        DatabaseService(collections, base.access),
        RetrievalService(collections.shown, parts.models, Retrieval(), rereading, reranking, far),
        build_department(base, parts, server, collections, parsing),
    )


def build_collections(
    base: Base,
    parts: Models,
    parsing: tuple[Sandbox, Worker],
    attaching: tuple[Sandbox, Worker],
    joined: Joined = tuple,
) -> OpenCollections:
    """Each pair parses what is added: to the library, to a conversation; `joined` are the open
    collections of a server."""

    def opening(sandbox: Sandbox, ahead: Worker) -> Callable[[Collection], OpenCollection]:
        def opened(collection: Collection) -> OpenCollection:
            store = base.unlocked.open_collection(collection)
            return OpenCollection(
                collection, store, parts.models, sandbox, ahead, base.events, base.record
            )

        return opened

    return OpenCollections(
        base.unlocked,
        opening(*parsing),
        opening(*attaching),
        FIRST_COLLECTION,
        base.events,
        joined,
    )
