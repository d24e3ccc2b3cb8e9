"""Publish and subscribe: small frozen values, delivered through `post` like a job's callbacks."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from app.domain.events import Event
from app.services.jobs import Post

E = TypeVar("E", bound=Event)


class Events:
    def __init__(self, post: Post) -> None:
        self._post = post
        self._listeners: list[tuple[type[Event], Callable[[Event], None]]] = []
        self._closed = False

    def subscribe(self, kind: type[E], listener: Callable[[E], None]) -> None:
        """Have `listener` called for every event of `kind`, as long as the profile is open."""
        self._listeners.append((kind, listener))  # type: ignore[arg-type]  # kind guards the call

    def publish(self, event: Event) -> None:
        """Hand a change to everybody who subscribed to its class, through `post`."""
        for kind, listener in list(self._listeners):
            if isinstance(event, kind):
                self._post(partial(self._deliver, listener, event))

    def close(self) -> None:
        """From now on nothing reaches a listener, not even what was posted before."""
        self._closed = True

    def _deliver(self, listener: Callable[[Event], None], event: Event) -> None:
        if not self._closed:
            listener(event)
