"""The architectures that adapters can be trained from, and how a GGUF's header describes each.

Without torch: whether a file can be trained from is asked in the window.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.domain.errors import OtherArchitecture, OtherQuantisation
from app.engines.gguf import blocks
from app.engines.gguf.gguf_file import GgufFile

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
class Family:
    """How one architecture is built. `reordered`: the converter interleaved the rows of q and k;
    `norm_offset` is what the converter added to the norms' weights."""

    configure: Callable[[GgufFile], tuple[type[Any], Any]]
    norms: dict[str, str]
    reordered: bool = False
    norm_offset: float = 0.0
    embedding_scaled: bool = False


def require_trainable(path: str) -> None:
    """`OtherArchitecture`, `OtherQuantisation`, `DamagedModel`; by the header alone."""
    of(GgufFile(path), os.path.basename(path))


def head_counts(file: GgufFile) -> tuple[int, int]:
    """How many heads queries and keys have."""
    heads = int(file.number("attention.head_count"))
    return heads, int(file.number("attention.head_count_kv", heads))


def of(file: GgufFile, name: str) -> Family:
    """The family of a file by its architecture. `OtherArchitecture`, `OtherQuantisation`."""
    family = _FAMILIES.get(file.architecture)
    experts = file.number("expert_count", 0)
    scaling = file.text("rope.scaling.type") or "none"
    if family is None or experts or scaling not in ("none", "linear"):
        raise OtherArchitecture(name=name, architecture=file.architecture or "?")
    others = {tensor.kind for tensor in file.tensors.values()} - blocks.SUPPORTED
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
    "llama": Family(_llama, _NORMS, reordered=True),
    "qwen2": Family(_qwen2, _NORMS),
    "qwen3": Family(_qwen3, _NORMS | _HEAD_NORMS),
    "gemma3": Family(_gemma3, _GEMMA_NORMS | _HEAD_NORMS, norm_offset=1.0, embedding_scaled=True),
}
