"""A line of the palette."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """`note` stands at the right: what the line is, or its keys. `act` does it."""

    title: str
    note: str
    icon: str
    act: Callable[[], object]
