"""What the rest of the house knows of a local model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import numpy as np

from app.domain.chat.conversation import TextSpan
from app.domain.models.machine import Machine
from app.domain.models.model import Calibration, ModelShape
from app.domain.models.placement import MemoryUse, PlacementChoice
from app.domain.models.servers import ModelServer, ServerPlace
from app.domain.progress import Control
from app.domain.settings import Sampling
from app.domain.training.training import WeightForm
from app.engines.training_messages import StartTraining
from app.engines.turns import Turn, TurnKind

Vectors = np.ndarray[Any, np.dtype[np.float32]]
#: Opens a way to a server for the authority in a file, "" for those of the system, and tells the
#: local socket at which it ends. `OSError`.
Ways = Callable[[ServerPlace, str], str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the prompt. Only `special` ones may become control tokens; document text and
    questions never do, whatever they spell."""

    text: str
    special: bool


@dataclass(frozen=True)
class ChatFormat:
    """What a family writes before and after the text of each kind of turn.

    `begin` opens the prompt; `signs` are tokens that a vocabulary must have for this format to
    apply. With `system_in_user` the system text opens the first question, and `system` stands
    around it there.
    """

    name: str
    signs: tuple[str, ...]
    begin: str
    system: tuple[str, str]
    user: tuple[str, str]
    assistant: tuple[str, str]
    system_in_user: bool = False

    def marks(self, turns: Sequence[Turn]) -> list[Mark]:
        """The prompt up to the point where the model answers."""
        parts = [Mark(self.begin, special=True)] if self.begin else []
        for turn, (before, after) in zip(turns, self._around(turns), strict=True):
            parts += [Mark(before, True), Mark(turn.text, False), Mark(after, True)]
        return [*parts, Mark(self.assistant[0], special=True)]

    def _around(self, turns: Sequence[Turn]) -> list[tuple[str, str]]:
        kinds = {
            TurnKind.SYSTEM: self.system,
            TurnKind.USER: self.user,
            TurnKind.ASSISTANT: self.assistant,
        }
        around = [kinds[turn.kind] for turn in turns]
        if self.system_in_user and turns and turns[0].kind == TurnKind.SYSTEM:
            around[0] = (self.user[0] + self.system[0], self.system[1])
            around[1:2] = [("", self.user[1])] if len(turns) > 1 else []
        return around


class CacheSequence(StrEnum):
    """Separate sequences of the KV cache, so that a title does not evict the conversation."""

    CHAT = "chat"
    AUXILIARY = "auxiliary"


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

    @property
    def read_tokens(self) -> int:
        """The tokens of the prompt that were not held already."""
        return self.prompt_tokens - self.reused_tokens

    @property
    def prompt_speed(self) -> float:
        """Tokens a second while the prompt was read."""
        return self.read_tokens / max(self.prompt_seconds, 1e-9)

    @property
    def speed(self) -> float:
        """Tokens a second of the answer."""
        return self.generated_tokens / max(self.seconds, 1e-9)


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What a GGUF file says of itself; `quantisation` and `licence` may be "".

    `chat_format` was worked out of the file's own template, for a family that is not known.
    """

    architecture: str
    name: str
    shape: ModelShape
    quantisation: str = ""
    licence: str = ""
    chat_format: ChatFormat | None = None


@dataclass(frozen=True, slots=True)
class AdapterAtScale:
    """A LoRA adapter as GGUF bytes, and how strongly it speaks: 0 not at all, 1 as trained.

    `base` is the SHA-256 of the model file in use; an adapter that names another is refused.
    """

    name: str
    data: bytes
    scale: float
    base: str


class ChatModel(Protocol):
    """A chat model in memory. Used from one thread only; `stop` alone may come from another.
    Whatever computes may raise `ModelChanged`."""

    @property
    def is_whole(self) -> bool:
        """Whether its files are as they were when it was opened: else it computes nothing more, and
        is to be closed."""

    @property
    def context_length(self) -> int:
        """Tokens that fit, prompt and answer together."""

    @property
    def memory(self) -> MemoryUse:
        """What the model has allocated."""

    @property
    def state_form(self) -> str:
        """Saved states may only be taken back where this is the same."""

    def count(self, text: str) -> int:
        """Tokens of a text, special tokens not parsed."""

    def pending(self, turns: Sequence[Turn]) -> int:
        """Tokens of this prompt that would have to be read now."""

    def stream(
        self,
        turns: Sequence[Turn],
        sampling: Sampling,
        control: Control,
        slot: CacheSequence = CacheSequence.CHAT,
        begun: str = "",
    ) -> Generated:
        """Answer the last turn, reporting PromptRead and AnswerPiece values.

        An answer that was `begun` is written on; the generated text begins with it, the pieces
        that are reported do not. A cancelled control ends it with what was written, `finish`
        STOPPED. `PromptTooLong`.
        """

    def read_ahead(self, turns: Sequence[Turn], control: Control) -> None:
        """Read turns that the next prompt will begin with, while nobody waits."""

    def export_state(self, turns: Sequence[Turn]) -> bytes | None:
        """What was read of this conversation, to be taken back in a later session; None when that
        is hardly anything. Only for storage that authenticates: llama.cpp trusts it."""

    def restore_state(self, saved: bytes) -> None:
        """Use what `saved` gave, under the same `state_form`."""

    def adapt(self, adapters: Sequence[AdapterAtScale]) -> None:
        """Answer with exactly these adapters from now on; what was read is forgotten when that
        changes the set. `DamagedAdapter`, `OtherBaseModel`."""

    def close(self) -> None: ...


class BareLoop(Protocol):
    """The runtime without the application, to measure against; it has read its turns."""

    def run(self, count: int) -> float:
        """Generate that many tokens after the turns; tokens a second."""

    def close(self) -> None: ...


class Embedder(Protocol):
    """Texts to unit vectors of f32, shape (len(texts), dimensions). Safe from several threads."""

    @property
    def name(self) -> str:
        """Identifies model and pooling; vectors of different names must not be mixed."""

    @property
    def calibration(self) -> Calibration: ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors: ...

    def embed_passages(self, texts: Sequence[str], control: Control) -> Vectors: ...

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens left out."""

    def second_reader(self, adapter: str) -> "SecondReader":
        """One on the same weights, adapted by the LoRA in that file. `DamagedModel`."""


