"""LoRA weights as llama.cpp reads them: a GGUF adapter, made in memory.

llama.cpp's own converter is no package, needs the base's configuration beside it and writes the
folder's name into the file; this writes what llama-adapter.cpp reads, and nothing else.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import torch
from gguf import GGUFWriter

from app.domain.errors import NotExportable
from app.engines.gguf import gguf_out
from app.engines.gguf.families import PROJECTIONS, head_counts
from app.engines.gguf.gguf_file import GgufFile
from app.engines.gguf.gguf_model import TorchModel, kept_rows
from app.engines.llama.adapter import BASE_KEY
from app.engines.lora.lora import NAME, LoraShape

#: Ours beside BASE_KEY: the version of what is written here.
VERSION_KEY = "larets.adapter.version"
_VERSION = 1


def written(model: TorchModel, shape: LoraShape, base: str) -> bytes:
    """The adapter on `model` for the model file whose SHA-256 is `base`. `NotExportable` for
    variants that llama.cpp would load and apply wrongly."""
    require_plain(shape)
    writer = GGUFWriter(path=None, arch=model.file.architecture)
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", shape.alpha)
    writer.add_string(BASE_KEY, base)
    writer.add_uint32(VERSION_KEY, _VERSION)
    for name, weights in _tensors(model):
        writer.add_tensor(name, weights)
    return gguf_out.in_memory(writer)


def require_plain(shape: LoraShape) -> None:
    """rsLoRA divides alpha by √rank, and DoRA adds magnitudes: llama.cpp does neither, and says
    nothing. `NotExportable`."""
    if shape.rank_stabilised or shape.dora:
        raise NotExportable(variant="rsLoRA" if shape.rank_stabilised else "DoRA")


def _tensors(model: TorchModel) -> Iterator[tuple[str, np.ndarray[Any, Any]]]:
    file = model.file
    layers: Any = model.body.layers
    orders = _orders(file)
    for number, layer in enumerate(layers):
        for name, told in PROJECTIONS.items():
            adapted = layer.get_submodule(name)
            down, up = adapted.lora_A[NAME].weight, adapted.lora_B[NAME].weight
            # A GGUF of the llama family holds the rows of q and k in another order; lora_B gives
            # those rows. Left out, the adapter loads and is wrong without a word.
            if told in orders:
                up = up[orders[told]]
            weight = f"blk.{number}.{told}.weight"
            yield f"{weight}.lora_a", _half(down)
            yield f"{weight}.lora_b", _half(up)


def _orders(file: GgufFile) -> Mapping[str, torch.Tensor]:
    """Which row of transformers' weight stands at each place in the file."""
    if file.architecture != "llama":
        return {}
    found = {}
    for told, heads in zip(("attn_q", "attn_k"), head_counts(file), strict=True):
        width = file.tensor(f"blk.0.{told}.weight").rows // heads
        found[told] = torch.from_numpy(np.argsort(kept_rows(heads, width)))
    return found


def _half(weights: torch.Tensor) -> np.ndarray[Any, Any]:
    """f16 halves the file and changes nothing that can be measured (results/training.md)."""
    return weights.detach().to("cpu", torch.float16).contiguous().numpy()
