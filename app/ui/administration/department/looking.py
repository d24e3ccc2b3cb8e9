"""Asks the department's server now and then what others changed."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.services.department.service import DepartmentService
from app.ui.acts import Acts

#: Milliseconds between two looks: others' documents appear, a server that was away is there again.
_EVERY = 15_000


class DepartmentLook(QObject):
    """From the opening of a profile to its lock; `looked` tells the server's address, "" where the
    profile belongs to no department, and whether it is away."""

    looked = Signal(str, bool)

    def __init__(self, department: DepartmentService, acts: Acts, parent: QObject) -> None:
        super().__init__(parent)
        self._department, self._acts = department, acts
        self._runs = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        QTimer.singleShot(0, self, self.look)

    def look(self) -> None:
        """Unless the last look is still under way: a server that is away keeps one waiting."""
        if self._runs:
            return
        if not self._department.membership.is_member:
            self.looked.emit("", False)
            return
        self._runs = True
        collections = self._department.collections
        self._acts.begin(self, lambda _: collections.look(), ended=self._end)

    def _end(self) -> None:
        self._runs = False
        department = self._department
        if department.membership.is_member:
            away = bool(department.collections.away()) or not department.collections.answers
            self.looked.emit(department.membership.address.shown, away)
