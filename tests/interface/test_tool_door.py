"""The tools of the Model Context Protocol at the door of `larets serve`, by the official client."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import mcp
import pytest
from mcp.client.streamable_http import streamable_http_client

from tests.interface.conftest import Serve, Serving, Works, asking
from tests.interface.program import REPLY

ASKED = "What does the pump NP-42 deliver?"
BEGIN = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {},
               "clientInfo": {"name": "a", "version": "1"}},
}  # fmt: skip
ACCEPTS = {"Accept": "application/json, text/event-stream"}


@asynccontextmanager
async def client(serving: Serving, key: str) -> AsyncIterator[mcp.Client]:
    transport = httpx2.AsyncHTTPTransport(uds=serving.said["socket"])
    bearing = {"Authorization": f"Bearer {key}"}
    async with httpx2.AsyncClient(transport=transport, headers=bearing, timeout=60) as http:
        way = streamable_http_client("http://localhost/mcp", http_client=http)
        async with mcp.Client(way) as asks:
            yield asks


async def called(asks: mcp.Client, tool: str, **given: Any) -> dict[str, Any]:
    answer = await asks.call_tool(tool, given)
    assert not answer.is_error, answer.content
    found: dict[str, Any] = answer.structured_content
    assert found is not None
    return found


def test_the_official_client_uses_the_tools_over_the_door(works: Works, serve: Serve) -> None:
    serving = serve()

    async def run() -> None:
        async with client(serving, works.secrets["all"]) as asks:
            names = [each.name for each in (await asks.list_tools()).tools]
            assert names == ["search", "open_passage", "ask", "list_documents"]
            listed = await called(asks, "list_documents")
            ids = {each["name"]: each["id"] for each in listed["documents"]}
            found = await called(asks, "search", query="pump NP-42")
            assert found["hits"][0]["document"] == ids["machines.txt"]
            opened = await called(asks, "open_passage", document=ids["money.txt"])
            assert "900 roubles" in opened["passages"][0]["text"]
            said = await called(asks, "ask", question=ASKED)
            assert (said["answer"], said["confirmed"]) == (REPLY, True)
            refused = await asks.call_tool("ask", {"question": ASKED, "assistant": "Nobody"})
            assert refused.is_error
            assert "There is no assistant" in str(refused.content)

    asyncio.run(run())


def test_a_key_does_over_it_what_it_was_made_for(works: Works, serve: Serve) -> None:
    serving = serve()

    async def run() -> None:
        async with client(serving, works.secrets["machines"]) as asks:
            listed = await called(asks, "list_documents")
            assert [each["name"] for each in listed["documents"]] == ["machines.txt"]
            found = await called(asks, "search", query="wages of the board")
            assert {each["name"] for each in found["hits"]} <= {"machines.txt"}
        async with client(serving, works.secrets["search"]) as asks:
            assert (await called(asks, "search", query="pump"))["hits"]
            for tool, given in (("list_documents", {}), ("ask", {"question": ASKED})):
                assert (await asks.call_tool(tool, given)).is_error

    asyncio.run(run())


@pytest.mark.parametrize("key", ["", "larets-0-0"])
def test_without_a_key_not_even_the_tools_are_told(works: Works, key: str) -> None:
    async def run() -> tuple[int, str]:
        with works.opened() as services:
            async with asking(services, works.secrets) as asks:
                told = asks.bearing(key) | ACCEPTS if key else ACCEPTS
                answer = await asks.client.post("/mcp", json=BEGIN, headers=told)
                return answer.status_code, answer.json()["error"]["code"]

    assert asyncio.run(run()) == (401, "key-refused")


def test_passages_are_opened_over_http_too(works: Works) -> None:
    async def run() -> None:
        with works.opened() as services:
            async with asking(services, works.secrets) as asks:
                listed = (await asks.get("/api/documents")).json()["documents"]
                ids = {each["name"]: each["id"] for each in listed}
                path = f"/api/passages?document={ids['machines.txt']}"
                told = (await asks.get(f"{path}&first=0&count=3")).json()
                assert told["total"] == 1
                assert "NP-42" in told["passages"][0]["text"]
                for wrong in ("count=0", "count=101", "first=-1", "first=x", "count=9999999999"):
                    assert (await asks.get(f"{path}&{wrong}")).status_code == 400
                other = f"/api/passages?document={ids['money.txt']}"
                assert (await asks.get(other, "machines")).status_code == 404
                assert (await asks.get(path, "asks")).status_code == 403

    asyncio.run(run())
