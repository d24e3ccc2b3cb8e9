"""One kind of the administration: a heading, its acts, and what it shows."""

from PySide6.QtWidgets import QWidget

from app.ui.administration.services import AdministrationServices
from app.ui.widgets.controls import label
from app.ui.widgets.retranslating import Retranslating


class Kind(Retranslating, QWidget):
    icon = ""

    def __init__(self, services: AdministrationServices) -> None:
        super().__init__()
        self._services = services
        self.heading, self._about = label("title"), label("muted", wrap=True)

    def load(self) -> None:
        """Read what is shown."""
        raise NotImplementedError
