"""Collections of documents, and the files of conversations."""

from collections.abc import Callable

from app.documents.sandbox import Sandbox
from app.domain.library.documents import Collection
from app.services.jobs import Worker
from app.services.library.open_collection import Shelf
from app.services.library.open_collections import Shelves
from app.services.retrieval.service import OpenCollection
from app.store.index.passage_index import PassageIndex
from app.wiring.base import Base
from app.wiring.models import Models

FIRST_COLLECTION = "Library"


def build_shelves(
    base: Base,
    parts: Models,
    parsing: tuple[Sandbox, Worker],
    attaching: tuple[Sandbox, Worker],
) -> Shelves:
    """Each pair parses what is added: to the library, to a conversation."""

    def opening(sandbox: Sandbox, ahead: Worker) -> Callable[[Collection], Shelf]:
        def opened(collection: Collection) -> Shelf:
            library = base.unlocked.open_collection(collection)
            index = PassageIndex(library.database, library.snapshot)
            found = OpenCollection(collection.id, library, index)
            return Shelf(collection, found, parts.models, sandbox, ahead, base.events, base.record)

        return opened

    return Shelves(
        base.unlocked, opening(*parsing), opening(*attaching), FIRST_COLLECTION, base.events
    )
