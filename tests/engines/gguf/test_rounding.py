"""What llama.cpp rounds, against its own product."""

import ctypes
from pathlib import Path
from typing import Any

import pytest
import torch
from gguf import GGMLQuantizationType as Kind

from app.domain.training.training import WeightForm
from app.engines import native
from app.engines.gguf import blocks
from app.engines.gguf.gguf_file import ggml
from app.engines.gguf.gguf_model import open_model
from app.engines.gguf.rounding import as_served, rounded
from tests.engines.gguf.test_blocks import HALVES, random_blocks
from tests.tiny_gguf import write_tiny

COLUMNS, ROWS, TOKENS = 512, 64, 8
_MEMORY = 1 << 24


class _Parameters(ctypes.Structure):
    """ggml_init_params."""

    _fields_ = (
        ("size", ctypes.c_size_t),
        ("buffer", ctypes.c_void_p),
        ("no_alloc", ctypes.c_bool),
    )


def product(raw: Any, kind: Kind, given: torch.Tensor) -> torch.Tensor:
    """By ggml on the processor: (tokens, rows)."""
    base, pointer = ggml(), ctypes.c_void_p
    folder = Path(native.library().__file__).parent / "lib"
    processor = ctypes.CDLL(str(next(folder.glob("*ggml-cpu*"))))
    for name, arguments in (
        ("ggml_init", [_Parameters]),
        ("ggml_new_tensor_2d", [pointer, ctypes.c_int, ctypes.c_int64, ctypes.c_int64]),
        ("ggml_mul_mat", [pointer] * 3),
        ("ggml_get_data", [pointer]),
        ("ggml_new_graph", [pointer]),
    ):
        getattr(base, name).restype, getattr(base, name).argtypes = pointer, arguments
    compute = processor.ggml_graph_compute_with_ctx
    compute.argtypes = [pointer, pointer, ctypes.c_int]
    context = base.ggml_init(_Parameters(_MEMORY, None, False))
    weights = base.ggml_new_tensor_2d(context, kind, COLUMNS, ROWS)
    numbers = base.ggml_new_tensor_2d(context, Kind.F32, COLUMNS, len(given))
    ctypes.memmove(base.ggml_get_data(weights), raw.ctypes.data, raw.nbytes)
    ctypes.memmove(base.ggml_get_data(numbers), given.data_ptr(), given.nbytes)
    result = base.ggml_mul_mat(context, weights, numbers)
    graph = base.ggml_new_graph(context)
    base.ggml_build_forward_expand(pointer(graph), pointer(result))
    assert compute(context, graph, 1) == 0
    found = torch.empty(len(given), ROWS)
    ctypes.memmove(found.data_ptr(), base.ggml_get_data(result), found.nbytes)
    base.ggml_free(pointer(context))
    return found


@pytest.mark.parametrize("kind", HALVES, ids=lambda kind: kind.name)
def test_it_is_the_rounding_of_ggml_s_own_product(kind: Kind) -> None:
    raw = random_blocks(kind, ROWS, COLUMNS)
    weights = blocks.unpack(torch.from_numpy(raw), kind, COLUMNS)
    torch.manual_seed(0)
    given = torch.randn(TOKENS, COLUMNS) * torch.rand(COLUMNS)
    theirs = product(raw, kind, given)

    def apart(ours: torch.Tensor) -> float:
        return float((ours - theirs).norm() / theirs.norm())

    exact, alike = apart(given @ weights.T), apart(rounded(given, kind) @ weights.T)
    assert exact > 2e-3
    assert alike < exact / 5


def test_nothing_is_no_number_and_plain_weights_round_to_their_own() -> None:
    given = torch.randn(3, COLUMNS)
    assert torch.equal(rounded(given, Kind.F32), given)
    assert torch.equal(rounded(given, Kind.F16), given.half().float())
    assert torch.equal(rounded(torch.zeros(2, COLUMNS), Kind.Q4_K), torch.zeros(2, COLUMNS))


def test_a_model_rounds_within_and_not_after(tmp_path: Path) -> None:
    path = write_tiny(tmp_path / "model.gguf", kind=Kind.Q8_0)
    model = open_model(str(path), WeightForm.PACKED)
    tokens = torch.tensor([list(b"Every employee is entitled to 28 days.")])
    with torch.no_grad():
        before = model.body(input_ids=tokens).last_hidden_state
        with as_served(model.module):
            within = model.body(input_ids=tokens).last_hidden_state
        after = model.body(input_ids=tokens).last_hidden_state
    assert torch.equal(before, after)
    assert 0 < (within - before).norm() < 0.05 * before.norm()
