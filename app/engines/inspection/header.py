"""What a GGUF file says of itself, read without its weights."""

import os
import re
from collections.abc import Mapping
from typing import Any

from app.domain.errors import DamagedModel
from app.domain.models.model import ModelShape
from app.engines import native
from app.engines.base import ModelFacts

#: Longest that a name or licence is believed.
_TEXT = 100


def inspect(path: str) -> ModelFacts:
    """Read the header and the vocabulary. `DamagedModel`.

    llama.cpp checks that every tensor lies within the file, so one cut short is found here.
    """
    c = native.library()
    native.silence(c)
    parameters = c.llama_model_default_params()
    parameters.vocab_only = True
    model = c.llama_model_load_from_file(os.fsencode(path), parameters)
    if not model:
        raise DamagedModel(name=os.path.basename(path))
    try:
        meta = native.metadata(c, model)
        vocabulary = c.llama_vocab_n_tokens(c.llama_model_get_vocab(model))
        return ModelFacts(
            architecture=meta.get("general.architecture", "")[:_TEXT],
            name=meta.get("general.name", "")[:_TEXT],
            shape=shape(meta, os.path.getsize(path), vocabulary),
            quantisation=_quantisation(c, meta),
            licence=meta.get("general.license", "")[:_TEXT],
        )
    finally:
        c.llama_model_free(model)


def shape(meta: Mapping[str, str], size: int, vocabulary: int) -> ModelShape:
    """From a GGUF's key-value pairs; what is missing or absurd counts as unknown."""
    family = meta.get("general.architecture", "")

    def number(key: str) -> int:
        found = re.fullmatch(r"\d{1,10}", meta.get(f"{family}.{key}", ""))
        value = int(found[0]) if found else 0
        return value if value < 2**31 else 0

    layers, embedding = number("block_count"), number("embedding_length")
    heads = number("attention.head_count") or 1
    key = number("attention.key_length") or embedding // heads
    value = number("attention.value_length") or embedding // heads
    told = meta.get(f"{family}.attention.head_count_kv", str(heads))
    kv_heads = [int(each) for each in re.findall(r"\d{1,6}", told)][: max(layers, 1)]
    # One number for all layers, or a list with one for each.
    total = sum(kv_heads) if len(kv_heads) > 1 else (kv_heads or [heads])[0] * layers
    return ModelShape(
        size=size,
        layers=layers,
        kv_bytes=total * (key + value) * 2,
        embedding=embedding,
        vocabulary=vocabulary,
        context_length=number("context_length"),
    )


def _quantisation(c: Any, meta: Mapping[str, str]) -> str:
    told = meta.get("general.file_type", "")
    if not told.isdecimal():
        return ""
    name = c.llama_ftype_name(int(told))
    return name.decode() if name else ""
