"""What the rest of the house knows of a local model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import numpy as np

from app.domain.progress import Control
from app.domain.settings import Sampling

Vectors = np.ndarray[Any, np.dtype[np.float32]]


class TurnKind(StrEnum):
    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation as the model reads it."""

    kind: TurnKind
    text: str


class Slot(StrEnum):
    """Separate sequences of the KV cache, so that a title does not evict the conversation."""

    CHAT = "chat"
    ASIDE = "aside"


class Finish(StrEnum):
    END = "end"
    LENGTH = "length"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Generated:
    """`prompt_seconds` until the prompt was read, `seconds` for the tokens after it."""

    text: str
    finish: Finish
    prompt_tokens: int
    reused_tokens: int
    generated_tokens: int
    prompt_seconds: float
    seconds: float


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """Read from a GGUF file: tokens of context it was trained for, bytes of tensors."""

    architecture: str
    name: str
    context_length: int
    size: int


@dataclass(frozen=True, slots=True)
class BareSpeed:
    """Seconds until the prompt was read; greedy tokens a second after it, and those tokens."""

    prompt_seconds: float
    tokens_per_second: float
    tokens: tuple[int, ...]


class ChatModel(Protocol):
    """A chat model in memory. Used from one thread only; `stop` alone may come from another."""

    @property
    def context_length(self) -> int:
        """Tokens that fit, prompt and answer together."""

    def count(self, text: str) -> int:
        """Tokens of a text, special tokens not parsed."""

    def stream(
        self, turns: Sequence[Turn], sampling: Sampling, control: Control, slot: Slot = Slot.CHAT
    ) -> Generated:
        """Answer the last turn, reporting PromptRead and AnswerPiece values.

        A cancelled control ends it with what was written, `finish` STOPPED. `PromptTooLong`.
        """

    def read_ahead(self, turns: Sequence[Turn], control: Control) -> None:
        """Read turns that the next conversation will begin with, while nobody waits."""

    def close(self) -> None: ...


class Embedder(Protocol):
    """Texts to unit vectors of f32, shape (len(texts), dimensions). Safe from several threads."""

    @property
    def name(self) -> str:
        """Identifies model and pooling; vectors of different names must not be mixed."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors: ...

    def embed_passages(self, texts: Sequence[str], control: Control) -> Vectors: ...

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens left out."""


@dataclass(frozen=True)
class Engines:
    """How models are opened; wiring hands in the real ones, tests may hand in fakes."""

    open_chat: Callable[[str], ChatModel]
    open_embedder: Callable[[str], Embedder]
    inspect: Callable[[str], ModelFacts]
    measure_bare: Callable[[str, Sequence[Turn], int], BareSpeed]
