"""One kind of the administration: a heading, its acts, and what it shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QMargins
from PySide6.QtWidgets import QWidget

from app.services.assistants.service import AssistantService
from app.services.department.service import DepartmentService
from app.services.interface.acts import InterfaceService
from app.services.library.service import LibraryService
from app.services.profiles.profiles import ProfileService
from app.services.session import Administration
from app.services.statistics.service import StatisticsService
from app.ui.acts import Acts
from app.ui.widgets.controls import label
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.scroll import Scroll

#: Pixels that the scroll bar takes when it is there.
_BESIDE_BAR = 12


@dataclass(frozen=True)
class AdministrationServices:
    administration: Administration
    profiles: ProfileService
    statistics: StatisticsService
    assistants: AssistantService
    library: LibraryService
    department: DepartmentService
    interface: InterfaceService
    reading: Acts
    background: Acts


def scrolling(lines: Iterable[QWidget]) -> Scroll:
    """One below the other; they scroll in a small window."""
    listed = Scroll(QMargins(0, 0, _BESIDE_BAR, 0), 0)
    for line in lines:
        listed.column.addWidget(line)
    listed.column.addStretch()
    return listed


class Kind(Retranslating, QWidget):
    icon = ""

    def __init__(self, services: AdministrationServices) -> None:
        super().__init__()
        self._services = services
        self.heading, self._about = label("title"), label("muted", wrap=True)

    def load(self) -> None:
        """Read what is shown."""
        raise NotImplementedError
