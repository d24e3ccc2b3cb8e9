"""A workspace with two collections, an assistant and keys; the interface over it, in this process
or as a program of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from multiprocessing import Pipe
from pathlib import Path

import httpx2
import pytest

from app import wiring
from app.domain.chat.assistants import Assistant
from app.domain.roles import Role
from app.engines.fake import FakeChat, fake_engines
from app.interface.http.application import application
from app.interface.http.line import Line
from app.interface.server import Desk
from app.interface.wire import Listening, Reply, heard, packed
from app.paths import Paths
from app.services.session import Services, Start
from app.services.wording import Wording
from app.store import keys
from tests.habits import ROOT
from tests.interface.program import REPLY
from tests.services.conftest import PASSWORD, RESOURCES, Direct, add_model

PORT = 4711
URL = f"http://127.0.0.1:{PORT}"
PUMP = "The pump NP-42 delivers 120 litres a minute. Change the oil filter every 500 hours."
WAGES = "The wages of the board are 900 roubles a month."


@dataclass
class Works:
    """The workspace in `folder`. `secrets` by the names of their keys."""

    folder: Path
    secrets: dict[str, str]

    @contextmanager
    def opened(self, name: str = "Anna", chat: FakeChat | None = None) -> Iterator[Services]:
        begun = self.begin(chat or FakeChat(lambda _: REPLY))
        services = begun.open(name, PASSWORD, lambda call: call())
        try:
            yield services
        finally:
            services.close()
            begun.end()

    def begin(self, chat: FakeChat) -> Start:
        found = Paths(self.folder / "data", self.folder / "kit", RESOURCES)
        return wiring.start(found, fake_engines(chat))

    def command(self, seconds: float, *words: str) -> list[str]:
        return [
            sys.executable, "-m", "tests.interface.program", str(self.folder), str(seconds),
            "--profile", "Anna", *words,
        ]  # fmt: skip


SCOPES = {
    "all": (),
    "everything": tuple(f"act:{each}" for each in ("search", "ask", "documents", "models",
                                                   "embeddings", "add")),
    "machines": ("collection:Machines",),
    "wages": ("assistant:Wages",),
    "search": ("act:search",),
    "asks": ("act:ask", "collection:Machines"),
    "adds": ("act:add", "collection:Machines"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "calibrated", lambda: keys.KdfParameters())
    monkeypatch.setattr("app.wiring.profile.Sandbox", Direct)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Works:
    """To be copied."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "calibrated", lambda: keys.KdfParameters())
        patch.setattr("app.wiring.profile.Sandbox", Direct)
        # returned, not yielded: a fixture of the session must not leave its patches to other tests
        return _finished(tmp_path_factory.mktemp("works"))


@pytest.fixture
def works(finished: Works, tmp_path: Path) -> Works:
    shutil.copytree(finished.folder, tmp_path / "works")
    return Works(tmp_path / "works", finished.secrets)


def _finished(folder: Path) -> Works:
    made = Works(folder, {})
    add_model(folder / "kit", "fake-chat", "chat")
    add_model(folder / "kit", "fake-embedder", "embedding")
    (folder / "password").write_text(PASSWORD)
    begun = made.begin(FakeChat())
    begun.profiles.create("Anna", PASSWORD, Role.ADMINISTRATOR)
    with made.opened() as services:
        services.profiles.create("Rita", PASSWORD, Role.READER)
        services.administration.policies.decide("local-interface", "on")
        for name, text in (("Machines", PUMP), ("Money", WAGES)):
            collection = services.library.create(name)
            path = folder / f"{name.lower()}.txt"
            path.write_text(text)
            services.library.add([path], None, collection.id)
            if name == "Money":
                services.assistants.create(Assistant("", "Wages", collections=(collection.id,)))
        for name, scopes in SCOPES.items():
            made.secrets[name] = services.interface.keys.create(name, scopes).secret
    return made


class Asking:
    """A client of the interface in this process."""

    def __init__(self, client: httpx2.AsyncClient, secrets: dict[str, str]) -> None:
        self.client, self.secrets = client, secrets

    async def get(self, path: str, key: str = "all") -> httpx2.Response:
        return await self.client.get(path, headers=self.bearing(key))

    async def post(self, path: str, body: object, key: str = "all") -> httpx2.Response:
        return await self.client.post(path, json=body, headers=self.bearing(key))

    def bearing(self, key: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secrets.get(key, key)}"}


def words() -> Wording:
    return Wording(RESOURCES, "en")


@asynccontextmanager
async def asking(services: Services, secrets: dict[str, str]) -> AsyncIterator[Asking]:
    """Everything but the sockets: routes, pipe, desk, services."""
    ours, theirs = Pipe()
    turn = threading.Lock()

    def send(said: Reply) -> None:
        with turn:
            ours.send_bytes(packed(said))

    workers = services.answers, services.indexing, services.background
    desk = Desk(services.interface, words(), workers, send)

    over = threading.Event()

    def hear() -> None:
        while not over.is_set():
            if ours.poll(0.01):
                said = heard(ours.recv_bytes())
                assert not isinstance(said, Listening)
                desk.take(said)

    hearing = threading.Thread(target=hear)
    hearing.start()
    line = Line(theirs)
    line.begin(lambda: None)
    transport = httpx2.ASGITransport(application(line, PORT, words()))
    try:
        async with httpx2.AsyncClient(transport=transport, base_url=URL) as client:
            yield Asking(client, secrets)
    finally:
        over.set()
        hearing.join()
        desk.close()
        ours.close()
        line.close()


@dataclass
class Serving:
    """`larets serve` as a process of its own."""

    process: "subprocess.Popen[str]"
    said: dict[str, str]

    def transport(self) -> httpx2.HTTPTransport:
        """The tests themselves open no network connections: they ask over the local socket."""
        return httpx2.HTTPTransport(uds=self.said["socket"])

    def client(self) -> httpx2.Client:
        return httpx2.Client(transport=self.transport(), base_url="http://localhost", timeout=60)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


Serve = Callable[..., Serving]


@pytest.fixture
def serve(works: Works) -> Iterator[Serve]:
    """serve(seconds a word, *options), on a local socket unless told otherwise."""
    place = str(works.folder / "larets.sock")
    running: list[subprocess.Popen[str]] = []

    def start(seconds: float = 0.0, *options: str) -> Serving:
        command = works.command(seconds, "serve", "--json", *(options or ("--socket", place)))
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        running.append(process)
        assert process.stdout is not None
        return Serving(process, json.loads(process.stdout.readline()))

    yield start
    for process in running:
        process.terminate()
        process.wait(60)
        assert process.stdout is not None
        process.stdout.close()
