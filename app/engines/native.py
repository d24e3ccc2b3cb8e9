"""llama.cpp as a library: how it is loaded, silenced, listened to and stopped. No model logic."""

import ctypes
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from app import log
from app.domain.models.placement import MemoryUse

#: What load_tensors, llama_kv_cache and sched_reserve say that they have allocated.
_BUFFER = re.compile(r"(\S+) +(model|KV|RS|compute|output) buffer size = +([\d.]+) MiB")
#: The file of a processor's backend, where there is one a generation.
_VARIANT = re.compile(r"ggml-cpu-([\w-]+)\.")
_MIB = 2**20
#: Beside the callback of one that listens; llama.cpp only hands it back.
_LISTENED = 1
#: ggml_log_level of a warning and of an error.
_WARNING, _ERROR = 3, 4


def library() -> Any:
    """The binding, with what its native libraries read from the environment set before."""
    os.environ["GGML_NO_BACKTRACE"] = "1"  # an assertion must not start a debugger
    # Threads that wait for each other without end come to a crawl when another program takes a
    # core: 1 token a second instead of 90 (SmolLM2, 2 threads on 2 cores); so it is 11, and with
    # idle cores still 80.
    os.environ.setdefault("GOMP_SPINCOUNT", "10000")
    import llama_cpp

    _load_backends(llama_cpp)
    return llama_cpp


@cache
def ggml_base() -> Any:
    """The library under llama.cpp that knows files and blocks; it comes with the binding. Its
    functions' types are for the callers to declare."""
    return _beside_binding(library(), "ggml-base")


@cache
def ggml() -> Any:
    """The library that knows the backends and devices; the binding exports none of it."""
    return _beside_binding(library(), "ggml")


def _beside_binding(c: Any, stem: str) -> Any:
    """The very library that llama.cpp has loaded: it asks for the name with its version, and a
    wheel holds a copy under each name."""
    folder = _folder(c)
    names = (
        *(f"lib{stem}.so.0", f"lib{stem}.0.dylib", f"lib{stem}.so", f"lib{stem}.dylib"),
        *(f"{stem}.dll", f"lib{stem}.dll"),
    )
    return ctypes.CDLL(str(next(folder / name for name in names if (folder / name).exists())))


def _folder(c: Any) -> Path:
    return Path(c.__file__).parent / "lib"


@cache
def _load_backends(c: Any) -> None:
    """A llama.cpp for any processor keeps its backends in files of their own and loads none by
    itself. ggml scores the variants for this processor and takes the best; a graphics backend in
    a folder below `backends` is taken where its driver is there. A llama.cpp that was compiled for
    this computer has them built in, and nothing is done."""
    registry = _beside_binding(c, "ggml")
    registry.ggml_backend_reg_count.restype = ctypes.c_size_t
    if registry.ggml_backend_reg_count():
        return
    load = registry.ggml_backend_load_all_from_path
    load.argtypes = [ctypes.c_char_p]
    with listening(c):
        for folder in (_folder(c), *sorted((_folder(c) / "backends").glob("*/"))):
            load(os.fsencode(folder))


@cache
def processor_variant() -> str:
    """The generation of processors that the loaded code is for, as ggml names it ("haswell"); ""
    where it was compiled for this computer, and on macOS, which does not list what is loaded."""
    import psutil

    library()
    with suppress(psutil.Error, AttributeError, OSError):
        for mapped in psutil.Process().memory_maps():
            if found := _VARIANT.search(Path(mapped.path).name):
                return found[1]
    return ""


def block_of(kind: int) -> tuple[int, int]:
    """Weights and bytes of a block of that ggml_type; (0, 0) for one that ggml does not know."""
    if not 0 <= kind < library().GGML_TYPE_COUNT:  # ggml aborts
        return 0, 0
    base = ggml_base()
    base.ggml_blck_size.restype = ctypes.c_int64
    base.ggml_type_size.restype = ctypes.c_size_t
    return int(base.ggml_blck_size(kind)), int(base.ggml_type_size(kind))


