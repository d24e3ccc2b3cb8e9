"""ggml's quantised blocks unpacked by torch operations, for devices that ggml's code cannot reach.

Layouts: block_q* in llama.cpp's ggml-common.h. A block begins with its f16 scales unless said.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

#: ggml_type of each.
Q4_0, Q4_1, Q5_0, Q5_1, Q8_0 = 2, 3, 6, 7, 8
Q2_K, Q3_K, Q4_K, Q5_K, Q6_K = 10, 11, 12, 13, 14
#: Bytes of a block; 32 weights in the first five, 256 in the others.
_SIZES = {
    Q4_0: 18, Q4_1: 20, Q5_0: 22, Q5_1: 24, Q8_0: 34,
    Q2_K: 84, Q3_K: 110, Q4_K: 144, Q5_K: 176, Q6_K: 210,
}  # fmt: skip
KINDS = frozenset(_SIZES)


def unpack(packed: "torch.Tensor", kind: int) -> "torch.Tensor":
    """u8 of whole blocks, any shape, to f32 (blocks, weights of a block)."""
    return _UNPACKERS[kind](packed.reshape(-1, _SIZES[kind]))


def _half(blocks: "torch.Tensor", at: int) -> "torch.Tensor":
    import torch

    return blocks[:, at : at + 2].contiguous().view(torch.float16).to(torch.float32)


def _nibbles(quants: "torch.Tensor") -> "torch.Tensor":
    """Low nibbles of all bytes, then high ones."""
    import torch

    return torch.cat([quants & 15, quants >> 4], dim=-1)


def _bits(quants: "torch.Tensor", shifts: tuple[int, ...], mask: int) -> "torch.Tensor":
    """(…, bytes) to (…, shifts, bytes): each byte's fields, field by field."""
    import torch

    moved = torch.tensor(shifts, dtype=torch.uint8, device=quants.device)[:, None]
    return (quants.unsqueeze(-2) >> moved) & mask


def _fifth(blocks: "torch.Tensor", at: int) -> "torch.Tensor":
    """The 32 high bits that stand in four bytes, as 16s."""
    import torch

    bits = _bits(blocks[:, at : at + 4], (0, 1, 2, 3, 4, 5, 6, 7), 1)  # (n, 8, 4)
    return bits.transpose(1, 2).reshape(-1, 32).to(torch.int16) << 4


def _q4_0(blocks: "torch.Tensor") -> "torch.Tensor":
    return (_nibbles(blocks[:, 2:]).float() - 8) * _half(blocks, 0)


def _q4_1(blocks: "torch.Tensor") -> "torch.Tensor":
    return _nibbles(blocks[:, 4:]).float() * _half(blocks, 0) + _half(blocks, 2)


def _q5_0(blocks: "torch.Tensor") -> "torch.Tensor":
    quants = _nibbles(blocks[:, 6:]) | _fifth(blocks, 2)
    return (quants.float() - 16) * _half(blocks, 0)


def _q5_1(blocks: "torch.Tensor") -> "torch.Tensor":
    quants = _nibbles(blocks[:, 8:]) | _fifth(blocks, 4)
    return quants.float() * _half(blocks, 0) + _half(blocks, 2)


def _q8_0(blocks: "torch.Tensor") -> "torch.Tensor":
    import torch

    return blocks[:, 2:].contiguous().view(torch.int8).float() * _half(blocks, 0)


def _q2_k(blocks: "torch.Tensor") -> "torch.Tensor":
    """16 scales and minima in nibbles, 64 bytes of quants, then d and dmin."""
    scales, quants = blocks[:, :16], blocks[:, 16:80]
    d, least = _half(blocks, 80), _half(blocks, 82)
    fields = _bits(quants.reshape(-1, 2, 32), (0, 2, 4, 6), 3)  # (n, 2, 4, 32)
    numbers = fields.reshape(-1, 16, 16).float()
    scale, minimum = (d * (scales & 15).float()), (least * (scales >> 4).float())
    return (scale[:, :, None] * numbers - minimum[:, :, None]).reshape(-1, 256)


