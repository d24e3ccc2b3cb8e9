"""What the files of a repository hold, and the boxes that they are sealed in.

The name of a pack, an index or a snapshot is the SHA-256 of its bytes, so anybody can tell whether
it is whole; what is inside, and whether it is genuine, only the repository's key tells.
"""

import hashlib
import hmac
import secrets
import struct
import zlib
from dataclasses import dataclass, replace
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.domain.backups import Skipped
from app.store import keys

T = TypeVar("T")
FORMAT = 1
_NONCE = 12
_MARK = b"LARETSB1"


class Unreadable(Exception):
    """These bytes are not what was written: damaged, cut, or of another repository."""


@dataclass(frozen=True)
class Holder:
    """A profile that may open the repository; `sealed` is the repository's key for it alone."""

    profile: str
    name: str
    sealed: str


@dataclass(frozen=True)
class Header:
    """`workspace` is the workspace's own readable file, with the slots that passwords open: so a
    password is enough on a machine that has nothing else."""

    version: int
    id: str
    workspace: bytes
    holders: tuple[Holder, ...]
    checksum: str = ""


@dataclass(frozen=True)
class PlacedChunk:
    """Where in its pack a chunk lies, sealed."""

    id: bytes
    offset: int
    length: int


@dataclass(frozen=True)
class PackedChunks:
    """A pack of `size` bytes."""

    name: str
    size: int
    chunks: tuple[PlacedChunk, ...]


@dataclass(frozen=True)
class Entry:
    """A file of the workspace, its path with slashes below the data folder. `settled` is whether it
    had not just been changed: only then does the same time later mean the same content."""

    path: str
    size: int
    mode: int
    modified: int
    inode: int
    settled: bool
    chunks: tuple[bytes, ...]


@dataclass(frozen=True)
class Manifest:
    """All that a snapshot is; `revisions` are those of the schemas that the program knew."""

    version: int
    created: float
    program: str
    revisions: tuple[tuple[str, str], ...]
    files: tuple[Entry, ...]
    skipped: tuple[Skipped, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(entry.size for entry in self.files)


@dataclass(frozen=True)
class Head:
    """What of a snapshot can be read without a key: enough to miss a pack, and to know which packs
    nobody needs."""

    created: float
    packs: tuple[str, ...]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write_header(header: Header) -> bytes:
    bare = replace(header, checksum="")
    sealed = replace(header, checksum=digest(msgspec.json.encode(bare)))
    return msgspec.json.format(msgspec.json.encode(sealed), indent=1)


def read_header(raw: bytes) -> Header:
    """`Unreadable` when one bit differs, but for the version, which is told by `found_version`."""
    try:
        header = msgspec.json.decode(raw, type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unreadable from error
    if write_header(header) != raw:
        raise Unreadable
    return header


def found_version(raw: bytes) -> int:
    """The format that a header says it has; 0 when it says nothing of that kind."""
    try:
        version = msgspec.json.decode(raw, type=dict[str, object]).get("version")
    except (msgspec.DecodeError, UnicodeDecodeError):
        return 0
    return version if isinstance(version, int) else 0


class Boxes:
    """Seals with the keys that come from a repository's key."""

    def __init__(self, key: bytes) -> None:
        self._chunks = AESGCM(keys.derive(key, "backup-chunks"))
        self._facts = AESGCM(keys.derive(key, "backup-facts"))
        self._ids = keys.derive(key, "backup-ids")

    def chunk_id(self, content: bytes) -> bytes:
        """Equal for equal content; without the key nobody can test for a file that he knows."""
        return hmac.digest(self._ids, content, "sha256")

    def seal_chunk(self, chunk: bytes, content: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._chunks.encrypt(nonce, content, chunk)

    def open_chunk(self, chunk: bytes, box: bytes) -> bytes:
        """`Unreadable`."""
        return _opened(self._chunks, box, chunk)

    def seal_index(self, packs: tuple[PackedChunks, ...]) -> bytes:
        return _sealed(self._facts, packs, b"index")

    def open_index(self, box: bytes) -> tuple[PackedChunks, ...]:
        """`Unreadable`."""
        return _decoded(_opened(self._facts, box, b"index"), tuple[PackedChunks, ...])

    def seal_snapshot(self, head: Head, manifest: Manifest) -> bytes:
        plain = msgspec.msgpack.encode(head)
        length = struct.pack(">I", len(plain))
        return _MARK + length + plain + _sealed(self._facts, manifest, b"snapshot" + plain)

    def open_snapshot(self, raw: bytes) -> Manifest:
        """`Unreadable`."""
        plain, box = _parted(raw)
        return _decoded(_opened(self._facts, box, b"snapshot" + plain), Manifest)


def read_head(raw: bytes) -> Head:
    """`Unreadable`."""
    plain, _ = _parted(raw)
    try:
        return msgspec.msgpack.decode(plain, type=Head)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unreadable from error


def _parted(raw: bytes) -> tuple[bytes, bytes]:
    begin = len(_MARK) + 4
    if len(raw) < begin or not raw.startswith(_MARK):
        raise Unreadable
    (length,) = struct.unpack(">I", raw[len(_MARK) : begin])
    return raw[begin : begin + length], raw[begin + length :]


def _sealed(cipher: AESGCM, value: object, context: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + cipher.encrypt(nonce, zlib.compress(msgspec.msgpack.encode(value)), context)


def _opened(cipher: AESGCM, box: bytes, context: bytes) -> bytes:
    try:
        return cipher.decrypt(box[:_NONCE], box[_NONCE:], context)
    except (InvalidTag, ValueError) as error:
        raise Unreadable from error


def _decoded(packed: bytes, kind: type[T]) -> T:
    try:
        return msgspec.msgpack.decode(zlib.decompress(packed), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, zlib.error) as error:
        raise Unreadable from error
