"""A GGUF file as a torch module to train on: the very weights that llama.cpp serves.

transformers' own loader drops Llama 3.1's `rope_freqs`, unpacks everything and reads the vocabulary
for a minute; here the header gives the configuration and the tensors stay where they lie.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from app.domain.errors import OtherArchitecture, OtherQuantisation
from app.domain.training import WeightForm
from app.engines import blocks
from app.engines.gguf_file import GgufFile, Tensor
from app.engines.packed import PackedEmbedding, PackedLinear, Scratch, unpacked

#: The linear layers that LoRA is put on, by their names in transformers and in a GGUF.
PROJECTIONS = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
_NORMS = {"input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm"}
_HEAD_NORMS = {"self_attn.q_norm": "attn_q_norm", "self_attn.k_norm": "attn_k_norm"}
_GEMMA_NORMS = {
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "post_attention_norm",
    "pre_feedforward_layernorm": "ffn_norm",
    "post_feedforward_layernorm": "post_ffw_norm",
}


@dataclass(frozen=True)
class _Family:
    """How one architecture is built. `reordered`: the converter interleaved the rows of q and k;
    `norm_offset` is what the converter added to the norms' weights."""

    configure: Callable[[GgufFile], tuple[type[Any], Any]]
    norms: dict[str, str]
    reordered: bool = False
    norm_offset: float = 0.0
    embedding_scaled: bool = False


@dataclass(frozen=True)
class TorchModel:
    """`body` gives hidden states (batch, tokens, width); `head` turns them into logits."""

    module: Any
    body: nn.Module
    head: nn.Linear
    file: GgufFile


def require_trainable(path: str) -> None:
    """`OtherArchitecture`, `OtherQuantisation`, `DamagedModel`; from the header alone."""
    _family(GgufFile(path), os.path.basename(path))


def open_model(
    path: str, form: WeightForm, device: str = "cpu", dtype: torch.dtype = torch.float32
) -> TorchModel:
    """Everything frozen, computing in `dtype`. Errors as `require_trainable`."""
    file = GgufFile(path)
    family = _family(file, os.path.basename(path))
    kind, configuration = family.configure(file)
    with torch.device("meta"):
        module = kind(configuration)
    _Builder(file, family, form, dtype).fill(module)
    module.to(device).eval()
    return TorchModel(module, module.model, module.lm_head, file)


