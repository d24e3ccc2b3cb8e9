"""Write a model of random weights in the exact shape of Llama 3.1 8B Instruct Q4_K_M.

What the real file would need of memory and time can be measured with it where the weights cannot
be had: the same tensors in the same quantisations, the same size of vocabulary. It answers
nonsense, and reads a text as about two tokens where the real vocabulary has one.

    python packaging/random_model.py OUT.gguf [--small]
"""

from __future__ import annotations

import argparse
import math
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGUFWriter, LlamaFileType
from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType
from nonsense_vocabulary import BEGIN, END_OF_TURN, PAD, Vocabulary, make_vocabulary

Bytes = np.ndarray[Any, np.dtype[np.uint8]]
Floats = np.ndarray[Any, np.dtype[np.float32]]
F32, Q4_K, Q6_K = (GGMLQuantizationType.F32, GGMLQuantizationType.Q4_K, GGMLQuantizationType.Q6_K)
CONTEXT = 131072  # tokens
ROPE_BASE = 500_000.0
HEAD = 128  # dimensions of one attention head
BLOCKS = 1 << 16  # quantised blocks made at a time: 14 MB


@dataclass(frozen=True, slots=True)
class Shape:
    """`width` is the embedding's, `feed` the feed-forward's; both must be multiples of 256."""

    layers: int
    width: int
    feed: int
    heads: int
    kv_heads: int


LLAMA_31_8B = Shape(layers=32, width=4096, feed=14336, heads=32, kv_heads=8)
SMALL = Shape(layers=2, width=256, feed=512, heads=2, kv_heads=1)


@dataclass(frozen=True, slots=True)
class Tensor:
    """`columns` are inputs; a vector has one row."""

    name: str
    rows: int
    columns: int
    kind: GGMLQuantizationType

    @property
    def blocks(self) -> int:
        return self.rows * self.columns // GGML_QUANT_SIZES[self.kind][0]

    @property
    def size(self) -> int:
        """Bytes."""
        return self.blocks * GGML_QUANT_SIZES[self.kind][1]


def has_more_bits(layer: int, layers: int) -> bool:
    """Whether a layer's attn_v and ffn_down are Q6_K in a Q4_K_M file: llama.cpp's use_more_bits.

    The first and the last eighth, and every third between them.
    """
    first = layers // 8
    return layer < first or layer >= 7 * layers // 8 or (layer - first) % 3 == 2


