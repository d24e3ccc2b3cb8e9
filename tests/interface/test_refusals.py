"""Whoever is not let in is not served: by key, scope, Host, Origin, size and time."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from itertools import product

import pytest

from app.domain.access_keys import KeyAct
from app.engines.fake import FakeChat
from app.interface.http import application
from tests.interface.conftest import PUMP, SCOPES, URL, WAGES, Asking, Works, asking
from tests.interface.program import REPLY

QUESTION = {"messages": [{"role": "user", "content": "What does the pump NP-42 deliver?"}]}
#: Act → method, path, body.
ACTS: dict[KeyAct, tuple[str, str, object]] = {
    KeyAct.SEARCH: ("POST", "/api/search", {"query": "pump"}),
    KeyAct.ASK: ("POST", "/v1/chat/completions", QUESTION),
    KeyAct.DOCUMENTS: ("GET", "/api/documents", None),
    KeyAct.MODELS: ("GET", "/v1/models", None),
    KeyAct.EMBEDDINGS: ("POST", "/v1/embeddings", {"input": "pump"}),
    KeyAct.ADD: ("POST", "/api/documents", None),
}
READING = frozenset(KeyAct) - {KeyAct.ADD}
ALLOWED = {
    "all": READING,
    "everything": frozenset(KeyAct),
    "machines": READING,
    "wages": READING,
    "search": {KeyAct.SEARCH},
    "asks": {KeyAct.ASK},
    "adds": {KeyAct.ADD},
}


async def tried(asks: Asking, act: KeyAct, key: str, headers: dict[str, str] | None = None) -> int:
    method, path, body = ACTS[act]
    files = {"file": ("news.txt", b"News of the day.")} if act is KeyAct.ADD else None
    if key == "wages" and act is KeyAct.ASK:
        body = {**QUESTION, "model": "Wages"}
    answer = await asks.client.request(
        method, path, json=body, files=files, headers=asks.bearing(key) | (headers or {})
    )
    if answer.status_code >= 400:
        error = answer.json()["error"]
        assert error["message"]
        assert error["code"]
        assert not any(word in answer.text for word in ("120 litres", "900 roubles"))
    return answer.status_code


def test_each_key_does_what_it_was_made_for_and_nothing_else(works: Works) -> None:
    async def run() -> dict[tuple[str, KeyAct], int]:
        with works.opened() as services:
            async with asking(services, works.secrets) as asks:
                return {
                    (key, act): await tried(asks, act, key) for key, act in product(SCOPES, ACTS)
                }

    assert asyncio.run(run()) == {
        (key, act): 200 if act in ALLOWED[key] else 403 for key, act in product(SCOPES, ACTS)
    }


def test_a_reader_adds_nothing_even_with_a_key_that_may(works: Works) -> None:
    async def run() -> tuple[int, int]:
        with works.opened("Rita") as services:
            made = services.interface.keys.create("bold", ["act:add", "act:search"])
            async with asking(services, {"bold": made.secret}) as asks:
                added = await tried(asks, KeyAct.ADD, "bold")
                return added, await tried(asks, KeyAct.SEARCH, "bold")

    assert asyncio.run(run()) == (403, 200)


def test_a_key_of_one_profile_opens_nothing_of_another(works: Works) -> None:
    async def run() -> int:
        with works.opened("Rita") as services:
            async with asking(services, works.secrets) as asks:
                return await tried(asks, KeyAct.SEARCH, "all")

    assert asyncio.run(run()) == 401


@pytest.mark.parametrize(
    ("key", "collection", "found"),
    [
        ("all", "", {"machines.txt", "money.txt"}),
        ("all", "Money", {"money.txt"}),
        ("all", "Nowhere", 404),
        ("machines", "", {"machines.txt"}),
        ("machines", "Money", 403),
        ("machines", "Nowhere", 403),
        ("wages", "", {"money.txt"}),
        ("wages", "Machines", 403),
    ],
)
def test_a_search_stays_in_the_collections_of_its_key(
    works: Works, key: str, collection: str, found: object
) -> None:
    async def run() -> object:
        with works.opened() as services:
            async with asking(services, works.secrets) as asks:
                body = {"query": "pump wages roubles litres", "collection": collection}
                answer = await asks.post("/api/search", body, key)
                listed = await asks.get(f"/api/documents?collection={collection}", key)
                if answer.status_code != 200:
                    assert listed.status_code == answer.status_code
                    return answer.status_code
                names = {each["name"] for each in listed.json()["documents"]}
                assert names == {each["name"] for each in answer.json()["hits"]}
                return names

    assert asyncio.run(run()) == found


@pytest.mark.parametrize(
    ("key", "model", "status"),
    [
        ("all", "larets", 200),
        ("all", "Wages", 200),
        ("all", "Nobody", 404),
        ("wages", "Wages", 200),
        ("wages", "larets", 403),
        ("wages", "Nobody", 403),
        ("machines", "Wages", 403),
    ],
)
def test_an_assistant_is_asked_with_a_key_for_it(
    works: Works, key: str, model: str, status: int
) -> None:
    async def run() -> int:
        with works.opened() as services:
            async with asking(services, works.secrets) as asks:
                body = {**QUESTION, "model": model}
                return (await asks.post("/v1/chat/completions", body, key)).status_code

    assert asyncio.run(run()) == status


@pytest.mark.parametrize(("key", "is_read"), [("machines", False), ("all", True)])
def test_a_model_reads_nothing_outside_the_collections_of_a_key(
    works: Works, key: str, is_read: bool
) -> None:
    chat = FakeChat(lambda _: REPLY)

    async def run() -> int:
        with works.opened(chat=chat) as services:
            async with asking(services, works.secrets) as asks:
                turns = [{"role": "user", "content": "pump litres, wages of the board roubles"}]
                body = {"messages": turns}
                return (await asks.post("/v1/chat/completions", body, key)).status_code

    assert asyncio.run(run()) == 200
    read = " ".join(turn.text for turns in chat.asked for turn in turns)
    assert PUMP in read
    assert (WAGES in read) == is_read


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Host": "evil.example"}, 421, "foreign-host"),
        ({"Host": "127.0.0.1:80"}, 421, "foreign-host"),
        ({"Host": "localhost.evil.example:4711"}, 421, "foreign-host"),
        ({"Origin": "http://127.0.0.1:4711"}, 403, "foreign-origin"),
        ({"Origin": "null"}, 403, "foreign-origin"),
        ({"Sec-Fetch-Site": "cross-site"}, 403, "foreign-origin"),
        ({"Authorization": ""}, 401, "key-refused"),
        ({"Authorization": "Basic YTpi"}, 401, "key-refused"),
        ({"Authorization": "Bearer larets-000000000000-x"}, 401, "key-refused"),
    ],
)
def test_what_a_request_says_of_itself_has_to_be_right(
    works: Works, headers: dict[str, str], status: int, code: str
) -> None:
    async def run() -> tuple[int, str]:
        with works.opened() as services:
            async with asking(services, works.secrets) as asks:
                right = asks.bearing("all")
                served = await asks.client.get("/v1/models", headers=right)
                assert served.status_code == 200
                answer = await asks.client.get("/v1/models", headers=right | headers)
                return answer.status_code, answer.json()["error"]["code"]

    assert asyncio.run(run()) == (status, code)


def test_no_wrong_request_of_thousands_is_served(works: Works) -> None:
    """Wrong in a key, a Host, an Origin or a scope, with the rest right and drawn at random."""
    draw = random.Random(23)

    def wrong_key(secret: str) -> str:
        at = draw.randrange(len(secret))
        other = draw.choice([each for each in "abcXYZ019-_" if each != secret[at]])
        return draw.choice([secret[:at] + other + secret[at + 1 :], secret[:-1], secret * 2])

    async def one(asks: Asking) -> tuple[str, int]:
        kind = draw.choice(["key", "host", "origin", "scope"])
        act, key = draw.choice(list(READING)), "all"
        headers: dict[str, str] = {}
        if kind == "key":
            headers["Authorization"] = f"Bearer {wrong_key(asks.secrets['all'])}"
        elif kind == "host":
            host = draw.choice(["a.example", "127.0.0.1", "127.0.0.1:1", "[::1]:4711", "10.0.0.1"])
            headers["Host"] = host
        elif kind == "origin":
            headers["Origin"] = draw.choice([URL, "null", "http://localhost:4711", "file://"])
        else:
            key, act = draw.choice(
                [(key, act) for key, act in product(SCOPES, ACTS) if act not in ALLOWED[key]]
            )
        return kind, await tried(asks, act, key, headers)

    async def run() -> Counter[tuple[str, int]]:
        with works.opened() as services:
            async with asking(services, works.secrets) as asks:
                return Counter([await one(asks) for _ in range(10_000)])

    counted = asyncio.run(run())
    assert set(counted) <= {("key", 401), ("host", 421), ("origin", 403), ("scope", 403)}
    assert sum(counted.values()) == 10_000


def test_refusals_are_counted_in_the_log_of_acts_and_do_not_fill_it(works: Works) -> None:
    async def run() -> None:
        with works.opened() as services:
            async with asking(services, works.secrets | {"wrong": "larets-0-0"}) as asks:
                for _ in range(200):
                    await asks.get("/v1/models", "wrong")
                await asks.get("/v1/models", "search")

    asyncio.run(run())
    with works.opened() as services:
        rows = services.administration.log.rows()
        told = [row.subject for row in rows if row.act == "refuse-key"]
        assert told == ["? × 1", "search × 1", "? × 199"]
        assert services.administration.log.is_intact()


def test_too_large_a_request_is_not_read(works: Works) -> None:
    async def run() -> list[tuple[int, str]]:
        with works.opened() as services:
            async with asking(services, works.secrets) as asks:
                body = {"query": "x" * (1 << 20)}
                sized = await asks.post("/api/search", body)

                async def pieces() -> AsyncIterator[bytes]:
                    for _ in range(20):
                        yield b"x" * (1 << 16)

                told = asks.bearing("all")
                unsized = await asks.client.post("/api/search", content=pieces(), headers=told)
                return [
                    (each.status_code, each.json()["error"]["code"]) for each in (sized, unsized)
                ]

    assert asyncio.run(run()) == [(413, "request-too-large")] * 2


def test_a_request_that_does_not_arrive_is_given_up(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "ARRIVES", 0.05)

    async def run() -> tuple[int, str]:
        with works.opened() as services:
            async with asking(services, works.secrets) as asks:
                never = asyncio.Event()

                async def pieces() -> AsyncIterator[bytes]:
                    yield b"{"
                    await never.wait()

                answer = await asks.client.post(
                    "/api/search", content=pieces(), headers=asks.bearing("all")
                )
                return answer.status_code, answer.json()["error"]["code"]

    assert asyncio.run(run()) == (408, "request-too-slow")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/search", b"{"),
        ("/api/search", b"\xff\xfe"),
        ("/api/search", b'{"query": 5}'),
        ("/api/search", b'{"query": "x", "k": 0}'),
        ("/v1/chat/completions", b'{"messages": []}'),
        ("/v1/chat/completions", b'{"messages": [{"role": "assistant", "content": "x"}]}'),
        ("/v1/chat/completions", b'{"messages": [{"role": "user", "content": " "}]}'),
        ("/v1/embeddings", b'{"input": []}'),
        ("/api/documents", b"no form"),
    ],
)
def test_a_request_that_cannot_be_read_says_why(works: Works, path: str, body: bytes) -> None:
    async def run() -> tuple[int, str]:
        with works.opened() as services:
            async with asking(services, works.secrets) as asks:
                told = asks.bearing("everything")
                answer = await asks.client.post(path, content=body, headers=told)
                return answer.status_code, answer.json()["error"]["code"]

    assert asyncio.run(run()) == (400, "unreadable-request")


def test_the_texts_of_the_workspace_are_what_the_tests_look_for() -> None:
    assert "120 litres" in PUMP
    assert "900 roubles" in WAGES
