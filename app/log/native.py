"""What llama.cpp says, reduced to words that are known: it quotes paths, names and templates."""

import logging
import multiprocessing
import re
import sys

from app.log import file

_WORDS = frozenset(
    """
    abort adapter address alloc allocate allocated allocation architecture array assert attention
    backend bad batch bounds buffer buffers bytes cache cannot compute context control corrupt
    corrupted could count create cuda data decode device devices dimension dimensions does download
    driver duplicate embedding empty encode end enough error exceeds exist failed failure file files
    flash for format found full gpu graph greater hardware header host illegal in incompatible
    incomplete incorrect initialize initialized input insufficient invalid is key kv layer layers
    less library load loaded loading lora magic match memory metadata metal mismatch missing mmap
    mlock model more multiple negative no not null number of offset old only open operation out
    output overflow pinned pooling position pre quantization quantized range read recurrent reserve
    resource rope sampler sequence shape shard shards size slot split stride support supported
    tensor tensors than timeout to token tokenizer tokens too type unable unexpected unknown
    unsupported use vector version vk vocab vocabulary vulkan weight weights with within wrong zero
""".split()
)
_FROM = re.compile(r"(?:llama|ggml|gguf)_[a-z_]{1,60}(?=:)")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|\S*[/\\]\S*")
_MOST_WORDS = 16


def said(line: str) -> str:
    """The known words of a line of llama.cpp, joined; "" for a line of anybody else.

    What stands in quotes or looks like a path is dropped before."""
    if not _FROM.match(line):
        return ""
    words = re.findall(r"[a-z]+", _QUOTED.sub(" ", line.partition(":")[2]).lower())
    return "-".join([word for word in words if word in _WORDS][:_MOST_WORDS])


def native(line: str) -> None:
    """A warning or an error of llama.cpp, in the log; from a child, in that of its parent."""
    if multiprocessing.parent_process() is not None:
        print(line.rstrip(), file=sys.stderr)  # noqa: T201  reduced where it arrives
    elif words := said(line):
        file.write(logging.WARNING, f"native said={words}")
