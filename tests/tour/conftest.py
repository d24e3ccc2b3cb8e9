"""A workspace with three profiles and three documents, made by commands, a copy for each tour."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import system_check

from tests.conftest import KIT
from tests.tour import screen
from tests.tour.eyes import Eyes
from tests.tour.hands import Hands
from tests.tour.tour import Tour

PASSWORD = "the strongbox of a tour"
SAMPLES = ("Employee handbook.pdf", "Travel rules.md", "Storage price list 2026.xlsx")
#: Failures that a tour brings about.
EXPECTED = ("code=wrong-password", "code=no-chat-model")
NAMES = {"Edgar": "editor", "Rita": "reader"}


@dataclass(frozen=True)
class Made:
    """The workspace, and a models kit that cannot answer: nothing waits for a chat model."""

    data: Path
    kit: Path


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, embedding_model: Path) -> Made:
    if sys.platform != "linux":
        pytest.skip("a tour needs Xvfb and AT-SPI, which are Linux's")
    if lacking := system_check.missing_for_tours():
        pytest.skip(f"a tour lacks Debian's {' '.join(lacking)}")
    folder = tmp_path_factory.mktemp("tours")
    data, kit, secret = folder / "data", folder / "kit", folder / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    kit.mkdir()
    for each in (embedding_model, KIT / "tessdata"):
        (kit / each.name).symlink_to(each)

    def run(*words: str) -> None:
        options = ("--data-dir", str(data), "--password-file", str(secret), "--profile", "Anna")
        subprocess.run(
            [sys.executable, "-m", "app", *words, *options], check=True, capture_output=True,
            cwd=screen.ROOT, env=screen.of_home(folder / "home") | {"LARETS_MODELS": str(kit)},
        )  # fmt: skip

    run("profile", "create", "Anna")
    for name, role in NAMES.items():
        run("profile", "create", name, "--role", role, "--new-password-file", str(secret))
    samples = screen.ROOT / "resources" / "samples" / "en"
    run("add", *(str(samples / name) for name in SAMPLES))
    return Made(data, kit)


@pytest.fixture
def tour(made: Made, tmp_path: Path) -> Iterator[Tour]:
    """The window at the log-in, in English and light."""
    shutil.copytree(made.data, tmp_path / "data")
    with screen.screen(tmp_path / "home") as environment:
        environment["LARETS_MODELS"] = str(made.kit)
        screen.settings(environment, language="en", theme="light")
        with screen.program(tmp_path / "data", environment), Eyes(environment) as eyes:
            eyes.see("Unlock", "push button", seconds=60)
            yield Tour(eyes, Hands(environment))
    log = (tmp_path / "data" / "log" / "larets.log").read_text("utf-8").splitlines()
    failures = [line for line in log if " failure " in line]
    assert [each for each in failures if not any(code in each for code in EXPECTED)] == []
