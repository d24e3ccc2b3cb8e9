"""Room that is kept on the disk, so that something can be deleted when the disk is full: even a
deletion writes, into a database's log, before anything is free.

It lies in several files, given up one at a time: what else is written meanwhile takes no more than
one of them. Measured: opening a profile of two collections takes 0.2 MiB.
"""

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

RESERVE = "reserve"
#: Bytes of one file, and how many there are.
PIECE, _PIECES = 4 * 1024 * 1024, 4
#: Less free than this part of a piece is too little for a deletion.
_LITTLE = 2
#: As many times the whole must be free before it is made again: it is not to fill the disk itself.
_AMPLE = 4


class Reserve:
    """Of the workspace in the folder `data`."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._refused = False

    def note_refusal(self) -> None:
        """The disk was called full: a quota that no figure of the disk shows, perhaps."""
        self._refused = True

    def give_up(self) -> None:
        """Let one piece go, unless there is room without it."""
        with suppress(OSError):
            if not self._refused and shutil.disk_usage(self._data).free >= PIECE // _LITTLE:
                return
            for piece in self._pieces():
                if piece.exists():
                    piece.unlink()
                    self._refused = False
                    return

    def refill(self) -> None:
        """Make what is missing, where the disk has ample room."""
        missing = [piece for piece in self._pieces() if not piece.exists()]
        with suppress(OSError):  # room that cannot be kept is no reason to refuse anything
            if missing and shutil.disk_usage(self._data).free >= _AMPLE * _PIECES * PIECE:
                missing[0].parent.mkdir(exist_ok=True, mode=0o700)
                for piece in missing:
                    _allocate(piece)

    def _pieces(self) -> list[Path]:
        return [self._data / RESERVE / str(number) for number in range(_PIECES)]


def _allocate(piece: Path) -> None:
    """Room that the file system really sets aside, or no file: zeros alone it might not write."""
    descriptor = os.open(piece, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(descriptor, 0, PIECE)
            else:
                file.write(secrets.token_bytes(PIECE))
    except OSError:
        piece.unlink()
        raise
