"""Backups as an administrator's schedule says, looked at when a profile opens and every hour."""

from PySide6.QtCore import QObject, QTimer

from app.domain.roles import Act
from app.services.session import Services
from app.ui.acts import Acts

_HOUR_MS = 3_600_000


class DueBackups(QObject):
    """A failure is shown like that of any act."""

    def __init__(self, services: Services, background: Acts, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._background = services, background
        self._hourly = QTimer(self, interval=_HOUR_MS)
        self._hourly.timeout.connect(self.begin)

    def begin(self) -> None:
        """Now, and every hour from now on; nothing for who may not make one."""
        if self._services.library.allows(Act.BACK_UP):
            backups = self._services.administration.backups
            self._background.begin(self, backups.create_due)
            self._hourly.start()
