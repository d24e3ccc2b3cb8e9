"""The files of a model while they are mapped into memory: nobody cuts them unnoticed.

Reading a mapped page that the file has no more ends the process (SIGBUS). On Linux a lease
(`fcntl(2)`, "Leases") makes whoever wants to write into the file or cut it wait, 45 seconds unless
the system was told otherwise, until we let go; asking whether somebody waits costs a microsecond,
so it is asked before each step of a model. Where no lease is given (the file belongs to another
user, or lies on a network) or the system has none, size and time are compared instead, which leaves
the length of a step. Windows refuses to cut a mapped file.
"""

import os
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress

_Stamp = tuple[int, int]


class HeldFiles:
    """Open until `close`. `FileNotFoundError` and other errors of the system come out."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._open: list[_Held] = []
        self._whole = True
        try:
            for path in paths:
                self._open.append(_Held(path))
        except BaseException:
            self.close()
            raise

    @property
    def are_whole(self) -> bool:
        """Whether every file is as it was; once it was not, it stays so, and who waits may go on:
        nothing is to be read from the mapped memory any more."""
        if self._whole and not all(each.is_whole for each in self._open):
            self._whole = False
            self.close()
        return self._whole

    @property
    def are_leased(self) -> bool:
        """Whether nobody can cut any of them within a step."""
        return bool(self._open) and all(each.is_leased for each in self._open)

    def close(self) -> None:
        """Twice is harmless."""
        while self._open:
            self._open.pop().close()


class _Held:
    def __init__(self, path: str) -> None:
        self._descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self.is_leased = _lease(self._descriptor)
        self._stamp = self._now()

    @property
    def is_whole(self) -> bool:
        return not (self.is_leased and _is_asked_for(self._descriptor)) and (
            self._now() == self._stamp
        )

    def close(self) -> None:
        os.close(self._descriptor)  # with it goes the lease

    def _now(self) -> _Stamp:
        found = os.fstat(self._descriptor)
        return found.st_size, found.st_mtime_ns


def _lease(descriptor: int) -> bool:
    """Ask for one. Its signal is one that does nothing by itself: the usual one would end us."""
    if sys.platform != "linux":
        return False
    import fcntl

    with suppress(OSError):
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        return True
    return False


def _is_asked_for(descriptor: int) -> bool:
    """Whether somebody waits for the file, or waited too long and has it now."""
    if sys.platform != "linux":
        return False
    import fcntl

    return fcntl.fcntl(descriptor, fcntl.F_GETLEASE) != fcntl.F_RDLCK
