"""The joined LoRA layer computes what peft's own does."""

from typing import Any

import pytest
import torch
from peft import LoraConfig, inject_adapter_in_model
from torch import nn

from app.engines.lora.lora_layer import LoraLinear, kept

ROWS, WIDTH, OUT, RANK = (3, 5), 32, 24, 4


def a_pair(dtype: torch.dtype, bias: bool) -> tuple[Any, Any]:
    """peft's layer and ours over the same weights."""
    torch.manual_seed(3)
    base = nn.Linear(WIDTH, OUT, bias=bias).requires_grad_(False).to(dtype)
    pair: list[Any] = []
    for ours in (False, True):
        configuration = LoraConfig(r=RANK, lora_alpha=7, target_modules=["0"])
        if ours:
            configuration._register_custom_module({nn.Linear: LoraLinear})
        torch.manual_seed(5)
        module: Any = inject_adapter_in_model(configuration, nn.Sequential(base))
        for parameter in module.parameters():
            if parameter.requires_grad:
                parameter.data = torch.randn_like(parameter, dtype=torch.float32)
        pair.append(module)
    assert not isinstance(pair[0][0], LoraLinear)
    assert isinstance(pair[1][0], LoraLinear)
    return pair[0], pair[1]


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize(("dtype", "near"), [(torch.float32, 1e-5), (torch.bfloat16, 3e-2)])
def test_it_computes_what_peft_computes(dtype: torch.dtype, near: float, bias: bool) -> None:
    results: list[list[Any]] = []
    for module in a_pair(dtype, bias):
        torch.manual_seed(7)
        given = torch.randn(*ROWS, WIDTH, dtype=dtype, requires_grad=True)
        out = module(given)
        out.backward(torch.randn_like(out))
        trained = [each.grad for each in module.parameters() if each.requires_grad]
        results.append([out.detach(), given.grad, *trained])
    for theirs, ours in zip(*results, strict=True):
        assert theirs is not None
        assert ours is not None
        assert ours.dtype == theirs.dtype
        assert torch.allclose(ours, theirs, rtol=near, atol=near * float(theirs.abs().max()))


def test_switched_off_the_base_answers_alone() -> None:
    _, module = a_pair(torch.float32, bias=True)
    layer = module[0]
    given = torch.randn(*ROWS, WIDTH)
    layer.enable_adapters(False)
    assert torch.equal(module(given), layer.base_layer(given))
    layer.enable_adapters(True)
    assert not torch.equal(module(given), layer.base_layer(given))


def test_gradients_are_right_with_numbers_dropped() -> None:
    """Against differences of the function itself, for which the same numbers are dropped."""
    base: Any = nn.Linear(6, 5).requires_grad_(False).double()
    configuration = LoraConfig(r=2, lora_alpha=3, lora_dropout=0.3, target_modules=["0"])
    configuration._register_custom_module({nn.Linear: LoraLinear})
    module: Any = inject_adapter_in_model(configuration, nn.Sequential(base)).train()
    layer = module[0]
    a, b = layer.lora_A["default"], layer.lora_B["default"]

    def ours(given: torch.Tensor, down: torch.Tensor, up: torch.Tensor) -> torch.Tensor:
        torch.manual_seed(11)
        names = {"0.lora_A.default.weight": down, "0.lora_B.default.weight": up}
        out: torch.Tensor = torch.func.functional_call(module, names, (given,))
        return out

    torch.manual_seed(1)
    inputs = [
        torch.randn(shape, dtype=torch.float64, requires_grad=True)
        for shape in ((4, 6), a.weight.shape, b.weight.shape)
    ]
    assert torch.autograd.gradcheck(ours, inputs)
    torch.manual_seed(11)
    stays, more = kept(inputs[0], 0.3)
    assert stays is not None
    low = (inputs[0] * stays * more) @ inputs[1].T
    wanted = base(inputs[0]) + 1.5 * low @ inputs[2].T
    assert torch.allclose(ours(*inputs), wanted)


@pytest.mark.parametrize("share", [0.05, 0.1, 0.5])
def test_so_many_are_dropped_as_was_asked_and_the_mean_stays(share: float) -> None:
    torch.manual_seed(2)
    stays, more = kept(torch.empty(1001, 999), share)
    assert stays is not None
    assert abs(1 - float(stays.double().mean()) - share) < 0.003
    assert abs(float(stays.double().mean()) * more - 1) < 0.002


def test_nothing_is_drawn_where_nothing_is_dropped() -> None:
    before = torch.get_rng_state()
    assert kept(torch.empty(4, 4), 0.0) == (None, 1.0)
    assert torch.equal(before, torch.get_rng_state())
