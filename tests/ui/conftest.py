"""A real window on a temporary workspace, with deterministic engines."""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import paths, wiring
from app.domain.roles import Role
from app.engines.fake import FakeChat, fake_engines
from app.services.session import Start
from app.store import keys
from app.ui.application import Window
from tests.samples import make_pdf

PASSWORD = "correct horse"
LEAVE = "Every employee is entitled to 28 calendar days of paid leave each year."


@dataclass
class Desk:
    """A window with what a test needs to look behind it."""

    window: Window
    begun: Start
    chat: FakeChat
    folder: Path


def received(begun: Start, settings: QSettings, application: QApplication) -> Window:
    """A window that has its workspace."""
    window = Window(begun.paths.resources, settings, application)
    window.receive(begun)
    return window


def _make_kit(folder: Path) -> None:
    """Two models that the fake engines take for real ones."""
    for name, kind, file in (
        ("fake-chat", "chat", "m.gguf"),
        ("fake-embed", "embedding", "model.safetensors"),
    ):
        (folder / name).mkdir(parents=True)
        (folder / name / file).write_bytes(b"GGUF fake")
        sha256 = hashlib.sha256(b"GGUF fake").hexdigest()
        manifest = {"name": name, "kind": kind, "files": {file: sha256}}
        (folder / name / "model.json").write_bytes(msgspec.json.encode(manifest))


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least that a key may cost: measuring the machine takes half a second each time."""
    monkeypatch.setattr(keys, "calibrated", lambda: keys.KdfParameters())


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that Anna has opened once, to be copied. It has no models: a profile remembers
    where they lie."""
    folder = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "calibrated", lambda: keys.KdfParameters())
        found = paths.Paths(folder / "data", folder / "no kit", paths.find().resources)
        begun = wiring.start(found, fake_engines(FakeChat(_reply)))
        begun.profiles.create("Anna", PASSWORD, Role.ADMINISTRATOR)
        begun.open("Anna", PASSWORD, lambda call: call()).close()  # its databases are made
        begun.end()
    return folder


@pytest.fixture
def desk(
    template: Path,
    tmp_path: Path,
    qtbot: QtBot,
    qapp: QApplication,
    request: pytest.FixtureRequest,
) -> Iterator[Desk]:
    """A locked window in English, light theme, with one profile."""
    chat = FakeChat(_reply, seconds=getattr(request, "param", 0.0))
    shutil.copytree(template / "data", tmp_path / "data")
    _make_kit(tmp_path / "kit")
    found = paths.Paths(tmp_path / "data", tmp_path / "kit", paths.find().resources)
    begun = wiring.start(found, fake_engines(chat))
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("language", "en")
    settings.setValue("theme", "light")
    window = received(begun, settings, qapp)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield Desk(window, begun, chat, tmp_path)
    window.close()


def _reply(_: object) -> str:
    return "Employees get 28 calendar days of paid leave [1]. They get 99 days on the moon [1]."


@pytest.fixture
def unlocked(desk: Desk, qtbot: QtBot) -> Desk:
    desk.window.login.enter("Anna", PASSWORD)
    qtbot.waitUntil(lambda: desk.window.chat is not None, timeout=10_000)
    return desk


@pytest.fixture
def leave_pdf(tmp_path: Path) -> Path:
    """Three pages; the sentence about leave stands on the second."""
    path = tmp_path / "leave.pdf"
    fill = "The canteen opens at noon and serves soup, bread and fruit to all of the staff."
    path.write_bytes(make_pdf([fill, LEAVE, fill.replace("noon", "one")]))
    return path


@pytest.fixture
def with_library(unlocked: Desk, leave_pdf: Path, qtbot: QtBot) -> Desk:
    window = unlocked.window
    assert window.library is not None
    window.library.add([leave_pdf])
    services = window.services
    assert services is not None
    qtbot.waitUntil(lambda: services.library.counts()[1] > 0, timeout=20_000)
    adding = window.library.adding
    qtbot.waitUntil(lambda: not adding.busy, timeout=10_000)
    return unlocked
