"""The loss on learned tokens alone, so that the vocabulary never fills the memory.

Logits exist only for learned positions, and only so many at a time; their gradient is worked out at
once (as Liger's fused loss does, arXiv 2410.10989), so that nothing of them is kept for later.
"""

from typing import Any

import torch

from app.engines.gguf.frozen import back, times

#: Bytes of logits that exist at a time.
_LOGITS = 1 << 28


def summed_loss(hidden: torch.Tensor, targets: torch.Tensor, head: torch.nn.Linear) -> torch.Tensor:
    """Cross entropy in nats, summed over positions: (n, width) and (n,)."""
    loss: torch.Tensor = _SummedLoss.apply(hidden, targets, head)  # type: ignore[no-untyped-call]
    return loss


class _SummedLoss(torch.autograd.Function):
    @staticmethod
    def forward(
        context: Any, hidden: torch.Tensor, targets: torch.Tensor, head: torch.nn.Linear
    ) -> torch.Tensor:
        total = torch.zeros((), dtype=torch.float32, device=hidden.device)
        wanted = hidden.requires_grad
        gradient = torch.empty_like(hidden) if wanted else None
        step = max(_LOGITS // (4 * head.out_features), 1)
        for first in range(0, len(hidden), step):
            here = slice(first, first + step)
            logits = times(hidden[here], head).float()
            sums = logits.logsumexp(-1)
            aim = targets[here, None]
            total += (sums - logits.gather(1, aim)[:, 0]).sum()
            if gradient is not None:
                chances = logits.sub_(sums[:, None]).exp_()
                chances.scatter_add_(1, aim, -torch.ones_like(aim, dtype=chances.dtype))
                gradient[here] = back(chances.to(hidden.dtype), head)
        if gradient is not None:
            context.save_for_backward(gradient)
        return total

    @staticmethod
    def backward(context: Any, *gradients: Any) -> tuple[torch.Tensor, None, None]:
        (gradient,) = context.saved_tensors
        return gradient * gradients[0], None, None
