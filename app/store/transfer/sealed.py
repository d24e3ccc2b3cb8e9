"""The file around the members: opened by a passphrase, signed over its manifest."""

import hashlib
import os
import secrets
import struct
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.domain.errors import (
    DamagedTransfer,
    ForgedTransfer,
    NewerTransfer,
    NotATransfer,
    UnsoundTransfer,
    WrongPassphrase,
)
from app.store import files, keys
from app.store.transfer.layout import (
    MOST_LINE,
    MOST_MANIFEST,
    VERSION,
    Manifest,
    Member,
    Unsound,
    check_manifest,
)

_MARK, _END = b"LARETS-TRANSFER\n", b"LARETS-E"
_SHORT, _LONG = struct.Struct(">I"), struct.Struct(">Q")
_MOST_HEAD = 4096
_NONCE, _SIGNATURE = 12, 64
_PURPOSE = "transfer"
#: Bytes that a member is read by.
_PIECE = 64 * 1024


@dataclass(frozen=True)
class Head:
    version: int
    id: str
    slot: keys.KeySlot


class TransferWriter:
    """Members go onto `out` one after the other; `finish` comes last."""

    def __init__(self, out: BinaryIO, passphrase: str) -> None:
        self.id, key = uuid.uuid4().hex, keys.new_key()
        slot = keys.wrap_with_password(passphrase, key, _context(self.id), keys.calibrated())
        head = msgspec.json.encode(Head(VERSION, self.id, slot))
        out.write(_MARK + _SHORT.pack(len(head)) + head)
        self._out, self._key, self._identity = out, key, _digest(head)
        self._body = files.Sealing(out, key, self._identity)
        self.members: list[Member] = []

    @contextmanager
    def member(self, name: str) -> Iterator[Callable[[bytes], None]]:
        """One more member, of what is given to the function."""
        digest, size = hashlib.sha256(), 0

        def write(piece: bytes) -> None:
            nonlocal size
            digest.update(piece)
            size += len(piece)
            self._body.write(piece)

        yield write
        self.members.append(Member(name, size, digest.hexdigest()))

    def finish(self, manifest: Manifest, sign: Callable[[str, bytes], bytes]) -> None:
        """`sign` gives 64 bytes for a purpose and what is signed."""
        self._body.end()
        told = msgspec.json.encode(manifest)
        nonce = secrets.token_bytes(_NONCE)
        signed = sign(_PURPOSE, told) + told
        box = nonce + _cipher(self._key).encrypt(nonce, signed, self._identity.encode())
        self._out.write(box + _LONG.pack(len(box)) + _END)


