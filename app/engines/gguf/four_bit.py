"""Layers in 4-bit NormalFloat (QLoRA, arXiv 2305.14314) by bitsandbytes: about as small as a file's
own blocks, and on a graphics card unpacked by one kernel. The weights are rounded a second time, so
what was learned is measured, and compared with llama.cpp, on the file's own."""

import torch
from torch import nn

from app.engines.gguf.frozen import QuantisedLinear


class FourBitLinear(QuantisedLinear):
    """`weight` is u8 (half as many as there were numbers, 1); it computes in the dtype and on the
    device of what it was made of."""

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor | None = None) -> None:
        """Of (out, in)."""
        from bitsandbytes.functional import quantize_4bit

        nn.Module.__init__(self)
        self.out_features, self.in_features = weight.shape
        data, self._state = quantize_4bit(weight, quant_type="nf4", compress_statistics=True)
        self.weight = nn.Parameter(data, requires_grad=False)
        self.register_parameter("bias", None)
        if bias is not None:
            self.bias = nn.Parameter(bias, requires_grad=False)

    def unpacked(self) -> torch.Tensor:
        """(out, in)."""
        from bitsandbytes.functional import dequantize_4bit

        numbers: torch.Tensor = dequantize_4bit(self.weight, self._state)
        return numbers

    def times(self, given: torch.Tensor) -> torch.Tensor:
        return given @ self.unpacked().to(given.dtype).T

    def back(self, gradient: torch.Tensor) -> torch.Tensor:
        return gradient @ self.unpacked().to(gradient.dtype)
