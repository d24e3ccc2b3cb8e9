"""What a test has the process that embeds do, in that process."""

import os
import socket
from multiprocessing.connection import Connection
from typing import Any

from app.engines.embedding import process


def serve_and_connect(connection: "Connection[Any, Any]") -> None:
    """Serve, and say which error a socket ends in where the libraries would be loaded."""

    def connect() -> None:
        said = b""
        try:
            socket.create_connection(("127.0.0.1", 9))
        except OSError as error:
            said = type(error).__name__.encode()
        connection.send_bytes(said)
        os._exit(0)

    process._load_torch = connect
    process.serve(connection, idle=60.0)
