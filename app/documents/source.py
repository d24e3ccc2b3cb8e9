"""A document as bytes: from the disk or from the store."""

import io
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.documents.limits import FILE_BYTES, MB
from app.domain.errors import DamagedFile, EmptyDocument, FileDenied, FileMissing, FileTooLarge
from app.domain.library.reading import UnreadReason


@dataclass(frozen=True)
class Part:
    """A file inside an archive or a message: `name` is its path there, with "/"; `refused` says why
    it has no data, where it was not taken."""

    name: str
    data: bytes
    refused: UnreadReason | None = None


def unlike(name: str, taken: set[str]) -> str:
    """A file's name, with a number where it is `taken`, regardless of case; then it is."""
    stem, dot, suffix = name.rpartition(".")
    number, free = 2, name
    while free.casefold() in taken:
        free = f"{stem} ({number}).{suffix}" if dot else f"{name} ({number})"
        number += 1
    taken.add(free.casefold())
    return free


@dataclass(frozen=True)
class DocumentSource:
    """What to read: `name` chooses the format by its suffix; `data` or else the file at `path`."""

    name: str
    path: str | None = None
    data: bytes | None = None

    @property
    def suffix(self) -> str:
        """Lower-case, with the dot; "" when there is none."""
        return Path(self.name).suffix.lower()

    def size(self) -> int:
        """Bytes; 0 when the file cannot be looked at."""
        if self.data is not None:
            return len(self.data)
        try:
            return os.stat(self.path or "").st_size
        except (OSError, ValueError):
            return 0

    def load(self) -> bytes:
        """All bytes. Raises FileMissing, FileDenied, FileTooLarge, EmptyDocument or DamagedFile."""
        if self.size() > FILE_BYTES:
            raise FileTooLarge(name=self.name, limit=f"{FILE_BYTES // MB} MB")
        data = self.data if self.data is not None else self._from_disk()
        if not data:
            raise EmptyDocument(name=self.name)
        return data

    def open(self) -> BinaryIO:
        """To be read piece by piece. Raises FileMissing, FileDenied or DamagedFile."""
        if self.data is not None:
            return io.BytesIO(self.data)
        path = Path(self.path or "")
        try:
            if path.exists() and not path.is_file():
                raise DamagedFile(name=self.name)
            return path.open("rb")
        except (FileNotFoundError, NotADirectoryError, ValueError) as error:
            raise FileMissing(name=self.name) from error
        except PermissionError as error:
            raise FileDenied(name=self.name) from error
        except OSError as error:
            raise DamagedFile(name=self.name) from error

    def _from_disk(self) -> bytes:
        try:
            with self.open() as file:
                return file.read(FILE_BYTES + 1)
        except OSError as error:
            raise DamagedFile(name=self.name) from error
