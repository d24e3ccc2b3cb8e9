"""Passages that were kept together, to be used again for other questions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeptPassage:
    """A passage by its document and id, and the SHA-256 of its text: ids change when a document is
    read anew, and a text that is no longer there must not be answered from."""

    document: str
    passage: int
    digest: str


@dataclass(frozen=True, slots=True)
class PassageSet:
    """`question` is what its passages answered. `message` is the liked answer that it was kept
    from, None when a user kept it; only those are used without being asked for."""

    id: str
    name: str
    question: str
    created: float
    passages: tuple[KeptPassage, ...]
    message: int | None = None
    used: int = 0
    last_used: float | None = None

    @property
    def is_automatic(self) -> bool:
        return self.message is not None
