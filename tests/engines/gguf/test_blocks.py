"""Both ways of unpacking give the same numbers, bit for bit."""

from typing import Any

import numpy as np
import pytest
import torch
from gguf import GGMLQuantizationType as Kind

from app.engines.gguf import blocks, torch_blocks

#: Where the f16 scales of a block stand: random bytes there would be NaN now and then.
HALVES = {
    Kind.Q4_0: (0,), Kind.Q4_1: (0, 2), Kind.Q5_0: (0,), Kind.Q5_1: (0, 2), Kind.Q8_0: (0,),
    Kind.Q2_K: (80, 82), Kind.Q3_K: (108,), Kind.Q4_K: (0, 2), Kind.Q5_K: (0, 2), Kind.Q6_K: (208,),
}  # fmt: skip


def random_blocks(kind: Kind, rows: int, columns: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """(rows, bytes of a row)."""
    size = blocks.row_bytes(kind, columns)
    chance = np.random.default_rng(0)
    raw = chance.integers(0, 256, (rows, size), dtype=np.uint8)
    for block in range(0, size, size // (columns // blocks.block(kind))):
        for at in HALVES[kind]:
            halves = chance.normal(size=(rows, 1)).astype(np.float16).view(np.uint8)
            raw[:, block + at : block + at + 2] = halves
    return raw


@pytest.mark.parametrize("kind", HALVES, ids=lambda kind: kind.name)
def test_torch_unpacks_as_ggml_does(kind: Kind) -> None:
    columns = 512
    packed = torch.from_numpy(random_blocks(kind, 600, columns))
    ours = torch_blocks.unpack(packed, kind).view(-1, columns)
    assert ours.abs().max() > 1
    assert torch.equal(ours, blocks.unpack(packed, kind, columns))


def test_all_that_is_listed_is_tested() -> None:
    assert set(HALVES) == set(torch_blocks.KINDS)


@pytest.mark.parametrize("kind", [Kind.F16, Kind.BF16, Kind.F32])
def test_plain_numbers(kind: Kind) -> None:
    dtype = {Kind.F16: torch.float16, Kind.BF16: torch.bfloat16, Kind.F32: torch.float32}[kind]
    numbers = torch.randn(3, 8).to(dtype)
    assert torch.equal(blocks.unpack(numbers.view(torch.uint8), kind, 8), numbers.float())
