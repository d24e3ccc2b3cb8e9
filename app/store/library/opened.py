"""Originals that lie readable for another program: until the lock, and not past the next start."""

import re
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from app.store import files

#: What some file system refuses in a name, and how long one may be.
_REFUSED = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_LENGTH = 100


class OpenedFolder:
    """The folder opened/ of a workspace, for its owner alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def is_there(self) -> bool:
        return self._folder.exists()

    def write(self, name: str, parts: Iterable[bytes]) -> Path:
        """A file of that name in a folder of its own. `StorageFull`, `StorageDenied`."""
        path = self._folder / secrets.token_hex(8) / _safe(name)
        with files.disk_errors(path):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.parent.mkdir(mode=0o700)
        with files.atomic(path) as file:
            for part in parts:
                file.write(part)
        return path

    def remove(self) -> None:
        """Delete everything; what another program holds fast goes at the next start."""
        shutil.rmtree(self._folder, ignore_errors=True)


def _safe(name: str) -> str:
    """The last part of a name, as every file system takes it, its suffix kept."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, suffix = _REFUSED.sub("_", last).rpartition(".")
    return f"{stem[:_LENGTH].strip(' .') or 'document'}{dot}{suffix}"
