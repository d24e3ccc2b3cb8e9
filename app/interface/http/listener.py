"""The beginning of the process that listens: one address, and from then on no other socket."""

import asyncio
import os
import socket
import stat
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from app import log, offline, processes
from app.domain.access_keys import LOOPBACK
from app.interface.limits import CONNECTIONS, HEADERS, IDLE
from app.interface.wire import Listening, packed
from app.processes import native_sockets
from app.services.wording import Wording


@dataclass(frozen=True)
class Address:
    """A port of the loopback address, 0 for one that is free, or the path of a local socket."""

    port: int = 0
    socket: str = ""


def listen(
    connection: "Connection[Any, Any]",
    address: Address,
    words: tuple[Path, str],
    stderr: "Connection[Any, Any] | None",
) -> None:
    """Serve until the program hangs up; `words` are the folder of the wordings and the language."""
    log.send_stderr(stderr)
    if not address.socket:
        offline.allow_listening(LOOPBACK, address.port)
    processes.begin(native=True)
    try:
        opened = _opened(address)
    except OSError:
        connection.send_bytes(packed(Listening(failed=True)))
        return
    native_sockets.refuse()
    port = 0 if address.socket else int(opened.getsockname()[1])
    try:
        with suppress(KeyboardInterrupt), opened:
            asyncio.run(_serve(connection, opened, port, Wording(*words)))
    finally:
        if address.socket:
            Path(address.socket).unlink(missing_ok=True)


async def _serve(
    connection: "Connection[Any, Any]", opened: socket.socket, port: int, wording: Wording
) -> None:
    import uvicorn

    from app.interface.http.application import application
    from app.interface.http.impatience import Impatient
    from app.interface.http.line import Line

    line = Line(connection)
    config = uvicorn.Config(
        application(line, port, wording),
        http=Impatient,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=HEADERS,
    )
    server = uvicorn.Server(config)

    def ended() -> None:
        server.should_exit = True

    line.begin(ended)
    connection.send_bytes(packed(Listening(port)))
    await server.serve([opened])


def _opened(address: Address) -> socket.socket:
    """A listening socket; a local one for its owner alone. `OSError`."""
    if not address.socket:
        # Without the protocol asyncio leaves Nagle's algorithm on: 40 ms an answer.
        opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((LOOPBACK, address.port))
    else:
        _clear(Path(address.socket))
        opened = socket.socket(socket.AF_UNIX)
        opened.bind(address.socket)
        os.chmod(address.socket, stat.S_IRUSR | stat.S_IWUSR)
    opened.listen(CONNECTIONS)
    return opened


def _clear(path: Path) -> None:
    """A socket that a killed program left is taken away. `OSError` where one still listens."""
    if not path.is_socket():
        return
    with socket.socket(socket.AF_UNIX) as tried:
        try:
            tried.connect(str(path))
        except ConnectionRefusedError:
            path.unlink()
