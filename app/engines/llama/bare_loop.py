"""The shortest decode loop that llama.cpp allows: the yardstick for ours. It answers nobody."""

import ctypes
import time
from collections.abc import Sequence

from app.engines.base import ChatModel
from app.engines.llama.chat_model import Llama
from app.engines.turns import Turn


class LlamaBareLoop:
    """A context of its own with llama.cpp's defaults, over the weights that are open already: two
    loadings of one file can differ by more than the loops do."""

    def __init__(self, model: ChatModel, turns: Sequence[Turn]) -> None:
        """Reads the turns, as `model` would."""
        assert isinstance(model, Llama)
        self._c = c = model.native
        self._prompt = model.tokens(turns)
        parameters = c.llama_context_default_params()
        parameters.n_ctx, parameters.n_batch, parameters.n_ubatch = model.context_length, 512, 512
        parameters.n_threads = parameters.n_threads_batch = model.placement.threads
        self._context = c.llama_init_from_model(model.weights, parameters)
        self._sampler = c.llama_sampler_init_greedy()
        for start in range(0, len(self._prompt), 512):
            part = self._prompt[start : start + 512]
            tokens = (ctypes.c_int * len(part))(*part)
            c.llama_decode(self._context, c.llama_batch_get_one(tokens, len(part)))

    def run(self, count: int) -> float:
        """Generate `count` tokens after the turns, past any end mark; tokens a second."""
        c, context, sampler = self._c, self._context, self._sampler
        last = len(self._prompt) - 1
        c.llama_memory_seq_rm(c.llama_get_memory(context), 0, last, -1)
        one = (ctypes.c_int * 1)(self._prompt[last])
        c.llama_decode(context, c.llama_batch_get_one(one, 1))
        began = time.perf_counter()
        for _ in range(count):
            one[0] = c.llama_sampler_sample(sampler, context, -1)
            c.llama_decode(context, c.llama_batch_get_one(one, 1))
        return count / (time.perf_counter() - began)

    def close(self) -> None:
        """Before the model is closed."""
        self._c.llama_sampler_free(self._sampler)
        self._c.llama_free(self._context)
