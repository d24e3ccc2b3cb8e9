"""A server's TLS in front of one without: `python department_tls.py PEM SOCKET` prints its port.

The PostgreSQL of the tests is built without OpenSSL. This answers its request for TLS as PostgreSQL
does and passes on to its local socket; "-" as PEM for a server that offers none. Run as a process
of its own, since a test opens no socket of the network.
"""

import asyncio
import socket
import ssl
import sys

_REQUEST = b"\x00\x00\x00\x08\x04\xd2\x16\x2f"


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()


async def _serve(pem: str, behind: str) -> None:
    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if await reader.readexactly(8) != _REQUEST or pem == "-":
            writer.write(b"N")
            await writer.drain()
            writer.close()
            return
        writer.write(b"S")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        await writer.start_tls(context)
        far_reader, far_writer = await asyncio.open_unix_connection(behind)
        await asyncio.gather(
            _pump(reader, far_writer), _pump(far_reader, writer), return_exceptions=True
        )

    server = await asyncio.start_server(take, sock=socket.create_server(("127.0.0.1", 0)))
    async with server:
        sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
        sys.stdout.flush()
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], sys.argv[2]))