class TransferReader:
    """A file that is open for reading; `name` is what errors call it."""

    def __init__(self, file: BinaryIO, name: str, passphrase: str) -> None:
        """Open it, and check the manifest with its signature. `NotATransfer`, `NewerTransfer`,
        `WrongPassphrase`, `DamagedTransfer`, `ForgedTransfer`, `UnsoundTransfer`."""
        self._file, self._name = file, name
        head = self._head()
        self._begin = file.tell()
        try:
            self._key = keys.unwrap_with_password(passphrase, head.slot, _context(head.id))
        except (keys.Refused, ValueError) as error:  # no salt that a key could be derived with
            raise WrongPassphrase(name=name) from error
        self.manifest = self._manifest()
        if self.manifest.id != head.id:
            raise ForgedTransfer(name=name)
        if self.manifest.size > self._end - self._begin:
            raise UnsoundTransfer(name=name, part="manifest")

    def members(self) -> Iterator["OpenMember"]:
        """Each in its order, to be read before the next. `DamagedTransfer`."""
        self._file.seek(self._begin)
        sealed = _Range(self._file, self._end - self._begin)
        body = _Plain(files.unsealed(sealed, self._key, self._identity), self._name)
        for member in self.manifest.members:
            opened = OpenMember(member, body)
            yield opened
            opened.check()
        if body.read(1):
            raise DamagedTransfer(name=self._name)

    def _head(self) -> Head:
        file = self._file
        if file.read(len(_MARK)) != _MARK:
            raise NotATransfer(name=self._name)
        length = file.read(_SHORT.size)
        if len(length) != _SHORT.size or _SHORT.unpack(length)[0] > _MOST_HEAD:
            raise DamagedTransfer(name=self._name)
        raw = file.read(_SHORT.unpack(length)[0])
        self._identity = _digest(raw)
        try:
            version = msgspec.json.decode(raw, type=_Versioned).version
            if version > VERSION:
                raise NewerTransfer(name=self._name, found=version)
            return msgspec.json.decode(raw, type=Head)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DamagedTransfer(name=self._name) from error

    def _manifest(self) -> Manifest:
        box = self._box()
        identity = self._identity.encode()
        try:
            signed = _cipher(self._key).decrypt(box[:_NONCE], box[_NONCE:], identity)
        except (InvalidTag, ValueError) as error:
            raise DamagedTransfer(name=self._name) from error
        signature, told = signed[:_SIGNATURE], signed[_SIGNATURE:]
        try:
            manifest = msgspec.json.decode(told, type=Manifest)
            check_manifest(manifest)
        except (msgspec.DecodeError, UnicodeDecodeError, Unsound) as error:
            raise UnsoundTransfer(name=self._name, part="manifest") from error
        if not keys.is_signed(manifest.key, _PURPOSE, told, signature):
            raise ForgedTransfer(name=self._name)
        return manifest

    def _box(self) -> bytes:
        tail = _LONG.size + len(_END)
        size = self._file.seek(0, os.SEEK_END)
        self._file.seek(max(size - tail, self._begin))
        raw = self._file.read(tail)
        length = _LONG.unpack(raw[: _LONG.size])[0] if raw[_LONG.size :] == _END else 0
        self._end = size - tail - length
        if not 0 < length <= MOST_MANIFEST or self._end < self._begin:
            raise DamagedTransfer(name=self._name)
        self._file.seek(self._end)
        return self._file.read(length)


class OpenMember:
    """A member while it is read; what was not is passed over by `check`."""

    def __init__(self, member: Member, body: "_Plain") -> None:
        self.name, self.size = member.name, member.size
        self._sha256, self._body = member.sha256, body
        self._left, self._digest = member.size, hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        """Up to so many bytes, all that is left for a negative number."""
        piece = self._body.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(piece)
        self._digest.update(piece)
        return piece

    def lines(self) -> Iterator[bytes]:
        """`Unsound` for one that is too long."""
        rest = b""
        while piece := self.read(_PIECE):
            *whole, rest = (rest + piece).split(b"\n")
            yield from whole
            if len(rest) > MOST_LINE:
                raise Unsound(self.name)
        if rest:
            yield rest

    def check(self) -> None:
        """`DamagedTransfer` when it is not what the manifest says."""
        while self.read(_PIECE):
            pass
        if self._left or self._digest.hexdigest() != self._sha256:
            raise DamagedTransfer(name=self._body.name)


class _Versioned(msgspec.Struct):
    version: int


class _Range:
    """The next `size` bytes of a file and no more."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._left = file, size

    def read(self, size: int = -1, /) -> bytes:
        piece = self._file.read(min(size, self._left))
        self._left -= len(piece)
        return piece


class _Plain:
    """Pieces as they come, read by the byte; `name` is the file's."""

    def __init__(self, pieces: Iterator[bytes], name: str) -> None:
        self._pieces, self._rest, self.name = pieces, bytearray(), name

    def read(self, size: int) -> bytes:
        """So many bytes, fewer at the end. `DamagedTransfer`."""
        try:
            while len(self._rest) < size and (piece := next(self._pieces, None)) is not None:
                self._rest += piece
        except InvalidTag as error:
            raise DamagedTransfer(name=self.name) from error
        found = bytes(self._rest[:size])
        del self._rest[:size]
        return found


def _cipher(key: bytes) -> AESGCM:
    return AESGCM(keys.derive(key, "transfer-manifest"))


def _context(file: str) -> str:
    return f"{_PURPOSE}/{file}"


def _digest(head: bytes) -> str:
    return hashlib.sha256(head).hexdigest()
