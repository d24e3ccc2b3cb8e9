"""No network, process-wide: refuses sockets from the first line on and counts what it refused.

Python's audit hook sees Python's own sockets only: `app.processes.native_sockets` refuses those of
libraries where the kernel can; the proof from outside is the end-to-end test in a network namespace
without interfaces.
"""

import os
import socket
import sys

_LOCAL = {int(getattr(socket, "AF_UNIX", -1))}
_refused: list[str] = []
#: The one server, as host and port, that this process may speak to: only the child process that
#: reads a database which an administrator named has any.
_allowed: list[tuple[str, int]] = []
#: The one address of this computer, as host and port, that this process listens on: only the child
#: process of the local interface has any.
_listens: list[tuple[str, int]] = []
#: Ports of the loopback address on which a child process of the local interface listens for this
#: one.
_doors: list[int] = []
_guarded: list[bool] = []


class NetworkRefused(PermissionError):
    """A library tried to open a socket. An OSError, so that its own fallback can take over."""


def _guard(event: str, arguments: tuple[object, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event == "socket.__new__" and arguments[1] in _LOCAL:
        return
    if _allowed and _goes_to(event, arguments):
        return
    if _listens and _is_heard(event, arguments):
        return
    if event in {"socket.__new__", "socket.getaddrinfo", "socket.gethostbyname"} or (
        (_allowed or _listens)
        and event in {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
    ):
        _refused.append(event)
        raise NetworkRefused(f"{event}: Larets opens no network connections")


def _goes_to(event: str, arguments: tuple[object, ...]) -> bool:
    """Whether a step of a connection leads to the server that is allowed."""
    host, port = _allowed[0]
    if event == "socket.__new__":
        return arguments[1] in {int(socket.AF_INET), int(socket.AF_INET6)}
    if event == "socket.getaddrinfo":
        return arguments[0] == host
    if event == "socket.connect" and isinstance(arguments[1], str):
        return True  # a local pipe
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        # The address may have been looked up: its port tells, and no other name is looked up.
        return int(arguments[1][1]) == port
    return False


def _is_heard(event: str, arguments: tuple[object, ...]) -> bool:
    """Whether a step makes the listening socket or that of whoever connected to it."""
    if event == "socket.__new__":
        return arguments[1] == int(socket.AF_INET)
    if event == "socket.bind":
        return arguments[1] == _listens[0]
    return event == "socket.connect" and isinstance(arguments[1], str)  # a local pipe


def allow(host: str, port: int) -> None:
    """Let this process speak to one server; for a child process alone, before `enforce`."""
    _allowed[:] = [(host, port)]


def allow_listening(host: str, port: int) -> None:
    """Let this process listen on one address, and connect to nobody; for a child process alone,
    before `enforce`."""
    _listens[:] = [(host, port)]


def note_door(port: int) -> None:
    """A child process listens for this one on a port of the loopback address; 0 for no longer."""
    _doors[:] = [port] if port else []


def doors() -> tuple[int, ...]:
    """The ports that a child process listens on for this one."""
    return tuple(_doors)


def enforce() -> None:
    """Tell libraries to stay offline and refuse every socket that is not a local pipe."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE", "DO_NOT_TRACK"):
        os.environ[name] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    if not _guarded:
        _guarded.append(True)
        sys.addaudithook(_guard)


def enforced() -> bool:
    """Whether this process refuses sockets."""
    return bool(_guarded)


def refused() -> int:
    """How many attempts this process has refused."""
    return len(_refused)
