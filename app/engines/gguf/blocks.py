"""Quantised blocks to numbers: ggml's own code on the processor, torch's operations elsewhere.

On the processor ggml unpacks 0.3–0.9 billion weights a second and thread (Q6_K, Q4_K, Q8_0 here),
some ten times what the same in torch operations does, and gives bit for bit what llama.cpp
computes with.
"""

import ctypes
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from app.engines.gguf import torch_blocks
from app.engines.gguf.gguf_file import ggml

if TYPE_CHECKING:
    import torch

#: ggml_type of plain numbers, which torch reads itself.
F32, F16, BF16 = 0, 1, 30
#: ggml_type of the quantisations that can be trained on.
QUANTISED = torch_blocks.KINDS
SUPPORTED = frozenset({F32, F16, BF16}) | QUANTISED
#: Weights a thread takes at least; fewer are not worth waking it.
_SHARE = 1 << 18


def row_bytes(kind: int, columns: int) -> int:
    """Bytes of one row of weights."""
    traits = _traits(kind)
    return columns // traits.block * traits.size


def block(kind: int) -> int:
    """Weights that have a scale in common."""
    return _traits(kind).block


def type_name(kind: int) -> str:
    """The name that llama.cpp gives a block type: "iq2_xxs"."""
    return _traits(kind).name


def unpack(
    packed: "torch.Tensor", kind: int, columns: int, out: "torch.Tensor | None" = None
) -> "torch.Tensor":
    """u8 (rows, bytes of a row) to f32 (rows, columns), into `out` where it is given."""
    import torch

    if kind in (F32, F16, BF16):
        plain = {F32: torch.float32, F16: torch.float16, BF16: torch.bfloat16}[kind]
        numbers = packed.view(plain).to(torch.float32)
        return numbers if out is None else out.copy_(numbers)
    if packed.device.type != "cpu":
        numbers = torch_blocks.unpack(packed, kind).view(-1, columns)
        return numbers if out is None else out.copy_(numbers)
    rows = packed.shape[0]
    numbers = torch.empty(rows, columns) if out is None else out
    _unpack_rows(packed, kind, columns, numbers)
    return numbers


def _unpack_rows(packed: "torch.Tensor", kind: int, columns: int, numbers: "torch.Tensor") -> None:
    import torch

    to_float = _traits(kind).to_float
    rows, width = packed.shape
    source, target = packed.data_ptr(), numbers.data_ptr()

    def part(bounds: Sequence[int]) -> None:
        first, last = bounds
        to_float(source + first * width, target + first * columns * 4, (last - first) * columns)

    threads = min(torch.get_num_threads(), max(rows * columns // _SHARE, 1))
    if threads == 1:
        part((0, rows))
        return
    edges = [rows * place // threads for place in range(threads + 1)]
    list(_pool(threads).map(part, pairwise(edges)))


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, "unpack")


class _Native(ctypes.Structure):
    """ggml_type_traits."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("block", ctypes.c_int64),
        ("interleave", ctypes.c_int64),
        ("size", ctypes.c_size_t),
        ("quantised", ctypes.c_bool),
        ("to_float", ctypes.c_void_p),
        ("from_float", ctypes.c_void_p),
    )


class _Traits:
    """Weights and bytes of a block, and the function that unpacks rows of them."""

    def __init__(self, kind: int) -> None:
        find = ggml().ggml_get_type_traits
        find.restype, find.argtypes = ctypes.POINTER(_Native), [ctypes.c_int]
        told = find(kind).contents
        self.block, self.size = int(told.block), int(told.size)
        self.name = (told.name or b"?").decode()
        prototype = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)
        self.to_float: Any = prototype(told.to_float or 0)


@cache
def _traits(kind: int) -> _Traits:
    return _Traits(kind)
