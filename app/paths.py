"""Where things lie, run from source or frozen. Knows folders, opens nothing."""

import os
import sys
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


def default_data() -> Path:
    return Path(platformdirs.user_data_dir("larets", appauthor=False))


def demo_data() -> Path:
    """The workspace of the scripted start, beside the user's own."""
    return default_data().with_name("larets-demo")


def preferences() -> Path:
    """Language and theme: needed before anybody has logged in, and no secret."""
    return Path(platformdirs.user_config_dir("larets", appauthor=False)) / "window.ini"


def witness() -> Path:
    """Where word is left of how far the workspaces of this user had come."""
    return Path(platformdirs.user_state_dir("larets", appauthor=False)) / "witness"


def find(data: Path | None = None) -> Paths:
    """Folders for the workspace `data`, else $LARETS_DATA, else the user's own data folder.

    The kit is looked for in $LARETS_MODELS, else in `models` of the user's own data folder, so a
    second workspace does not need a second copy of the models.
    """
    chosen = data or Path(os.environ.get("LARETS_DATA") or default_data())
    kit = Path(os.environ.get("LARETS_MODELS") or default_data() / "models")
    return Paths(chosen.absolute(), kit.absolute(), _resources(), witness())
