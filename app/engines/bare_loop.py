"""The shortest decode loop that llama.cpp allows: the yardstick for ours. It answers nobody."""

import ctypes
import os
import time
from collections.abc import Sequence

from app.engines.base import BareSpeed, Turn
from app.engines.llama import Llama


def measure(path: str, turns: Sequence[Turn], count: int) -> BareSpeed:
    """Read the turns as our own engine would and generate `count` tokens past any end mark."""
    import llama_cpp as c

    ours = Llama(path)
    prompt, context, threads = ours.tokens(turns), ours.context_length, ours.placement.threads
    ours.close()
    model = c.llama_model_load_from_file(os.fsencode(path), c.llama_model_default_params())
    parameters = c.llama_context_default_params()
    parameters.n_ctx, parameters.n_batch, parameters.n_ubatch = context, 512, 512
    parameters.n_threads = parameters.n_threads_batch = threads
    native = c.llama_init_from_model(model, parameters)
    sampler = c.llama_sampler_init_greedy()
    try:
        began = time.perf_counter()
        for start in range(0, len(prompt), 512):
            part = prompt[start : start + 512]
            tokens_in = (ctypes.c_int * len(part))(*part)
            c.llama_decode(native, c.llama_batch_get_one(tokens_in, len(part)))
        one = (ctypes.c_int * 1)()
        tokens = []
        token = c.llama_sampler_sample(sampler, native, -1)
        read = time.perf_counter()
        for _ in range(count):
            tokens.append(int(token))
            one[0] = token
            c.llama_decode(native, c.llama_batch_get_one(one, 1))
            token = c.llama_sampler_sample(sampler, native, -1)
        seconds = time.perf_counter() - read
    finally:
        c.llama_sampler_free(sampler)
        c.llama_free(native)
        c.llama_model_free(model)
    return BareSpeed(read - began, count / seconds, tuple(tokens))
