"""A GGUF as a torch module computes what llama.cpp computes, whatever its family."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from gguf import GGMLQuantizationType as Kind

from app.domain.errors import DamagedModel, NotExportable, OtherArchitecture, OtherQuantisation
from app.domain.training.training import WeightForm
from app.engines.base import AdapterAtScale
from app.engines.gguf import families, gguf_model
from app.engines.gguf.gguf_model import TorchModel, open_model
from app.engines.lora import lora
from app.engines.lora.export_check import ServedModel, difference
from app.engines.lora.gguf_adapter import written
from tests.tiny_gguf import Shape, write_tiny

SHAPE = Shape(layers=7, width=64, heads=4, kv_heads=2, feed=128)
TEXT = [list(b"Every employee is entitled to 28 days of paid leave, and more after ten years.")]
BASE = "0" * 64


def kl(path: Path, model: TorchModel, adapter: bytes = b"") -> tuple[float, float]:
    served = ServedModel(str(path), threads=1)
    lent = AdapterAtScale("tested", adapter, 1.0, BASE) if adapter else None
    try:
        return difference(model, served, lent, TEXT)
    finally:
        served.close()


def adapted(path: Path, shape: lora.LoraShape, form: WeightForm = WeightForm.PACKED) -> TorchModel:
    """With an adapter that says something."""
    model = open_model(str(path), form)
    lora.attach(model, shape, seed=1)
    torch.manual_seed(2)
    for name, each in lora.weights(model).items():
        if "lora_B" in name:
            torch.nn.init.normal_(each, std=0.1)
    return model


@pytest.mark.parametrize("architecture", ["llama", "qwen2", "qwen3", "gemma3"])
@pytest.mark.parametrize("rope_factors", [False, True])
def test_every_family_computes_as_llama_cpp_does(
    tmp_path: Path, architecture: str, rope_factors: bool
) -> None:
    if rope_factors and architecture != "llama":
        pytest.skip("only the llama family has these")
    path = tmp_path / "model.gguf"
    write_tiny(path, shape=SHAPE, half=False, architecture=architecture, rope_factors=rope_factors)
    plain = open_model(str(path), WeightForm.PACKED)
    lora.attach(plain, lora.LoraShape(4, 8.0), seed=0)
    assert kl(path, plain)[0] <= 1e-6
    model = adapted(path, lora.LoraShape(4, 8.0))
    with_adapter, floor = kl(path, model, written(model, lora.LoraShape(4, 8.0), BASE))
    assert max(with_adapter, floor) <= 1e-6  # f16 halves of the adapter included


def test_rope_factors_that_are_dropped_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_tiny(tmp_path / "model.gguf", shape=SHAPE, half=False, rope_factors=True)

    def forgetful(_: gguf_model._Builder, body: Any) -> Any:
        return type(body.rotary_emb)(body.config)

    monkeypatch.setattr(gguf_model._Builder, "_rotary", forgetful)
    model = adapted(path, lora.LoraShape(4, 8.0))
    with lora.switched_off(model):
        assert kl(path, model)[0] > 1e-4


def test_rows_of_q_and_k_that_are_not_put_back_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_tiny(tmp_path / "model.gguf", shape=SHAPE, half=False)
    model = adapted(path, lora.LoraShape(4, 8.0))
    monkeypatch.setattr("app.engines.lora.gguf_adapter._orders", lambda _: {})
    wrong, floor = kl(path, model, written(model, lora.LoraShape(4, 8.0), BASE))
    assert wrong - floor > 1e-3


def test_a_wrong_scale_shows(tmp_path: Path) -> None:
    path = write_tiny(tmp_path / "model.gguf", shape=SHAPE, half=False)
    model = adapted(path, lora.LoraShape(4, 8.0))
    wrong, floor = kl(path, model, written(model, lora.LoraShape(4, 16.0), BASE))
    assert wrong - floor > 1e-3


@pytest.mark.parametrize(
    ("shape", "variant"),
    [
        (lora.LoraShape(4, 8.0, rank_stabilised=True), "rsLoRA"),
        (lora.LoraShape(4, 8.0, dora=True), "DoRA"),
    ],
)
def test_what_llama_cpp_would_apply_wrongly_is_not_written(
    tmp_path: Path, shape: lora.LoraShape, variant: str
) -> None:
    path = write_tiny(tmp_path / "model.gguf", shape=SHAPE, half=False)
    model = open_model(str(path), WeightForm.DENSE)
    lora.attach(model, shape, seed=0)
    with pytest.raises(NotExportable) as error:
        written(model, shape, BASE)
    assert error.value.facts == {"variant": variant}


def test_a_rank_stabilised_adapter_would_have_spoken_at_another_strength(tmp_path: Path) -> None:
    """Why it is refused: written as a plain one it loads, and is wrong without a word."""
    path = write_tiny(tmp_path / "model.gguf", shape=SHAPE, half=False)
    model = adapted(path, lora.LoraShape(4, 8.0, rank_stabilised=True))
    wrong, floor = kl(path, model, written(model, lora.LoraShape(4, 8.0), BASE))
    assert wrong - floor > 1e-3


@pytest.mark.parametrize(
    "kind", [Kind.Q4_0, Kind.Q4_1, Kind.Q5_0, Kind.Q5_1, Kind.Q8_0], ids=lambda kind: kind.name
)
def test_packed_and_dense_have_the_same_losses_and_gradients(tmp_path: Path, kind: Kind) -> None:
    path = write_tiny(tmp_path / "model.gguf", shape=SHAPE, kind=kind)
    gradients = []
    for form in (WeightForm.PACKED, WeightForm.DENSE):
        model = adapted(path, lora.LoraShape(4, 8.0), form)
        tokens = torch.tensor(TEXT)
        hidden = model.body(input_ids=tokens, use_cache=False).last_hidden_state
        loss = torch.nn.functional.cross_entropy(model.head(hidden[0, :-1]), tokens[0, 1:])
        loss.backward()  # type: ignore[no-untyped-call]
        found = [each.grad for each in lora.weights(model).values() if each.grad is not None]
        gradients.append([loss.detach(), *found])
    assert len(gradients[0]) == 1 + SHAPE.layers * 7 * 2
    for packed, dense in zip(*gradients, strict=True):
        assert torch.allclose(packed, dense, rtol=1e-3, atol=1e-5)


def test_the_gradient_is_the_derivative(tmp_path: Path) -> None:
    """Against finite differences, through every packed layer."""
    path = write_tiny(tmp_path / "model.gguf", shape=Shape(layers=1), kind=Kind.Q8_0)
    model = adapted(path, lora.LoraShape(2, 2.0))
    tokens = torch.tensor(TEXT)

    def loss() -> torch.Tensor:
        hidden = model.body(input_ids=tokens, use_cache=False).last_hidden_state
        return torch.nn.functional.cross_entropy(model.head(hidden[0, :-1]), tokens[0, 1:])

    loss().backward()  # type: ignore[no-untyped-call]
    for each in lora.weights(model).values():
        assert each.grad is not None
        way = each.grad / each.grad.norm()
        with torch.no_grad():
            each += 1e-2 * way
            above = loss()
            each -= 2e-2 * way
            below = loss()
            each += 1e-2 * way
        assert float(above - below) / 2e-2 == pytest.approx(float(each.grad.norm()), rel=0.05)


def test_others_are_refused_in_words(tmp_path: Path) -> None:
    path = write_tiny(tmp_path / "other.gguf", name="Other")
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"llama", b"falcn"))
    with pytest.raises(OtherArchitecture) as error:
        families.require_trainable(str(path))
    assert error.value.facts == {"name": "other.gguf", "architecture": "falcn"}
    path.write_bytes(raw[: len(raw) // 2])
    with pytest.raises(DamagedModel):
        families.require_trainable(str(path))
    kept = write_tiny(tmp_path / "whole-numbers.gguf")
    _retype(kept, Kind.F16, Kind.I16)
    with pytest.raises(OtherQuantisation):
        families.require_trainable(str(kept))


def _retype(path: Path, was: Kind, now: Kind) -> None:
    """Say another type of a tensor; after its name stand the number of its sides, and those."""
    raw, name = bytearray(path.read_bytes()), b"blk.0.attn_q.weight"
    at = raw.index(name) + len(name) + 4 + 8 * 2
    assert raw[at] == was
    raw[at] = now
    path.write_bytes(raw)


def test_the_header_is_read_without_torch() -> None:
    """The window asks whether a model can be trained from."""
    import subprocess
    import sys

    told = "import sys, app.engines.gguf.families; print('torch' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


def test_kept_rows_undo_the_converter() -> None:
    heads, width = 3, 8
    rows = np.arange(heads * width)
    converted = rows.reshape(heads, 2, width // 2).swapaxes(1, 2).reshape(-1)
    assert (converted[gguf_model.kept_rows(heads, width)] == rows).all()
