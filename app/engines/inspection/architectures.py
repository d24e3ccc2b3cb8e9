"""Whether the llama.cpp that is built in knows an architecture: asked of itself, so that no list
can be older than the library."""

import ctypes
from functools import lru_cache

from app.engines import native


@lru_cache(64)
def is_known(name: str) -> bool:
    """Takes a hundredth of a millisecond. Where no other thread loads a model: llama.cpp answers
    in its log alone."""
    c = native.library()
    ggml = native.ggml_base()
    ggml.gguf_init_empty.restype = ctypes.c_void_p
    ggml.gguf_set_val_str.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p]
    ggml.gguf_free.argtypes = [ctypes.c_void_p]
    header = ctypes.c_void_p(ggml.gguf_init_empty())
    parameters = c.llama_model_default_params()
    parameters.vocab_only = True
    try:
        ggml.gguf_set_val_str(header, b"general.architecture", name.encode())
        with native.overhearing(c) as lines:
            # A model of nothing but its architecture is refused in any case; the reason tells.
            nothing = c.llama_model_set_tensor_data_t()
            model = c.llama_model_init_from_user(header, nothing, None, parameters)
        if model:
            c.llama_model_free(model)
    finally:
        ggml.gguf_free(header)
    return not any("unknown model architecture" in line for line in lines)
