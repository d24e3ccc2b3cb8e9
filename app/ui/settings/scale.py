"""The size of text and controls. Qt takes it from the environment, once, before it starts."""

import os

from PySide6.QtCore import QSettings

#: Per cent that can be chosen.
SCALES = (100, 115, 130, 150, 200)
_KEY, _VARIABLE = "scale", "QT_SCALE_FACTOR"


def chosen(settings: QSettings) -> int:
    """Per cent; 100 where nothing, or nothing that can be chosen, is stored."""
    stored = str(settings.value(_KEY, "100"))
    return int(stored) if stored.isdecimal() and int(stored) in SCALES else 100


def choose(settings: QSettings, percent: int) -> None:
    """For the next start."""
    settings.setValue(_KEY, percent)


def apply(settings: QSettings) -> None:
    """Before the application is made. What somebody set in the environment stays."""
    if (percent := chosen(settings)) != 100:
        os.environ.setdefault(_VARIABLE, str(percent / 100))
