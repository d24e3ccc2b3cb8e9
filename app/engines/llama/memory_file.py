"""Bytes that llama.cpp reads as a file and that no disk holds: adapters are secret, and a model
that was put together here would only lie about."""

import ctypes
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO


@contextmanager
def c_file(write: Callable[[BinaryIO], object], name: str) -> Iterator[Any]:
    """A C FILE* over what `write` writes: an anonymous file that lives in memory alone; `name` is
    what the system shows of it.

    Linux has memfd. Elsewhere fmemopen (macOS), and on Windows a file that is marked temporary and
    deleted with its handle, which the cache manager keeps in memory while there is some.
    """
    if sys.platform == "win32":
        with _windows_file(write) as file:
            yield file
        return
    c = ctypes.CDLL(None)
    c.fclose.argtypes = [ctypes.c_void_p]
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create(name, os.MFD_CLOEXEC)
        with os.fdopen(os.dup(descriptor), "wb") as out:
            write(out)
        os.lseek(descriptor, 0, os.SEEK_SET)
        c.fdopen.restype, c.fdopen.argtypes = ctypes.c_void_p, [ctypes.c_int, ctypes.c_char_p]
        file = c.fdopen(descriptor, b"rb")
    else:
        held = io.BytesIO()
        write(held)
        data = held.getvalue()
        c.fmemopen.restype = ctypes.c_void_p
        c.fmemopen.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p]
        file = c.fmemopen(data, len(data), b"rb")
    try:
        yield file
    finally:
        c.fclose(file)


@contextmanager
def _windows_file(write: Callable[[BinaryIO], object]) -> Iterator[Any]:
    import tempfile

    c = ctypes.CDLL("ucrtbase")
    c.fclose.argtypes = [ctypes.c_void_p]
    c._fdopen.restype, c._fdopen.argtypes = ctypes.c_void_p, [ctypes.c_int, ctypes.c_char_p]
    # O_TEMPORARY deletes it with its last handle, O_SHORT_LIVED keeps it off the disk if it can.
    with tempfile.TemporaryFile() as out:
        write(out)
        out.flush()
        os.lseek(out.fileno(), 0, os.SEEK_SET)
        file = c._fdopen(os.dup(out.fileno()), b"rb")
        try:
            yield file
        finally:
            c.fclose(file)
