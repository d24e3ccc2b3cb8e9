"""The model of random weights: Llama 3.1's own layout, weights of a sane size, and it runs."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import nonsense_vocabulary
import numpy as np
import pytest
import random_model
from gguf import GGUFReader
from gguf.quants import dequantize
from random_model import HEAD, LLAMA_31_8B, Q4_K, Q6_K, SMALL

from app.domain.models.placement import Placement
from app.domain.progress import NoControl
from app.domain.settings import Sampling
from app.engines.llama.chat_model import Llama
from app.engines.llama.smoke_test import try_model
from app.engines.turns import Turn, TurnKind

REAL_SIZE = 4_920_739_232  # Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf
QUESTION = [Turn(TurnKind.USER, "Where does the river begin? Где начинается река?")]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model") / "small.gguf"
    assert random_model.main([str(path), "--small"]) == 0
    return path


@pytest.fixture(scope="module")
def fields_and_tensors(small: Path) -> GGUFReader:
    return GGUFReader(small)


@pytest.fixture(scope="module")
def model(small: Path) -> Iterator[Llama]:
    opened = Llama(str(small), Placement(context=512, threads=1))
    yield opened
    opened.close()


def test_the_large_one_has_the_real_one_s_tensors() -> None:
    """Counts as llama.cpp prints them when it loads the real file."""
    tensors = random_model.tensors(LLAMA_31_8B, nonsense_vocabulary.SIZE)
    kinds = Counter(tensor.kind.name for tensor in tensors)
    assert kinds == {"F32": 66, "Q4_K": 193, "Q6_K": 33}
    assert abs(sum(tensor.size for tensor in tensors) / REAL_SIZE - 1) < 0.01
    weights = sum(tensor.rows * tensor.columns for tensor in tensors[1:])
    assert weights == 8_030_261_248


def test_the_right_layers_get_more_bits() -> None:
    better: dict[str, list[int]] = {"attn_v": [], "ffn_down": []}
    for tensor in random_model.tensors(LLAMA_31_8B, nonsense_vocabulary.SIZE):
        parts = tensor.name.split(".")
        if parts[0] == "blk" and tensor.kind == Q6_K:
            better[parts[2]].append(int(parts[1]))
    expected = [0, 1, 2, 3, 6, 9, 12, 15, 18, 21, 24, 27, 28, 29, 30, 31]
    assert better == {"attn_v": expected, "ffn_down": expected}


def test_the_rotary_factors_are_llama_3_1_s() -> None:
    """Untouched up to 2,048 positions a turn, a factor of 8 from 8,192 on."""
    factors = random_model.rope_factors()
    assert factors.shape == (64,)
    assert set(factors[:29]) == {1.0}
    assert set(factors[35:]) == {8.0}
    assert factors[29:35] == pytest.approx([1.2075, 1.5534, 2.0263, 2.6945, 3.6843, 5.2573], 1e-4)


def test_the_small_one_has_the_shapes_asked_for(fields_and_tensors: GGUFReader) -> None:
    found = {t.name: ([*map(int, t.shape)], t.tensor_type) for t in fields_and_tensors.tensors}
    for tensor in random_model.tensors(SMALL, nonsense_vocabulary.SIZE):
        size = [tensor.columns, tensor.rows] if tensor.rows > 1 else [tensor.columns]
        assert found.pop(tensor.name) == (size, tensor.kind)
    assert found == {}
    fields = fields_and_tensors.fields
    assert fields["llama.rope.freq_base"].contents() == 500_000.0
    assert fields["llama.context_length"].contents() == 131_072
    assert fields["llama.rope.dimension_count"].contents() == HEAD
    assert fields["general.file_type"].contents() == 15


@pytest.mark.parametrize(
    ("name", "kind"), [("blk.0.ffn_down.weight", Q4_K), ("blk.1.ffn_down.weight", Q6_K)]
)
def test_weights_keep_the_size_of_what_passes(
    fields_and_tensors: GGUFReader, name: str, kind: int
) -> None:
    tensor = next(each for each in fields_and_tensors.tensors if each.name == name)
    assert tensor.tensor_type == kind
    weights = dequantize(tensor.data, tensor.tensor_type)
    assert weights.shape == (SMALL.width, SMALL.feed)
    assert np.std(weights) == pytest.approx(SMALL.feed**-0.5, rel=0.02)
    assert abs(np.mean(weights)) < 0.01 * np.std(weights)


def test_the_vocabulary_has_the_control_tokens_in_their_places(model: Llama) -> None:
    vocabulary = nonsense_vocabulary.make_vocabulary()
    assert len(set(vocabulary.tokens)) == len(vocabulary.tokens) == 128_256
    assert vocabulary.tokens[-1] == "<|reserved_special_token_247|>"
    controls = [token for token in model.tokens(QUESTION) if token >= 128_000]
    begin, end, turn = 128_006, 128_007, 128_009
    assert controls == [128_000, begin, end, turn, begin, end]


def test_a_text_is_read_in_pairs_of_letters(model: Llama) -> None:
    for text in ("Where does the river begin and end?", "Где начинается и кончается река?"):
        assert model.count(text) < 0.7 * len(text)
    assert model.count("<|eot_id|>") > 3


def test_it_runs(small: Path, model: Llama) -> None:
    import llama_cpp

    assert try_model(str(small)).architecture == "llama"
    answer = model.stream(QUESTION, Sampling(temperature=0, max_tokens=8), NoControl())
    assert answer.generated_tokens > 0
    raw = llama_cpp.llama_get_logits_ith(model._context, -1)
    logits = np.ctypeslib.as_array(ctypes.cast(raw, ctypes.POINTER(ctypes.c_float)), (128_256,))
    assert np.isfinite(logits).all()
    assert 0.3 < np.std(logits) < 3


def test_a_broken_off_run_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(random_model, "_write_weights", broken)
    with pytest.raises(KeyboardInterrupt):
        random_model.write_model(tmp_path / "model.gguf", SMALL)
    assert list(tmp_path.iterdir()) == []
