"""The vector graph on the disk: a cache beside the database, encrypted, believed only when whole.

Its key comes from the collection's, and what it was made for is bound in: collection, embedding
model, dimensions, format, and a mark that stands in the database. A database that was put back to
an earlier state uses ids again; its mark is then another, and the snapshot no longer opens.
"""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import VaultError
from app.store import files

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Made:
    """What a snapshot was made of; with another embedding model it is none."""

    model: str
    dimensions: int


class IndexSnapshot:
    """`<collection>/index`. `mark` and `set_mark` read and write the database's side."""

    def __init__(
        self,
        path: Path,
        key: bytes,
        collection: str,
        mark: Callable[[], str | None],
        set_mark: Callable[[str], None],
    ) -> None:
        self._path = path
        self._key = key
        self._collection = collection
        self._mark = mark
        self._set_mark = set_mark

    def read(self, made: Made) -> bytearray | None:
        """The content, every byte authenticated; None, and no file, at any doubt."""
        mark = self._mark()
        if mark is None:
            self.forget()
            return None
        try:
            return files.decrypt_large(self._path, self._key, self._identity(made, mark))
        except (VaultError, OSError, MemoryError):
            self.forget()
            return None

    def write(self, made: Made, content: bytearray, going_on: Callable[[], bool]) -> None:
        """Keep it if the disk lets us and until we are told to stop: it can be made again. A
        `VaultError` of the database."""
        mark = secrets.token_hex(16)
        try:
            source = _Reading(content, going_on)
            files.encrypt_file(self._path, self._key, self._identity(made, mark), source)
        except (VaultError, OSError):
            return  # the former one stays and still opens
        if going_on():
            self._set_mark(mark)

    def forget(self) -> None:
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _identity(self, made: Made, mark: str) -> str:
        return "|".join(
            ("index", str(_FORMAT), self._collection, made.model, str(made.dimensions), mark)
        )


class _Reading:
    """`io.BytesIO` would copy a gigabyte."""

    def __init__(self, content: bytearray, going_on: Callable[[], bool]) -> None:
        self._rest = memoryview(content)
        self._going_on = going_on

    def read(self, size: int = -1, /) -> bytes:
        if not self._going_on():
            raise OSError("no longer wanted")
        piece, self._rest = bytes(self._rest[:size]), self._rest[size:]
        return piece
