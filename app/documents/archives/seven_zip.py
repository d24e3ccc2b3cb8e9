"""The files of a 7z archive, by Python's own lzma, bz2 and zlib (7zFormat.txt of the LZMA SDK).

py7zr would bring nine packages, six of them compiled, for methods that hardly any archive uses.
"""

import bz2
import lzma
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from app.documents.archives.member import CHUNK, Member
from app.documents.archives.seven_zip_header import Coder, Folder, HeaderReader
from app.documents.limits import MB, ZIP_RATIO, ZIP_RATIO_FROM, ZIP_TOTAL
from app.domain.errors import FileTooLarge, PasswordNeeded, UnreadArchive

MARK = b"7z\xbc\xaf\x27\x1c"
#: Of a file: where its header's place and length stand, and from where they are counted.
_PLACE_AT, _BEGIN = 12, 32
_HEADER, _PACKED_HEADER = 0x01, 0x17
#: Methods (Methods.txt of the LZMA SDK).
_COPY, _LZMA, _LZMA2 = b"\x00", b"\x03\x01\x01", b"\x21"
_BZIP2, _DEFLATE, _AES = b"\x04\x02\x02", b"\x04\x01\x08", b"\x06\xf1\x07\x01"
#: Filters of programs, which lzma undoes behind a stream that says where it ends.
_FILTERS = {b"\x03\x03\x01\x03": lzma.FILTER_X86, b"\x04": lzma.FILTER_X86}
_LEAST_DICTIONARY, _MOST_DICTIONARY = 4096, 1024 * MB
_HEADER_BYTES = 64 * MB
#: Files that nobody wants are unpacked as well where others stand behind them.
_TOTAL = 4 * ZIP_TOTAL


def members(data: bytes, name: str) -> Iterator[Member]:
    """All that have bytes. Raises one of BROKEN, PasswordNeeded, UnreadArchive or FileTooLarge."""
    place, length = struct.unpack_from("<QQ", data, _PLACE_AT)
    raw = data[_BEGIN + place : _BEGIN + place + length]
    if not length:
        return
    if raw[:1] == bytes([_PACKED_HEADER]):
        (folder,) = HeaderReader(raw[1:]).folders()
        if folder.size > _HEADER_BYTES:
            raise FileTooLarge(name=name, limit=f"{_HEADER_BYTES // MB} MB")
        raw = b"".join(_Stream(data, folder, name).take(folder.size))
    if raw[:1] != bytes([_HEADER]):
        raise ValueError(raw[:1])
    folders, names = HeaderReader(raw[1:]).header()
    if sum(folder.size for folder in folders) > _TOTAL:
        raise FileTooLarge(name=name, limit=f"{_TOTAL // MB} MB")
    called = iter(names)
    for folder in folders:
        yield from _files(data, folder, called, name)


def _files(data: bytes, folder: Folder, names: Iterator[str], name: str) -> Iterator[Member]:
    """One after the other out of one stream: a file is read before the next is asked for."""
    stream = _Stream(data, folder, name)
    begin = 0
    for size, checksum in folder.files:

        def content(
            begin: int = begin, size: int = size, checksum: int | None = checksum
        ) -> Iterator[bytes]:
            stream.skip_to(begin)
            found = 0
            for chunk in stream.take(size):
                found = zlib.crc32(chunk, found)
                yield chunk
            if checksum is not None and found != checksum:
                raise ValueError(checksum)

        yield Member(next(names), content, folder.packed)
        begin += size


class _Stream:
    """What a folder's files are, unpacked as it is taken."""

    def __init__(self, data: bytes, folder: Folder, name: str) -> None:
        self._data = data
        self._folder = folder
        self._name = name
        self._at = 0
        self._rest = b""
        self._chunks: Iterator[bytes] | None = None

    def skip_to(self, begin: int) -> None:
        """Leave out what stands before. `EOFError`, where that has been passed."""
        if begin < self._at:
            raise EOFError(begin)
        for _ in self.take(begin - self._at):
            pass

    def take(self, size: int) -> Iterator[bytes]:
        """The next bytes. `EOFError`, where there are fewer."""
        if self._chunks is None:
            self._chunks = self._unpacked()
        while size:
            self._rest = self._rest or next(self._chunks, b"")
            if not self._rest:
                raise EOFError(size)
            chunk, self._rest = self._rest[:size], self._rest[size:]
            self._at += len(chunk)
            size -= len(chunk)
            yield chunk

    def _unpacked(self) -> Iterator[bytes]:
        folder = self._folder
        methods = [coder.method for coder in folder.coders]
        if _AES in methods:
            raise PasswordNeeded(name=self._name)
        if folder.size > max(ZIP_RATIO * folder.packed, ZIP_RATIO_FROM):
            raise FileTooLarge(name=self._name, limit=f"{ZIP_TOTAL // MB} MB")
        raw = memoryview(self._data)[_BEGIN + folder.at : _BEGIN + folder.at + folder.packed]
        if methods == [_COPY]:
            return (bytes(raw[at : at + CHUNK]) for at in range(0, len(raw), CHUNK))
        if methods == [_DEFLATE]:
            return _inflated(raw)
        return _decoded(raw, self._decoder())

    def _decoder(self) -> Any:
        """`UnreadArchive` for a method that is not known here."""
        *filters, last = self._folder.coders or [Coder(b"", b"")]
        if last.method == _BZIP2 and not filters:
            return bz2.BZ2Decompressor()
        known = all(each.method in _FILTERS for each in filters)
        if last.method not in (_LZMA, _LZMA2) or not known or (filters and last.method == _LZMA):
            raise UnreadArchive(name=self._name, kind="7z")
        chain: list[dict[str, Any]] = [{"id": _FILTERS[each.method]} for each in filters]
        return lzma.LZMADecompressor(
            lzma.FORMAT_RAW, filters=[*chain, _filter(last, self._folder.size)]
        )


def _filter(coder: Coder, size: int) -> dict[str, Any]:
    """What lzma has to know: the dictionary need not be larger than what comes out."""
    if coder.method == _LZMA2:
        bits = coder.properties[0]
        wanted, found = (2 | bits & 1) << bits // 2 + 11, {"id": lzma.FILTER_LZMA2}
    else:
        first, wanted = struct.unpack("<BI", coder.properties)
        found = {"id": lzma.FILTER_LZMA1, "lc": first % 9, "lp": first // 9 % 5, "pb": first // 45}
    most = min(max(size, _LEAST_DICTIONARY), _MOST_DICTIONARY)
    return found | {"dict_size": min(max(wanted, _LEAST_DICTIONARY), most)}


def _decoded(raw: memoryview, decoder: Any) -> Iterator[bytes]:
    """Pieces no longer than CHUNK, however much a byte stands for."""
    at = 0
    while not decoder.eof:
        piece = b""
        if decoder.needs_input:
            if at >= len(raw):
                return
            piece, at = bytes(raw[at : at + CHUNK]), at + CHUNK
        if chunk := decoder.decompress(piece, CHUNK):
            yield chunk


def _inflated(raw: memoryview) -> Iterator[bytes]:
    decoder = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(raw), CHUNK):
        piece = bytes(raw[at : at + CHUNK])
        while piece and not decoder.eof:
            yield decoder.decompress(piece, CHUNK)
            piece = decoder.unconsumed_tail
    yield decoder.flush()
