"""The routes, each a request to the program and its answers back."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route as Endpoint
from starlette.types import ASGIApp, Receive, Scope, Send

from app.domain.errors import (
    LaretsError,
    NoSuchRoute,
    RequestTooLarge,
    RequestTooSlow,
    UnreadableRequest,
)
from app.interface.http.description import described
from app.interface.http.gate import Gate
from app.interface.http.line import Line
from app.interface.http.refusing import JSON, refuse
from app.interface.http.tool_door import PATH, ToolDoor, secret_of
from app.interface.limits import ARRIVES, BODY, FILES, FILES_BODY, MB
from app.interface.refusals import body_of
from app.interface.wire import ROUTES, Call, Reply, Route, SentPart
from app.services.wording import Wording

#: Requests with files that are read at once: each may hold as many bytes as it is allowed.
_FILES_AT_ONCE = 2


def application(line: Line, port: int, wording: Wording) -> ASGIApp:
    """All of it behind the gate."""

    async def unknown(request: Request, error: Exception) -> Response:
        told = error if isinstance(error, HTTPException) else HTTPException(404)
        problem = NoSuchRoute(path=request.url.path, method=request.method)
        status = told.status_code
        # It says which methods there are (RFC 9110, 15.5.6), on whatever route of the path.
        methods = [route.method for route in ROUTES if route.path == request.url.path]
        headers = {"allow": ", ".join(methods or ["GET"])} if status == 405 else None
        return Response(body_of(problem, wording), status, headers, media_type=JSON)

    async def description(_: Request) -> Response:
        return Response(described(), media_type=JSON)

    turns = asyncio.Semaphore(_FILES_AT_ONCE)
    routes = [
        Endpoint(each.path, _Asked(each, line, wording, turns), methods=[each.method])
        for each in ROUTES
    ]
    routes.append(Endpoint("/api/openapi.json", description))
    routes.append(Endpoint(PATH, ToolDoor(line), methods=["GET", "POST", "DELETE"]))
    routed = Starlette(routes=routes, exception_handlers={404: unknown, 405: unknown})
    return Gate(routed, port, wording)


class _Asked:
    """One route, as an application of its own."""

    def __init__(
        self, route: Route, line: Line, wording: Wording, turns: asyncio.Semaphore
    ) -> None:
        self._route, self._line, self._wording, self._turns = route, line, wording, turns

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            if not self._route.sends_files:
                body = await _read(request, BODY)
                await self._relay(self._call(request, body=body), receive, send)
                return
            async with self._turns:
                await self._take_files(request, receive, send)
        except LaretsError as error:
            await refuse(error, self._wording, scope, receive, send)
        except ClientDisconnect:
            return  # in the middle of its request: there is nobody to be told

    async def _take_files(self, request: Request, receive: Receive, send: Send) -> None:
        """The body is read once it is known that its key may add anything."""
        allowed = await self._line.answer(self._call(request, asks=True))
        if allowed.status != 204:
            await _begin(allowed, send)
            return
        files = await _files(request)
        await self._relay(self._call(request, files=files), receive, send)

    def _call(
        self,
        request: Request,
        body: bytes = b"",
        files: tuple[SentPart, ...] = (),
        *,
        asks: bool = False,
    ) -> Call:
        query = dict(request.query_params)
        return Call(0, secret_of(request), self._route.name, query, body, files, asks)

    async def _relay(self, call: Call, receive: Receive, send: Send) -> None:
        """Every answer as it comes; who goes away meanwhile is told of to the program."""
        number, queue = await self._line.ask(call)
        gone = asyncio.ensure_future(_gone(receive))
        answered = begun = False
        try:
            while not answered:
                said = await _unless(gone, queue)
                if said is None:
                    return
                await (_go_on if begun else _begin)(said, send)
                answered, begun = said.last, True
        finally:
            gone.cancel()
            await self._line.forget(number, answered=answered)


async def _unless(gone: "asyncio.Future[None]", queue: "asyncio.Queue[Reply]") -> Reply | None:
    """The next answer; None where the client is gone before it."""
    coming = asyncio.ensure_future(queue.get())
    either: set[asyncio.Future[Any]] = {coming, gone}
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        return coming.result() if coming.done() else None
    finally:
        coming.cancel()


async def _begin(said: Reply, send: Send) -> None:
    kind = b"text/event-stream; charset=utf-8" if said.streams else JSON.encode()
    headers = [(b"content-type", kind), (b"cache-control", b"no-store")]
    if not said.streams:
        headers.append((b"content-length", str(len(said.data)).encode()))
    if said.again:
        headers.append((b"retry-after", str(said.again).encode()))
    await send({"type": "http.response.start", "status": said.status, "headers": headers})
    await _go_on(said, send)


async def _go_on(said: Reply, send: Send) -> None:
    await send({"type": "http.response.body", "body": said.data, "more_body": not said.last})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _read(request: Request, most: int) -> bytes:
    """`RequestTooLarge`, `RequestTooSlow`."""
    parts: list[bytes] = []
    async for part in _arriving(request, most):
        parts.append(part)
    return b"".join(parts)


async def _arriving(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    if int(request.headers.get("content-length", "0")) > most:
        raise RequestTooLarge(limit=f"{most // MB} MB")
    size = 0
    try:
        async with asyncio.timeout(ARRIVES):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise RequestTooLarge(limit=f"{most // MB} MB")
                yield part
    except TimeoutError as error:
        raise RequestTooSlow(seconds=ARRIVES) from error


class _InMemory(MultiPartParser):
    """What is sent is never written to a disk as it is."""

    spool_max_size = FILES_BODY


async def _files(request: Request) -> tuple[SentPart, ...]:
    """`RequestTooLarge`, `RequestTooSlow`, `UnreadableRequest`."""
    parser = _InMemory(request.headers, _arriving(request, FILES_BODY), max_files=FILES)
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError) as error:
        raise UnreadableRequest(reason="files are sent as multipart/form-data") from error
    sent = [each for _, each in form.multi_items() if isinstance(each, UploadFile)]
    parts = [SentPart(each.filename or "", await each.read()) for each in sent]
    await form.close()
    return tuple(parts)
