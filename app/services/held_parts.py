"""Documents that came out of others: of an archive, a message, a database."""

import hashlib
import io
import time
from collections.abc import Iterable, Sequence

from app.documents.source import Part
from app.domain.library import Document
from app.store.library import LibraryStore
from app.store.reading_queue import Waiting


def queue_parts(
    store: LibraryStore,
    path: str,
    parts: Iterable[Part],
    before: Sequence[Document],
    container: str = "",
) -> tuple[str, ...]:
    """Keep and queue parts of what stands at `path`; the ids of those that are new or changed. Of
    what was there `before`, the rest is left alone when it is the same, removed when it is gone."""
    known = {each.path: each for each in before}
    waiting: list[Waiting] = []
    seen: set[str] = set()
    for part in parts:
        place = f"{path}/{part.name}"
        seen.add(place)
        former = known.get(place)
        if former and store.sha256(former.id) == hashlib.sha256(part.data).hexdigest():
            continue
        if former:
            store.remove(former.id)
        kept = store.originals.keep(io.BytesIO(part.data))
        name = part.name.rsplit("/", 1)[-1]
        waiting.append(
            Waiting(place, name, kept.size, time.time(), kept.name, container, kept.sha256)
        )
    for each in before:
        if each.path not in seen:
            store.remove(each.id)
    return tuple(store.queue.add(waiting, time.time()))
