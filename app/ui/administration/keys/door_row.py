"""Letting programs in while the profile is open: a switch, the port, and where they find it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.access_keys import PORT
from app.domain.errors import LaretsError, ListenerLost
from app.domain.events import DoorClosed
from app.interface.door import Door
from app.interface.http.listener import Address
from app.services.events import Events
from app.ui.acts import Acts
from app.ui.language import Language, filled
from app.ui.theme import Theme
from app.ui.widgets.controls import announce, forbid_if, label, say_or_hide
from app.ui.widgets.layouts import STRETCH, in_column, in_row
from app.ui.widgets.number import WholeField
from app.ui.widgets.retranslating import Retranslating
from app.ui.widgets.switch import Switch

_PORT_WIDTH = 92
#: Those that need no rights of an administrator.
_PORTS = 1024, 65535


class DoorRow(Retranslating, QWidget):
    """It is opened and closed on `reading`."""

    def __init__(
        self,
        door: Door,
        events: Events,
        reading: Acts,
        theme: Theme,
        language: Language,
        resources: Path,
    ) -> None:
        super().__init__()
        events.subscribe(DoorClosed, lambda _: self.tell_lost())
        self._door, self._reading, self._language = door, reading, language
        self._resources, self._denied, self._is_moving = resources, "", False
        self.switch = Switch(theme)
        self.switch.clicked.connect(lambda on: self._open() if on else self.close_door())
        self._named, self.port = label("muted"), WholeField()
        self.port.setRange(*_PORTS)
        self.port.setValue(PORT)
        self.port.setFixedWidth(_PORT_WIDTH)
        self.told, self.problem = label("small", wrap=True), label("danger", wrap=True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = in_row(self.switch, STRETCH, self._named, self.port, spacing=8)
        in_column(row, self.told, self.problem, on=self, margins=0, spacing=4)
        self.problem.hide()
        self._retranslate()

    def _retranslate(self) -> None:
        self.switch.setText(self.tr("Let programs in"))
        self._named.setText(self.tr("Port"))
        for field in (self.port, self.port.lineEdit()):
            field.setAccessibleName(self.tr("Port"))
        self.show_door(self._denied)

    def show_door(self, denied: str) -> None:
        """As it is now; `denied` says why it must not be opened, "" where it may."""
        self._denied, address = denied, self._door.address
        self.switch.setChecked(bool(address))
        self.switch.setToolTip(self.tr("Until it is closed here, or the profile is locked"))
        forbid_if(denied, self.switch)
        if self._is_moving:
            self.switch.setEnabled(False)
        self.port.setEnabled(not address and not denied and not self._is_moving)
        told = self.tr(
            "Open: %1 (OpenAI's interface under /v1, MCP under /mcp). It closes when the profile "
            "is locked. One question at a time is answered, yours come in between."
        )
        closed = self.tr("Closed. Without this window “larets serve” does the same.")
        self.told.setText(filled(told, address) if address else closed)

    def _open(self) -> None:
        door, address = self._door, Address(self.port.value())
        resources, code = self._resources, self._language.code
        self._move(lambda: door.open(address, resources, code))

    def close_door(self) -> None:
        self._move(self._door.close)

    def _move(self, act: Callable[[], object]) -> None:
        self._is_moving = True
        say_or_hide(self.problem, "")
        self._reading.begin(
            self,
            lambda _: act(),
            lambda _: announce(self, self.told.text()),
            ended=self._rest,
            failed=self._fail,
        )
        self.show_door(self._denied)

    def _rest(self) -> None:
        self._is_moving = False
        self.show_door(self._denied)

    def tell_lost(self) -> None:
        """The process that listens has ended by itself: it can be opened again."""
        self.show_door(self._denied)
        self._fail(ListenerLost())

    def _fail(self, error: LaretsError) -> None:
        say_or_hide(self.problem, self._language.told(error))
