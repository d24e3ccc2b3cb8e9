"""What a file is that was handed in as a model and holds no GGUF, by how it begins and ends."""

import os
import re
from collections.abc import Callable
from typing import BinaryIO

from app.domain.errors import (
    ArchivedModel,
    CutModel,
    EmptyModel,
    ModelError,
    NoModelFile,
    OldModelFormat,
    OtherByteOrder,
    OtherWeights,
    PointerFile,
    TextFile,
    WebPage,
)
from app.engines.inspection.gguf_layout import MAGIC

#: Bytes of the beginning, and of the end, where a ZIP lists what it holds.
_HEAD, _TAIL = 4096, 1 << 16
#: The header of a GGUF file without keys and tensors.
_SHORTEST = 24
#: What stands in place of a large file in a Git repository whose content was not fetched.
_POINTERS = (b"version https://git-lfs", b"version https://hawser", b"# xet version", b"/annex/")
_POINTER_SIZE = re.compile(rb"^(?:file)?size ?=? ?(\d+)\s*$", re.MULTILINE)
#: Of ggml's formats before GGUF (2023), the beginning as it lies in the file.
_OLD = {b"lmgg": "GGML", b"fmgg": "GGMF", b"tjgg": "GGJT", b"algg": "GGLA"}
_WEIGHTS = {b"\x89HDF\r\n": "HDF5 (Keras)", b"\x93NUMPY": "NumPy", b"MZqFpD": "llamafile"}
_ARCHIVES = {
    b"\x1f\x8b": "GZIP", b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!": "RAR", b"\xfd7zXZ": "XZ",
    b"BZh": "BZIP2", b"\x28\xb5\x2f\xfd": "Zstandard", b"PK": "ZIP",
}  # fmt: skip
#: Names within a ZIP that torch.save and numpy.savez write.
_TORCH_ENTRY, _NUMPY_ENTRY = re.compile(rb"/(?:data\.pkl|constants\.pkl|\.format_version)"), b".npy"
#: What may stand before the first markup of a page; never tried a second way.
_BEFORE_MARKUP = re.compile(r"(?>\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|link|style|script|noscript|iframe|center|table"
    r"|div|p|h[1-6])\b",
    re.IGNORECASE,
)
#: Fields of an ONNX ModelProto that may follow its version, which is 3 or later.
_ONNX_FIELDS = (b"\x12", b"\x1a", b"\x22", b"\x28", b"\x32", b"\x3a", b"\x42")
#: Characters of a text that are shown.
_SHOWN = 60
#: A tar archive says so here.
_TAR_MARK, _TAR_AT = b"ustar", 257
_LONGEST_SAFETENSORS = 100 * 2**20


def refusal(file: BinaryIO, name: str) -> ModelError:
    """The error that names what the file is. `OSError` from the disk."""
    size = os.fstat(file.fileno()).st_size
    file.seek(0)
    head = file.read(_HEAD)
    if not head.strip(b"\0"):  # a download that laid the file out and never filled it
        return EmptyModel(name=name, present=size)
    if MAGIC.startswith(head):
        return CutModel(name=name, present=size, needed=_SHORTEST)
    if head.startswith(MAGIC[::-1]):
        return OtherByteOrder(name=name)
    file.seek(max(size - _TAIL, 0))
    tail = file.read(_TAIL)
    found = (each(head, tail, name) for each in _RECOGNISED)
    return next((each for each in found if each is not None), NoModelFile(name=name))


def _pointer(head: bytes, tail: bytes, name: str) -> ModelError | None:
    if not head.lstrip(b"\xef\xbb\xbf\r\n ").startswith(_POINTERS):
        return None
    size = _POINTER_SIZE.search(head.replace(b"\r", b""))
    if size is None:
        return PointerFile(name=name, needed="?")
    return PointerFile(name=name, needed=int(size[1]))


def _weights(head: bytes, tail: bytes, name: str) -> ModelError | None:
    if head[:4] in _OLD:
        version = head[4] if head[:4] != b"lmgg" and len(head) > 4 else 0
        told = f"{_OLD[head[:4]]} v{version}" if version else _OLD[head[:4]]
        return OldModelFormat(name=name, format=told)
    form = next((each for mark, each in _WEIGHTS.items() if head.startswith(mark)), "")
    form = form or next((each for each, holds in _FORMATS.items() if holds(head, tail)), "")
    return OtherWeights(name=name, format=form) if form else None


def _archive(head: bytes, tail: bytes, name: str) -> ModelError | None:
    form = next((each for mark, each in _ARCHIVES.items() if head.startswith(mark)), "")
    if head[_TAR_AT:].startswith(_TAR_MARK):
        form = "TAR"
    return ArchivedModel(name=name, format=form) if form else None


def _text(head: bytes, tail: bytes, name: str) -> ModelError | None:
    text = _decoded(head)
    if text is None:
        return None
    before = _BEFORE_MARKUP.match(text)
    if _MARKUP.match(text, before.end() if before else 0):
        return WebPage(name=name)
    shown = " ".join(text.split())
    return TextFile(name=name, start=shown[:_SHOWN] + "…" * (len(shown) > _SHOWN))


def _decoded(head: bytes) -> str | None:
    """A beginning that is a text, None for anything else."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1251"):
        # A character may be cut at the end.
        text = head.decode(encoding, "ignore" if len(head) == _HEAD else "replace")
        strange = sum(not each.isprintable() and not each.isspace() for each in text)
        if "\ufffd" not in text and not strange and len(text) * 3 >= len(head):
            return text
    return None


def _is_safetensors(head: bytes, tail: bytes) -> bool:
    length = int.from_bytes(head[:8], "little")
    return 2 <= length <= _LONGEST_SAFETENSORS and head[8:9] == b"{"


def _is_torch(head: bytes, tail: bytes) -> bool:
    """A pickle, or a ZIP with one."""
    if head.startswith(b"PK"):
        return bool(_TORCH_ENTRY.search(head) or _TORCH_ENTRY.search(tail))
    return head[:1] == b"\x80" and head[1:2] in (b"\2", b"\3", b"\4", b"\5")


def _is_numpy(head: bytes, tail: bytes) -> bool:
    return head.startswith(b"PK") and _NUMPY_ENTRY in head[: _SHOWN * 4]


def _is_onnx(head: bytes, tail: bytes) -> bool:
    version, field = head[1:2], head[2:3]
    return head[:1] == b"\x08" and b"\3" <= version < b"\x80" and field in _ONNX_FIELDS


def _is_tflite(head: bytes, tail: bytes) -> bool:
    return head[4:8] == b"TFL3"


_FORMATS: dict[str, Callable[[bytes, bytes], bool]] = {
    "safetensors": _is_safetensors,
    "PyTorch": _is_torch,
    "NumPy": _is_numpy,
    "ONNX": _is_onnx,
    "TensorFlow Lite": _is_tflite,
}
_RECOGNISED = (_pointer, _weights, _archive, _text)
