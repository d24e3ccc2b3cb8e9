"""What is told of the interface is what it does."""

import asyncio
import json

from app.domain.errors import TooManyRequests
from app.interface.http.description import described
from app.interface.limits import A_MINUTE
from app.interface.rates import Rates
from app.interface.wire import ROUTES
from tests.interface.conftest import Works, asking


def test_every_route_is_described_and_no_other() -> None:
    told = json.loads(described())
    assert {(path, method.upper()) for path, of in told["paths"].items() for method in of} == {
        (route.path, route.method) for route in ROUTES
    }
    assert told["openapi"] == "3.1.0"


def test_references_lead_somewhere() -> None:
    text = described().decode()
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= set(json.loads(text)["components"]["schemas"])
    assert {"Completion", "Search", "Embeddings", "Error"} <= names


def test_a_described_answer_is_what_comes(works: Works) -> None:
    """The description itself needs no key; another path or method is refused in words."""

    async def run() -> list[tuple[int, str]]:
        with works.opened() as services:
            async with asking(services, works.secrets) as asks:
                told = await asks.client.get("/api/openapi.json")
                assert told.json() == json.loads(described())
                wrong = [
                    await asks.client.request(method, path, headers=asks.bearing("all"))
                    for method, path in (
                        ("GET", "/"), ("GET", "/v1/chat/completions"), ("DELETE", "/api/documents"),
                    )
                ]  # fmt: skip
                told_of = [each.headers.get("allow") for each in wrong]
                assert told_of == [None, "POST", "GET, POST"]
                return [(each.status_code, each.json()["error"]["code"]) for each in wrong]

    code = "no-such-route"
    assert asyncio.run(run()) == [(404, code), (405, code), (405, code)]


def test_files_are_added_and_nothing_of_them_is_left_readable(works: Works) -> None:
    async def run() -> None:
        with works.opened() as services:
            async with asking(services, works.secrets) as asks:
                files = [
                    ("file", ("visits.txt", b"Visitors sign the green book.")),
                    ("file", ("../../escape.txt", b"Second file of the day.")),
                ]
                answer = await asks.client.post(
                    "/api/documents", files=files, headers=asks.bearing("adds")
                )
                assert answer.status_code == 200
                rows = answer.json()["documents"]
                assert [each["state"] for each in rows] == ["indexed", "indexed"]
                assert {each["name"] for each in rows} == {"visits.txt", "escape.txt"}
                machines = services.library.collection_named("Machines")
                held = {each.name for each in services.library.documents(machines)}
                assert held == {"machines.txt", "visits.txt", "escape.txt"}
            left = [each for each in works.folder.rglob("*") if each.is_file()]
            assert not [each for each in left if b"green book" in each.read_bytes()]

    asyncio.run(run())


def test_a_key_that_asks_too_often_waits() -> None:
    now = [0.0]
    rates = Rates(lambda: now[0])

    def served(key: str, times: int) -> int:
        return sum(_is_served(rates, key) for _ in range(times))

    assert served("a", A_MINUTE + 50) == A_MINUTE
    assert served("b", 1) == 1
    now[0] = 6.0
    assert served("a", A_MINUTE) == A_MINUTE // 10


def _is_served(rates: Rates, key: str) -> bool:
    try:
        rates.spend(key)
    except TooManyRequests:
        return False
    return True
