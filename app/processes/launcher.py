"""A small process that is started before native sockets are refused, and starts what may have them.

What the kernel refuses it refuses to every process that is started afterwards; but the reader of a
database needs its server, and a browser or an office program that shows a file is not ours to
restrict. Where nothing is refused, a process is started as any other.
"""

import multiprocessing
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

_SHOW = "xdg-open"


def start() -> None:
    """Before `native_sockets.refuse`; it ends with this process."""
    if sys.platform == "linux":
        from multiprocessing import forkserver

        forkserver.ensure_running()


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