class Reranker(Protocol):
    """Question and passage read together. Safe from several threads."""

    @property
    def name(self) -> str: ...

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """0–1 each, in order; the higher, the more the passage answers the question."""


@dataclass(frozen=True, slots=True)
class PassageReading:
    """How well a passage meets a question, and each of its sentences alone: mean cosines, 0–1."""

    score: float
    sentences: tuple[float, ...]


class SecondReader(Protocol):
    """Reads passages again, token by token. Safe from several threads."""

    def read(
        self, question: str, texts: Sequence[str], sentences: Sequence[Sequence[TextSpan]]
    ) -> list[PassageReading]:
        """One reading a text, in order; what was read lately is not read again."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A chat model to be opened: its file, and what was read from it (see ModelFacts)."""

    path: str
    shape: ModelShape
    use_graphics: bool = True
    derived_format: ChatFormat | None = None


@dataclass(frozen=True)
class OpenedChat:
    """An open chat model, the machine that it was placed on, and why it is placed as it is."""

    model: ChatModel
    machine: Machine
    choice: PlacementChoice


def _nothing() -> None:
    pass


@dataclass(frozen=True)
class Engines:
    """How models are opened; wiring hands in the real ones, tests may hand in fakes."""

    survey: Callable[[], Machine]
    open_chat: Callable[[Opening, Control], OpenedChat]
    #: By a name for it.
    open_served: Callable[[str, ModelServer, Ways], ChatModel]
    open_embedder: Callable[[str, Calibration], Embedder]
    open_reranker: Callable[[str], Reranker]
    inspect: Callable[[str], ModelFacts]
    #: On the model at that path, in a child process as `inspect`.
    try_adapter: Callable[[str, AdapterAtScale], None]
    open_bare: Callable[[ChatModel, Sequence[Turn]], BareLoop]
    #: Whether adapters can be trained from that model file; by its header.
    require_trainable: Callable[[str], None]
    #: How the base can lie in memory while it is trained on, on this computer.
    weight_forms: Callable[[], tuple[WeightForm, ...]]
    start_training: "StartTraining"
    #: The loop without the application, to measure against.
    start_plain_training: "StartTraining"
    #: Load ahead what every embedder and reranker needs, whichever is opened. `OSError`.
    begin_embedding: Callable[[], None] = _nothing
    #: Give the memory of all embedders and rerankers back; who waits for one hears `Cancelled`.
    end_embedding: Callable[[], None] = _nothing
