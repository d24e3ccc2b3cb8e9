"""Where things lie: run from source, frozen, or from a kit. Knows folders, opens nothing.

A kit is a folder with the frozen program in `program`, models in `models` and a file `kit.json`.
With a file `portable` in it as well, the data lies in its folder `data`, and nothing elsewhere.
"""

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True)
class Paths:
    """`data` is the workspace; `kit` holds the models that came with the program, shared by all."""

    data: Path
    kit: Path
    resources: Path
    #: Outside the workspace, on this computer: how far it had come. None where nothing may be left.
    witness: Path | None = None
    #: The medium that cannot be written to, for whose workspace `data` stands in. None usually.
    medium: Path | None = None

    @property
    def models(self) -> Path:
        """Models that a user imported into this workspace."""
        return self.data / "models"

    @property
    def log(self) -> Path:
        """The folder of the log, which holds no user's words."""
        return self.data / "log"


def _resources() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen or Path(__file__).parent.parent) / "resources"


def kit() -> Path | None:
    """The folder of the kit that this program was started from."""
    if not getattr(sys, "frozen", False):
        return None
    folder = Path(sys.executable).resolve().parent.parent
    return folder if (folder / "kit.json").is_file() else None


def portable() -> Path | None:
    """Where a program that leaves nothing on its host keeps everything."""
    folder = kit()
    return folder / "data" if folder and (folder / "portable").is_file() else None


def settle() -> None:
    """Before anything else is imported: a portable program's libraries keep with it what they put
    into temporary and cache folders."""
    if (data := portable()) is None:
        return
    folders = {"TMPDIR": "tmp", "TEMP": "tmp", "TMP": "tmp"}
    folders |= {f"XDG_{kind.upper()}_HOME": kind for kind in ("cache", "config", "state", "data")}
    for variable, name in folders.items():
        folder = data / "host" / name
        with suppress(OSError):  # a stick that cannot be written to is told of by what follows
            for part in (data, data / "host", folder):
                part.mkdir(mode=0o700, exist_ok=True)
        os.environ[variable] = str(folder)


def default_data() -> Path:
    return portable() or Path(platformdirs.user_data_dir("larets", appauthor=False))


def demo_data() -> Path:
    """The workspace of the scripted start, beside the user's own."""
    return default_data().with_name("larets-demo")


def preferences() -> Path:
    """Language and theme: needed before anybody has logged in, and no secret."""
    folder = portable() or Path(platformdirs.user_config_dir("larets", appauthor=False))
    return folder / "window.ini"


def witness() -> Path | None:
    """Where word is left of how far the workspaces of this user had come."""
    if portable():
        return None
    return Path(platformdirs.user_state_dir("larets", appauthor=False)) / "witness"


def find(data: Path | None = None) -> Paths:
    """Folders for the workspace `data`, else $LARETS_DATA, else the user's own data folder.

    Models are looked for in $LARETS_MODELS, else in those of the kit, else in `models` of the
    user's own data folder, so a second workspace does not need a second copy of them.
    """
    chosen = data or Path(os.environ.get("LARETS_DATA") or default_data())
    folder = kit()
    models = Path(os.environ.get("LARETS_MODELS") or (folder or default_data()) / "models")
    return Paths(chosen.absolute(), models.absolute(), _resources(), witness())
