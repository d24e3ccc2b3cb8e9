"""The encrypted originals of a collection, each under a name of its own."""

import hashlib
import os
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.store import files

#: For how many seconds what no row names stays set aside.
_KEPT_ASIDE = 30 * 24 * 3600


class Originals:
    """The folder files/ of a collection."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder, self._key = folder, key
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def keep(self, source: files.Readable) -> "Kept":
        """Encrypt an original. It is cleaned up at the next start unless a row names it."""
        name = uuid.uuid4().hex
        hashed = _Hashed(source)
        files.encrypt_file(self._folder / name, self._key, name, hashed)
        return Kept(name, hashed.sha256.hexdigest(), hashed.size)

    def read(self, name: str) -> bytes:
        """The plain bytes of an original. `DamagedData`."""
        return files.decrypt_file(self._folder / name, self._key, name)

    def parts(self, name: str) -> Iterator[bytes]:
        """The same piece by piece; each is authentic, the whole only at the end. `DamagedData`."""
        return files.decrypted(self._folder / name, self._key, name)

    def discard(self, name: str) -> None:
        """Delete an original that no row names."""
        (self._folder / name).unlink(missing_ok=True)

    def clean_up(self, known: set[str]) -> None:
        """Put aside what no row names, for a month: a power cut came between file and row, or the
        rows are older than the files. What a row names again comes back."""
        files.remove_leftovers(self._folder)
        aside = self._folder.with_name(files.SET_ASIDE)
        for original in self._folder.iterdir():
            if original.name not in known:
                aside.mkdir(exist_ok=True, mode=0o700)
                if not original.is_symlink():  # which leads to a read-only medium
                    os.utime(original)
                original.rename(aside / original.name)
        oldest = time.time() - _KEPT_ASIDE
        for original in aside.iterdir() if aside.exists() else ():
            if original.name in known:
                original.rename(self._folder / original.name)
            elif original.stat().st_mtime < oldest:
                original.unlink()


@dataclass(frozen=True, slots=True)
class Kept:
    """An original that was encrypted: its name in files/, hash and bytes."""

    name: str
    sha256: str
    size: int


class _Hashed:
    """Reads on and keeps count of what went through."""

    def __init__(self, source: files.Readable) -> None:
        self._source = source
        self.sha256, self.size = hashlib.sha256(), 0

    def read(self, size: int = -1, /) -> bytes:
        piece = self._source.read(size)
        self.sha256.update(piece)
        self.size += len(piece)
        return piece
