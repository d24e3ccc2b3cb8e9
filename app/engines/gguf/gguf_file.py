"""A GGUF file's numbers and tensors, read through llama.cpp's own parser; weights stay mapped.

The gguf package reads every string of the vocabulary (8–22 s here); this takes milliseconds.
"""

import ctypes
import mmap
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from app.domain.errors import DamagedModel
from app.engines import native

Bytes = np.ndarray[Any, np.dtype[np.uint8]]
#: gguf_type of the scalar values that are asked for, and the function that reads each.
_SCALARS = {
    0: ("u8", ctypes.c_uint8), 1: ("i8", ctypes.c_int8), 2: ("u16", ctypes.c_uint16),
    3: ("i16", ctypes.c_int16), 4: ("u32", ctypes.c_uint32), 5: ("i32", ctypes.c_int32),
    6: ("f32", ctypes.c_float), 7: ("bool", ctypes.c_bool), 8: ("str", ctypes.c_char_p),
    10: ("u64", ctypes.c_uint64), 11: ("i64", ctypes.c_int64), 12: ("f64", ctypes.c_double),
}  # fmt: skip


@dataclass(frozen=True)
class Tensor:
    """`kind` is ggml's type; `data` u8, shape (rows, bytes of a row); `columns` inputs a row."""

    name: str
    kind: int
    rows: int
    columns: int
    data: Bytes


class GgufFile:
    """An open file. `DamagedModel` when it does not parse or a tensor lies outside of it."""

    def __init__(self, path: str) -> None:
        self._name = os.path.basename(path)
        self._ggml = ggml()
        told = self._ggml.gguf_init_from_file(os.fsencode(path), _Parameters(True, None))
        if not told:
            raise DamagedModel(name=self._name)
        try:
            self.numbers = self._scalars(told)
            with Path(path).open("rb") as file:
                # The pages are those that llama.cpp maps as well. Nobody writes; torch only takes
                # memory that could be written.
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
            self.tensors = self._tensors(told)
        finally:
            self._ggml.gguf_free(told)

    @property
    def architecture(self) -> str:
        return str(self.numbers.get("general.architecture", ""))

    def number(self, key: str, default: float | None = None) -> float:
        """A number among the architecture's own keys. `DamagedModel` where it is needed and
        missing."""
        value = self.numbers.get(f"{self.architecture}.{key}", default)
        if not isinstance(value, int | float):
            raise DamagedModel(name=self._name)
        return value

    def text(self, key: str) -> str:
        """A text among the architecture's own keys, "" where it is missing."""
        return str(self.numbers.get(f"{self.architecture}.{key}", ""))

    def tensor(self, name: str) -> Tensor:
        """`DamagedModel` where it is missing."""
        if name not in self.tensors:
            raise DamagedModel(name=self._name)
        return self.tensors[name]

    def _scalars(self, told: Any) -> dict[str, int | float | str]:
        found: dict[str, int | float | str] = {}
        for place in range(self._ggml.gguf_get_n_kv(told)):
            kind = self._ggml.gguf_get_kv_type(told, place)
            if kind not in _SCALARS:
                continue
            name, returned = _SCALARS[kind]
            read = getattr(self._ggml, f"gguf_get_val_{name}")
            read.restype, read.argtypes = returned, [ctypes.c_void_p, ctypes.c_int64]
            value = read(told, place)
            key = self._ggml.gguf_get_key(told, place).decode("utf-8", "replace")
            found[key] = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        return found

    def _tensors(self, told: Any) -> dict[str, Tensor]:
        begin = self._ggml.gguf_get_data_offset(told)
        whole = np.frombuffer(self._map, np.uint8)
        found = {}
        for place in range(self._ggml.gguf_get_n_tensors(told)):
            name = self._ggml.gguf_get_tensor_name(told, place).decode("utf-8", "replace")
            kind = self._ggml.gguf_get_tensor_type(told, place)
            columns, rows, *more = self._ggml.gguf_get_tensor_ne(told, place)[:4]
            start = begin + self._ggml.gguf_get_tensor_offset(told, place)
            size = self._ggml.gguf_get_tensor_size(told, place)
            if start + size > len(whole) or more != [1, 1] or size % rows:
                raise DamagedModel(name=self._name)
            data = whole[start : start + size].reshape(rows, -1)
            found[name] = Tensor(name, kind, rows, columns, data)
        return found


class _Parameters(ctypes.Structure):
    """gguf_init_params."""

    _fields_ = (("no_alloc", ctypes.c_bool), ("context", ctypes.c_void_p))


@cache
def ggml() -> Any:
    """The library under llama.cpp, its functions for whole files declared."""
    found = native.ggml_base()
    pointer, place = ctypes.c_void_p, ctypes.c_int64
    for name, returned, arguments in (
        ("gguf_init_from_file", pointer, [ctypes.c_char_p, _Parameters]),
        ("gguf_free", None, [pointer]),
        ("gguf_get_n_kv", place, [pointer]),
        ("gguf_get_key", ctypes.c_char_p, [pointer, place]),
        ("gguf_get_kv_type", ctypes.c_int, [pointer, place]),
        ("gguf_get_n_tensors", place, [pointer]),
        ("gguf_get_data_offset", ctypes.c_size_t, [pointer]),
        ("gguf_get_tensor_name", ctypes.c_char_p, [pointer, place]),
        ("gguf_get_tensor_type", ctypes.c_int, [pointer, place]),
        ("gguf_get_tensor_ne", ctypes.POINTER(ctypes.c_int64), [pointer, place]),
        ("gguf_get_tensor_offset", ctypes.c_size_t, [pointer, place]),
        ("gguf_get_tensor_size", ctypes.c_size_t, [pointer, place]),
    ):
        function = getattr(found, name)
        function.restype, function.argtypes = returned, arguments
    return found
