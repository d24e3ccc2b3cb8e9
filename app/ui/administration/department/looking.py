"""Asks the department's server now and then what others changed, and sees which servers this
profile uses."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.services.department.service import DepartmentService
from app.services.models.inference import Inference
from app.services.models.servers import ModelServers
from app.ui.acts import Acts

#: Milliseconds between two looks: others' documents appear, a server that was away is there again.
_EVERY = 15_000


class DepartmentLook(QObject):
    """From the opening of a profile to its lock; `looked` tells the addresses of the department's
    database and of the server that holds the model in use, "" without either, and whether one of
    them is away."""

    looked = Signal(str, bool)

    def __init__(
        self,
        department: DepartmentService,
        servers: ModelServers,
        inference: Inference,
        acts: Acts,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._department, self._acts = department, acts
        self._servers, self._inference = servers, inference
        self._model = ""
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
        self._runs = True
        self._acts.begin(self, lambda _: self._look(), ended=self._end)

    def _look(self) -> None:
        self._model = self._servers.in_use()
        self._department.collections.look()

    def _end(self) -> None:
        self._runs = False
        department, away = self._department, bool(self._model) and self._inference.is_away
        shown = [self._model] if self._model else []
        if department.membership.is_member:
            shown.insert(0, department.membership.address.shown)
            collections = department.collections
            away = away or bool(collections.away()) or not collections.answers
        self.looked.emit(", ".join(shown), away)
