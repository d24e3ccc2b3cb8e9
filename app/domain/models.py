"""A local model as the program knows it."""

from dataclasses import dataclass
from enum import StrEnum


class ModelKind(StrEnum):
    CHAT = "chat"
    EMBEDDING = "embedding"
    RERANKER = "reranker"


@dataclass(frozen=True, slots=True)
class Model:
    """`path` is a GGUF file or a sentence-transformers folder; `size` in bytes.

    `sha256` is the hash of the GGUF file, or of the folder's weights file. `context_length` in
    tokens, 0 when unknown.
    """

    name: str
    kind: ModelKind
    path: str
    architecture: str
    size: int
    sha256: str
    context_length: int
    in_use: bool = False
