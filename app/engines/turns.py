"""Turns of a conversation as a chat model reads them."""

from dataclasses import dataclass
from enum import StrEnum


class TurnKind(StrEnum):
    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation as the model reads it."""

    kind: TurnKind
    text: str
