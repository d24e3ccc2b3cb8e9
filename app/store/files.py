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

from app.domain.errors import DamagedData, StorageDenied, StorageFull

_MAGIC = b"LARETS1\n"
_CHUNK = 64 * 1024
_TAG = 16
#: How the name of a file begins that is not whole yet.
TEMPORARY = ".tmp-"


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn the operating system's refusals into ours."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise StorageFull(path=str(path)) from error
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
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
def atomic(path: Path) -> Iterator[BinaryIO]:
    """A file that appears at `path` whole or not at all; readable by its owner alone."""
    temporary = path.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
    with disk_errors(path):
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
    """Write `data` where a user asked for it, whole or not at all; no folder is made for it.
    `StorageDenied`, `StorageFull`."""
    if not path.parent.is_dir():
        raise StorageDenied(path=str(path))
    try:
        with atomic(path) as file:
            file.write(data)
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


def encrypt_file(path: Path, key: bytes, identity: str, source: Readable) -> None:
    """Write what `source` yields to `path`, encrypted. `StorageFull`, `StorageDenied`."""
    seed = secrets.token_bytes(16)
    cipher = _cipher(key, seed)
    with atomic(path) as out:
        out.write(_MAGIC + seed)
        chunk, counter = source.read(_CHUNK), 0
        while True:
            following = source.read(_CHUNK)
            last = not following
            out.write(cipher.encrypt(_nonce(counter, last), chunk, identity.encode()))
            if last:
                return
            chunk, counter = following, counter + 1


def _chunks(file: BinaryIO, cipher: AESGCM, identity: str) -> Iterator[bytes]:
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
                header = file.read(len(_MAGIC) + 16)
                if header[: len(_MAGIC)] != _MAGIC:
                    raise DamagedData(path=str(path))
                yield from _chunks(file, _cipher(key, header[len(_MAGIC) :]), identity)
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
