"""The door beside an open window: opened, asked, closed; and what becomes of who still waits."""

import os
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx2
import psutil
import pytest

from app.domain.errors import AddressTaken, ForbiddenByPolicy
from app.engines.fake import FakeChat
from app.interface.door import Door
from app.interface.http.listener import Address
from app.processes import launcher
from app.services.health import offline_checks
from app.services.session import Services
from tests.habits import ROOT
from tests.interface.conftest import Works
from tests.interface.program import REPLY
from tests.services.conftest import PASSWORD, RESOURCES

ASKED = {"messages": [{"role": "user", "content": "What does the pump NP-42 deliver?"}]}


class Window:
    """A thread that performs what is posted, as that of a window does."""

    def __init__(self) -> None:
        self._posted: deque[Callable[[], None]] = deque()
        self._over = threading.Event()
        self.stalled = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def post(self, call: Callable[[], None]) -> None:
        self._posted.append(call)

    def close(self) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(0.005):
            while self._posted and not self.stalled.is_set():
                self._posted.popleft()()


@pytest.fixture
def window() -> Iterator[Window]:
    made = Window()
    yield made
    made.close()


@pytest.fixture
def services(works: Works, window: Window) -> Iterator[Services]:
    """Open as in a window: nothing comes back but through its thread; a word takes a moment."""
    begun = works.begin(FakeChat(lambda _: REPLY, 0.01))
    opened = begun.open("Anna", PASSWORD, window.post)
    yield opened
    opened.close()
    begun.end()


@pytest.fixture
def door(services: Services) -> Iterator[Door]:
    launcher.start()
    lost = threading.Event()
    workers = services.answers, services.indexing, services.background
    made = Door(services.interface, workers, lost.set)
    made.lost = lost  # type: ignore[attr-defined]  # for the test that kills the other process
    yield made
    made.close()


def _open(door: Door, works: Works) -> httpx2.Client:
    """A client of it, over a local socket: the tests themselves open no network connections."""
    place = str(works.folder / "door.sock")
    assert door.open(Address(socket=place), RESOURCES, "en") == place
    transport = httpx2.HTTPTransport(uds=place)
    return httpx2.Client(transport=transport, base_url="http://localhost", timeout=60)


def _bearing(works: Works, key: str = "all") -> dict[str, str]:
    return {"Authorization": f"Bearer {works.secrets[key]}"}


def _listeners() -> list[psutil.Process]:
    return [
        each
        for each in psutil.Process().children(recursive=True)
        if each.status() != psutil.STATUS_ZOMBIE
    ]


def test_an_open_profile_answers_and_stops(services: Services, door: Door, works: Works) -> None:
    before = _listeners()
    with _open(door, works) as client:
        said = client.post("/v1/chat/completions", json=ASKED, headers=_bearing(works))
        assert said.json()["choices"][0]["message"]["content"].startswith(REPLY)
        assert client.get("/v1/models", headers=_bearing(works, "search")).status_code == 403
        (check,) = (each for each in services.administration.proof.facts() if "door" in each.name)
        assert (check.name, check.shown["address"]) == ("no-closed-door", door.address)
    door.close()
    assert door.address == ""
    assert not (works.folder / "door.sock").exists()
    assert _listeners() == before, "the process that listened has ended"
    with _open(door, works) as client:
        assert client.get("/v1/models", headers=_bearing(works)).status_code == 200


def test_errors_reach_their_programs_though_the_window_is_busy(
    services: Services, door: Door, works: Works, window: Window
) -> None:
    """Nothing of a request waits for the window's thread."""
    window.stalled.set()
    with _open(door, works) as client, ThreadPoolExecutor(6) as pool:

        def ask(model: str) -> int:
            told = ASKED | {"model": model}
            answer = client.post("/v1/chat/completions", json=told, headers=_bearing(works))
            return answer.status_code

        models = ["larets", "nobody"] * 3
        assert list(pool.map(ask, models)) == [200, 404] * 3
    window.stalled.clear()


def test_who_sits_at_the_window_waits_for_one_request(
    services: Services, door: Door, works: Works
) -> None:
    with _open(door, works) as client, ThreadPoolExecutor(4) as pool:

        def ask(_: int) -> float:
            client.post("/v1/chat/completions", json=ASKED, headers=_bearing(works))
            return time.monotonic()

        asked = [pool.submit(ask, number) for number in range(4)]
        while not services.answers.jobs():
            time.sleep(0.001)
        own = threading.Event()
        moment: list[float] = []

        def mine(_: object) -> None:
            moment.append(time.monotonic())
            own.set()

        time.sleep(0.05)
        services.answers.run(mine, on_error=lambda _: None)
        assert own.wait(20)
        ended = sorted(each.result() for each in asked)
    assert moment[0] < ended[1]


def test_closing_stops_what_is_being_answered(services: Services, door: Door, works: Works) -> None:
    with _open(door, works) as client, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(
            client.post, "/v1/chat/completions", json=ASKED, headers=_bearing(works)
        )
        while not services.answers.jobs():
            time.sleep(0.001)
        door.close()
        with pytest.raises(httpx2.HTTPError):
            asked.result().raise_for_status()


def test_what_is_asked_for_after_the_end_opens_nothing(door: Door, works: Works) -> None:
    door.end()
    before = _listeners()
    assert door.open(Address(socket=str(works.folder / "door.sock")), RESOURCES, "en") == ""
    assert _listeners() == before


def test_a_listener_that_dies_closes_the_door(services: Services, door: Door, works: Works) -> None:
    before = _listeners()
    with _open(door, works):
        (listener,) = (each for each in _listeners() if each not in before)
        listener.kill()
        assert door.lost.wait(10)  # type: ignore[attr-defined]
    assert door.address == ""
    with _open(door, works) as client:
        assert client.get("/v1/models", headers=_bearing(works)).status_code == 200


def test_a_policy_and_a_taken_address_keep_it_closed(
    services: Services, door: Door, works: Works
) -> None:
    nowhere = Address(socket=str(works.folder / "no such folder" / "door.sock"))
    with pytest.raises(AddressTaken):
        door.open(nowhere, RESOURCES, "en")
    services.administration.policies.decide("local-interface", "off")
    with pytest.raises(ForbiddenByPolicy):
        _open(door, works)
    assert door.address == ""


def test_programs_of_this_computer_are_no_connection_that_leaves_it(door: Door) -> None:
    assert offline_checks.sockets().name == "sockets"
    door.open(Address(0), RESOURCES, "en")
    check = offline_checks.sockets()
    if not check.facts["unseen"]:
        assert (check.name, check.passed, check.facts["local"]) == ("no-remote-sockets", True, 1)
    door.close()
    assert offline_checks.sockets().name == "sockets"


@pytest.mark.parametrize("command", ["serve", "mcp"])
def test_a_second_program_is_told_of_the_window(
    services: Services, works: Works, command: str
) -> None:
    words = works.command(0, command, *(["--json"] if command == "serve" else []))
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    said = subprocess.run(
        words, cwd=ROOT, capture_output=True, text=True, env=environment, timeout=60, check=False
    )
    assert said.returncode == 1
    assert "Let programs in" in said.stdout + said.stderr
    assert "Traceback" not in said.stderr
