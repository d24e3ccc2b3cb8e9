"""Question and passage read together by a cross-encoder: slower than vectors, and nearer."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.domain.errors import DamagedModel
from app.engines.embedding.embedder import device, dtype
from app.engines.inspection import model_file

#: Longer pairs are cut; passages have 220 tokens, and a pair's cost grows with its length.
_TOKENS = 512
_BATCH = 8


class CrossEncoderReranker:
    """A sentence-transformers CrossEncoder folder with one output."""

    def __init__(self, folder: str) -> None:
        """`DamagedModel` when the folder does not load; `PointerFile`, `WebPage`, `EmptyModel` when
        its weights were never fetched."""
        from safetensors import SafetensorError
        from sentence_transformers import CrossEncoder
        from transformers.utils import logging

        logging.disable_progress_bar()
        logging.set_verbosity_error()
        self.name = Path(folder).name
        self._lock = threading.Lock()
        try:
            self._model: Any = CrossEncoder(
                folder,
                device=device(),
                max_length=_TOKENS,
                local_files_only=True,
                model_kwargs={"dtype": dtype()},
            )
        except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
            model_file.require_fetched(Path(folder) / "model.safetensors")
            raise DamagedModel(name=self.name) from error
        if self._model.num_labels != 1:
            raise DamagedModel(name=self.name)

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        import torch

        if not passages:
            return []
        pairs = [(question, passage) for passage in passages]
        with self._lock, torch.inference_mode():
            found = self._model.predict(
                pairs,
                batch_size=_BATCH,
                activation_fn=torch.nn.Sigmoid(),
                show_progress_bar=False,
            )
        return [float(score) for score in found]
