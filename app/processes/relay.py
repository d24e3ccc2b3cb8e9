"""A way to one server for a program that may open no sockets of the network: a process of its own
listens at a local socket and passes on what it hears, to that server alone and under TLS.

PostgreSQL begins TLS inside its own protocol: a request of eight bytes, answered by one letter (its
documentation, "SSL Session Encryption"); a web server with the first byte.
"""

import asyncio
import os
import shutil
import socket
import ssl
import struct
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from app import log, offline, processes
from app.processes import launcher

_REQUEST = struct.pack("!ii", 8, 80877103)
_CONNECT, _PIECE = 5.0, 1 << 16
#: Seconds of silence after which the other side is asked whether it is there.
_SILENT = 5
_UNREACHABLE, _UNTRUSTED = "08001", "28000"
#: Begins what is said of a certificate, in whatever language OpenSSL says the rest.
CERTIFICATE = "certificate"


class Spoken(StrEnum):
    """What the server speaks: it decides how TLS begins, and how a failure is told."""

    POSTGRESQL = "postgresql"
    HTTP = "http"


@dataclass(frozen=True, slots=True)
class Way:
    """To `host` and `port`; `protected` by TLS with the server's certificate checked against the
    host's name: by the authorities in `root`, those of the system without; with one's own
    `certificate` and `key`, if given."""

    host: str
    port: int
    protected: bool
    root: str = ""
    certificate: str = ""
    key: str = ""
    spoken: Spoken = Spoken.POSTGRESQL

    @property
    def name(self) -> str:
        """Of the socket in its folder: PostgreSQL's client library looks for this one."""
        return f".s.PGSQL.{self.port}" if self.spoken is Spoken.POSTGRESQL else "http"


class Relay:
    """The process, for as long as it is needed; `folder` holds the local socket."""

    def __init__(self, way: Way) -> None:
        """`OSError` where it does not start."""
        context = launcher.context()
        self.folder = tempfile.mkdtemp(prefix="larets-", dir=launcher.short_folder())
        self._ours, theirs = context.Pipe()
        stderr = log.ChildStderr(context, log.Code("relay"))
        self._process = context.Process(
            target=serve, args=(theirs, self.folder, way, stderr.theirs), name="relay", daemon=True
        )
        self._process.start()
        theirs.close()
        stderr.started()
        try:
            self._ours.recv()
        except EOFError as error:
            self.close()
            raise ConnectionError(f"{way.host}:{way.port}") from error

    @property
    def is_running(self) -> bool:
        return self._process.is_alive()

    def close(self) -> None:
        """Its pipe ends, and with it the process."""
        with suppress(OSError):
            self._ours.close()
        self._process.join(2.0)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        shutil.rmtree(self.folder, ignore_errors=True)


def serve(
    connection: "Connection[Any, Any]",
    folder: str,
    way: Way,
    stderr: "Connection[Any, Any] | None" = None,
) -> None:
    """Pass on until the program hangs up."""
    log.send_stderr(stderr)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(str(Path(folder) / way.name))
    offline.allow(way.host, way.port)
    processes.begin(native=True)
    with suppress(KeyboardInterrupt), listening:
        asyncio.run(_pass_on(connection, listening, way))


async def _pass_on(connection: "Connection[Any, Any]", listening: socket.socket, way: Way) -> None:
    ended = asyncio.Event()
    asyncio.get_running_loop().add_reader(connection.fileno(), ended.set)
    line = _Line(way)
    async with await asyncio.start_unix_server(line.take, sock=listening):
        connection.send(None)
        await ended.wait()
    os._exit(0)  # what is under way ends with the program that asked for it


class _Line:
    def __init__(self, way: Way) -> None:
        self._way = way

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there_reader, there_writer = await asyncio.wait_for(self._connect(), _CONNECT)
        except ssl.SSLError as error:
            await self._refuse(reader, writer, _UNTRUSTED, f"{CERTIFICATE}: {error}")
        except (OSError, TimeoutError) as error:
            await self._refuse(reader, writer, _UNREACHABLE, f"{self._way.host}: {error}")
        else:
            both = (_pump(reader, there_writer), _pump(there_reader, writer))
            await asyncio.gather(*both, return_exceptions=True)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        way = self._way
        reader, writer = await asyncio.open_connection(way.host, way.port)
        _notice_silence(writer.get_extra_info("socket"))
        if not way.protected:
            return reader, writer
        if way.spoken is Spoken.POSTGRESQL:
            writer.write(_REQUEST)
            if await reader.readexactly(1) != b"S":
                writer.close()
                raise ssl.SSLError("the server offers no TLS")
        context = ssl.create_default_context(cafile=way.root or None)
        if way.certificate:
            context.load_cert_chain(way.certificate, way.key or None)
        await writer.start_tls(context, server_hostname=way.host)
        return reader, writer

    async def _refuse(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, code: str, said: str
    ) -> None:
        if self._way.spoken is Spoken.POSTGRESQL:
            await _refuse_postgresql(reader, writer, code, said)
        else:
            await _refuse_http(reader, writer, said)


def _notice_silence(line: socket.socket) -> None:
    """A cable that was pulled says nothing: without this a search would wait for a quarter of an
    hour (tcp(7), tcp_retries2)."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (
        ("TCP_KEEPIDLE", _SILENT),
        ("TCP_KEEPINTVL", _SILENT),
        ("TCP_KEEPCNT", 2),
        ("TCP_USER_TIMEOUT", 2 * _SILENT * 1000),
    ):
        if (option := getattr(socket, name, None)) is not None:  # not every system has all four
            line.setsockopt(socket.IPPROTO_TCP, option, value)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(_PIECE):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()


async def _refuse_http(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, said: str
) -> None:
    """As a gateway whose server is away (RFC 9110, 15.6.3)."""
    with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        await reader.readuntil(b"\r\n\r\n")
        body = said.encode()
        head = f"HTTP/1.1 502 Bad Gateway\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
        writer.write(head.encode() + b"\r\n" + body)
        await writer.drain()
    writer.close()


async def _refuse_postgresql(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, code: str, said: str
) -> None:
    """As the server itself would: an ErrorResponse to the first message."""
    with suppress(OSError, asyncio.IncompleteReadError):
        (size,) = struct.unpack("!i", await reader.readexactly(4))
        await reader.readexactly(max(size - 4, 0))
        fields = b"".join(
            kind + text.encode() + b"\0"
            for kind, text in ((b"S", "FATAL"), (b"V", "FATAL"), (b"C", code), (b"M", said))
        )
        writer.write(b"E" + struct.pack("!i", len(fields) + 5) + fields + b"\0")
        await writer.drain()
    writer.close()
