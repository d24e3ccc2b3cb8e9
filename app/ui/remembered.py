"""How the window was last laid out: widths, and what was hidden."""

from collections.abc import Sequence

from PySide6.QtCore import QSettings


class Remembered:
    """Kept outside of the encrypted workspace, beside the theme: numbers alone, never a user's
    word."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def numbers(self, name: str) -> list[int]:
        """What was kept under a name; nothing when there is none, or when somebody spoilt it."""
        stored = str(self._settings.value(f"layout/{name}", ""))
        parts = stored.split()
        return [int(part) for part in parts] if all(part.isdecimal() for part in parts) else []

    def keep(self, name: str, numbers: Sequence[int]) -> None:
        """Keep pixels, or 0 and 1, until the next start."""
        self._settings.setValue(f"layout/{name}", " ".join(map(str, numbers)))
