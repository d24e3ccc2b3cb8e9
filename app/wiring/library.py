"""Collections of documents, and the files of conversations."""

from collections.abc import Callable

from app.documents.sandbox import Sandbox
from app.domain.library.documents import Collection
from app.services.jobs import Worker
from app.services.library.open_collection import OpenCollection
from app.services.library.open_collections import OpenCollections
from app.wiring.base import Base
from app.wiring.models import Models

FIRST_COLLECTION = "Library"


def build_collections(
    base: Base,
    parts: Models,
    parsing: tuple[Sandbox, Worker],
    attaching: tuple[Sandbox, Worker],
) -> OpenCollections:
    """Each pair parses what is added: to the library, to a conversation."""

    def opening(sandbox: Sandbox, ahead: Worker) -> Callable[[Collection], OpenCollection]:
        def opened(collection: Collection) -> OpenCollection:
            store = base.unlocked.open_collection(collection)
            return OpenCollection(
                collection, store, parts.models, sandbox, ahead, base.events, base.record
            )

        return opened

    return OpenCollections(
        base.unlocked, opening(*parsing), opening(*attaching), FIRST_COLLECTION, base.events
    )
