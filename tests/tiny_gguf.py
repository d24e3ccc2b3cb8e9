"""GGUF files made on the spot: a complete tiny model of the llama architecture, and LoRA adapters.

The weights are random, so the model answers random bytes; everything else is as in a real file:
llama.cpp loads it in milliseconds, tokenises with it and decodes. Under half a megabyte.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from gguf import (
    GGMLQuantizationType,
    GGUFReader,
    GGUFValueType,
    GGUFWriter,
    LlamaFileType,
    TokenType,
    quantize,
)

Tensor = np.ndarray[Any, np.dtype[np.float32]]

CHATML_TOKENS = ("<|im_start|>", "<|im_end|>")
LLAMA3_TOKENS = ("<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>")
#: What peft calls q_proj and v_proj, its own default.
TARGETS = ("attn_q", "attn_v")
BASE_SHA256 = "larets.base.sha256"


@dataclass(frozen=True, slots=True)
class Shape:
    """`width` is the embedding's, `feed` the feed-forward's; `context` in tokens."""

    layers: int = 2
    width: int = 64
    heads: int = 4
    kv_heads: int = 2
    feed: int = 128
    context: int = 8192

    def matrices(self, layer: int) -> dict[str, tuple[int, int]]:
        """Weights of one layer as (outputs, inputs), numpy's order; GGUF lists it reversed."""
        kept = self.width // self.heads * self.kv_heads
        sizes = {
            "attn_q": (self.width, self.width),
            "attn_k": (kept, self.width),
            "attn_v": (kept, self.width),
            "attn_output": (self.width, self.width),
            "ffn_gate": (self.feed, self.width),
            "ffn_up": (self.feed, self.width),
            "ffn_down": (self.width, self.feed),
        }
        return {f"blk.{layer}.{name}.weight": size for name, size in sizes.items()}


TINY = Shape()


def byte_tokens() -> list[str]:
    """One token for each of the 256 bytes, in GPT-2's spelling: printable bytes are themselves,
    the others stand from U+0100 on."""
    plain = {*range(33, 127), *range(161, 173), *range(174, 256)}
    others = iter(range(256, 512))
    return [chr(byte if byte in plain else next(others)) for byte in range(256)]


