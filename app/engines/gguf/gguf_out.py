"""A GGUF file written where one likes: gguf's own writer only knows files with a path, and holds
all weights at once."""

import io
from collections.abc import Callable
from typing import Any, BinaryIO

import numpy as np
from gguf import GGUFWriter
from gguf.gguf_writer import WriterState


def write(
    writer: GGUFWriter, out: BinaryIO, weights: Callable[[str], np.ndarray[Any, Any]]
) -> None:
    """The header that `writer` was told, then the tensors that it lists, each asked for by its name
    when it is due."""
    writer.fout, writer.state = [out], WriterState.EMPTY  # type: ignore[list-item]
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    writer.write_padding(out, out.tell())
    for tensors in writer.tensors:
        for name, info in tensors.items():
            out.write(np.ascontiguousarray(weights(name)).data)
            writer.write_padding(out, info.nbytes)


def in_memory(writer: GGUFWriter) -> bytes:
    """The file of a writer that was given its tensors."""
    out = io.BytesIO()
    held = {name: info.tensor for tensors in writer.tensors for name, info in tensors.items()}
    write(writer, out, lambda name: _given(held[name]))
    return out.getvalue()


def _given(tensor: Any) -> np.ndarray[Any, Any]:
    assert tensor is not None
    return np.asarray(tensor)
