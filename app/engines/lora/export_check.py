"""Whether llama.cpp, with the adapter that was written, computes what torch computed."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from app.engines import native
from app.engines.base import AdapterAtScale
from app.engines.gguf.gguf_model import TorchModel
from app.engines.gguf.rounding import as_served
from app.engines.llama.adapter import AdapterSet

#: Tokens of a prompt that are compared: logits of all positions are held at once.
_TOKENS = 192
_F32 = 0


class ServedModel:
    """llama.cpp over the same file, in full precision where it has a choice."""

    def __init__(self, path: str, threads: int) -> None:
        self._c = c = native.library()
        native.silence(c)
        parameters = c.llama_model_default_params()
        parameters.use_extra_bufts = False
        parameters.n_gpu_layers = 0
        self._model = c.llama_model_load_from_file(path.encode(), parameters)
        self._context = c.llama_init_from_model(self._model, self._parameters(threads))
        self._adapters = AdapterSet(c, self._model, self._context)
        self._batch = c.llama_batch_init(_TOKENS, 0, 1)
        self._words = c.llama_vocab_n_tokens(c.llama_model_get_vocab(self._model))

    def _parameters(self, threads: int) -> Any:
        parameters = self._c.llama_context_default_params()
        parameters.n_ctx = parameters.n_batch = parameters.n_ubatch = _TOKENS
        parameters.n_outputs_max = _TOKENS
        parameters.n_threads = parameters.n_threads_batch = threads
        parameters.type_k = parameters.type_v = _F32
        parameters.flash_attn_type = 0
        return parameters

    def adapt(self, adapter: AdapterAtScale | None) -> None:
        self._adapters.choose([adapter] if adapter else [])

    def logits(self, tokens: Sequence[int]) -> torch.Tensor:
        """f32 (tokens, vocabulary)."""
        batch = self._batch
        for place, token in enumerate(tokens):
            batch.token[place], batch.pos[place] = token, place
            batch.n_seq_id[place], batch.seq_id[place][0], batch.logits[place] = 1, 0, 1
        batch.n_tokens = len(tokens)
        self._c.llama_memory_clear(self._c.llama_get_memory(self._context), True)
        if self._c.llama_decode(self._context, batch):
            raise RuntimeError("llama.cpp did not decode")
        shape = len(tokens), self._words
        found = np.ctypeslib.as_array(self._c.llama_get_logits(self._context), shape=shape)
        return torch.from_numpy(found.copy())

    def close(self) -> None:
        self._adapters.free()
        self._c.llama_batch_free(self._batch)
        self._c.llama_free(self._context)
        self._c.llama_model_free(self._model)


@torch.no_grad()
def difference(
    model: TorchModel,
    served: ServedModel,
    adapter: AdapterAtScale | None,
    rows: Sequence[Sequence[int]],
) -> tuple[float, float]:
    """Mean over tokens, in nats, of KL(torch ‖ llama.cpp) with the adapter that `model` has, and of
    what llama.cpp's rounding alone makes of it: KL(torch ‖ torch with the same rounding).

    Over many layers the rounding of activations grows to some 3e-3 on a 4-bit file (0 on f32), and
    more the surer an adapter has become. It grows by chance, so the two roundings cannot be
    compared with each other, but what they make is alike: within 15 % for SmolLM2 Q4_1.
    Begins of the texts are compared, without the first token: nothing is ever answered from it.
    """
    model.module.eval()
    served.adapt(adapter)
    told, made = [], []
    for row in (row[:_TOKENS] for row in rows if len(row) > 1):
        ours = _logits(model, row)
        told.append(_divergence(ours, served.logits(row)))
        with as_served(model.module):
            made.append(_divergence(ours, _logits(model, row)))
    return float(torch.cat(told).mean()), float(torch.cat(made).mean())


def _logits(model: TorchModel, tokens: Sequence[int]) -> torch.Tensor:
    device = next(model.module.parameters()).device
    ids = torch.tensor([list(tokens)], device=device)
    hidden = model.body(input_ids=ids, use_cache=False).last_hidden_state[0]
    found: torch.Tensor = model.head(hidden).float().cpu()
    return found


def _divergence(ours: torch.Tensor, theirs: torch.Tensor) -> torch.Tensor:
    """Of each position but the first."""
    mine, other = ours[1:].log_softmax(-1), theirs[1:].log_softmax(-1)
    return (mine.exp() * (mine - other)).sum(-1)
