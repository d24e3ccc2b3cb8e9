"""Keys and documents in memory stay in it: no core dump, no look from another process.

Linux alone can have a process closed to others of the same user (`PR_SET_DUMPABLE`, which a new
program image undoes: every process asks for itself). Windows and macOS have nothing of this kind
that a program could ask for; there `kept` is None.
"""

import ctypes
import os
import sys
from contextlib import suppress

_PR_GET_DUMPABLE, _PR_SET_DUMPABLE = 3, 4
#: What is written belongs to whoever runs the program.
_MASK = 0o077


def keep() -> None:
    """As far as this system can."""
    os.umask(_MASK)
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):  # `kept` tells
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, *map(ctypes.c_ulong, (0, 0, 0, 0)))


def kept() -> bool | None:
    """Whether this process can be neither dumped nor looked into; None where nothing can be asked
    of the system."""
    if sys.platform != "linux":
        return None
    import resource

    dumpable = ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, *map(ctypes.c_ulong, (0, 0, 0, 0)))
    return dumpable == 0 and resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