def _c_library() -> Any:
    return ctypes.CDLL("ucrtbase" if os.name == "nt" else None)


def silence(c: Any) -> None:
    """Let llama.cpp write nothing to standard error from now on; another thread that listens
    goes on."""
    callback, mark = c.llama_log_callback(), ctypes.c_void_p()
    c.llama_log_get(ctypes.pointer(callback), ctypes.pointer(mark))
    if not mark:
        _hush(c)


def _hush(c: Any) -> None:
    """llama.cpp logs to standard error; abs() takes the level, ignores the text, needs no GIL."""
    quiet = c.llama_log_callback(ctypes.cast(_c_library().abs, ctypes.c_void_p).value)
    c.llama_log_set(quiet, None)


@contextmanager
def listening(c: Any) -> Iterator[list[str]]:
    """What llama.cpp logs while a model is loaded; silent again afterwards. Its warnings and
    errors end in the log."""
    complaints: list[str] = []
    try:
        with overhearing(c, complaints) as lines:
            yield lines
    finally:
        for line in complaints:
            log.native(line)


@contextmanager
def overhearing(c: Any, complaints: list[str] | None = None) -> Iterator[list[str]]:
    """What llama.cpp logs, for nobody else; warnings and errors among `complaints` as well. Silent
    again afterwards."""
    lines: list[str] = []

    @c.llama_log_callback  # type: ignore[untyped-decorator]
    def hear(level: int, text: bytes, _data: Any) -> None:
        lines.append(text.decode("utf-8", "replace"))
        if complaints is not None and level in {_WARNING, _ERROR}:
            complaints.append(lines[-1])

    c.llama_log_set(hear, _LISTENED)
    try:
        yield lines
    finally:
        _hush(c)


def memory_use(lines: Sequence[str]) -> MemoryUse:
    """The buffers that llama.cpp reported. Mapped files count as weights."""
    sums = {"model": 0.0, "KV": 0.0, "RS": 0.0, "compute": 0.0, "output": 0.0}
    mapped = 0.0
    for _name, kind, size in _BUFFER.findall("".join(lines)):
        sums[kind] += float(size)
        mapped += float(size) if "Mapped" in _name else 0.0
    return MemoryUse(
        weights=round(sums["model"] * _MIB),
        mapped=round(mapped * _MIB),
        kv=round((sums["KV"] + sums["RS"]) * _MIB),
        compute=round((sums["compute"] + sums["output"]) * _MIB),
    )


class AbortFlag:
    """Stops llama_decode from another thread within one graph node.

    The callback that llama.cpp polls is the C library's own strlen over a one-byte string: 0 while
    the string is empty, 1 once a byte stands in it. It needs no GIL, so polling costs nothing.
    """

    def __init__(self, c: Any, context: Any) -> None:
        self._byte = ctypes.create_string_buffer(2)
        address = ctypes.cast(_c_library().strlen, ctypes.c_void_p).value
        self._callback = c.ggml_abort_callback(address)
        c.llama_set_abort_callback(
            context, self._callback, ctypes.cast(self._byte, ctypes.c_void_p)
        )

    def raise_(self) -> None:
        self._byte[0] = b"x"

    def lower(self) -> None:
        self._byte[0] = b"\0"


class Batch:
    """llama.cpp's batch, its columns kept at hand: going through the structure for every token
    costs more than all else that Python does between two decodes."""

    def __init__(self, c: Any, size: int) -> None:
        self._c = c
        self._batch = c.llama_batch_init(size, 0, 1)
        self._tokens, self._positions = self._batch.token, self._batch.pos
        self._logits = self._batch.logits
        self._sequences = [self._batch.seq_id[place] for place in range(size)]
        for place in range(size):
            self._batch.n_seq_id[place] = 1

    def filled(self, tokens: Sequence[int], position: int, sequence: int, outputs: int) -> Any:
        """The batch with these tokens from `position` on; logits only after the last `outputs`."""
        silent = len(tokens) - outputs
        for place, token in enumerate(tokens):
            self._tokens[place] = token
            self._positions[place] = position + place
            self._sequences[place][0] = sequence
            self._logits[place] = int(place >= silent)
        self._batch.n_tokens = len(tokens)
        return self._batch

    def free(self) -> None:
        self._c.llama_batch_free(self._batch)


