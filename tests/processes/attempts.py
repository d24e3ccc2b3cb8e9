"""What a process may do once it has begun, tried in a process of its own: `python -m` this `NAME`.

Each prints a JSON object; the filter of the kernel would stay for good in the process of the tests.
"""

import ctypes
import errno
import json
import multiprocessing
import os
import socket
import subprocess
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from app import processes
from app.documents.reading.sandbox import Sandbox
from app.documents.source import DocumentSource
from app.domain.library.documents import Block, BlockKind, ReadDocument
from app.processes import launcher, native_sockets, private

_IO_URING_SETUP = 425
#: socket() of the second table of calls on x86-64.
_X32_SOCKET = 0x40000000 + 41


def opened(family: int, past: int | None = None) -> str:
    """How a library in C fares with a socket: "opened", or the name of the error. `past` is another
    number of the call."""
    libc = ctypes.CDLL(None, use_errno=True)
    asked = [ctypes.c_long(each) for each in (family, int(socket.SOCK_DGRAM), 0)]
    found = libc.syscall(ctypes.c_long(past), *asked) if past else libc.socket(*asked)
    if found >= 0:
        os.close(found)
        return "opened"
    return errno.errorcode[ctypes.get_errno()]


def families() -> dict[str, str]:
    """The ways out of a process."""
    names = ("AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_VSOCK", "AF_UNIX")
    return {name: opened(int(getattr(socket, name))) for name in names}


def read_with_attempts(source: DocumentSource) -> ReadDocument:
    """A document that is what its reader could open."""
    found = {"sockets": families(), "private": private.kept(), "mask": os.umask(0o077)}
    return ReadDocument(blocks=(Block(BlockKind.PARAGRAPH, json.dumps(found)),))


def _in_child(connection: "Connection[Any, Any]") -> None:
    connection.send(families())


def _child_of(context: Any) -> object:
    ours, theirs = context.Pipe()
    process = context.Process(target=_in_child, args=(theirs,))
    process.start()
    theirs.close()
    found = ours.recv()
    process.join()
    return found


def here() -> object:
    """This process, a thread that was there before, and processes that it starts."""
    go, found = threading.Event(), {}

    def later() -> None:
        go.wait()
        found["thread"] = families()

    thread = threading.Thread(target=later)
    thread.start()
    launcher.start()
    processes.begin()
    go.set()
    thread.join()
    one, other = socket.socketpair()
    one.sendall(b"heard")
    script = "import tests.processes.attempts as a; print(a.json.dumps(a.families()))"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    return found | {
        "here": families(),
        "pair": other.recv(5).decode(),
        "x32": opened(int(socket.AF_INET), _X32_SOCKET),
        "io_uring": opened(1, _IO_URING_SETUP),
        "child": _child_of(multiprocessing.get_context("spawn")),
        "program": json.loads(told.stdout),
        "launched": _child_of(launcher.context()),
        "again": native_sockets.refuse(),
    }


def reader() -> object:
    """The process that reads documents, started by one that has every socket."""
    sandbox = Sandbox(read_with_attempts)
    try:
        return json.loads(sandbox.read(DocumentSource("a.txt", data=b"")).blocks[0].text)
    finally:
        sandbox.close()


def private_process() -> object:
    """Core dumps, looks from outside, and the mode of a new file in the folder that is named."""
    before = private.kept()
    processes.begin(native=True)
    import resource

    made = Path(sys.argv[2]) / "made"
    made.write_text("")
    return {
        "before": before,
        "kept": private.kept(),
        "core": resource.getrlimit(resource.RLIMIT_CORE),
        "mode": f"{made.stat().st_mode & 0o777:o}",
        "AF_INET": opened(int(socket.AF_INET)),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(globals()[sys.argv[1]]()))
