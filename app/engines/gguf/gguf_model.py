"""A GGUF file as a torch module to train on: the very weights that llama.cpp serves.

transformers' own loader drops Llama 3.1's `rope_freqs`, unpacks everything and reads the vocabulary
for a minute; here the header gives the configuration and the tensors stay where they lie.
"""

import os
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from app.domain.training.training import WeightForm
from app.engines.gguf import blocks, families
from app.engines.gguf.four_bit import FourBitLinear
from app.engines.gguf.gguf_file import GgufFile, Tensor
from app.engines.gguf.packed import PackedEmbedding, PackedLinear, Scratch, unpacked


@dataclass(frozen=True)
class TorchModel:
    """`body` gives hidden states (batch, tokens, width); `head` turns them into logits."""

    module: Any
    body: nn.Module
    head: nn.Linear
    file: GgufFile


def open_model(
    path: str, form: WeightForm, device: str = "cpu", dtype: torch.dtype = torch.float32
) -> TorchModel:
    """Everything frozen, computing in `dtype`. Errors as `families.of`."""
    file = GgufFile(path)
    family = families.of(file, os.path.basename(path))
    kind, configuration = family.configure(file)
    with torch.device("meta"):
        module = kind(configuration)
    _Builder(file, family, form, device, dtype).fill(module)
    module.to(device).eval()
    return TorchModel(module, module.model, module.lm_head, file)


def kept_rows(heads: int, width: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Where transformers' rows of q or k stand in a GGUF of the llama family: the converter
    interleaved the two halves of each head (LlamaModel.permute)."""
    rows = np.arange(heads * width).reshape(heads, width // 2, 2)
    return rows.swapaxes(1, 2).reshape(-1)


class _Builder:
    def __init__(
        self,
        file: GgufFile,
        family: families.Family,
        form: WeightForm,
        device: str,
        dtype: torch.dtype,
    ) -> None:
        self._file, self._family, self._form = file, family, form
        self._device, self._dtype = device, dtype
        self._scratch = Scratch()

    def fill(self, module: Any) -> None:
        """Put the file's weights where the empty module has its own."""
        body, file = module.model, self._file
        width = int(file.number("embedding_length"))
        scale = width**0.5 if self._family.embedding_scaled else 1.0
        body.embed_tokens = PackedEmbedding(file.tensor("token_embd.weight"), self._dtype, scale)
        body.norm.weight = self._norm("output_norm")
        body.rotary_emb = self._rotary(body)
        head = "output.weight" if "output.weight" in file.tensors else "token_embd.weight"
        # As in QLoRA, the head is not rounded a second time.
        form = WeightForm.PACKED if self._form == WeightForm.FOUR_BIT else self._form
        module.lm_head = self._linear(file.tensor(head), form)
        for number, layer in enumerate(body.layers):
            self._fill_layer(layer, f"blk.{number}.")

    def _fill_layer(self, layer: nn.Module, prefix: str) -> None:
        heads, keys = families.head_counts(self._file)
        for name, told in families.PROJECTIONS.items():
            weight = self._file.tensor(f"{prefix}{told}.weight")
            order = None
            if self._family.reordered and told in ("attn_q", "attn_k"):
                count = heads if told == "attn_q" else keys
                order = kept_rows(count, weight.rows // count)
            bias = self._file.tensors.get(f"{prefix}{told}.bias")
            parent, child = name.split(".")
            setattr(getattr(layer, parent), child, self._linear(weight, self._form, bias, order))
        for name, told in self._family.norms.items():
            layer.get_submodule(name).weight = self._norm(prefix + told)

    def _linear(
        self, weight: Tensor, form: WeightForm, bias: Tensor | None = None, order: Any = None
    ) -> nn.Linear:
        packed = PackedLinear(weight, self._scratch, bias, order)
        if form == WeightForm.PACKED:
            return packed
        numbers = blocks.unpack(packed.weight.data, packed.kind, weight.columns).to(self._dtype)
        added = None if packed.bias is None else packed.bias.data.to(self._dtype)
        if form == WeightForm.FOUR_BIT:
            return FourBitLinear(numbers.to(self._device), added)
        with torch.device("meta"):
            dense = nn.Linear(weight.columns, weight.rows, bias=added is not None)
        dense.weight = nn.Parameter(numbers, requires_grad=False)
        if added is not None:
            dense.bias = nn.Parameter(added, requires_grad=False)
        return dense

    def _norm(self, name: str) -> nn.Parameter:
        numbers = unpacked(self._file.tensor(f"{name}.weight")).view(-1)
        return nn.Parameter(
            (numbers - self._family.norm_offset).to(self._dtype), requires_grad=False
        )

    def _rotary(self, body: Any) -> nn.Module:
        """Computed afresh: the empty module's has no numbers."""
        rotary: Any = type(body.rotary_emb)(body.config)
        factors = self._file.tensors.get("rope_freqs.weight")
        if factors is not None:
            rotary.inv_freq /= unpacked(factors).view(-1)
        return rotary  # type: ignore[no-any-return]
