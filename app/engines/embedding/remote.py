"""The embedding model, the second reader and the reranker as the program holds them: what they are
asked is computed in the process that embeds, and no library of theirs is loaded here.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.domain.chat.conversation import TextSpan
from app.domain.models.model import Calibration
from app.domain.progress import Control
from app.engines.base import PassageReading, Vectors
from app.engines.embedding import batches, wire
from app.engines.embedding.runner import EmbeddingProcess

#: Questions whose vectors are remembered.
_ASKED = 8


class RemoteEmbedder:
    """Satisfies `Embedder`. Every method may raise `EmbeddingFailed`, and `ModelChanged` when the
    weights are no longer those that were opened."""

    def __init__(
        self, process: EmbeddingProcess, folder: str, calibration: Calibration | None = None
    ) -> None:
        """`DamagedModel` when the folder does not load; `PointerFile`, `WebPage`, `EmptyModel` when
        its weights were never fetched."""
        self.name = Path(folder).name
        self.calibration = calibration or Calibration()
        self._process, self._folder = process, wire.folder(folder)
        self._asked: dict[str, Vectors] = {}
        opened = process.ask(wire.OpenEmbedder(self._folder), wire.Opened)
        self._nothing = np.zeros((0, opened.dimensions), np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """A single one is remembered: a question is asked of passages, of liked answers and of
        what is remembered."""
        if len(texts) == 1 and (known := self._asked.get(texts[0])) is not None:
            return known
        found = self._process.ask(wire.Queries(self._folder, texts), wire.Embedded)
        if len(texts) == 1:
            self._asked = dict([*self._asked.items(), (texts[0], found.vectors)][-_ASKED:])
        return found.vectors

    def embed_passages(self, texts: Sequence[str], control: Control) -> Vectors:
        """Vectors in the order of `texts`, a batch a request: what somebody waits for comes between
        two of them."""
        tokens = self.count(texts)
        order = sorted(range(len(texts)), key=tokens.__getitem__)
        parts = [self._nothing]
        for batch in batches.calls(order, tokens):
            control.check()
            request = wire.Passages(self._folder, [texts[each] for each in batch])
            parts.append(self._process.ask(request, wire.Embedded, control).vectors)
        vectors = np.concatenate(parts)
        restored = np.empty_like(vectors)
        restored[order] = vectors
        return restored

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without the model's own marks. Over there as well: a tokenizer that
        is read from its file holds every thread up (results/embedding.md)."""
        counts: list[int] = []
        for block in batches.blocks(texts):
            counts += self._process.ask(wire.Count(self._folder, block), wire.Counted).tokens
        return counts

    def second_reader(self, adapter: str) -> "RemoteSecondReader":
        """One on the same weights, adapted by the LoRA in that file. `DamagedModel`."""
        return RemoteSecondReader(self._process, self._folder, adapter)


class RemoteSecondReader:
    """Satisfies `SecondReader`; errors as `RemoteEmbedder`."""

    def __init__(self, process: EmbeddingProcess, folder: wire.Folder, adapter: str) -> None:
        """`DamagedModel` where the LoRA does not fit the model."""
        self._process, self._folder, self._adapter = process, folder, adapter
        process.ask(wire.OpenSecondReader(folder, adapter), wire.Opened)

    def read(
        self, question: str, texts: Sequence[str], sentences: Sequence[Sequence[TextSpan]]
    ) -> list[PassageReading]:
        request = wire.Read(self._folder, self._adapter, question, texts, sentences)
        return self._process.ask(request, wire.WasRead).readings


class RemoteReranker:
    """Satisfies `Reranker`; errors as `RemoteEmbedder`."""

    def __init__(self, process: EmbeddingProcess, folder: str) -> None:
        """`DamagedModel` when the folder does not load; `PointerFile`, `WebPage`, `EmptyModel` when
        its weights were never fetched."""
        self.name = Path(folder).name
        self._process, self._folder = process, wire.folder(folder)
        process.ask(wire.OpenReranker(self._folder), wire.Opened)

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        request = wire.Score(self._folder, question, passages)
        return self._process.ask(request, wire.Scored).scores
