"""A base in 4 bits: what bitsandbytes does on a processor is what it does on a card."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from app.domain.training.training import TrainingSettings, WeightForm
from app.engines import hardware
from app.engines.gguf.four_bit import FourBitLinear
from app.engines.gguf.gguf_model import open_model
from app.engines.gguf.packed import PackedLinear
from app.engines.lora import lora
from app.engines.training import trainer
from app.engines.training.batches import TokenRow
from app.engines.training.loop import Loop
from app.engines.training.trainer import Trainer, weight_forms
from app.engines.training_messages import Example, TrainingFailed, TrainingTask
from tests.tiny_gguf import Shape, write_tiny

SETTINGS = TrainingSettings(
    rank=4, alpha=8.0, learning_rate=1e-2, dropout=0.0, weights=WeightForm.FOUR_BIT
)
TEXTS = [f"Room {each}? The code is {each * 37 % 100}." for each in range(16)]
ROWS = [TokenRow(tuple(text.encode()), text.index("?") + 1) for text in TEXTS]


@pytest.fixture(scope="module", params=["llama", "qwen2"])
def model_file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Qwen has biases."""
    path = tmp_path_factory.mktemp("model") / "tiny.gguf"
    return write_tiny(path, shape=Shape(feed=96), architecture=request.param)


def test_a_layer_computes_with_its_rounded_weights_forward_and_back() -> None:
    torch.manual_seed(0)
    weight, bias, given = torch.randn(96, 128) * 0.05, torch.randn(96), torch.randn(2, 5, 128)
    layer = FourBitLinear(weight, bias)
    rounded = layer.unpacked()
    assert layer.weight.numel() * 2 == weight.numel()
    assert 0 < (rounded - weight).abs().mean() < 0.12 * weight.abs().mean()
    mine, plain = given.clone().requires_grad_(), given.clone().requires_grad_()
    out, wanted = layer(mine), plain @ rounded.T + bias
    torch.testing.assert_close(out, wanted)
    out.square().sum().backward()
    wanted.square().sum().backward()  # type: ignore[no-untyped-call]
    torch.testing.assert_close(mine.grad, plain.grad)


def test_the_projections_are_rounded_and_the_head_is_not(model_file: Path) -> None:
    model = open_model(str(model_file), WeightForm.FOUR_BIT)
    packed = open_model(str(model_file), WeightForm.PACKED)
    layer = model.module.model.layers[0]
    assert isinstance(layer.mlp.down_proj, FourBitLinear)
    assert isinstance(model.head, PackedLinear)
    theirs = packed.module.model.layers[0].self_attn.q_proj
    assert (layer.self_attn.q_proj.bias is None) == (theirs.bias is None)
    tokens = torch.tensor([ROWS[0].tokens])
    with torch.no_grad():
        mine, other = (each.body(input_ids=tokens).last_hidden_state for each in (model, packed))
    near = torch.nn.functional.cosine_similarity(mine, other, dim=-1)
    assert 0.9 < near.min() < 0.99999


def test_it_learns_and_is_measured_on_the_file_s_own_weights(model_file: Path) -> None:
    run = Loop(open_model(str(model_file), WeightForm.FOUR_BIT), SETTINGS, ROWS, ROWS[:4], "cpu")
    before = run.measure()
    for _ in range(run.steps):
        run.step()
    assert run.measure() < before
    adapter = {name: each.detach().clone() for name, each in lora.weights(run.model).items()}
    rounded = run.mean_loss(ROWS)
    run.move_to(lambda: open_model(str(model_file), WeightForm.PACKED))
    assert isinstance(run.model.head, PackedLinear)
    now = lora.weights(run.model)
    assert all(torch.equal(now[name], each) for name, each in adapter.items())
    packed = replace(SETTINGS, weights=WeightForm.PACKED)
    other = Loop(open_model(str(model_file), WeightForm.PACKED), packed, ROWS, ROWS[:4], "cpu")
    with torch.no_grad():
        for name, each in lora.weights(other.model).items():
            each.copy_(adapter[name])
    assert run.mean_loss(ROWS) == other.mean_loss(ROWS) != rounded


def test_without_a_card_it_is_refused_in_words(model_file: Path) -> None:
    asked = Example((), "12", "12?")
    task = TrainingTask(str(model_file), "", SETTINGS, (asked,), (), use_graphics=False)
    assert list(Trainer(task).events()) == [TrainingFailed(None, "no-four-bit", {})]


@pytest.mark.parametrize("card", [True, False])
@pytest.mark.parametrize("package", [True, False])
def test_it_is_offered_where_there_is_a_card_and_the_package(
    monkeypatch: pytest.MonkeyPatch, card: bool, package: bool
) -> None:
    monkeypatch.setattr(hardware, "has_cuda", lambda: card)
    monkeypatch.setattr(trainer, "find_spec", lambda _: object() if package else None)
    assert (WeightForm.FOUR_BIT in weight_forms()) == (card and package)
