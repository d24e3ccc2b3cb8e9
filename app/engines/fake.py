"""Deterministic engines for tests: quick, exact, and not for showing."""

import hashlib
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from app.domain.chat.conversation import AnswerPiece, PromptRead, TextSpan
from app.domain.errors import DamagedAdapter, DamagedModel
from app.domain.models.machine import Machine
from app.domain.models.model import Calibration, ModelShape
from app.domain.models.placement import MemoryUse, Placement, PlacementChoice
from app.domain.progress import Control
from app.domain.settings import Sampling
from app.domain.training.training import WeightForm
from app.engines.base import (
    AdapterAtScale,
    CacheSequence,
    ChatModel,
    Engines,
    Finish,
    Generated,
    ModelFacts,
    OpenedChat,
    Opening,
    PassageReading,
    Vectors,
)
from app.engines.fake_training import FakeTrainer
from app.engines.turns import Turn

_DIMENSIONS = 256
_WORD = re.compile(r"\w+")


class FakeEmbedder:
    """A bag of the words' first five letters, hashed to a unit vector: same words, near vectors."""

    def __init__(self, path: str = "fake-embedder", calibration: Calibration | None = None) -> None:
        self.name = Path(path).name
        self.calibration = calibration or Calibration()

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([_vector(text) for text in texts])

    def embed_passages(self, texts: Sequence[str], control: Control) -> Vectors:
        control.check()
        return self.embed_queries(texts)

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(_WORD.findall(text)) for text in texts]

    def second_reader(self, adapter: str) -> "FakeSecondReader":
        return FakeSecondReader()


class FakeSecondReader:
    """The share of the question's words that begin as one of the text does."""

    def read(
        self, question: str, texts: Sequence[str], sentences: Sequence[Sequence[TextSpan]]
    ) -> list[PassageReading]:
        asked = _beginnings(question)
        return [
            PassageReading(
                _met(asked, text), tuple(_met(asked, text[each.start : each.end]) for each in spans)
            )
            for text, spans in zip(texts, sentences, strict=True)
        ]


def _beginnings(text: str) -> set[str]:
    return {word[:5] for word in _WORD.findall(text.lower())}


def _met(asked: set[str], text: str) -> float:
    return len(asked & _beginnings(text)) / max(len(asked), 1)


def _vector(text: str) -> Vectors:
    vector = np.full(_DIMENSIONS, 1e-6, np.float32)
    for word in _WORD.findall(text.lower()):
        digest = hashlib.sha256(word[:5].encode()).digest()
        vector[digest[0]] += 1.0
    return vector / np.float32(np.linalg.norm(vector))


class FakeChat:
    """Says the next of its replies word by word; `reply` may look at the turns.

    `seconds` a word, so that a test can stop it on the way. `asked` keeps the turns it was given.
    """

    context_length = 4096
    memory = MemoryUse()
    state_form = "fake"
    is_whole = True

    def __init__(
        self, reply: Callable[[Sequence[Turn]], str] = lambda turns: "Yes [1].", seconds: float = 0
    ) -> None:
        self._reply = reply
        self._seconds = seconds
        self.asked: list[Sequence[Turn]] = []
        self.adapted: list[Sequence[AdapterAtScale]] = []
        self.closed = False

    def count(self, text: str) -> int:
        return len(_WORD.findall(text))

    def pending(self, turns: Sequence[Turn]) -> int:
        return sum(self.count(turn.text) for turn in turns)

    def export_state(self, turns: Sequence[Turn]) -> bytes | None:
        return None

    def restore_state(self, saved: bytes) -> None:
        pass

    def adapt(self, adapters: Sequence[AdapterAtScale]) -> None:
        self.adapted.append(list(adapters))

    def read_ahead(self, turns: Sequence[Turn], control: Control) -> None:
        control.check()

    def stream(
        self,
        turns: Sequence[Turn],
        sampling: Sampling,
        control: Control,
        slot: CacheSequence = CacheSequence.CHAT,
        begun: str = "",
    ) -> Generated:
        self.asked.append(list(turns))
        prompt = sum(self.count(turn.text) for turn in turns)
        control.report(PromptRead(prompt, prompt))
        words = re.findall(r"\S+\s*", self._reply(turns).removeprefix(begun))
        ends = len(words) <= sampling.max_tokens
        words, said = words[: sampling.max_tokens], begun
        for place, word in enumerate(words):
            if control.cancelled:
                return Generated(said, Finish.STOPPED, prompt, 0, place, 0.0, 0.0)
            time.sleep(self._seconds)
            said += word
            control.report(AnswerPiece(word))
        finish = Finish.END if ends else Finish.LENGTH
        return Generated(said, finish, prompt, 0, len(words), 0.0, 0.0)

    def close(self) -> None:
        self.closed = True


MACHINE = Machine((), cores=2, memory_free=16 * 2**30, memory_total=24 * 2**30)


def _open(chat: FakeChat, opening: Opening) -> OpenedChat:
    return OpenedChat(chat, MACHINE, PlacementChoice(Placement(), ()))


def fake_engines(chat: FakeChat | None = None, trainer: FakeTrainer | None = None) -> Engines:
    """Engines for wiring.start; any file that begins with GGUF is a chat model."""
    shared = chat or FakeChat()
    return Engines(
        survey=lambda: MACHINE,
        open_chat=lambda opening, control: _open(shared, opening),
        open_served=lambda name, server, ways: shared,
        open_embedder=FakeEmbedder,
        open_reranker=FakeReranker,
        inspect=_inspect,
        try_adapter=_try_adapter,
        open_bare=FakeBareLoop,
        require_trainable=lambda _: None,
        weight_forms=lambda: tuple(WeightForm),
        start_training=trainer or FakeTrainer(),
        start_plain_training=trainer or FakeTrainer(),
    )


class FakeReranker:
    """The share of the question's words that a passage has."""

    def __init__(self, folder: str) -> None:
        self.name = Path(folder).name

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        wanted = set(re.findall(r"\w+", question.lower()))
        found = (set(re.findall(r"\w+", passage.lower())) for passage in passages)
        return [len(wanted & each) / max(len(wanted), 1) for each in found]


class FakeBareLoop:
    def __init__(self, model: ChatModel, turns: Sequence[Turn]) -> None:
        self._turns = turns

    def run(self, count: int) -> float:
        return 1.0

    def close(self) -> None:
        pass


def _try_adapter(path: str, adapter: AdapterAtScale) -> None:
    if not adapter.data.startswith(b"GGUF"):
        raise DamagedAdapter(name=adapter.name)


def _inspect(path: str) -> ModelFacts:
    file = Path(path)
    if not file.read_bytes().startswith(b"GGUF"):
        raise DamagedModel(name=file.name)
    return ModelFacts("fake", file.stem, ModelShape(file.stat().st_size, context_length=4096))
