"""Where everything lies, how much it takes, and what helps when something is wrong."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app import __version__
from app.ui.acts import Acts
from app.ui.dialogs.outside import open_local
from app.ui.language import Language, filled
from app.ui.settings.section import Section
from app.ui.settings.setting import Setting
from app.ui.widgets.controls import button

#: A zero-width space.
_BREAK = "\u200b"


class DataSection(Section):
    icon = "database"

    def __init__(
        self, folder: Path, reading: Acts, language: Language, check: Callable[[], object]
    ) -> None:
        """`check` looks at everything that can be checked."""
        super().__init__()
        self._folder, self._reading, self._language = folder, reading, language
        self._bytes: int | None = None
        self.open = button("", self._show_folder)
        self.check = button("", check)
        self._where, self._health = Setting(self.open), Setting(self.check)
        self._take(self._where, self._health)

    def look(self) -> None:
        """How much is there now: counted off the window thread."""
        self._reading.begin(self, lambda _: _taken(self._folder), self._weighed)

    def _weighed(self, taken: int) -> None:
        self._bytes = taken
        self._retranslate()

    def _say(self) -> None:
        self.heading.setText(self.tr("Data"))
        size = "" if self._bytes is None else self._language.size(self._bytes)
        # A path has no place to break a line at.
        folder = str(self._folder).replace(os.sep, f"{os.sep}{_BREAK}")
        where = self.tr("%1 · %2. Everything but the models is encrypted.")
        self.open.setText(self.tr("Show the folder"))
        self._where.say(
            self.tr("Data folder"),
            filled(where, folder, size) if size else folder,
        )
        self.check.setText(self.tr("Health check"))
        self._health.say(
            filled(self.tr("Larets %1"), __version__),
            self.tr("Checks data, models, memory and disk, and says what to do."),
        )

    def _show_folder(self) -> None:
        open_local(self._folder)


def _taken(folder: Path) -> int:
    """Bytes; a file that an import moves away meanwhile counts nothing."""
    taken = 0
    for each in folder.rglob("*"):
        with suppress(OSError):
            taken += each.stat().st_size if each.is_file() else 0
    return taken
