"""Requests that wait: one of each key in turn, because one model answers one at a time."""

import threading
from collections import OrderedDict, deque
from typing import Generic, TypeVar

T = TypeVar("T")


class FairQueue(Generic[T]):
    """Holds up to `most` things in all and `most_each` of one key. From any thread."""

    def __init__(self, most: int, most_each: int) -> None:
        self._most, self._most_each = most, most_each
        self._turn = threading.Lock()
        self._waiting: OrderedDict[str, deque[T]] = OrderedDict()

    def put(self, key: str, thing: T) -> bool:
        """False where there is no room."""
        with self._turn:
            waiting = self._waiting.get(key, ())
            if self._size() >= self._most or len(waiting) >= self._most_each:
                return False
            self._waiting.setdefault(key, deque()).append(thing)
            return True

    def take(self) -> T | None:
        """The next of the key whose turn it is, which then comes last; None where nothing waits."""
        with self._turn:
            if not self._waiting:
                return None
            key, waiting = self._waiting.popitem(last=False)
            thing = waiting.popleft()
            if waiting:
                self._waiting[key] = waiting
            return thing

    def drop(self, thing: T) -> bool:
        """Take out a thing that nobody waits for any more; False where its turn has come."""
        with self._turn:
            for key, waiting in self._waiting.items():
                if thing in waiting:
                    waiting.remove(thing)
                    if not waiting:
                        del self._waiting[key]
                    return True
            return False

    @property
    def waits(self) -> bool:
        """Whether anything does."""
        with self._turn:
            return bool(self._waiting)

    def _size(self) -> int:
        return sum(map(len, self._waiting.values()))
