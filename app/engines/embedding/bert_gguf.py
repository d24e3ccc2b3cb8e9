"""A sentence-transformers folder as a GGUF file, for llama.cpp to compute with the same weights.

Matrices stay f16 or become it, vectors are widened to f32, which is what llama.cpp reads. The file
names no vocabulary: texts come as the numbers that the folder's own tokenizer gives, so both ways
to compute read the same tokens. https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from app.domain.errors import NeedsTrainingPart
from app.engines.gguf import gguf_out

#: Names of a BERT's modules in transformers, and in llama.cpp's files.
_OUTSIDE = {
    "embeddings.word_embeddings": "token_embd",
    "embeddings.position_embeddings": "position_embd",
    "embeddings.token_type_embeddings": "token_types",
    "embeddings.LayerNorm": "token_embd_norm",
}
_OF_LAYER = {
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}
#: What llama.cpp adds to the word vectors as it is, and so wants in f32.
_ADDED = ("position_embd", "token_types")
#: Rows of position vectors that RoBERTa keeps for padding: a text begins behind them.
_KEPT_FOR_PADDING = 2
_LARGEST_HALF = float(np.finfo(np.float16).max)


@dataclass(frozen=True, slots=True)
class BertFolder:
    """What a folder says of itself: `longest` in tokens, with the marks around a text; `pooling` is
    "mean" or "cls"; `prompts` by "query" and "passage"."""

    path: Path
    config: dict[str, Any]
    longest: int
    pooling: str
    prompts: dict[str, str]

    @property
    def dimensions(self) -> int:
        return int(self.config["hidden_size"])


def described(path: Path) -> BertFolder:
    """`NeedsTrainingPart` for a model that llama.cpp does not compute as it was meant; `OSError`,
    `ValueError`, `KeyError` for a folder that is none."""
    config = _json(path / "config.json")
    kinds = {config.get("model_type"), config.get("position_embedding_type", "absolute")}
    poolings = _poolings(path)
    if (
        not kinds <= {"bert", "xlm-roberta", "absolute"}
        or config.get("hidden_act") != "gelu"
        or len(poolings) != 1
        or not (path / "tokenizer.json").is_file()
    ):
        raise NeedsTrainingPart(name=path.name)
    limit = int(config["max_position_embeddings"]) - _skipped(config)
    wanted = _json(path / "sentence_bert_config.json").get("max_seq_length") or limit
    given = _json(path / "config_sentence_transformers.json").get("prompts") or {}
    prompts = {kind: str(given.get(kind) or "") for kind in ("query", "passage")}
    return BertFolder(path, config, min(int(wanted), limit), poolings[0], prompts)


def _poolings(path: Path) -> list[str]:
    """How one vector is made of those of the tokens, one name for each way that is asked for; none
    where another layer follows."""
    found = list[str]()
    for module in json.loads((path / "modules.json").read_text(encoding="utf-8")):
        kind = str(module["type"]).rpartition(".")[2]
        if kind == "Pooling":
            told = _json(path / module["path"] / "config.json")
            ways = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "cls"}
            found += [ways.get(key, "") for key, value in told.items() if value is True
                      and key.startswith("pooling_mode")]  # fmt: skip
        elif kind not in ("Transformer", "Normalize"):
            return []
    return found if "" not in found else []


def _json(path: Path) -> dict[str, Any]:
    """{} for a file that is not there."""
    if not path.is_file():
        return {}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _skipped(config: dict[str, Any]) -> int:
    return _KEPT_FOR_PADDING if config["model_type"] == "xlm-roberta" else 0


def write(folder: BertFolder, out: BinaryIO) -> None:
    """The model as GGUF, tensor by tensor. `SafetensorError`, `OSError`, and `NeedsTrainingPart`
    for weights of a kind that NumPy does not know (bf16)."""
    from gguf import GGUFWriter
    from safetensors import safe_open

    config = folder.config
    writer = GGUFWriter(path=None, arch="bert")
    writer.add_context_length(int(config["max_position_embeddings"]) - _skipped(config))
    writer.add_embedding_length(folder.dimensions)
    writer.add_block_count(int(config["num_hidden_layers"]))
    writer.add_feed_forward_length(int(config["intermediate_size"]))
    writer.add_head_count(int(config["num_attention_heads"]))
    writer.add_layer_norm_eps(float(config["layer_norm_eps"]))
    writer.add_causal_attention(False)
    writer.add_tokenizer_model("no_vocab")
    writer.add_vocab_size(int(config["vocab_size"]))
    writer.add_token_type_count(int(config["type_vocab_size"]))
    with safe_open(str(folder.path / "model.safetensors"), "np") as weights:
        stored = dict(_named(weights.keys()))

        def tensor(name: str) -> np.ndarray[Any, Any]:
            try:
                return _as_read(name, weights.get_tensor(stored[name]), _skipped(config))
            except TypeError as error:
                raise NeedsTrainingPart(name=folder.path.name) from error

        for name, told in stored.items():
            rows, *columns = weights.get_slice(told).get_shape()
            shape = (rows - _skipped(config) * (name == "position_embd.weight"), *columns)
            kind = np.dtype(np.float32 if _wide(name, shape) else np.float16)
            writer.add_tensor_info(name, shape, kind, int(np.prod(shape)) * kind.itemsize)
        gguf_out.write(writer, out, tensor)


def write_adapter(lora: Path, out: BinaryIO) -> None:
    """The second reader's LoRA as llama.cpp applies it. `SafetensorError`, `OSError`, `KeyError`
    for a file that is none."""
    from gguf import GGUFWriter
    from safetensors import safe_open

    writer = GGUFWriter(path=None, arch="bert")
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    with safe_open(str(lora), "np") as file:
        writer.add_float32("adapter.lora.alpha", float((file.metadata() or {})["alpha"]))
        for key in file.keys():  # noqa: SIM118  it is no mapping
            module, _, side = key.rpartition(".lora_")
            name = f"{_in_llama(module)}.weight.lora_{side.lower()}"
            writer.add_tensor(name, file.get_tensor(key).astype(np.float16))
    out.write(gguf_out.in_memory(writer))


def _named(keys: list[str]) -> Iterator[tuple[str, str]]:
    """llama.cpp's name and the file's, of what llama.cpp computes with: a pooler, a head of another
    task and remembered positions are not among it."""
    for key in keys:
        module, _, kind = key.rpartition(".")
        module = module.removeprefix("bert.").removeprefix("roberta.")
        if kind in ("weight", "bias") and (name := _in_llama(module)):
            yield f"{name}.{kind}", key


def _in_llama(module: str) -> str:
    """llama.cpp's name of a module, "" for one that it does not have."""
    if module in _OUTSIDE:
        return _OUTSIDE[module]
    layer, _, rest = module.removeprefix("encoder.layer.").partition(".")
    return f"blk.{layer}.{_OF_LAYER[rest]}" if layer.isdigit() and rest in _OF_LAYER else ""


def _wide(name: str, shape: tuple[int, ...]) -> bool:
    return len(shape) == 1 or name.startswith(_ADDED)


def _as_read(name: str, weights: np.ndarray[Any, Any], skipped: int) -> np.ndarray[Any, Any]:
    if name == "position_embd.weight":
        weights = weights[skipped:]
    if _wide(name, weights.shape):
        return weights.astype(np.float32)
    halves: np.ndarray[Any, Any] = np.clip(weights, -_LARGEST_HALF, _LARGEST_HALF)
    return halves.astype(np.float16)
