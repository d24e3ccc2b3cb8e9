"""Texts to vectors with a sentence-transformers folder, in bf16 where the processor has it."""

import threading
from collections.abc import Sequence
from logging import ERROR, getLogger
from pathlib import Path
from typing import Any

import numpy as np

from app.domain.errors import DamagedModel
from app.engines.base import Vectors
from app.engines.embedding.late_interaction import LateInteraction
from app.engines.embedding.tokens import counter
from app.engines.embedding.torch_tokens import TorchTokens
from app.engines.inspection import model_file


class SentenceEmbedder:
    """Prefixes come from the folder's own "prompts" (e5: "query: ", "passage: ")."""

    def __init__(self, folder: str, threads: int = 0) -> None:
        """`DamagedModel` when the folder does not load; `PointerFile`, `WebPage`, `EmptyModel` when
        its weights were never fetched."""
        import torch
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        # It warns of halves on a CPU, which are widened below.
        getLogger("sentence_transformers").setLevel(ERROR)
        logging.disable_progress_bar()
        logging.set_verbosity_error()
        if threads:
            torch.set_num_threads(threads)
        self._lock = threading.Lock()
        try:
            self._model: Any = SentenceTransformer(
                folder,
                device=device(),
                local_files_only=True,
                model_kwargs={"dtype": "auto" if dtype() == torch.float32 else dtype()},
            )
            if dtype() == torch.float32:
                _widen(self._model)
        except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
            model_file.require_fetched(Path(folder) / "model.safetensors")
            raise DamagedModel(name=Path(folder).name) from error
        self._prompts: dict[str, str] = {
            kind: self._model.prompts.get(kind) or "" for kind in ("query", "passage")
        }
        self._counter = counter(self._model.tokenizer.backend_tokenizer)

    @property
    def dimensions(self) -> int:
        return self._model.get_embedding_dimension() or 0

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """In one call."""
        return self._encode("query", texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """In one call."""
        return self._encode("passage", texts)

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without the model's own marks."""
        found = self._counter.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(each) for each in found]

    def second_reader(self, adapter: str) -> LateInteraction:
        """One on the same weights, adapted by the LoRA in that file. `DamagedModel`."""
        transformer = self._model[0]
        with self._lock:
            encoder = TorchTokens(transformer.auto_model, self._model.tokenizer, Path(adapter))
        return LateInteraction(encoder, self._prompts)

    def _encode(self, kind: str, texts: Sequence[str]) -> Vectors:
        import torch

        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        with self._lock, torch.inference_mode():
            vectors = self._model.encode(
                [self._prompts[kind] + text for text in texts],
                batch_size=len(texts),
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, np.float32)


def _widen(model: Any) -> None:
    """Have a model whose weights are halves compute in f32, its word vectors left as they are: they
    are nine tenths of a multilingual model, and each is widened as it is looked up."""
    import torch

    for module in model.modules():
        if isinstance(module, torch.nn.Embedding) and module.weight.dtype == torch.float16:
            module.register_forward_hook(lambda _, __, found: found.float())
            continue
        for parameter in (*module.parameters(recurse=False), *module.buffers(recurse=False)):
            if parameter.is_floating_point():
                parameter.data = parameter.data.float()


def device() -> str:
    """Where models of this kind compute."""
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def dtype() -> Any:
    """bf16 doubles the speed where the processor computes in it (results/embedding.md)
    and is ten times slower where it does not."""
    import torch

    if torch.cuda.is_available():
        return torch.float16
    fast = torch.cpu.get_capabilities()
    return torch.bfloat16 if fast.get("avx512_bf16") or fast.get("amx_bf16") else torch.float32
