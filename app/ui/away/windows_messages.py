"""Windows: a message to the window when the session is locked, a screen saver begins or the
computer goes to sleep."""

import ctypes
import sys
from collections.abc import Callable, Set
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from PySide6.QtWidgets import QWidget

from app.ui.away.signs import Sign

#: Message, and the value of its first parameter that is meant.
_SESSION_LOCK = (0x02B1, 7)
_SUSPEND = (0x0218, 4)
_SYSTEM_COMMAND, _SCREEN_SAVER, _COMMAND_BITS = 0x0112, 0xF140, 0xFFF0


class WindowsMessages(QAbstractNativeEventFilter):
    def __init__(
        self, window: QWidget, leave: Callable[[], object], sleep: Callable[[], object]
    ) -> None:
        super().__init__()
        self._leave, self._sleep = leave, sleep
        self._told = _register(int(window.winId()))
        if application := QCoreApplication.instance():
            application.installNativeEventFilter(self)

    def heard(self) -> Set[Sign]:
        return {Sign.SLEEP, Sign.SESSION} if self._told else {Sign.SLEEP}

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        sent = wintypes.MSG.from_address(int(message))
        self.take(sent.message, sent.wParam)
        return False, 0

    def take(self, message: int, parameter: int) -> None:
        """One message of the system."""
        saver = message == _SYSTEM_COMMAND and parameter & _COMMAND_BITS == _SCREEN_SAVER
        if (message, parameter) == _SUSPEND:
            self._sleep()
        elif saver or (message, parameter) == _SESSION_LOCK:
            self._leave()


def _register(window: int) -> bool:
    """Sessions tell only windows that asked; whether this one is told."""
    if sys.platform != "win32":
        return False
    return bool(ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window, 0))
