"""The tools of the Model Context Protocol at the same door as all else (its specification,
"Streamable HTTP"), without sessions: each request has a key and is answered by itself.

What the tools ask goes through the line to the program as any other request, under the key of
whoever asks. The SDK is loaded with the first request: most programs never make one.
"""

import asyncio
from contextvars import ContextVar
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.interface.http.line import Line
from app.interface.http.refusing import JSON
from app.interface.limits import BODY
from app.interface.wire import Call

PATH = "/mcp"
_BEARER = "bearer "
_OUT_OF_SCOPE = 403
#: Whoever asks; each request is a context of its own.
_secret: ContextVar[str] = ContextVar("secret", default="")


def secret_of(request: Request) -> str:
    """The key that a request came with, "" for none."""
    given = request.headers.get("authorization", "")
    return given[len(_BEARER) :].strip() if given.lower().startswith(_BEARER) else ""


class LineReads:
    """What the tools ask, by way of the line."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def search(self, query: str, k: int, collection: str) -> dict[str, Any]:
        asked = {"query": query, "k": k, "collection": collection}
        return await self._done("search", body=msgspec.json.encode(asked))

    async def passages(self, document: str, first: int, count: int) -> dict[str, Any]:
        query = {"document": document, "first": str(first), "count": str(count)}
        return await self._done("passages", query)

    async def answer(self, question: str, assistant: str, collection: str) -> dict[str, Any]:
        asked = {
            "model": assistant,
            "messages": [{"role": "user", "content": question}],
            "collection": collection,
        }
        found = await self._done("chat", body=msgspec.json.encode(asked))
        answer: dict[str, Any] = found["larets"]
        return answer

    async def documents(self, collection: str) -> dict[str, Any]:
        return await self._done("documents", {"collection": collection})

    async def _done(
        self, route: str, query: dict[str, str] | None = None, body: bytes = b""
    ) -> dict[str, Any]:
        from mcp.server.mcpserver.exceptions import ToolError

        said = await self._line.answer(Call(0, _secret.get(), route, query or {}, body))
        found: dict[str, Any] = msgspec.json.decode(said.data)
        if said.status != 200:
            raise ToolError(str(found["error"]["message"]))
        return found


class ToolDoor:
    """An application of its own; its tasks live as long as the loop."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._application: ASGIApp | None = None
        self._begun = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        secret = secret_of(Request(scope))
        known = await self._line.answer(Call(0, secret, "search", {}, asks=True))
        if known.status not in (204, _OUT_OF_SCOPE):  # what a tool may, it is asked itself
            again = {"retry-after": str(known.again)} if known.again else None
            response = Response(known.data, known.status, again, media_type=JSON)
            await response(scope, receive, send)
            return
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        await self._begun.wait()
        assert self._application is not None
        _secret.set(secret)
        await self._application(scope, receive, send)

    async def _run(self) -> None:
        from mcp.server.transport_security import TransportSecuritySettings

        from app.interface import tools

        made = tools.server(LineReads(self._line))
        self._application = made.streamable_http_app(
            streamable_http_path=PATH,
            json_response=True,
            stateless_http=True,
            max_request_body_size=BODY,
            # The gate has looked at both before.
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        async with made.session_manager.run():
            self._begun.set()
            await asyncio.Event().wait()