def tensors(shape: Shape, vocabulary: int) -> list[Tensor]:
    """All of the file, in its order."""
    found = [
        Tensor("rope_freqs.weight", 1, HEAD // 2, F32),
        Tensor("token_embd.weight", vocabulary, shape.width, Q4_K),
    ]
    for layer in range(shape.layers):
        found += _layer(shape, layer)
    found.append(Tensor("output_norm.weight", 1, shape.width, F32))
    found.append(Tensor("output.weight", vocabulary, shape.width, Q6_K))
    return found


def _layer(shape: Shape, layer: int) -> Iterator[Tensor]:
    width, kept = shape.width, shape.kv_heads * HEAD
    better = Q6_K if has_more_bits(layer, shape.layers) else Q4_K
    for name, rows, columns, kind in (
        ("attn_norm", 1, width, F32),
        ("attn_q", shape.heads * HEAD, width, Q4_K),
        ("attn_k", kept, width, Q4_K),
        ("attn_v", kept, width, better),
        ("attn_output", width, shape.heads * HEAD, Q4_K),
        ("ffn_norm", 1, width, F32),
        ("ffn_gate", shape.feed, width, Q4_K),
        ("ffn_up", shape.feed, width, Q4_K),
        ("ffn_down", width, shape.feed, better),
    ):
        yield Tensor(f"blk.{layer}.{name}.weight", rows, columns, kind)


def rope_factors() -> Floats:
    """Llama 3.1's divisors of the rotary frequencies, f32[HEAD / 2].

    Its config.json: factor 8, low 1, high 4, 8192 positions before stretching; the formula is that
    of llama.cpp's conversion script.
    """
    factor, low, high, original = 8.0, 1.0, 4.0, 8192
    factors = []
    for pair in range(0, HEAD, 2):
        turns = original / (2 * math.pi * ROPE_BASE ** (pair / HEAD))  # over the old context
        smooth = min(1.0, max(0.0, (turns - low) / (high - low)))
        factors.append(1 / ((1 - smooth) / factor + smooth))
    return np.array(factors, np.float32)


# -- weights ------------------------------------------------------------------------------------


def _contents(tensor: Tensor, chance: np.random.Generator) -> Iterator[np.ndarray[Any, Any]]:
    """The tensor's bytes, a few megabytes at a time."""
    if tensor.name == "rope_freqs.weight":
        yield rope_factors()
        return
    if tensor.kind == F32:
        yield np.ones(tensor.columns, np.float32)
        return
    deviation = tensor.columns**-0.5  # what goes through keeps its size
    for begin in range(0, tensor.blocks, BLOCKS):
        yield _MAKERS[tensor.kind](min(BLOCKS, tensor.blocks - begin), deviation, chance)


def _q4_k_blocks(count: int, deviation: float, chance: np.random.Generator) -> Bytes:
    """Blocks of 256 weights: f16 d, f16 dmin, 8 scales and 8 minima of 6 bits, 256 nibbles.

    A weight is d·scale·nibble − dmin·minimum. With equal scales and minima and dmin = 7.5 d it is
    even on both sides of zero; random scales have a root mean square of 36.4, nibbles one of 4.61.
    """
    blocks = _noise(count, 144, chance)
    d = deviation / (36.4 * 4.61)
    blocks[:, 0:4] = np.array([d, 7.5 * d], "<f2").view(np.uint8)
    blocks[:, 8:12] = blocks[:, 4:8]
    blocks[:, 12:16] = (blocks[:, 12:16] & 15) * 17  # the same nibble twice
    return blocks


def _q6_k_blocks(count: int, deviation: float, chance: np.random.Generator) -> Bytes:
    """Blocks of 256 weights: 256 × 4 low bits, 256 × 2 high bits, 16 scales of int8, f16 d.

    A weight is d·scale·(six bits − 32); their root mean squares are 73.9 and 18.5.
    """
    blocks = _noise(count, 210, chance)
    blocks[:, 208:210] = np.array([deviation / (73.9 * 18.5)], "<f2").view(np.uint8)
    return blocks


def _noise(count: int, size: int, chance: np.random.Generator) -> Bytes:
    """Random bytes of shape (count, size)."""
    words = chance.integers(0, 1 << 64, -(-count * size // 8), np.uint64)
    return words.astype("<u8", copy=False).view(np.uint8)[: count * size].reshape(count, size)


_MAKERS: dict[GGMLQuantizationType, Callable[[int, float, np.random.Generator], Bytes]] = {
    Q4_K: _q4_k_blocks,
    Q6_K: _q6_k_blocks,
}


# -- file ---------------------------------------------------------------------------------------


def write_model(path: Path, shape: Shape = LLAMA_31_8B, seed: int = 0) -> None:
    """The file appears only when it is whole. Memory stays under 200 MB; the same seed gives the
    same bytes."""
    part = path.with_name(path.name + ".part")
    vocabulary = make_vocabulary()
    listed = tensors(shape, len(vocabulary.tokens))
    writer = GGUFWriter(part, "llama")
    _describe(writer, shape)
    _add_vocabulary(writer, vocabulary)
    for tensor in listed:
        size = [tensor.rows, tensor.columns] if tensor.rows > 1 else [tensor.columns]
        writer.add_tensor_info(
            tensor.name, size, np.dtype(np.float32), tensor.size, raw_dtype=tensor.kind
        )
    try:
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        _write_weights(writer, listed, np.random.default_rng(seed))
        writer.close()
        part.replace(path)
    finally:
        writer.close()
        part.unlink(missing_ok=True)


def _write_weights(
    writer: GGUFWriter, listed: Sequence[Tensor], chance: np.random.Generator
) -> None:
    """Past the library's own write_tensor_data, which wants a whole tensor in memory: 431 MB."""
    assert writer.fout is not None
    (file,) = writer.fout
    writer.write_padding(file, file.tell())
    for tensor in listed:
        for piece in _contents(tensor, chance):
            file.write(piece.data)
        writer.write_padding(file, tensor.size)


def _describe(writer: GGUFWriter, shape: Shape) -> None:
    writer.add_type("model")
    writer.add_name("Random weights in the shape of Llama 3.1 8B Instruct")
    writer.add_file_type(LlamaFileType.MOSTLY_Q4_K_M)
    writer.add_quantization_version(2)
    writer.add_block_count(shape.layers)
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(shape.width)
    writer.add_feed_forward_length(shape.feed)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_rope_dimension_count(HEAD)
    writer.add_rope_freq_base(ROPE_BASE)
    writer.add_layer_norm_rms_eps(1e-5)


def _add_vocabulary(writer: GGUFWriter, vocabulary: Vocabulary) -> None:
    writer.add_vocab_size(len(vocabulary.tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("llama-bpe")
    writer.add_token_list(vocabulary.tokens)
    writer.add_token_types(vocabulary.kinds)
    writer.add_token_merges(vocabulary.merges)
    writer.add_bos_token_id(BEGIN)
    writer.add_eos_token_id(END_OF_TURN)
    writer.add_pad_token_id(PAD)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="random_model.py", description="A model of random weights, to measure speed with."
    )
    parser.add_argument("out", type=Path, metavar="OUT.gguf")
    parser.add_argument("--small", action="store_true", help="two narrow layers, 46 MB: for tests")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args(argv)
    shape = SMALL if arguments.small else LLAMA_31_8B
    needed = sum(tensor.size for tensor in tensors(shape, len(make_vocabulary().tokens)))
    free = shutil.disk_usage(arguments.out.resolve().parent).free
    if free < needed:
        print(f"{free // 10**6} MB free, {needed // 10**6} MB are needed.", file=sys.stderr)
        return 1
    write_model(arguments.out, shape, arguments.seed)
    print(f"{arguments.out}: {arguments.out.stat().st_size:,} bytes of random weights")
    return 0


if __name__ == "__main__":
    sys.exit(main())
