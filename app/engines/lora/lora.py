"""LoRA on a torch model's seven projections, by peft."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch

from app.engines.gguf.families import PROJECTIONS
from app.engines.gguf.gguf_model import TorchModel

#: peft's name for an adapter that has none.
NAME = "default"


@dataclass(frozen=True, slots=True)
class LoraShape:
    """As peft's LoraConfig; the last two are refused when the adapter is to be written."""

    rank: int
    alpha: float
    dropout: float = 0.0
    rank_stabilised: bool = False
    dora: bool = False


def attach(model: TorchModel, shape: LoraShape, seed: int) -> list[torch.nn.Parameter]:
    """Put fresh adapters on the model; the parameters to train, f32, in a fixed order. They change
    nothing until they are trained: B begins as zero."""
    from peft import LoraConfig, inject_adapter_in_model

    from app.engines.lora.lora_layer import LoraLinear

    torch.manual_seed(seed)
    configuration = LoraConfig(
        r=shape.rank,
        lora_alpha=shape.alpha,  # type: ignore[arg-type]  # peft divides it, whole or not
        lora_dropout=shape.dropout,
        use_rslora=shape.rank_stabilised,
        use_dora=shape.dora,
        target_modules=[name.rsplit(".", 1)[1] for name in PROJECTIONS],
    )
    if not shape.dora:
        configuration._register_custom_module({torch.nn.Linear: LoraLinear})
    inject_adapter_in_model(configuration, model.module)
    found = [parameter for parameter in model.module.parameters() if parameter.requires_grad]
    for each in found:
        each.data = each.data.float()
    return found


def weights(model: TorchModel) -> dict[str, torch.Tensor]:
    """The adapter's parameters by name."""
    return {name: each for name, each in model.module.named_parameters() if each.requires_grad}


@contextmanager
def switched_off(model: TorchModel) -> Iterator[None]:
    """Within it the base answers alone."""
    for each in _layers(model):
        each.enable_adapters(False)
    try:
        yield
    finally:
        for layer in _layers(model):
            layer.enable_adapters(True)


@contextmanager
def at_strength(model: TorchModel, strength: float) -> Iterator[None]:
    """Within it the adapter speaks so strongly; 1 as trained."""
    for each in _layers(model):
        each.scaling[NAME] *= strength
    try:
        yield
    finally:
        for layer in _layers(model):
            layer.scaling[NAME] /= strength


def _layers(model: TorchModel) -> list[Any]:
    return [module for module in model.module.modules() if hasattr(module, "lora_A")]