def kept_rows(heads: int, width: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Where transformers' rows of q or k stand in a GGUF of the llama family: the converter
    interleaved the two halves of each head (LlamaModel.permute)."""
    rows = np.arange(heads * width).reshape(heads, width // 2, 2)
    return rows.swapaxes(1, 2).reshape(-1)


def head_counts(file: GgufFile) -> tuple[int, int]:
    """Of queries and of keys."""
    heads = int(file.number("attention.head_count"))
    return heads, int(file.number("attention.head_count_kv", heads))


class _Builder:
    def __init__(
        self, file: GgufFile, family: _Family, form: WeightForm, dtype: torch.dtype
    ) -> None:
        self._file, self._family, self._form, self._dtype = file, family, form, dtype
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
        module.lm_head = self._linear(file.tensor(head))
        for number, layer in enumerate(body.layers):
            self._fill_layer(layer, f"blk.{number}.")

    def _fill_layer(self, layer: nn.Module, prefix: str) -> None:
        heads, keys = head_counts(self._file)
        for name, told in PROJECTIONS.items():
            weight = self._file.tensor(f"{prefix}{told}.weight")
            order = None
            if self._family.reordered and told in ("attn_q", "attn_k"):
                count = heads if told == "attn_q" else keys
                order = kept_rows(count, weight.rows // count)
            bias = self._file.tensors.get(f"{prefix}{told}.bias")
            parent, child = name.split(".")
            setattr(getattr(layer, parent), child, self._linear(weight, bias, order))
        for name, told in self._family.norms.items():
            layer.get_submodule(name).weight = self._norm(prefix + told)

    def _linear(self, weight: Tensor, bias: Tensor | None = None, order: Any = None) -> nn.Linear:
        packed = PackedLinear(weight, self._scratch, bias, order)
        if self._form == WeightForm.PACKED:
            return packed
        with torch.device("meta"):
            dense = nn.Linear(weight.columns, weight.rows, bias=bias is not None)
        numbers = blocks.unpack(packed.weight.data, packed.kind, weight.columns)
        dense.weight = nn.Parameter(numbers.to(self._dtype), requires_grad=False)
        if packed.bias is not None:
            dense.bias = nn.Parameter(packed.bias.to(self._dtype), requires_grad=False)
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


def _family(file: GgufFile, name: str) -> _Family:
    family = _FAMILIES.get(file.architecture)
    experts = file.number("expert_count", 0)
    scaling = file.text("rope.scaling.type") or "none"
    if family is None or experts or scaling not in ("none", "linear"):
        raise OtherArchitecture(name=name, architecture=file.architecture or "?")
    others = {each.kind for each in file.tensors.values()} - blocks.SUPPORTED
    if others:
        raise OtherQuantisation(name=name, quantisation=blocks.type_name(min(others)))
    return family


def _common(file: GgufFile) -> dict[str, Any]:
    """What all families' configurations share."""
    heads, keys = head_counts(file)
    width = int(file.number("embedding_length"))
    return {
        "vocab_size": file.tensor("token_embd.weight").rows,
        "hidden_size": width,
        "intermediate_size": int(file.number("feed_forward_length")),
        "num_hidden_layers": int(file.number("block_count")),
        "num_attention_heads": heads,
        "num_key_value_heads": keys,
        "head_dim": int(file.number("attention.key_length", width // heads)),
        "max_position_embeddings": int(file.number("context_length")),
        "rms_norm_eps": file.number("attention.layer_norm_rms_epsilon"),
        "tie_word_embeddings": False,  # the two are put in one by one
        "attn_implementation": "sdpa",
    }


def _rope(file: GgufFile) -> dict[str, Any]:
    base = file.number("rope.freq_base", 10_000.0)
    if file.text("rope.scaling.type") == "linear":
        factor = file.number("rope.scaling.factor", 1.0)
        return {"rope_type": "linear", "rope_theta": base, "factor": factor}
    return {"rope_type": "default", "rope_theta": base}


def _llama(file: GgufFile) -> tuple[type[Any], Any]:
    from transformers import LlamaConfig, LlamaForCausalLM

    return LlamaForCausalLM, LlamaConfig(**_common(file), rope_parameters=_rope(file))


def _qwen2(file: GgufFile) -> tuple[type[Any], Any]:
    from transformers import Qwen2Config, Qwen2ForCausalLM

    return Qwen2ForCausalLM, Qwen2Config(**_common(file), rope_parameters=_rope(file))


def _qwen3(file: GgufFile) -> tuple[type[Any], Any]:
    from transformers import Qwen3Config, Qwen3ForCausalLM

    return Qwen3ForCausalLM, Qwen3Config(**_common(file), rope_parameters=_rope(file))


#: Layers of the one Gemma 3 whose attention is scaled otherwise (llama.cpp: LLM_TYPE_27B).
_LARGEST_GEMMA = 62


def _gemma3(file: GgufFile) -> tuple[type[Any], Any]:
    from transformers import Gemma3ForCausalLM, Gemma3TextConfig

    common = _common(file)
    scalar = common["head_dim"]
    if common["num_hidden_layers"] == _LARGEST_GEMMA:
        scalar = common["hidden_size"] // common["num_attention_heads"]
    near = file.number("rope.freq_base_swa", 10_000.0)
    configuration = Gemma3TextConfig(
        **common,
        query_pre_attn_scalar=scalar,
        sliding_window=int(file.number("attention.sliding_window")),
        rope_parameters={
            "full_attention": _rope(file),
            "sliding_attention": {"rope_type": "default", "rope_theta": near},
        },
    )
    return Gemma3ForCausalLM, configuration


_FAMILIES = {
    "llama": _Family(_llama, _NORMS, reordered=True),
    "qwen2": _Family(_qwen2, _NORMS),
    "qwen3": _Family(_qwen3, _NORMS | _HEAD_NORMS),
    "gemma3": _Family(_gemma3, _GEMMA_NORMS | _HEAD_NORMS, norm_offset=1.0, embedding_scaled=True),
}
