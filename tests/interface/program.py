"""The program with deterministic engines, as a process of its own: `python -m tests.interface.program
FOLDER SECONDS COMMAND …`, where a word of an answer takes so many seconds."""

import os
import sys
from pathlib import Path

from app import offline, paths, processes, wiring
from app.cli.main import main
from app.engines.fake import FakeChat, fake_engines
from app.paths import Paths
from app.processes import launcher
from app.services.session import Start
from app.store import keys
from tests.services.conftest import Direct

if __name__ == "__main__":
    folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
    offline.enforce()
    launcher.start()
    processes.begin()
    keys.calibrated = lambda: keys.KdfParameters()
    wiring.profile.Sandbox = Direct
    chat = FakeChat(lambda _: os.environ.get("REPLY", "It delivers 120 litres a minute [1]."), seconds)

    def begin(found: Paths) -> Start:
        kit = Paths(folder / "data", folder / "kit", paths.find().resources)
        return wiring.start(kit, fake_engines(chat))

    options = ["--data-dir", str(folder / "data"), "--password-file", str(folder / "password")]
    sys.exit(main([*options, *sys.argv[3:]], begin))