class Vocabulary:
    """Texts to tokens and back."""

    def __init__(self, c: Any, model: Any) -> None:
        self._c = c
        self.native = c.llama_model_get_vocab(model)
        self._buffer = ctypes.create_string_buffer(256)

    def tokens(self, text: str, *, special: bool) -> list[int]:
        """Control tokens are recognised only where `special`: never in a user's text."""
        raw = text.encode("utf-8", "replace")
        room = len(raw) + 8
        buffer = (ctypes.c_int * room)()
        count = self._c.llama_tokenize(self.native, raw, len(raw), buffer, room, False, special)
        return list(buffer[:count])

    def piece(self, token: int) -> bytes:
        buffer = self._buffer
        size = self._c.llama_token_to_piece(self.native, token, buffer, 256, 0, False)
        if size < 0:
            buffer = ctypes.create_string_buffer(-size)
            size = self._c.llama_token_to_piece(self.native, token, buffer, -size, 0, False)
        return buffer.raw[:size]

    def is_special(self, text: str) -> bool:
        tokens = self.tokens(text, special=True)
        return len(tokens) == 1 and bool(
            self._c.llama_vocab_is_control(self.native, tokens[0])
            or self._c.llama_vocab_is_eog(self.native, tokens[0])
        )

    @cached_property
    def spaces(self) -> bool:
        """Whether a space is put before every text, as SentencePiece models want it."""
        first = self.tokens("a", special=False)[:1]
        return any(self.piece(token).startswith(b" ") for token in first)

    def borders(self) -> tuple[str, str]:
        """The tokens that begin and end a text, "" for one that the vocabulary lacks."""
        begin = self._c.llama_vocab_bos(self.native)
        return self._text(begin), self._text(self._c.llama_vocab_eos(self.native))

    def _text(self, token: int) -> str:
        if token < 0:
            return ""
        return str(self._c.llama_vocab_get_text(self.native, token).decode("utf-8", "replace"))

    def ends(self, token: int) -> bool:
        return bool(self._c.llama_vocab_is_eog(self.native, token))

    @property
    def end(self) -> list[int]:
        """The token that ends a text, none where the vocabulary has none."""
        token = int(self._c.llama_vocab_eos(self.native))
        return [token] if token >= 0 else []

    @property
    def begin(self) -> int | None:
        """The token that every prompt begins with, if the model wants one."""
        if not self._c.llama_vocab_get_add_bos(self.native):
            return None
        return int(self._c.llama_vocab_bos(self.native))


def chat_template(c: Any, model: Any) -> str:
    """The model file's default one, "" without."""
    text = c.llama_model_chat_template(model, None)
    return text.decode("utf-8", "replace") if text else ""


def metadata(c: Any, model: Any) -> dict[str, str]:
    """A GGUF's own key-value pairs, as text."""
    return dict(_pairs(c, model))


def _pairs(c: Any, model: Any) -> Iterator[tuple[str, str]]:
    key, value = ctypes.create_string_buffer(256), ctypes.create_string_buffer(4096)
    for index in range(c.llama_model_meta_count(model)):
        c.llama_model_meta_key_by_index(model, index, key, len(key))
        c.llama_model_meta_val_str_by_index(model, index, value, len(value))
        yield key.value.decode("utf-8", "replace"), value.value.decode("utf-8", "replace")


def progress_callback(c: Any, report: Callable[[float], bool]) -> Any:
    """For llama_model_params; `report(share)` is False when loading should end."""

    @c.llama_progress_callback  # type: ignore[untyped-decorator]
    def told(share: float, _data: Any) -> bool:
        return report(share)

    return told
