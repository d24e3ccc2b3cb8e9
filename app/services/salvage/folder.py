"""The folder that a salvage is written into: readable by its owner alone, no name twice."""

import re
from collections.abc import Iterable
from pathlib import Path

from app.domain.errors import FolderNotEmpty, StorageDenied
from app.store import files

#: What no file may be called on Windows, and is no part of a name anywhere.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")
#: In bytes of UTF-8: file systems take 255, and a number may follow.
_LONGEST = 200


class SalvageFolder:
    def __init__(self, folder: Path, data: Path) -> None:
        """An empty or new one, outside the workspace `data`. `FolderNotEmpty`, `StorageDenied`."""
        if folder.absolute().is_relative_to(data.absolute()):
            raise StorageDenied(path=str(folder))
        with files.disk_errors(folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if any(folder.iterdir()):
                raise FolderNotEmpty(path=str(folder))
        self.path, self._taken = folder, set[str]()

    def put(self, pieces: Iterable[bytes], name: str, *within: str) -> str:
        """Write a file whole or not at all, in folders that are called so; where it lies. Errors
        of `pieces` come out, as do `StorageFull` and `StorageDenied`."""
        place = Path(*map(_safe, within), _safe(name))
        number = 1
        while (free := _numbered(place, number)).as_posix().casefold() in self._taken:
            number += 1
        with files.disk_errors(self.path):
            for folder in reversed(free.parents):
                (self.path / folder).mkdir(exist_ok=True, mode=0o700)
        with files.atomic(self.path / free) as file:
            for piece in pieces:
                file.write(piece)
        self._taken.add(free.as_posix().casefold())
        return free.as_posix()


def _safe(name: str) -> str:
    clean = _DEVICES.sub(r"\1_", _UNSAFE.sub("_", name).strip(" ."))
    return _short(clean) or "_"


def _short(name: str) -> str:
    """Without the end of a name that is too long; with its suffix."""
    suffix = Path(name).suffix if len(Path(name).suffix) <= 10 else ""
    stem = name.removesuffix(suffix)
    room = _LONGEST - len(suffix.encode())
    return stem.encode()[:room].decode(errors="ignore") + suffix


def _numbered(place: Path, number: int) -> Path:
    return place if number == 1 else place.with_name(f"{place.stem} ({number}){place.suffix}")