def _q3_k(blocks: "torch.Tensor") -> "torch.Tensor":
    """32 bytes of high bits, 64 of quants, 12 of six-bit scales, then d."""
    import torch

    high, quants, told = blocks[:, :32], blocks[:, 32:96], blocks[:, 96:108]
    low = _nibbles(told[:, :8])  # 16 low halves
    top = _bits(told[:, 8:], (0, 2, 4, 6), 3).reshape(-1, 16)
    scale = (low | (top << 4)).to(torch.int16).float() - 32
    fields = _bits(quants.reshape(-1, 2, 32), (0, 2, 4, 6), 3).reshape(-1, 8, 32)
    bits = _bits(high, (0, 1, 2, 3, 4, 5, 6, 7), 1)  # (n, 8, 32)
    numbers = fields.float() - 4 * (1 - bits.float())
    scaled = (_half(blocks, 108) * scale)[:, :, None] * numbers.reshape(-1, 16, 16)
    return scaled.reshape(-1, 256)


def _scales_and_minima(told: "torch.Tensor") -> "tuple[torch.Tensor, torch.Tensor]":
    """Eight of each, six bits, from the 12 bytes of Q4_K and Q5_K (get_scale_min_k4)."""
    import torch

    first, second, third = told[:, 0:4], told[:, 4:8], told[:, 8:12]
    scale = torch.cat([first & 63, (third & 15) | ((first >> 6) << 4)], dim=-1)
    minimum = torch.cat([second & 63, (third >> 4) | ((second >> 6) << 4)], dim=-1)
    return scale.float(), minimum.float()


def _k_scaled(blocks: "torch.Tensor", numbers: "torch.Tensor") -> "torch.Tensor":
    """(n, 8, 32) quants by the scales of their runs of 32."""
    scale, minimum = _scales_and_minima(blocks[:, 4:16])
    scale, minimum = _half(blocks, 0) * scale, _half(blocks, 2) * minimum
    return (scale[:, :, None] * numbers.float() - minimum[:, :, None]).reshape(-1, 256)


def _q4_k(blocks: "torch.Tensor") -> "torch.Tensor":
    quants = _bits(blocks[:, 16:].reshape(-1, 4, 32), (0, 4), 15)
    return _k_scaled(blocks, quants.reshape(-1, 8, 32))


def _q5_k(blocks: "torch.Tensor") -> "torch.Tensor":
    quants = _bits(blocks[:, 48:].reshape(-1, 4, 32), (0, 4), 15).reshape(-1, 8, 32)
    high = _bits(blocks[:, 16:48], (0, 1, 2, 3, 4, 5, 6, 7), 1)
    return _k_scaled(blocks, quants | (high << 4))


def _q6_k(blocks: "torch.Tensor") -> "torch.Tensor":
    """128 bytes of low nibbles, 64 of high pairs, 16 signed scales, then d."""
    import torch

    low = _bits(blocks[:, :128].reshape(-1, 2, 64), (0, 4), 15)  # (n, 2, 2, 64)
    high = _bits(blocks[:, 128:192].reshape(-1, 2, 32), (0, 2, 4, 6), 3)  # (n, 2, 4, 32)
    quants = low.reshape(-1, 2, 4, 32) | (high << 4)
    scale = blocks[:, 192:208].contiguous().view(torch.int8).float() * _half(blocks, 208)
    numbers = quants.float().reshape(-1, 16, 16) - 32
    return (scale[:, :, None] * numbers).reshape(-1, 256)


_UNPACKERS: "dict[int, Callable[[torch.Tensor], torch.Tensor]]" = {
    Q4_0: _q4_0, Q4_1: _q4_1, Q5_0: _q5_0, Q5_1: _q5_1, Q8_0: _q8_0,
    Q2_K: _q2_k, Q3_K: _q3_k, Q4_K: _q4_k, Q5_K: _q5_k, Q6_K: _q6_k,
}  # fmt: skip
