"""LoRA adapters on an open model: read from memory, never from a plaintext file."""

import ctypes
import hashlib
from collections.abc import Sequence
from typing import Any

from app.domain.errors import DamagedAdapter, OtherBaseModel
from app.engines.base import AdapterAtScale
from app.engines.llama.memory_file import c_file

#: Where an adapter's GGUF names the SHA-256 of the model file that it was trained from.
BASE_KEY = "larets.base.sha256"


class AdapterSet:
    """The adapters of one context. A loaded one stays at hand: switching takes 0.1 ms."""

    def __init__(self, c: Any, model: Any, context: Any) -> None:
        self._c, self._model, self._context = c, model, context
        self._loaded: dict[str, Any] = {}
        self._chosen: tuple[tuple[str, float], ...] = ()

    @property
    def identity(self) -> str:
        """Equal for equal sets; "" for the base alone."""
        return "+".join(f"{digest}@{scale}" for digest, scale in self._chosen)

    def choose(self, adapters: Sequence[AdapterAtScale]) -> bool:
        """Use exactly these from now on; whether that changed anything. `DamagedAdapter`,
        `OtherBaseModel`; the set is then as before.

        Scale 0 leaves an adapter out, so that the base answers bit for bit.
        """
        wanted = [adapter for adapter in adapters if adapter.scale != 0]
        digests = [hashlib.sha256(adapter.data).hexdigest() for adapter in wanted]
        chosen = tuple(zip(digests, (adapter.scale for adapter in wanted), strict=True))
        if chosen == self._chosen:
            return False
        for digest, each in zip(digests, wanted, strict=True):
            if digest not in self._loaded:
                self._loaded[digest] = self._load(each)
        count = len(chosen)
        handles = (self._c.llama_adapter_lora_p_ctypes * count)(
            *(self._loaded[digest] for digest in digests)
        )
        scales = (ctypes.c_float * count)(*(scale for _, scale in chosen))
        if self._c.llama_set_adapters_lora(self._context, handles, count, scales):
            raise DamagedAdapter(name=wanted[0].name)
        self._chosen = chosen
        return True

    def free(self) -> None:
        """Before the model is freed."""
        for handle in self._loaded.values():
            self._c.llama_adapter_lora_free(handle)
        self._loaded.clear()

    def _load(self, adapter: AdapterAtScale) -> Any:
        with c_file(lambda out: out.write(adapter.data), "adapter") as file:
            handle = self._c.llama_adapter_lora_init_from_file_ptr(self._model, file)
        if not handle:
            raise DamagedAdapter(name=adapter.name)
        base = _metadata(self._c, handle, BASE_KEY)
        if base and base != adapter.base:
            self._c.llama_adapter_lora_free(handle)
            raise OtherBaseModel(name=adapter.name)
        return handle


def _metadata(c: Any, handle: Any, key: str) -> str:
    value = ctypes.create_string_buffer(256)
    size = c.llama_adapter_meta_val_str(handle, key.encode(), value, len(value))
    return value.value.decode("utf-8", "replace") if size >= 0 else ""
