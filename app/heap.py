"""Memory that was freed and that the C library keeps: a long document leaves 300 MB of it behind,
and a batch of embeddings 150."""

import ctypes
import sys


def trim_heap() -> None:
    """Let the system have it; a few milliseconds, and nothing where there is no glibc."""
    if sys.platform != "linux":
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
