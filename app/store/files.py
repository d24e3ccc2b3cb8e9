"""Encrypted files: chunked AES-256-GCM after the STREAM construction of age, written atomically.

Layout: magic, 16-byte nonce, then chunks of 64 KiB plaintext with a 16-byte tag each. The nonce of
a chunk is its counter plus a flag for the last one, so chunks cannot be reordered, dropped or cut;
the file's identity is bound in, so files cannot be exchanged.
"""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.errors import DamagedData, ReadOnlyMedium, StorageDenied, StorageFull

_MAGIC = b"LARETS1\n"
_CHUNK = 64 * 1024
_TAG = 16
_SEED = 16
#: How the name of a file begins that is not whole yet.
TEMPORARY = ".tmp-"
#: The folder for files that nothing names: they are moved there, not deleted.
SET_ASIDE = "set-aside"


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn the operating system's refusals into ours."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise StorageFull(path=str(path)) from error
        if error.errno == errno.EROFS:
            raise ReadOnlyMedium(path=str(path)) from error
        if error.errno in {errno.EACCES, errno.EPERM}:
            raise StorageDenied(path=str(path)) from error
        raise


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    if os.name == "nt":  # Windows cannot open a folder; its rename is durable by itself
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def atomic(path: Path, beside: str = "") -> Iterator[BinaryIO]:
    """A file that appears at `path` whole or not at all; readable by its owner alone. It is written
    under the name `beside`, where one is given: what a kill left of that name is replaced."""
    temporary = path.with_name(beside or f"{TEMPORARY}{secrets.token_hex(8)}")
    with disk_errors(path):
        if beside:
            temporary.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
            sync_folder(path.parent)
        finally:
            temporary.unlink(missing_ok=True)


def copy_file(path: Path, to: Path) -> None:
    """The same bytes at `to`, whole or not at all. `StorageFull`, `StorageDenied`."""
    with path.open("rb") as source, atomic(to) as copy:
        shutil.copyfileobj(source, copy)


def put_in_place(temporary: Path, path: Path) -> None:
    """Let a finished file appear at `path`, durably."""
    with disk_errors(path):
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)


def replace_lightly(path: Path, content: bytes) -> None:
    """Put `content` in the place of a file without waiting for the disk: whole after a kill, but
    after a power cut perhaps the earlier one."""
    temporary = path.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
    with disk_errors(path):
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


def save_for_user(path: Path, data: bytes) -> None:
    """Write `data` where a user asked for it, as `for_user`."""
    with for_user(path) as file:
        file.write(data)


@contextmanager
def for_user(path: Path, beside: str = "") -> Iterator[BinaryIO]:
    """A file where a user asked for it, as `atomic`; no folder is made for it. `StorageDenied`,
    `StorageFull`."""
    if not path.parent.is_dir():
        raise StorageDenied(path=str(path))
    try:
        with atomic(path, beside) as file:
            yield file
    except OSError as error:  # a folder of that name
        raise StorageDenied(path=str(path)) from error


def remove_leftovers(folder: Path) -> None:
    """Delete the temporary files that a power cut left behind."""
    for stale in folder.glob(f"{TEMPORARY}*"):
        stale.unlink(missing_ok=True)


def _cipher(key: bytes, nonce: bytes) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), 32, nonce, b"larets/1/file").derive(key))


def _nonce(counter: int, last: bool) -> bytes:
    return counter.to_bytes(11, "big") + (b"\1" if last else b"\0")


class Readable(Protocol):
    """What can be read to its end; empty there."""

    def read(self, size: int = -1, /) -> bytes: ...


class Sealing:
    """Encrypts what is written to it onto `out`; `end` writes what makes it whole."""

    def __init__(self, out: BinaryIO, key: bytes, identity: str) -> None:
        seed = secrets.token_bytes(_SEED)
        out.write(_MAGIC + seed)
        self._out, self._cipher, self._identity = out, _cipher(key, seed), identity.encode()
        self._rest, self._counter = bytearray(), 0

    def write(self, plain: bytes) -> None:
        self._rest += plain
        while len(self._rest) > _CHUNK:  # the last chunk is marked: one is held back
            self._put(bytes(self._rest[:_CHUNK]), last=False)
            del self._rest[:_CHUNK]

    def end(self) -> None:
        self._put(bytes(self._rest), last=True)

    def _put(self, chunk: bytes, *, last: bool) -> None:
        nonce = _nonce(self._counter, last)
        self._out.write(self._cipher.encrypt(nonce, chunk, self._identity))
        self._counter += 1


def encrypt_file(path: Path, key: bytes, identity: str, source: Readable) -> None:
    """Write what `source` yields to `path`, encrypted. `StorageFull`, `StorageDenied`."""
    with atomic(path) as out:
        sealing = Sealing(out, key, identity)
        while piece := source.read(_CHUNK):
            sealing.write(piece)
        sealing.end()


def unsealed(file: Readable, key: bytes, identity: str) -> Iterator[bytes]:
    """What a `Sealing` wrote, to the end of `file`, each piece authenticated before it comes.
    `InvalidTag`."""
    header = file.read(len(_MAGIC) + _SEED)
    if header[: len(_MAGIC)] != _MAGIC:
        raise InvalidTag
    cipher = _cipher(key, header[len(_MAGIC) :])
    chunk, counter = file.read(_CHUNK + _TAG), 0
    while True:
        following = file.read(_CHUNK + _TAG)
        last = not following
        yield cipher.decrypt(_nonce(counter, last), chunk, identity.encode())
        if last:
            return
        chunk, counter = following, counter + 1


def decrypted(path: Path, key: bytes, identity: str) -> Iterator[bytes]:
    """The plain bytes in pieces, each authenticated before it comes. `DamagedData`."""
    with disk_errors(path):
        try:
            with path.open("rb") as file:
                yield from unsealed(file, key, identity)
        except (InvalidTag, FileNotFoundError) as error:
            raise DamagedData(path=str(path)) from error


def decrypt_file(path: Path, key: bytes, identity: str) -> bytes:
    """The plain bytes. `DamagedData` when any bit, the length or the identity differs."""
    return b"".join(decrypted(path, key, identity))


def decrypt_large(path: Path, key: bytes, identity: str) -> bytearray:
    """The same without ever holding two copies: room for all of it is made first."""
    size = path.stat().st_size if path.exists() else 0
    content, end = bytearray(size), 0  # the file is larger than what it holds
    for chunk in decrypted(path, key, identity):
        content[end : end + len(chunk)] = chunk
        end += len(chunk)
    del content[end:]
    return content
