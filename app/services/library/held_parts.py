"""Documents that came out of others: of an archive, a message, a database."""

import hashlib
import io
import time
from collections.abc import Iterable, Sequence

from app.documents.source import Part
from app.domain.library.documents import Document
from app.store.library.library import LibraryStore
from app.store.library.reading_queue import Waiting


def queue_parts(
    store: LibraryStore,
    path: str,
    parts: Iterable[Part],
    before: Sequence[Document],
    container: str = "",
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Keep and queue parts of what stands at `path`; the ids of those that are new or changed, and
    of the passages that went. Of what was there `before`, what is the same is left alone, what is
    gone is removed."""
    known = {document.path: document for document in before}
    waiting: list[Waiting] = []
    seen: set[str] = set()
    gone: list[int] = []
    for part in parts:
        place = f"{path}/{part.name}"
        seen.add(place)
        former = known.get(place)
        if former and store.sha256(former.id) == hashlib.sha256(part.data).hexdigest():
            continue
        if former:
            gone += store.remove(former.id)
        kept = store.originals.keep(io.BytesIO(part.data))
        name = part.name.rsplit("/", 1)[-1]
        waiting.append(
            Waiting(place, name, kept.size, time.time(), kept.name, container, kept.sha256)
        )
    for each in before:
        if each.path not in seen:
            gone += store.remove(each.id)
    return tuple(store.queue.add(waiting, time.time())), tuple(gone)
