"""How llama.cpp rounds what goes into a product with quantised weights, so that the product is one
of whole numbers: to 8 bits in blocks of the weights' size (ggml's quantize_row_q8_0 and _q8_K)."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn

from app.engines.gguf import blocks
from app.engines.gguf.packed import PackedLinear

_LARGE_BLOCK = 256
_MOST = 127
_PLAIN = {blocks.F16: torch.float16, blocks.BF16: torch.bfloat16}


def rounded(given: torch.Tensor, kind: int) -> torch.Tensor:
    """(…, in) as it is multiplied with weights of that ggml_type."""
    if kind == blocks.F32:
        return given
    if kind in _PLAIN:
        return given.to(_PLAIN[kind]).to(given.dtype)
    numbers = given.float().reshape(*given.shape[:-1], -1, blocks.block(kind))
    scale = numbers.abs().amax(-1, keepdim=True) / _MOST
    whole = torch.where(scale > 0, numbers / scale, 0.0).round()
    if blocks.block(kind) < _LARGE_BLOCK:
        scale = scale.half().float()  # it is kept so
    return (whole * scale).reshape(given.shape).to(given.dtype)


@contextmanager
def as_served(module: nn.Module) -> Iterator[None]:
    """Within it the packed layers of a model round as llama.cpp's do."""

    def enter(layer: nn.Module, given: tuple[torch.Tensor, ...]) -> tuple[torch.Tensor, ...]:
        assert isinstance(layer, PackedLinear)
        return (rounded(given[0], layer.kind),)

    layers = [each for each in module.modules() if isinstance(each, PackedLinear)]
    hooks = [layer.register_forward_pre_hook(enter) for layer in layers]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
