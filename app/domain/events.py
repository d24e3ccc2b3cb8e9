"""Broadcast values: what changed. Whoever cares reloads."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LibraryChanged:
    collection: str


@dataclass(frozen=True, slots=True)
class ConversationsChanged:
    conversation: str


@dataclass(frozen=True, slots=True)
class ModelsChanged:
    pass


Event = LibraryChanged | ConversationsChanged | ModelsChanged
