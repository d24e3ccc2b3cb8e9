"""Documents removed a moment ago: hidden at once, deleted when nobody can take it back."""

import threading
import time
from collections.abc import Iterable
from typing import Protocol

#: Seconds in which a removal can be taken back.
UNDO_SECONDS = 15.0
_FACT = "aside"


class Facts(Protocol):
    """Of a collection as a whole, by name."""

    def fact(self, name: str) -> str | None: ...

    def set_fact(self, name: str, value: str) -> None: ...


class Aside:
    """Of one collection, kept among its facts: where these are in its database, a crash neither
    loses nor keeps a document. Safe from several threads."""

    def __init__(self, store: Facts) -> None:
        self._store = store
        self._lock = threading.Lock()
        entries = (entry.split(":") for entry in (store.fact(_FACT) or "").split())
        self._since = {document: float(since) for document, since in entries}

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(self._since)

    def put(self, ids: Iterable[str]) -> None:
        """Hide them from now on."""
        with self._lock:
            self._keep(self._since | dict.fromkeys(ids, time.time()))

    def take_back(self, ids: Iterable[str]) -> None:
        """Those of them that are hidden are there again, or are gone for good."""
        gone = set(ids)
        with self._lock:
            if not gone.isdisjoint(self._since):
                self._keep({each: at for each, at in self._since.items() if each not in gone})

    def older(self, seconds: float) -> list[str]:
        """Hidden for so long at least."""
        end = time.time() - seconds
        return [document for document, since in self._since.items() if since <= end]

    def _keep(self, since: dict[str, float]) -> None:
        self._store.set_fact(_FACT, " ".join(f"{each}:{at}" for each, at in since.items()))
        self._since = since
