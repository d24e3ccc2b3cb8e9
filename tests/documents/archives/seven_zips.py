"""7z archives made for tests (7zFormat.txt of the LZMA SDK), their headers not packed."""

import bz2
import lzma
import struct
import zlib
from collections.abc import Sequence

COPY, LZMA, LZMA2, BZIP2, DEFLATE = (
    b"\x00",
    b"\x03\x01\x01",
    b"\x21",
    b"\x04\x02\x02",
    b"\x04\x01\x08",
)
AES, PPMD = b"\x06\xf1\x07\x01", b"\x03\x04\x01"
_PROPERTIES = {LZMA: b"\x5d" + struct.pack("<I", 1 << 20), LZMA2: b"\x10"}


def number(value: int) -> bytes:
    """Always nine bytes, which any number may have."""
    return b"\xff" + struct.pack("<Q", value)


def packed(method: bytes, content: bytes) -> bytes:
    if method == LZMA:
        filters = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 20}]
        return lzma.compress(content, lzma.FORMAT_RAW, filters=filters)
    if method == LZMA2:
        filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20}]
        return lzma.compress(content, lzma.FORMAT_RAW, filters=filters)
    if method == BZIP2:
        return bz2.compress(content)
    if method == DEFLATE:
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        return deflate.compress(content) + deflate.flush()
    return content


def seven_zip(
    files: Sequence[tuple[str, bytes]], method: bytes = LZMA2, *,
    claimed: int | None = None, properties: bytes | None = None,
) -> bytes:  # fmt: skip
    """All files in one folder; `claimed` is the length that its header says, `properties` those of
    the method."""
    whole = b"".join(content for _, content in files)
    raw = packed(method, whole)
    known = _PROPERTIES.get(method, b"") if properties is None else properties
    coder = bytes([len(method) | (0x20 if known else 0)]) + method
    coder += number(len(known)) + known if known else b""
    size = len(whole) if claimed is None else claimed
    streams = b"\x06" + number(0) + number(1) + b"\x09" + number(len(raw)) + b"\0"
    streams += b"\x07\x0b" + number(1) + b"\0" + number(1) + coder + b"\x0c" + number(size) + b"\0"
    sizes = b"".join(number(len(content)) for _, content in files[:-1])
    sums = b"".join(struct.pack("<I", zlib.crc32(content)) for _, content in files)
    streams += b"\x08\x0d" + number(len(files)) + (b"\x09" + sizes if sizes else b"")
    streams += b"\x0a\x01" + sums + b"\0"
    names = b"\0" + b"".join(f"{name}\0".encode("utf-16-le") for name, _ in files)
    told = number(len(files)) + b"\x11" + number(len(names)) + names + b"\0"
    header = b"\x01\x04" + streams + b"\0\x05" + told + b"\0"
    start = struct.pack("<QQI", len(raw), len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<I", zlib.crc32(start)) + start + raw + header
