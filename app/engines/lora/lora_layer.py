"""A LoRA layer whose way forward and back are one operation each.

peft's own makes eight tensors of the size of its input or output a layer, and draws its dropout a
number at a time; on the processor that took longer than the products. (Unsloth joins them for the
same reason.) What is computed is peft's: W x + alpha / rank · B A dropout(x).
"""

from typing import Any

import torch
from peft.tuners import lora
from torch import nn

from app.engines.gguf.frozen import back


class LoraLinear(lora.Linear):
    """peft's layer around an nn.Linear that is not trained; (…, in) to (…, out)."""

    def forward(self, x: torch.Tensor, *args: Any, **kwargs: Any) -> torch.Tensor:
        if self.disable_adapters or len(self.active_adapters) != 1:
            return super().forward(x, *args, **kwargs)
        (name,) = self.active_adapters
        dropout = self.lora_dropout[name]
        share = dropout.p if self.training and isinstance(dropout, nn.Dropout) else 0.0
        out: torch.Tensor = _Joined.apply(  # type: ignore[no-untyped-call]
            x,
            self.lora_A[name].weight,
            self.lora_B[name].weight,
            self.get_base_layer(),
            float(self.scaling[name]),
            kept(x, share),
        )
        return out


def kept(x: torch.Tensor, share: float) -> tuple[torch.Tensor | None, float]:
    """Which numbers of `x` stay, u8 0 or 1, where `share` are dropped, and what those that stay are
    to be multiplied by. Eight are drawn at a time: `share` is rounded to 1/256."""
    dropped = round(share * 256)
    if not dropped:
        return None, 1.0
    drawn = torch.empty(-(-x.numel() // 8), dtype=torch.int64, device=x.device)
    drawn.random_(-(1 << 63), None)
    stays = drawn.view(torch.uint8)[: x.numel()].view(x.shape) >= dropped
    # As numbers: a product with truth values takes twice as long.
    return stays.view(torch.uint8), 256 / (256 - dropped)


class _Joined(torch.autograd.Function):
    @staticmethod
    def forward(
        context: Any,
        x: torch.Tensor,
        a: torch.Tensor,
        b: torch.Tensor,
        base: nn.Linear,
        scaling: float,
        dropout: tuple[torch.Tensor | None, float],
    ) -> torch.Tensor:
        stays, more = dropout
        out: torch.Tensor = base(x)
        low = _flat(_dropped(x, stays, a.dtype)) @ a.T
        if out.dtype == b.dtype:
            _flat(out).addmm_(low, b.T, alpha=scaling * more)
        else:
            _flat(out).add_(low @ b.T, alpha=scaling * more)
        context.save_for_backward(x, a, b, low, stays)
        context.base, context.scaling = base, scaling * more
        return out

    @staticmethod
    def backward(context: Any, *gradients: Any) -> tuple[Any, ...]:
        gradient = gradients[0]
        x, a, b, low, stays = context.saved_tensors
        above = _flat(gradient).to(b.dtype)
        for_b = (above.T @ low).mul_(context.scaling)
        below = (above @ b).mul_(context.scaling)
        for_a = below.T @ _flat(_dropped(x, stays, a.dtype))
        for_x = None
        if context.needs_input_grad[0]:
            through = (below @ a).view(x.shape)
            if stays is not None:
                through.mul_(stays)
            for_x = back(gradient, context.base).add_(through)
        return for_x, for_a, for_b, None, None, None


def _flat(x: torch.Tensor) -> torch.Tensor:
    return x.view(-1, x.shape[-1])


def _dropped(x: torch.Tensor, stays: torch.Tensor | None, dtype: torch.dtype) -> torch.Tensor:
    numbers = x.to(dtype)
    return numbers if stays is None else numbers * stays
