"""Linear layers that are not trained, in whatever form their weights lie in memory."""

from abc import ABC, abstractmethod
from typing import Any

import torch
from torch import nn


class QuantisedLinear(nn.Linear, ABC):
    """`weight` is bytes, unpacked for each product and again for the gradient: a product saves
    nothing. An nn.Linear, so that peft wraps it."""

    @abstractmethod
    def times(self, given: torch.Tensor) -> torch.Tensor:
        """(…, in) to (…, out), without the bias."""

    @abstractmethod
    def back(self, gradient: torch.Tensor) -> torch.Tensor:
        """(…, out) to (…, in): the gradient of what went in."""

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        product: torch.Tensor = _Product.apply(input, self)  # type: ignore[no-untyped-call]
        return product if self.bias is None else product + self.bias.to(product.dtype)


class _Product(torch.autograd.Function):
    @staticmethod
    def forward(context: Any, given: torch.Tensor, layer: QuantisedLinear) -> torch.Tensor:
        context.layer = layer
        return layer.times(given)

    @staticmethod
    def backward(context: Any, *gradients: Any) -> tuple[torch.Tensor, None]:
        return context.layer.back(gradients[0]), None


def times(given: torch.Tensor, layer: nn.Linear) -> torch.Tensor:
    """(…, in) to (…, out), without the bias; remembers nothing for a gradient."""
    if isinstance(layer, QuantisedLinear):
        return layer.times(given)
    return given @ layer.weight.T


def back(gradient: torch.Tensor, layer: nn.Linear) -> torch.Tensor:
    """(…, out) to (…, in): the gradient of what went in."""
    if isinstance(layer, QuantisedLinear):
        return layer.back(gradient)
    return gradient @ layer.weight
