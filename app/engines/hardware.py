"""Which devices llama.cpp can compute on here, and how much memory and how many cores there are."""

import ctypes
import os
import re
from typing import Any

from app.domain.models.machine import Device, DeviceKind, Machine
from app.engines import native

#: ggml_backend_dev_type: CPU, GPU, integrated GPU, accelerator (BLAS and the like, no own memory).
_KINDS = {
    0: DeviceKind.PROCESSOR,
    1: DeviceKind.GRAPHICS,
    2: DeviceKind.SHARED_GRAPHICS,
}
_FEATURES = ("AVX2", "AVX512", "AVX512_VNNI", "AVX512_BF16", "AMX_INT8", "NEON", "SVE", "DOTPROD")


def survey() -> Machine:
    """Ask llama.cpp and the system; under 0.1 s on a processor, driver start-up elsewhere."""
    import psutil

    c = native.library()
    native.silence(c)  # drivers tell of themselves when they are first asked
    memory = psutil.virtual_memory()
    return Machine(
        devices=tuple(_described(*handle) for handle in handles()),
        cores=cores(),
        memory_free=memory.available,
        memory_total=memory.total,
        features=_features(c.llama_print_system_info().decode()),
        graphics_built=bool(c.llama_supports_gpu_offload()),
        variant=native.processor_variant(),
    )


def has_cuda() -> bool:
    """Whether NVIDIA's driver has a card; without torch, which takes seconds to load."""
    try:
        driver = ctypes.CDLL("nvcuda.dll" if os.name == "nt" else "libcuda.so.1")
    except OSError:
        return False
    count = ctypes.c_int()
    failed = driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(count))
    return not failed and count.value > 0


def handles() -> list[tuple[Any, Any]]:
    """ggml's base library and the handle of each device that has memory to compute in."""
    base, registry = native.ggml_base(), native.ggml()
    registry.ggml_backend_dev_count.restype = ctypes.c_size_t
    registry.ggml_backend_dev_get.restype = ctypes.c_void_p
    registry.ggml_backend_dev_get.argtypes = [ctypes.c_size_t]
    found = [
        registry.ggml_backend_dev_get(place) for place in range(registry.ggml_backend_dev_count())
    ]
    base.ggml_backend_dev_type.argtypes = [ctypes.c_void_p]
    return [(base, handle) for handle in found if base.ggml_backend_dev_type(handle) in _KINDS]


def handle_of(name: str) -> Any:
    """The handle of the device of that name, None if it is gone."""
    for base, handle in handles():
        if _text(base, "name", handle) == name:
            return handle
    return None


def _described(base: Any, handle: Any) -> Device:
    free, total = ctypes.c_size_t(), ctypes.c_size_t()
    base.ggml_backend_dev_memory.argtypes = [ctypes.c_void_p] * 3
    base.ggml_backend_dev_memory(handle, ctypes.addressof(free), ctypes.addressof(total))
    return Device(
        name=_text(base, "name", handle),
        description=_text(base, "description", handle),
        kind=_KINDS[base.ggml_backend_dev_type(handle)],
        memory_free=free.value,
        memory_total=total.value,
    )


def _text(base: Any, what: str, handle: Any) -> str:
    call = getattr(base, f"ggml_backend_dev_{what}")
    call.restype, call.argtypes = ctypes.c_char_p, [ctypes.c_void_p]
    return (call(handle) or b"").decode("utf-8", "replace").strip()


def cores() -> int:
    """Physical cores, but no more than this process may use."""
    import psutil

    physical = int(psutil.cpu_count(logical=False) or 1)
    if hasattr(os, "sched_getaffinity"):
        return max(min(physical, len(os.sched_getaffinity(0))), 1)
    return physical


def _features(told: str) -> tuple[str, ...]:
    present = set(re.findall(r"(\w+) = 1", told))
    return tuple(feature for feature in _FEATURES if feature in present)
