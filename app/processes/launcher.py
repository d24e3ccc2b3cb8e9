"""A small process that is started before native sockets are refused, and starts what may have them.

What the kernel refuses it refuses to every process that is started afterwards; but the reader of a
database needs its server, and a browser or an office program that shows a file is not ours to
restrict. Where nothing is refused, a process is started as any other.
"""

import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

_SHOW = "xdg-open"
#: `sun_path` of unix(7) holds 108 bytes, the last of them a zero; multiprocessing adds the names of
#: a folder and of a socket, /pymp-xxxxxxxx/listener-xxxxxxxx.
_LONGEST_FOLDER = 107 - 32


def start() -> None:
    """Before `native_sockets.refuse`; it ends with this process."""
    if sys.platform == "linux":
        from multiprocessing import forkserver

        with _short_lived_folder():
            forkserver.ensure_running()


@contextmanager
def _short_lived_folder() -> Iterator[None]:
    """Let multiprocessing make its folder of sockets in memory, where the system has such a place:
    a stick with FAT holds no socket, and what a kill leaves is gone at the next start of the
    computer. A folder whose name is too long for a socket's path is passed over."""
    before = tempfile.tempdir
    tempfile.tempdir = short_folder()
    try:
        yield
    finally:
        tempfile.tempdir = before


def short_folder() -> str:
    """Where sockets can be made: in memory if possible, and with a short name."""
    usual = tempfile.gettempdir()
    places = (os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm", usual, "/tmp")
    return next((each for each in places if _takes_sockets(each)), usual)


def _takes_sockets(folder: str) -> bool:
    return len(os.fsencode(folder)) <= _LONGEST_FOLDER and os.access(folder, os.W_OK | os.X_OK)


def context() -> "ForkServerContext | SpawnContext":
    """Processes that are not refused native sockets."""
    if sys.platform == "linux":
        return multiprocessing.get_context("forkserver")
    return multiprocessing.get_context("spawn")


def show(path: Path) -> bool:
    """Have the system's own program show a file, without waiting for it; False where that can be
    asked from this very process alone."""
    if sys.platform != "linux" or shutil.which(_SHOW) is None:
        return False
    context().Process(target=_show, args=(path,), name="show").start()
    return True


def _show(path: Path) -> None:
    """In the new process, which the other program outlives."""
    nowhere = subprocess.DEVNULL
    subprocess.Popen([_SHOW, str(path)], stdout=nowhere, stderr=nowhere, start_new_session=True)
