"""Commands run in this process, in a workspace of the test's own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app import wiring
from app.cli.main import main
from app.engines.base import Engines
from app.engines.fake import FakeChat, fake_engines
from app.paths import Paths
from app.services.session import Begin
from app.store import keys
from tests.services.conftest import Direct, add_model

PASSWORD = "password of the tests"


@dataclass
class Said:
    """Exit code, standard output and standard error of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object on standard output, which has to be all that stands there."""
        found: dict[str, Any] = json.loads(self.out)
        assert self.out.count("\n") == 1
        return found

    @property
    def error(self) -> str:
        """The code of a failure, after what every failure keeps to was checked."""
        assert self.code == 1
        assert "Traceback" not in self.out + self.err
        assert len(self.err.strip().split("\n")) == 1
        reason = self.json["error"]
        assert set(reason) == {"code", "message", "hint"}
        assert reason["message"]
        return str(reason["code"])


Run = Callable[..., Said]


@pytest.fixture
def quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Engines], Begin]:
    """How commands begin with such engines: two models in the kit, files read in this process, a
    password that is derived at once."""
    monkeypatch.setattr(keys, "calibrated", lambda: keys.KdfParameters())
    monkeypatch.setattr("app.wiring.profile.Sandbox", Direct)
    add_model(tmp_path / "kit", "fake-chat", "chat")
    add_model(tmp_path / "kit", "fake-embedder", "embedding")

    def with_engines(engines: Engines) -> Begin:
        return lambda found: wiring.start(
            Paths(found.data, tmp_path / "kit", found.resources), engines
        )

    return with_engines


def runner(begin: Begin, data: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """run("models", "list"): with --json and the password unless told otherwise."""
    secret = data.with_name("password")
    secret.write_text(f"{PASSWORD}\nand a second line\n")

    def run(*arguments: object, password: Path | None = secret, as_json: bool = True) -> Said:
        words = ["--data-dir", str(data), *map(str, arguments)]
        if password is not None:
            words += ["--password-file", str(password)]
        capsys.readouterr()
        code = main([*words, "--json"] if as_json else words, begin)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run


@pytest.fixture
def run(
    tmp_path: Path, quick: Callable[[Engines], Begin], capsys: pytest.CaptureFixture[str]
) -> Run:
    """In a profile of its own, with a model that always answers the same."""
    chat = FakeChat(lambda _: "The oil filter is changed every 500 hours [1].")
    made = runner(quick(fake_engines(chat)), tmp_path / "data", capsys)
    made("profile", "create", "Anna")
    return made
