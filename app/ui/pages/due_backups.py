"""Backups as an administrator's schedule says, looked at when a profile opens and every hour."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.services.jobs import Job
from app.ui.acts import Acts

_HOUR_MS = 3_600_000


class DueBackups(QObject):
    """A failure is shown like that of any act."""

    def __init__(
        self, create_due: Callable[[Job], object], background: Acts, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._create_due, self._background = create_due, background
        self._hourly = QTimer(self, interval=_HOUR_MS)
        self._hourly.timeout.connect(self.begin)

    def begin(self) -> None:
        """Now, and every hour from now on."""
        self._background.begin(self, self._create_due)
        self._hourly.start()
