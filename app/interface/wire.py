"""What goes through the pipe between the process that listens and the program: MessagePack of a few
shapes. Nothing is unpickled."""

from typing import Any

import msgspec

from app.domain.access_keys import KeyAct


class SentPart(msgspec.Struct, frozen=True):
    """A file of a request, or one that was named in its place."""

    name: str
    data: bytes


class Call(msgspec.Struct, frozen=True, tag=True):
    """A request under its number: the route's name, what stood in its query, its body. `asks` only
    whether it would be served: before a large body is read."""

    number: int
    secret: str
    route: str
    query: dict[str, str]
    body: bytes = b""
    files: tuple[SentPart, ...] = ()
    asks: bool = False


class GoneAway(msgspec.Struct, frozen=True, tag=True):
    """Nobody waits for the answer to that request any more."""

    number: int


class Listening(msgspec.Struct, frozen=True, tag=True):
    """The listener is ready: `port` of a loopback address, 0 of a local socket. Not ready where
    `failed`."""

    port: int = 0
    failed: bool = False


class Reply(msgspec.Struct, frozen=True, tag=True):
    """An answer or a piece of one; `streams` says that events follow each other, `last` that
    nothing does. `again` are seconds after which to ask again, 0 for none."""

    number: int
    data: bytes
    status: int = 200
    streams: bool = False
    last: bool = True
    again: int = 0


class Route(msgspec.Struct, frozen=True):
    """`act` is what a key has to be made for."""

    name: str
    method: str
    path: str
    act: KeyAct
    sends_files: bool = False


ROUTES = (
    Route("chat", "POST", "/v1/chat/completions", KeyAct.ASK),
    Route("models", "GET", "/v1/models", KeyAct.MODELS),
    Route("embeddings", "POST", "/v1/embeddings", KeyAct.EMBEDDINGS),
    Route("search", "POST", "/api/search", KeyAct.SEARCH),
    Route("passages", "GET", "/api/passages", KeyAct.SEARCH),
    Route("documents", "GET", "/api/documents", KeyAct.DOCUMENTS),
    Route("add", "POST", "/api/documents", KeyAct.ADD, sends_files=True),
    Route("collections", "GET", "/api/collections", KeyAct.DOCUMENTS),
)

Heard = Call | GoneAway | Listening
_encoder = msgspec.msgpack.Encoder()


def packed(message: Any) -> bytes:
    return _encoder.encode(message)


def heard(data: bytes) -> Heard:
    """What the listener says. `msgspec.DecodeError`."""
    found: Heard = msgspec.msgpack.decode(data, type=Heard)
    return found


def reply(data: bytes) -> Reply:
    """What the program says. `msgspec.DecodeError`."""
    return msgspec.msgpack.decode(data, type=Reply)
