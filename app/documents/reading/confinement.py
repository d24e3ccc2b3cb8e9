"""What the reading process gives up before it sees a document. Best effort, system by system."""

import ctypes
import os
import signal
import sys

from app.documents.limits import CHILD_FILES, CHILD_MEMORY

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000


def confine(
    memory: int = CHILD_MEMORY, parent: int | None = None, *, network: bool = False
) -> None:
    """Limits on memory (bytes), files and cores; no new privileges, no orphan, no network unless
    asked for.

    `parent` is the process id of who started this one. On Windows nothing happens yet: there a job
    object has to do it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "win32":
        return
    _limit_resources(memory)
    if sys.platform == "linux":
        _give_up_rights(network=network)
        if parent is not None and os.getppid() != parent:
            os._exit(1)


def _limit_resources(memory: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    limits = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, CHILD_FILES),
    )
    for kind, value in limits:
        _, hard = resource.getrlimit(kind)
        least = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (least, least))
        except (ValueError, OSError):
            continue  # macOS refuses some of them


def _give_up_rights(*, network: bool) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if network:
        return
    # Containers and some distributions refuse; the program has no sockets anyway.
    libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
