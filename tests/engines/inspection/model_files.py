"""Headers of GGUF files written byte by byte, so that a test can say anything in them."""

import struct
from collections.abc import Mapping, Sequence

Value = str | int | bool | Sequence[str]
Keys = Mapping[str, Value]

TOKENS = ("<unk>", "<s>", "</s>", "a", "b")
CHAT: Keys = {
    "general.architecture": "llama",
    "llama.context_length": 2048,
    "tokenizer.ggml.model": "llama",
    "tokenizer.ggml.tokens": TOKENS,
}
WEIGHTS = {"token_embd.weight": (32, 5), "output.weight": (32, 5)}
#: Bytes of a tensor in f32.
FLOATS = 4


def gguf(
    keys: Keys = CHAT,
    tensors: Mapping[str, tuple[int, ...]] = WEIGHTS,
    *,
    version: int = 3,
    order: str = "<",
    kind: int = 0,
) -> bytes:
    """A whole file; tensors of zeros by name with their dimensions, in f32 unless `kind` says
    otherwise."""
    out = b"GGUF" + struct.pack(f"{order}IQQ", version, len(tensors), len(keys))
    for key, value in keys.items():
        out += _text(key, order) + _value(value, order)
    offset = 0
    for name, shape in tensors.items():
        out += _text(name, order) + struct.pack(f"{order}I{len(shape)}Q", len(shape), *shape)
        out += struct.pack(f"{order}IQ", kind, offset)
        size = FLOATS
        for each in shape:
            size *= each
        offset += size + -size % 32
    return out + bytes(-len(out) % 32 + offset)


def chat(**changed: Value) -> Keys:
    """The keys of a chat model, with others by their names, "__" for a dot."""
    return {**CHAT, **{key.replace("__", "."): value for key, value in changed.items()}}


def without(room: str) -> Keys:
    """The keys of a chat model but those whose names begin so."""
    return {key: value for key, value in CHAT.items() if not key.startswith(room)}


def _text(text: str, order: str) -> bytes:
    return struct.pack(f"{order}Q", len(text.encode())) + text.encode()


def _value(value: Value, order: str) -> bytes:
    match value:
        case bool():
            return struct.pack(f"{order}I?", 7, value)
        case int():
            return struct.pack(f"{order}II", 4, value)
        case str():
            return struct.pack(f"{order}I", 8) + _text(value, order)
    texts = b"".join(_text(each, order) for each in value)
    return struct.pack(f"{order}IIQ", 9, 8, len(value)) + texts
