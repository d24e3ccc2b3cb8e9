"""Linux: logind on the system bus, the desktop's screen saver on the session bus.

Signals are taken from any sender, because desktops differ in who sends them; a program that sends
one without reason locks the window, and can do no more. Both buses are local sockets, which
`app.processes.native_sockets` allows.
"""

import os
from collections.abc import Callable, Set
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

from app.ui.away.signs import Sign

_LOGIN = "org.freedesktop.login1"
_LOGIN_PATH = "/org/freedesktop/login1"
_MANAGER = f"{_LOGIN}.Manager"
_DESKTOPS = ("freedesktop", "gnome", "cinnamon", "mate", "xfce")
_SAVERS = tuple(f"org.{desktop}.ScreenSaver" for desktop in _DESKTOPS)


class DesktopBuses(QObject):
    """`session_id` is logind's name of the session, "" where it is not known."""

    def __init__(
        self,
        leave: Callable[[], object],
        sleep: Callable[[], object],
        session: QDBusConnection | None = None,
        system: QDBusConnection | None = None,
        session_id: str | None = None,
    ) -> None:
        super().__init__()
        self._leave, self._sleep = leave, sleep
        self._session = session or QDBusConnection.sessionBus()
        self._system = system or QDBusConnection.systemBus()
        self._asked: QDBusPendingCallWatcher | None = None
        #: An open file while which logind waits, some seconds at most, before the computer sleeps.
        self._delay: list[object] = []
        found = os.environ.get("XDG_SESSION_ID", "") if session_id is None else session_id
        for saver in _SAVERS:
            self._session.connect("", "", saver, "ActiveChanged", self, _slot("_saver(bool)"))
        if found:
            path = f"{_LOGIN_PATH}/session/{_label(found)}"
            self._system.connect("", path, f"{_LOGIN}.Session", "Lock", self, _slot("_locked()"))
        self._system.connect(
            "", _LOGIN_PATH, _MANAGER, "PrepareForSleep", self, _slot("_prepare(bool)")
        )
        self._ask_for_delay()

    def heard(self) -> Set[Sign]:
        login = _has(self._system, _LOGIN)
        saver = any(_has(self._session, each) for each in _SAVERS)
        told = {Sign.SLEEP: login, Sign.SESSION: saver}
        return {sign for sign, is_told in told.items() if is_told}

    @Slot(bool)
    def _saver(self, active: bool) -> None:
        if active:
            self._leave()

    @Slot()
    def _locked(self) -> None:
        self._leave()

    @Slot(bool)
    def _prepare(self, begins: bool) -> None:
        if not begins:
            self._ask_for_delay()
            return
        self._sleep()
        self._delay.clear()  # the last reference closes it, and the computer sleeps

    def _ask_for_delay(self) -> None:
        if not self._system.isConnected():
            return
        message = QDBusMessage.createMethodCall(_LOGIN, _LOGIN_PATH, _MANAGER, "Inhibit")
        message.setArguments(["sleep", "Larets", "the documents are locked", "delay"])
        self._asked = asked = QDBusPendingCallWatcher(self._system.asyncCall(message), self)
        asked.finished.connect(self._answered)

    @Slot(QDBusPendingCallWatcher)
    def _answered(self, asked: QDBusPendingCallWatcher) -> None:
        """Where it is refused the lock comes all the same, perhaps only when the computer wakes."""
        self._delay = [] if asked.isError() else list(asked.reply().arguments())
        self._asked = None
        asked.deleteLater()


def _has(bus: QDBusConnection, name: str) -> bool:
    return bus.isConnected() and bool(bus.interface().isServiceRegistered(name).value())


def _label(name: str) -> str:
    """A name as it stands in a path of the bus (`sd_bus_path_encode`)."""
    return "".join(
        each
        if (each.isascii() and each.isalpha()) or (place and each.isdigit())
        else f"_{ord(each):02x}"
        for place, each in enumerate(name)
    )


def _slot(signature: str) -> Any:
    """PySide takes the name as a string, which its types call bytes."""
    return SLOT(signature)
