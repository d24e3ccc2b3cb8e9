"""The program with deterministic engines, as a process of its own: FOLDER SECONDS COMMAND …, where
a word of an answer takes so many seconds."""

import sys
from pathlib import Path

import pytest

from app import offline, paths, processes, wiring
from app.cli.main import main
from app.engines.fake import FakeChat, fake_engines
from app.paths import Paths
from app.processes import launcher
from app.services.session import Start
from app.store import keys
from tests.services.conftest import Direct

REPLY = "It delivers 120 litres a minute [1]."


def run(folder: Path, seconds: float, command: list[str]) -> int:
    """As `app.__main__` begins, but for the engines, the sandbox and the slow password."""
    offline.enforce()
    launcher.start()
    processes.begin()
    chat = FakeChat(lambda _: REPLY, seconds)

    def begin(found: Paths) -> Start:
        kit = Paths(found.data, folder / "kit", paths.find().resources)
        return wiring.start(kit, fake_engines(chat))

    options = ["--data-dir", str(folder / "data"), "--password-file", str(folder / "password")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "calibrated", lambda: keys.KdfParameters())
        patch.setattr("app.wiring.profile.Sandbox", Direct)
        return main([*options, *command], begin)


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]))
