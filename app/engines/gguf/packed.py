"""Layers whose frozen weights stay quantised blocks: unpacked to compute, and again for gradients.

What is trained on is then, bit for bit, what llama.cpp serves, in the memory that the file takes.
"""

from collections.abc import Iterator
from typing import Any

import torch
from torch import nn

from app.engines.gguf import blocks
from app.engines.gguf.frozen import QuantisedLinear
from app.engines.gguf.gguf_file import Tensor

#: Weights that are unpacked at a time: 128 MiB as f32.
_AT_ONCE = 1 << 25


class Scratch:
    """One buffer for all layers of a model: unpacked weights live for one product only, and fresh
    memory costs more than unpacking into it."""

    def __init__(self) -> None:
        self._buffer = torch.empty(0)

    def of(self, rows: int, columns: int) -> torch.Tensor:
        size = rows * columns
        if len(self._buffer) < size:
            self._buffer = torch.empty(size)
        return self._buffer[:size].view(rows, columns)


class PackedLinear(QuantisedLinear):
    """`weight` is u8 (out_features, bytes of a row)."""

    def __init__(
        self, tensor: Tensor, scratch: Scratch, bias: Tensor | None = None, order: Any = None
    ) -> None:
        """`order` of the rows, where the model wants another than the file has."""
        nn.Module.__init__(self)
        self.in_features, self.out_features = tensor.columns, tensor.rows
        self.kind, self._scratch = tensor.kind, scratch
        data = tensor.data if order is None else tensor.data[order]
        self.weight = nn.Parameter(torch.from_numpy(data), requires_grad=False)
        self.register_parameter("bias", None)
        if bias is not None:
            numbers = unpacked(bias).view(-1)
            numbers = numbers if order is None else numbers[torch.from_numpy(order)]
            self.bias = nn.Parameter(numbers, requires_grad=False)

    def parts(self, dtype: torch.dtype) -> Iterator[tuple[int, int, torch.Tensor]]:
        """First row, row after the last, and those rows unpacked, valid until the next part."""
        step = max(_AT_ONCE // self.in_features, 1)
        for first in range(0, self.out_features, step):
            packed = self.weight[first : first + step]
            out = None
            if packed.device.type == "cpu":
                out = self._scratch.of(len(packed), self.in_features)
            numbers = blocks.unpack(packed, self.kind, self.in_features, out)
            yield first, first + len(packed), numbers.to(dtype)

    def times(self, given: torch.Tensor) -> torch.Tensor:
        if self.out_features * self.in_features <= _AT_ONCE:
            ((_, _, weight),) = self.parts(given.dtype)
            return given @ weight.T
        out = given.new_empty(*given.shape[:-1], self.out_features)
        for first, last, weight in self.parts(given.dtype):
            out[..., first:last] = given @ weight.T
        return out

    def back(self, gradient: torch.Tensor) -> torch.Tensor:
        if self.out_features * self.in_features <= _AT_ONCE:
            ((_, _, weight),) = self.parts(gradient.dtype)
            return gradient @ weight
        total = gradient.new_zeros(*gradient.shape[:-1], self.in_features)
        for first, last, weight in self.parts(gradient.dtype):
            total += gradient[..., first:last] @ weight
        return total


class PackedEmbedding(nn.Module):
    """Looks tokens up in packed rows; `scale` is Gemma's."""

    def __init__(self, tensor: Tensor, dtype: torch.dtype, scale: float = 1.0) -> None:
        super().__init__()
        self.kind, self.columns, self.dtype = tensor.kind, tensor.columns, dtype
        self.weight = nn.Parameter(torch.from_numpy(tensor.data), requires_grad=False)
        # Gemma rounds it to the precision that it was trained in; so does llama.cpp not.
        self.scale = scale

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        rows = self.weight[tokens.reshape(-1)]
        numbers = blocks.unpack(rows, self.kind, self.columns).to(self.dtype)
        return (numbers * self.scale).view(*tokens.shape, self.columns)


def unpacked(tensor: Tensor) -> torch.Tensor:
    """f32 (rows, columns)."""
    return blocks.unpack(torch.from_numpy(tensor.data), tensor.kind, tensor.columns)
