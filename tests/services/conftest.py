"""A workspace with deterministic engines, opened by the real wiring."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from app import paths, wiring
from app.documents.reading import reader
from app.documents.reading.sandbox import Sandbox
from app.documents.source import DocumentSource, Part
from app.documents.steps import Step, nothing
from app.domain.chat.conversation import Message
from app.domain.library.documents import ReadDocument
from app.domain.library.tables import Table
from app.domain.models.model import Calibration
from app.domain.progress import Control, NoControl
from app.domain.roles import Role
from app.engines.fake import FakeChat, FakeEmbedder, fake_engines
from app.services.session import Services, Start
from app.store import keys

PASSWORD = "password of the tests"
RESOURCES = paths.find().resources


class Direct(Sandbox):
    """Reads in this process: a child a test would cost a second each."""

    def read(self, source: DocumentSource, control: Control | None = None) -> ReadDocument:
        (control or NoControl()).check()
        return reader.read(source)

    def sections(
        self, source: DocumentSource, control: Control | None = None, step: Step = nothing
    ) -> Iterator[ReadDocument]:
        (control or NoControl()).check()
        yield from reader.sections(source, step)

    def parts(self, source: DocumentSource, control: Control | None = None) -> Iterator[Part]:
        (control or NoControl()).check()
        yield from reader.parts(source)

    def links(self, source: DocumentSource, control: Control | None = None) -> tuple[str, ...]:
        return reader.links(source)

    def tables(self, source: DocumentSource, control: Control | None = None) -> tuple[Table, ...]:
        (control or NoControl()).check()
        return reader.tables(source)


@dataclass
class House:
    """An open workspace; `chat` is its model, `files` a folder for documents."""

    services: Services
    chat: FakeChat
    paths: paths.Paths
    files: Path

    def file(self, name: str, text: str | bytes) -> Path:
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def ask(self, question: str, conversation: str = "", control: Control | None = None) -> Message:
        conversation = conversation or self.services.conversations.begin(question)
        return self.services.chat.answer(conversation, question, control or NoControl())


def add_model(kit: Path, name: str, kind: str, content: bytes = b"GGUF and weights") -> Path:
    """A kit folder as the kit builder leaves it; the weights' path."""
    folder = kit / name
    folder.mkdir(parents=True)
    weights = folder / ("model.gguf" if kind == "chat" else "model.safetensors")
    weights.write_bytes(content)
    manifest = {
        "name": name,
        "kind": kind,
        "files": {weights.name: hashlib.sha256(content).hexdigest()},
    }
    (folder / "model.json").write_text(json.dumps(manifest))
    return weights


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "calibrated", lambda: keys.KdfParameters())
    monkeypatch.setattr("app.wiring.profile.Sandbox", Direct)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of three profiles and a kit, to be copied."""
    folder = tmp_path_factory.mktemp("template")
    add_model(folder / "kit", "fake-chat", "chat")
    add_model(folder / "kit", "fake-embedder", "embedding")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "calibrated", lambda: keys.KdfParameters())
        begun = begin(folder, FakeChat(), kit="none yet")
        begun.profiles.create("Anna", PASSWORD, Role.ADMINISTRATOR)
        services = begun.open("Anna", PASSWORD, lambda call: call())
        services.profiles.create("Egor", PASSWORD, Role.EDITOR)
        services.profiles.create("Rita", PASSWORD, Role.READER)
        services.close()
    return folder


def begin(
    folder: Path, chat: FakeChat, kit: str = "kit", calibration: Calibration | None = None
) -> Start:
    """With a `calibration` the embedding model refuses what its documents do not hold."""
    found = paths.Paths(folder / "data", folder / kit, RESOURCES)
    engines = fake_engines(chat)
    if calibration is not None:
        opened = partial(_calibrated, calibration)
        engines = replace(engines, open_embedder=opened)
    return wiring.start(found, engines)


def _calibrated(calibration: Calibration, path: str, _: Calibration) -> FakeEmbedder:
    return FakeEmbedder(path, calibration)


@pytest.fixture
def open_house(template: Path, tmp_path: Path) -> Iterator[Callable[..., House]]:
    """Opens the copied workspace as a profile, again and again; closes the last."""
    shutil.copytree(template, tmp_path / "work")
    opened: list[tuple[Services, Start]] = []

    def close() -> None:
        for services, begun in opened:
            services.close()
            begun.end()
        opened.clear()

    def open_one(
        name: str = "Anna", chat: FakeChat | None = None, calibration: Calibration | None = None
    ) -> House:
        close()
        chat = chat or FakeChat()
        begun = begin(tmp_path / "work", chat, calibration=calibration)
        services = begun.open(name, PASSWORD, lambda call: call())
        opened.append((services, begun))
        return House(services, chat, begun.paths, tmp_path / "files")

    yield open_one
    close()


@pytest.fixture
def house(open_house: Callable[..., House]) -> House:
    return open_house()
