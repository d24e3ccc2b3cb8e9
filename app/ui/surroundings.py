"""What lies around the pages of an open profile."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings

from app.services.health.check import Check
from app.ui.language import Language
from app.ui.remembered import Remembered
from app.ui.theme import Theme


@dataclass(frozen=True)
class Surroundings:
    """What the pages need of the window around them: `resources` and `data` folders, `stored`
    settings of this computer, how its windows are laid out, the acts that `lock`, `check_health`
    and `show_help`, at a page or where it was left, and whether `signs` of the system lock it."""

    theme: Theme
    language: Language
    resources: Path
    data: Path
    stored: QSettings
    remembered: Remembered
    lock: Callable[[], None]
    check_health: Callable[[], object]
    show_help: Callable[[str], None]
    signs: Callable[[], Check]