def write_tiny(
    path: Path,
    *,
    seed: int = 0,
    shape: Shape = TINY,
    chat_template: str | None = None,
    special: Sequence[str] = CHATML_TOKENS,
    license: str | None = None,
    name: str = "Tiny",
    half: bool = True,
    kind: GGMLQuantizationType | None = None,
    architecture: str = "llama",
    rope_factors: bool = False,
) -> Path:
    """A model with these control tokens: the first begins a text, the last ends an answer.

    The same arguments give the same bytes. `half`: matrices in f16, else f32, unless quantised as
    `kind`; norms always f32. `rope_factors`: the divisors of the rotary frequencies that Llama 3.1
    files have.
    """
    writer = GGUFWriter(path, architecture)
    writer.add_type("model")
    writer.add_name(name)
    writer.add_license(license or "")  # nothing is written for an empty one
    writer.add_file_type(LlamaFileType.MOSTLY_F16 if half else LlamaFileType.ALL_F32)
    _add_shape(writer, shape)
    vocabulary = _add_vocabulary(writer, special)
    writer.add_chat_template(chat_template or "")
    chance = np.random.default_rng(seed)
    tensors = [*_weights(shape, vocabulary, chance), *_extras(architecture, shape, chance)]
    if architecture == "gemma3":  # its head is its embedding
        tensors = [each for each in tensors if each[0] != "output.weight"]
        _add_gemma(writer, shape)
    if rope_factors:
        pairs = np.linspace(1, 8, shape.width // shape.heads // 2, dtype=np.float32)
        tensors.append(("rope_freqs.weight", pairs))
    for tensor, weights in tensors:
        if kind is not None and weights.ndim == 2:
            writer.add_tensor(tensor, quantize(weights, kind), raw_dtype=kind)
            continue
        writer.add_tensor(tensor, weights.astype(np.float16 if half and weights.ndim == 2 else "f"))
    return _written(writer, path)


def write_adapter(
    path: Path,
    base: Path | Shape = TINY,
    *,
    rank: int = 4,
    alpha: float | None = None,
    strength: float = 1.0,
    seed: int = 0,
    targets: Sequence[str] = TARGETS,
    base_sha256: str | None = None,
) -> Path:
    """A LoRA adapter for a model file or a shape; `alpha` defaults to `rank`, a factor of 1.

    Its part of a target's output has about `strength` · √rank for its deviation, whatever the
    width: at 1.0 even a real model talks nonsense. 0 leaves the base as it is.
    """
    writer = GGUFWriter(path, _architecture(base))
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", rank if alpha is None else alpha)
    writer.add_string(BASE_SHA256, base_sha256 or "")
    chance = np.random.default_rng(seed)
    for name, (outputs, inputs) in _sizes(base, targets):
        narrow = chance.standard_normal((rank, inputs), np.float32) / np.sqrt(inputs)
        wide = chance.standard_normal((outputs, rank), np.float32) * strength
        writer.add_tensor(f"{name}.lora_a", narrow.astype(np.float32))
        writer.add_tensor(f"{name}.lora_b", wide.astype(np.float32))
    return _written(writer, path)


def _add_shape(writer: GGUFWriter, shape: Shape) -> None:
    writer.add_block_count(shape.layers)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_feed_forward_length(shape.feed)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_rope_dimension_count(shape.width // shape.heads)
    writer.add_rope_freq_base(10000.0)
    writer.add_layer_norm_rms_eps(1e-5)


def _add_vocabulary(writer: GGUFWriter, special: Sequence[str]) -> int:
    """256 bytes, one merge (llama.cpp wants some), the control tokens; how many in all."""
    tokens = [*byte_tokens(), "th", *special]
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    kinds = [TokenType.NORMAL] * (len(tokens) - len(special)) + [TokenType.CONTROL] * len(special)
    writer.add_token_types(kinds)
    writer.add_token_merges(["t h"])
    writer.add_bos_token_id(len(tokens) - len(special))
    writer.add_eos_token_id(len(tokens) - 1)
    writer.add_add_bos_token(False)
    return len(tokens)


def _weights(
    shape: Shape, vocabulary: int, chance: np.random.Generator
) -> Iterator[tuple[str, Tensor]]:
    """Matrices that keep the size of what passes through, so that every layer has its say."""

    def matrix(outputs: int, inputs: int) -> Tensor:
        drawn: Tensor = chance.standard_normal((outputs, inputs), np.float32)
        return drawn / np.float32(inputs**0.5)

    ones = np.ones(shape.width, np.float32)
    yield "token_embd.weight", chance.standard_normal((vocabulary, shape.width), np.float32)
    for layer in range(shape.layers):
        yield f"blk.{layer}.attn_norm.weight", ones
        yield f"blk.{layer}.ffn_norm.weight", ones
        for name, size in shape.matrices(layer).items():
            yield name, matrix(*size)
    yield "output_norm.weight", ones
    yield "output.weight", matrix(vocabulary, shape.width) * 4  # clear winners among the logits


def _extras(
    architecture: str, shape: Shape, chance: np.random.Generator
) -> Iterator[tuple[str, Tensor]]:
    """What other families have beside the llama's: biases, norms of heads, norms after a part."""
    head = shape.width // shape.heads
    sizes = {
        "llama": {},
        "qwen2": {
            "attn_q.bias": shape.width,
            "attn_k.bias": head * shape.kv_heads,
            "attn_v.bias": head * shape.kv_heads,
        },
        "qwen3": {"attn_q_norm.weight": head, "attn_k_norm.weight": head},
        "gemma3": {
            "attn_q_norm.weight": head,
            "attn_k_norm.weight": head,
            "post_attention_norm.weight": shape.width,
            "post_ffw_norm.weight": shape.width,
        },
    }
    for layer in range(shape.layers):
        for name, size in sizes[architecture].items():
            drawn = chance.standard_normal(size, np.float32) / np.float32(4)
            yield f"blk.{layer}.{name}", drawn + np.float32("norm" in name)


def _add_gemma(writer: GGUFWriter, shape: Shape) -> None:
    writer.add_key_length(shape.width // shape.heads)
    writer.add_value_length(shape.width // shape.heads)
    writer.add_sliding_window(16)


def _architecture(base: Path | Shape) -> str:
    if isinstance(base, Shape):
        return "llama"
    field = GGUFReader(base).get_field("general.architecture")
    assert field is not None
    assert field.types == [GGUFValueType.STRING]
    return str(field.contents())


def _sizes(base: Path | Shape, targets: Sequence[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """(tensor, (outputs, inputs)) of what an adapter for these targets changes."""
    if isinstance(base, Shape):
        found = [each for layer in range(base.layers) for each in base.matrices(layer).items()]
    else:
        matrices = [each for each in GGUFReader(base).tensors if len(each.shape) == 2]
        found = [(each.name, (int(each.shape[1]), int(each.shape[0]))) for each in matrices]
    for name, size in found:
        if name.startswith("blk.") and name.split(".")[2] in targets:
            yield name, size


def _written(writer: GGUFWriter, path: Path) -> Path:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
