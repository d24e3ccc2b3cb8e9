"""A local model as the program knows it."""

import math
import re
from dataclasses import dataclass
from enum import StrEnum


class ModelKind(StrEnum):
    CHAT = "chat"
    EMBEDDING = "embedding"
    RERANKER = "reranker"


@dataclass(frozen=True, slots=True)
class ModelShape:
    """What decides the memory that a chat model needs. `size` of the weights in bytes; `kv_bytes`
    that one token takes in an f16 KV cache, all layers together; `context_length` in tokens and
    `vocabulary` in entries, 0 when unknown; `embedding` values a hidden state."""

    size: int
    layers: int = 0
    kv_bytes: int = 0
    embedding: int = 0
    vocabulary: int = 0
    context_length: int = 0


@dataclass(frozen=True, slots=True)
class Model:
    """`path` is a GGUF file, a sentence-transformers folder, or the addresses of servers that hold
    the model (`servers.ModelServer`), parted by spaces.

    `sha256` is the hash of the GGUF file, or of the folder's weights file. `quantisation` and
    `licence` as the file states them, "" when it does not. `chat_format` is the one that was worked
    out of an unknown family's template, as the engines encode it; "" for none.
    """

    name: str
    kind: ModelKind
    path: str
    architecture: str
    sha256: str
    shape: ModelShape
    quantisation: str = ""
    licence: str = ""
    chat_format: str = ""
    in_use: bool = False

    @property
    def is_served(self) -> bool:
        """Whether it lies on a server, and not in a file of this computer."""
        return "://" in self.path

    @property
    def size(self) -> int:
        """The size of the weights in bytes."""
        return self.shape.size

    @property
    def context_length(self) -> int:
        """Tokens, 0 when unknown."""
        return self.shape.context_length


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the cosines of an embedding model mean, measured once a model; the values stand in
    resources/models.toml. The defaults are for a model that nobody measured.

    `floor` and `span` map a cosine to a nearness from 0, nothing in common, to 1.
    `least_evidence` is what the best passage needs so that a question is answered at all: in the
    question's language, `…_across` languages, `…_in_table` in rows of a table (see
    `Retrieval.evidence`). From the cosine `same_question` on two questions ask the same, from
    `same_meaning` on two sentences of different languages say the same. `met_floor` and
    `met_span` map the second reader's cosine in the same way; on that scale the best sentence needs
    `least_met` too, and from `surely_met` on an answer may be tried whatever the evidence is.
    """

    floor: float = 0.0
    span: float = 0.8
    least_evidence: float = -math.inf
    least_evidence_across: float = -math.inf
    least_evidence_in_table: float = -math.inf
    same_question: float = 0.8
    same_meaning: float = 0.86
    met_floor: float = 0.0
    met_span: float = 1.0
    least_met: float = 0.25
    surely_met: float = 0.74

    def met(self, cosine: float) -> float:
        """The second reader's cosine on a scale where 0 is any passage and 1 one that answers;
        it goes beyond both ends, as its order counts."""
        return (cosine - self.met_floor) / self.met_span

    def nearness(self, cosine: float) -> float:
        """A cosine on the scale from 0 to 1."""
        return min(max((cosine - self.floor) / self.span, 0.0), 1.0)

    def needed(self, *, same_language: bool, in_table: bool) -> float:
        """The evidence from which on a question is answered."""
        least = self.least_evidence if same_language else self.least_evidence_across
        return min(least, self.least_evidence_in_table) if in_table else least


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens a second that were measured on this machine, prompt and answer."""

    prompt: float
    answer: float


_PART = re.compile(r"-(\d{5})-of-(\d{5})(?=\.gguf$)", re.IGNORECASE)


def parts(name: str) -> list[str]:
    """All files of a GGUF by the name or path of any of them: large models come in several,
    "m-00001-of-00003.gguf"."""
    found = _PART.search(name)
    if found is None:
        return [name]
    count = int(found[2])
    head, tail = name[: found.start()], name[found.end() :]
    return [f"{head}-{number:05}-of-{found[2]}{tail}" for number in range(1, count + 1)]
