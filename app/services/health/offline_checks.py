"""What keeps every process of this program off the network, and what can be seen of it."""

import sys
from pathlib import Path
from typing import Protocol

from app import log, offline
from app.domain.access_keys import LOOPBACK
from app.processes import native_sockets, private
from app.services.health.check import Check


class Connected(Protocol):
    """A socket as psutil tells of it: `laddr` is its own address, empty where it has none."""

    @property
    def laddr(self) -> tuple[object, ...]: ...


def sockets() -> Check:
    """Network sockets that are open now, in this process and in all that it started. Those of a
    door for programs of this computer are told apart: nothing leaves it there."""
    import psutil

    own = psutil.Process()
    found, unseen = list[Connected](), 0
    processes = [own, *own.children(recursive=True)]
    for each in processes:
        try:
            found += each.net_connections(kind="inet")
        except psutil.NoSuchProcess:
            continue
        except psutil.AccessDenied:  # a process that is closed to others of the same user
            unseen += 1
    local = sum(map(_at_door, found))
    opened = len(found) - local
    facts: dict[str, log.Fact] = {"open": opened, "seen": len(processes) - unseen, "unseen": unseen}
    if local and not opened:
        return Check("no-remote-sockets", True, facts | {"local": local})
    return Check("sockets", not opened, facts)


def _at_door(one: Connected) -> bool:
    """Whether a socket listens for this program on the loopback address, or belongs to who came in
    there."""
    return one.laddr in [(LOOPBACK, port) for port in offline.doors()]


def network() -> Check:
    return Check("network", offline.enforced(), {"refused": offline.refused()})


def native() -> Check:
    """A system without such a filter is no fault of this computer, and is told of."""
    refused = native_sockets.refused()
    if refused is None:
        return Check("no-native-filter", True)
    return Check("native-sockets", refused)


def memory() -> Check:
    kept = private.kept()
    return Check("no-private-memory", True) if kept is None else Check("private-memory", kept)


def interfaces() -> Check:
    """Whether the program was started where there is no network at all."""
    count = len(_up_on_linux() if sys.platform == "linux" else _up_elsewhere())
    return Check("no-isolation" if count else "isolation", True, {"count": count})


def _up_on_linux() -> list[str]:
    """Read from files: to ask for them takes a socket, which is refused here."""
    found = (each for each in Path("/sys/class/net").iterdir() if (each / "operstate").is_file())
    return [each.name for each in found if (each / "operstate").read_text().strip() == "up"]


def _up_elsewhere() -> list[str]:
    import psutil

    found = psutil.net_if_stats().items()
    return [name for name, state in found if state.isup and "loopback" not in state.flags]
